"""Lessons asked of the server: kept here at once, sent when it can be reached, followed to the end.

The cache holds every wish under an id that is also its Idempotency-Key, so a wish that was sent
twice is one job, and one that was never sent waits for the network. The server makes two at a time.
"""

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from desktop.backend import problems
from desktop.backend.generation import Event, GenerationClient
from desktop.classroom import ids
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError, Offline
from desktop.lessons.names import Names
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import PartName
from desktop.sentences import say
from desktop.storage import lesson_jobs
from desktop.storage.cache import Cache
from desktop.storage.lesson_jobs import StoredJob
from desktop.storage.queries.student_names import student_names
from desktop.sync import backoff
from desktop.wire.generation import RevisionRequest

_log = logging.getLogger(__name__)

WAITS = "Waiting for the school server: it is sent by itself as soon as it can be reached."


@dataclass(frozen=True)
class Writing:
    """The text of a job's stage as it is being written."""

    job_id: str
    stage: str
    text: str
    attempt: int


Listener = Callable[[Writing], None]


class LessonJobs:
    """The lessons one account has asked for. It belongs to the loop's thread."""

    def __init__(
        self, cache: Cache, client: GenerationClient, *, clock: Clock, chance: random.Random
    ) -> None:
        self._cache = cache
        self._client = client
        self._clock = clock
        self._chance = chance
        self._news = asyncio.Event()
        self._followed: dict[str, asyncio.Task[None]] = {}
        self._work: asyncio.Task[None] | None = None
        self._listeners: list[Listener] = []
        self._writing: dict[str, Writing] = {}

    async def start(self) -> None:
        """Take up what is not finished."""
        self._work = asyncio.create_task(self._take_up(), name="lesson jobs")

    async def stop(self) -> None:
        """Stop following; the server goes on, and the next start takes it up."""
        tasks = [*self._followed.values(), *([self._work] if self._work else [])]
        self._work = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def went_online(self) -> None:
        """Try at once what waits."""
        self._ring()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` told of text as it is written; returns what ends that.

        Whatever is kept is told by the cache, as changes of the collection `lesson_jobs`.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def writing(self, job_id: str) -> Writing | None:
        """What is being written for a job at this moment."""
        return self._writing.get(job_id)

    async def ask(
        self,
        request: LessonRequest,
        *,
        provider: Literal["best", "template"] = "best",
        with_names: bool = False,
    ) -> str:
        """Keep a wish, to be sent at once or when the server can be reached; returns its id.

        Without `with_names`, the names of this account's students are taken out first.
        """
        if not with_names:
            names = await self._names()
            request = (await asyncio.to_thread(names.hide_in, request)).request
        return await self._keep("make", request.topic, "", provider, request.model_dump_json())

    async def revise(
        self,
        package: LessonPackage,
        part: PartName,
        instruction: str,
        *,
        lesson_id: str = "",
        with_names: bool = False,
    ) -> str:
        """Ask for a part of a lesson to be made anew; returns the id of the wish."""
        if not with_names:
            names = await self._names()
            instruction, _ = names.hide(instruction, about_students=True)
        wish = RevisionRequest(
            part=part, instruction=instruction, package=package.model_dump(mode="json")
        )
        return await self._keep("revise", package.title, lesson_id, "best", wish.model_dump_json())

    async def cancel(self, job_id: str) -> None:
        """Give a wish up; what the server has begun with is stopped there.

        Raises:
            Offline: the server has it, and cannot be reached now.
        """
        stored = await self._read(job_id)
        if stored is None or stored.state not in ("waiting", "running"):
            return
        if stored.job_id:
            await self._client.cancel(stored.job_id)
        self._let_go(job_id)
        await self._change(job_id, state="cancelled", detail="It was cancelled.", retryable=True)

    async def resume(self, job_id: str) -> None:
        """Go on with a job that failed or was cancelled, after the last stage it finished.

        Raises:
            problems.BackendProblem: the server refuses, or cannot be reached.
        """
        stored = await self._read(job_id)
        if stored is None or stored.state in ("done", "running", "waiting"):
            return
        if stored.job_id:
            await self._client.resume(stored.job_id)
        state = "running" if stored.job_id else "waiting"
        await self._change(job_id, state=state, detail="", retryable=False)
        self._ring()

    async def forget(self, job_id: str) -> None:
        """Take an ended job off the list."""
        await asyncio.wrap_future(self._cache.write(lambda tx: lesson_jobs.forget(tx, job_id)))

    async def _names(self) -> Names:
        return Names(await asyncio.to_thread(self._cache.read, student_names))

    async def _keep(
        self,
        kind: Literal["make", "revise"],
        title: str,
        lesson_id: str,
        provider: Literal["best", "template"],
        body: str,
    ) -> str:
        new = StoredJob(
            ids.new_id(self._clock.now(), self._chance), kind, title, lesson_id, provider, body
        )
        await asyncio.wrap_future(self._cache.write(lambda tx: lesson_jobs.add(tx, new)))
        self._ring()
        return new.id

    async def _take_up(self) -> None:
        while True:
            self._news.clear()
            for stored in await asyncio.to_thread(self._cache.read, lesson_jobs.unfinished):
                if stored.id not in self._followed:
                    task = asyncio.create_task(self._follow(stored.id), name="lesson job")
                    self._followed[stored.id] = task
            await self._news.wait()

    async def _follow(self, job_id: str) -> None:
        """Send a job and follow it to its end, however often the network breaks."""
        failures = 0
        try:
            while await self._unended(job_id):
                try:
                    await self._send_and_follow(job_id)
                    failures = 0
                except problems.NotFound:
                    # The server forgot it (a backup was put back): ask again under the same key.
                    await self._change(job_id, state="waiting", job_id="")
                    failures += 1
                except (Offline, problems.SignInNeeded) as problem:
                    failures += 1
                    away = isinstance(problem, problems.Offline)
                    await self._change(job_id, detail=WAITS if away else str(problem))
                except CompanionError as problem:
                    await self._change(job_id, state="failed", detail=str(problem), retryable=True)
                if failures:
                    await self._pause(failures)
        except Exception:  # noqa: BLE001  (a defect of ours in one lesson must not stop the others)
            _log.exception("a lesson could not be followed")
            words = "Something went wrong here; it was noted. Try again."
            await self._change(job_id, state="failed", detail=words, retryable=True)
        finally:
            self._writing.pop(job_id, None)
            self._followed.pop(job_id, None)

    async def _unended(self, job_id: str) -> bool:
        stored = await self._read(job_id)
        return stored is not None and stored.state in ("waiting", "running")

    async def _send_and_follow(self, job_id: str) -> None:
        stored = await self._read(job_id)
        if stored is None:
            return
        if not stored.job_id:
            body = stored.body.encode()
            if stored.kind == "revise":
                told = await self._client.revise(body, stored.id)
            else:
                told = await self._client.make(body, stored.id, stored.provider)
            stored = await self._change(job_id, state="running", job_id=told.id, detail="")
        async for event in self._client.events(stored.job_id):
            await self._heard(job_id, event)
        await self._ended(job_id, stored.job_id)

    async def _heard(self, job_id: str, event: Event) -> None:
        data = event.data
        match event.name:
            case "delta":
                self._write_on(job_id, data)
            case "stage":
                self._writing.pop(job_id, None)
                index, words = data.get("index"), data.get("words")
                if isinstance(index, int):
                    await self._change(job_id, stage=index, words=str(words or ""), detail="")
            case "usage":
                read, written = data.get("input_tokens"), data.get("output_tokens")
                cost = data.get("cost")
                if isinstance(read, int) and isinstance(written, int):
                    known = isinstance(cost, (int, float))
                    await self._change(
                        job_id, tokens=read + written, cost=str(cost) if known else None
                    )

    def _write_on(self, job_id: str, data: dict[str, Any]) -> None:
        stage, text = str(data.get("part", "")), str(data.get("text", ""))
        attempt = data.get("attempt") if isinstance(data.get("attempt"), int) else 1
        before = self._writing.get(job_id)
        if before is not None and (before.stage, before.attempt) == (stage, attempt):
            text = before.text + text
        writing = Writing(job_id, stage, text, int(attempt or 1))
        self._writing[job_id] = writing
        for listener in list(self._listeners):
            listener(writing)

    async def _ended(self, job_id: str, server_id: str) -> None:
        """Write down how a job ended, as the server keeps it."""
        told = await self._client.job(server_id)
        if told.state not in ("done", "failed", "cancelled"):
            return
        package = None
        if told.package is not None:
            package = LessonPackage.model_validate(told.package).model_dump_json()
        await self._change(
            job_id,
            state=told.state,
            detail=told.detail,
            retryable=told.retryable or told.state == "cancelled",
            model=told.model,
            tokens=told.input_tokens + told.output_tokens,
            cost=told.cost,
            package=package,
        )

    async def _pause(self, failures: int) -> None:
        """Wait after a failure, or until the network is said to be back."""
        pause = asyncio.ensure_future(
            self._clock.sleep(backoff.reconnect_after(failures, self._chance))
        )
        news = asyncio.ensure_future(self._news.wait())
        try:
            await asyncio.wait({pause, news}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            pause.cancel()
            news.cancel()

    def _let_go(self, job_id: str) -> None:
        task = self._followed.pop(job_id, None)
        if task is not None:
            task.cancel()

    def _ring(self) -> None:
        self._news.set()

    async def _read(self, job_id: str) -> StoredJob | None:
        return await asyncio.to_thread(
            self._cache.read, lambda connection: lesson_jobs.get(connection, job_id)
        )

    async def _change(self, own_id: str, /, **values: object) -> StoredJob:
        def work(tx: Any) -> StoredJob:  # noqa: ANN401  (a transaction)
            lesson_jobs.change(tx, own_id, **values)
            changed = lesson_jobs.get(tx.connection, own_id)
            if changed is None:
                raise CompanionError(say("This lesson is no longer on the list."))
            return changed

        return await asyncio.wrap_future(self._cache.write(work))
