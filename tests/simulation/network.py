"""The network of a world: what becomes of a request on its way there and back."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace

from desktop.backend import problems
from desktop.backend.transport import Answer, Request
from tests.simulation import script
from tests.simulation.clockwork import VirtualLoop
from tests.simulation.schoolhouse import CHANGES, PUSH, Schoolhouse
from tests.simulation.script import Weather

SERVER = "https://school.example.org"
FAIR = Weather("fair")

Note = Callable[..., None]


class Network:
    """Carries requests between devices and the one school."""

    def __init__(
        self, loop: VirtualLoop, school: Schoolhouse, note: Note, *, through_asgi: bool
    ) -> None:
        self.loop = loop
        self.school = school
        self._note = note
        self._through_asgi = through_asgi
        self.fair = False
        """Whether the storms are over."""
        self._under_way: set[asyncio.Task[None]] = set()

    def carry(self, request: Request, weather: Weather, chance: random.Random) -> "Flight":
        """Send a request off; it goes on by itself, whatever becomes of whoever sent it."""
        flight = Flight(self.loop.create_future(), weather, request.patience_s)
        there, back = chance.random() * 0.08, chance.random() * 0.08
        match weather.kind:
            case script.UNREACHED:
                self._fail(flight, problems.Offline(SERVER), there)
            case script.LOST:
                self._fail(flight, problems.LostAnswer(SERVER), request.patience_s)
                if weather.number < 0.75:  # it got there, and the answer did not come back
                    self._arrive(request, there, lambda answer: None)
            case script.LATE:
                self._fail(flight, problems.LostAnswer(SERVER), there)
                self._arrive(request, there + weather.number, lambda answer: None)
            case script.STATUS:
                self._give(flight, _refusal(int(weather.number), weather), there + back)
            case script.PORTAL:
                self._give(flight, _PORTAL, there + back)
            case _:
                self._arrive(request, there, lambda answer: self._answer(flight, answer, back))
                if weather.kind == script.TWICE:
                    self._arrive(request, there + weather.number, lambda answer: None)
        return flight

    def _answer(self, flight: "Flight", answer: Answer, back: float) -> None:
        weather = flight.weather
        match weather.kind:
            case script.CUT:
                self._fail(flight, problems.LostAnswer(SERVER), back)
            case script.CUT_WHOLE:
                length = int(len(answer.body) * weather.number)
                self._give(flight, replace(answer, body=answer.body[:length]), back)
            case script.STATUS_AFTER:
                self._give(flight, _refusal(int(weather.number), weather), back)
            case script.NONSENSE:
                self._give(flight, replace(answer, body=b'{"results":[{}]}\n\xff\x00'), back)
            case script.SLOW if weather.number > flight.patience_s:
                self._fail(flight, problems.LostAnswer(SERVER), flight.patience_s)
            case script.SLOW:
                self._give(flight, answer, weather.number)
            case _:
                self._give(flight, answer, back)

    def _arrive(self, request: Request, delay: float, then: Callable[[Answer], None]) -> None:
        self.loop.call_later(delay, self._at_the_school, request, then)

    def _at_the_school(self, request: Request, then: Callable[[Answer], None]) -> None:
        task = self.loop.create_task(self._answered(request, then))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _answered(self, request: Request, then: Callable[[Answer], None]) -> None:
        ask = self.school.answer_through_asgi if self._through_asgi else self.school.answer
        answer = await ask(request)
        self._note("school", request.path, answer.status, self.school.head())
        then(answer)

    def _give(self, flight: "Flight", answer: Answer, delay: float) -> None:
        self.loop.call_later(delay, flight.land, answer)

    def _fail(self, flight: "Flight", problem: Exception, delay: float) -> None:
        self.loop.call_later(delay, flight.crash, problem)


class Flight:
    """A request under way."""

    def __init__(
        self, future: "asyncio.Future[Answer]", weather: Weather, patience_s: float
    ) -> None:
        self.future = future
        self.weather = weather
        self.patience_s = patience_s

    def land(self, answer: Answer) -> None:
        """The answer is here."""
        if not self.future.done():
            self.future.set_result(answer)

    def crash(self, problem: Exception) -> None:
        """No answer comes."""
        if not self.future.done():
            self.future.set_exception(problem)


_PORTAL = Answer(200, {"content-type": "text/html"}, b"<html>Please sign in to the network.</html>")
_CODES = {409: "version_conflict", 410: "cursor_expired", 412: "version_conflict"}


def _refusal(status: int, weather: Weather) -> Answer:
    headers = {"content-type": "application/problem+json"}
    if status in (429, 503):
        headers["retry-after"] = "7"
    if status == 502:
        return Answer(status, {"content-type": "text/html"}, b"<html>Bad gateway</html>")
    if status in (409, 410, 412):
        # Somebody on the way who does not speak our language: no problem document of the school.
        body = b"{}"
    else:
        body = b'{"title": "no", "status": %d, "code": "simulated", "detail": ""}' % status
    return Answer(status, headers, body)


__all__ = ["CHANGES", "FAIR", "PUSH", "SERVER", "Flight", "Network"]
