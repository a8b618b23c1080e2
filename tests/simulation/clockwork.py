"""Time that moves only when nobody has anything left to do, and what runs in it."""

import asyncio
import concurrent.futures
import datetime as dt
import random
from collections import deque
from collections.abc import Callable
from typing import Any

BEGINNING = dt.datetime(2026, 9, 1, 6, 0, tzinfo=dt.UTC)
"""When every world begins, by a clock that goes right."""

LONGEST_WRITE_S = 0.02


class StandsStill(Exception):
    """Everybody waits for somebody else, for ever."""


class VirtualLoop(asyncio.BaseEventLoop):
    """An event loop without sockets, whose clock jumps to the next thing that is due."""

    def __init__(self) -> None:
        super().__init__()
        self._moment = 0.0
        self._selector = self  # BaseEventLoop asks its selector to wait

    def time(self) -> float:
        """Seconds since this world began."""
        return self._moment

    def run_in_executor(
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> "asyncio.Future[Any]":
        """Run it here and now: a thread would have a time of its own."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001  (it goes to whoever awaits the future)
            future.set_exception(error)
        return future

    def begin_again(self) -> None:
        """Set the clock to zero for the next world."""
        self._moment = 0.0

    def select(self, timeout: float | None) -> list[Any]:
        """Wait, by moving the clock."""
        if timeout is None:
            raise StandsStill
        self._moment += timeout
        return []

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


class WorldClock:
    """A clock of this world; a wrong one is off by `off_s` seconds, for its people only."""

    def __init__(self, loop: VirtualLoop, off_s: float = 0.0) -> None:
        self._loop = loop
        self.off_s = off_s
        self.awake = asyncio.Event()
        """Cleared while the computer sleeps: then nothing on it goes on."""
        self.awake.set()

    def now(self) -> dt.datetime:
        """What this clock shows."""
        return BEGINNING + dt.timedelta(seconds=self._loop.time() + self.off_s)

    def monotonic(self) -> float:
        """Seconds since the world began."""
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        """Wait; a computer that sleeps goes on when it wakes."""
        await asyncio.sleep(seconds)
        await self.awake.wait()


class StorageThread(concurrent.futures.Executor):
    """One device's storage thread: a job after the other, each a moment after it was asked for.

    The moment lets edits of a person come between any two writes of a round.
    """

    def __init__(self, loop: VirtualLoop, chance: random.Random, clock: WorldClock) -> None:
        self._loop = loop
        self._chance = chance
        self._clock = clock
        self._held = 0
        self._jobs: deque[tuple[asyncio.Future[Any], Callable[[], Any]]] = deque()
        self._free_at = 0.0
        self.dead = False

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Queue a job; a dead device takes it and never does it.

        The future is the loop's own: with one thread there is nothing to lock, and
        `asyncio.wrap_future` hands it on as it is.
        """
        future: asyncio.Future[Any] = self._loop.create_future()
        if not self.dead:
            self._jobs.append((future, lambda: fn(*args, **kwargs)))
            wait = self._chance.random() * LONGEST_WRITE_S
            self._free_at = max(self._loop.time(), self._free_at) + wait
            self._loop.call_at(self._free_at, self._next)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Do at once what is still asked for."""
        while self._jobs:
            self._next()

    def wake(self) -> None:
        """Go on with what was due while the computer slept."""
        held, self._held = self._held, 0
        for _ in range(held):
            self._loop.call_soon(self._next)

    def _next(self) -> None:
        if self.dead or not self._jobs:
            return
        if not self._clock.awake.is_set():
            self._held += 1
            return
        future, job = self._jobs.popleft()
        if future.cancelled():
            return
        try:
            result = job()
        except BaseException as error:  # noqa: BLE001  (a power cut too goes to whoever asked)
            future.set_exception(error)
        else:
            future.set_result(result)


async def in_no_thread(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """Stands in for `asyncio.to_thread`: the same, at once and here."""
    return function(*arguments, **named)
