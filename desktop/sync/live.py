"""Syncing as it goes on by itself: engine, schedule and realtime joined, with an honest status."""

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from desktop.backend import problems
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError, Offline
from desktop.storage.cache import Cache, Changes
from desktop.sync import backoff, unsettled
from desktop.sync.engine import Remote, SyncEngine
from desktop.sync.outcome import Report
from desktop.sync.realtime import Event, OpenSocket, RealtimeClient
from desktop.sync.schedule import Schedule
from desktop.sync.status import Board, Counts, Status
from desktop.wire.capabilities import Capabilities, Realtime
from desktop.wire.realtime import SYNC_CHANGED, AuthResponse, user_channel

LOOK_OUTSIDE_S = 2.0
"""How often a window in front looks whether another process changed the cache."""

SLEPT_S = 30.0
"""When the time of day jumps this far ahead of a short wait, the computer was asleep."""

_log = logging.getLogger(__name__)


class LiveRemote(Remote, Protocol):
    """A remote that can also poke."""

    async def capabilities(self) -> Capabilities:
        """What the server can do, and where its realtime endpoint is."""

    async def realtime_auth(self, socket_id: str, channel: str) -> AuthResponse:
        """The signature that lets a socket into a private channel."""


class LiveSync:
    """Keeps one account in sync for as long as it is started. It belongs to the loop's thread."""

    def __init__(
        self,
        cache: Cache,
        remote: LiveRemote,
        engine: SyncEngine,
        user_id: str,
        *,
        clock: Clock,
        chance: random.Random,
        open_socket: OpenSocket | None = None,
    ) -> None:
        self._cache = cache
        self._remote = remote
        self._engine = engine
        self._clock = clock
        self._board = Board()
        engine.on_progress = self._progressed
        self._schedule = Schedule(self._round, clock=clock, chance=chance)
        self._realtime = RealtimeClient(
            self._where,
            [user_channel(user_id)],
            authorise=remote.realtime_auth,
            on_event=self._heard,
            on_live=self._live,
            clock=clock,
            chance=chance,
            open_socket=open_socket,
        )
        self._chance = chance
        self._active = asyncio.Event()
        self._rounds: list[Callable[[Report], None]] = []
        self._events: list[Callable[[Event], None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._unsubscribe: Callable[[], None] = lambda: None
        self._last_op = 0
        self._unreached = False
        """Whether the last round did not get through to the server."""
        self._counting = False
        self._count_again = False

    @property
    def status(self) -> Status:
        """How syncing stands."""
        return self._board.status

    @property
    def next_round_in(self) -> float:
        """Seconds until the next round, as things stand."""
        return self._schedule.next_round_in

    def subscribe(self, listener: Callable[[Status], None]) -> Callable[[], None]:
        """Have `listener` told of every change of the status, on the loop's thread."""
        return self._board.subscribe(listener)

    def on_round(self, listener: Callable[[Report], None]) -> None:
        """Have `listener` told of every round that ended."""
        self._rounds.append(listener)

    def on_event(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Have `listener` told of every event but the poke: for what is live and not kept.

        Returns what to call when it does not want to hear any more.
        """
        self._events.append(listener)
        return lambda: self._events.remove(listener)

    async def start(self) -> None:
        """Begin: a first round at once, then whenever something triggers one."""
        loop = asyncio.get_running_loop()

        def changed(_: Changes) -> None:
            with contextlib.suppress(RuntimeError):  # the loop closed before the storage thread
                loop.call_soon_threadsafe(self._cache_changed)

        self._unsubscribe = self._cache.subscribe(changed)
        counts = await self._count()
        self._last_op = counts.last_op
        self._board.update(counts=counts)
        self._own(self._schedule.run(), "sync schedule")
        self._own(self._listen(), "sync realtime")
        self._own(self._keep_watch(), "sync watch")
        self.set_active(True)

    async def stop(self) -> None:
        """End every task; ops on their way go again at the next start."""
        self._unsubscribe()
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def now(self) -> None:
        """The button: sync now."""
        self._schedule.hurry()

    def went_online(self) -> None:
        """The network is back, or the computer woke."""
        self._schedule.hurry()
        self._realtime.hurry()

    def set_active(self, active: bool) -> None:
        """Whether the window is in front: rounds every minute then, else every ten."""
        self._schedule.set_active(active)
        if active:
            self._active.set()
        else:
            self._active.clear()

    async def _round(self) -> Report:
        self._board.update(syncing=True, pulled=0)
        try:
            report = await self._engine.round()
        except BaseException:
            self._board.update(syncing=False)
            raise
        self._unreached = isinstance(report.problem, problems.Offline)
        self._board.update(
            syncing=False,
            counts=report.counts,
            pulled=report.pulled,
            problem="" if report.problem is None else str(report.problem),
            offline=isinstance(report.problem, Offline),
            sign_in_needed=isinstance(report.problem, problems.SignInNeeded),
            last_synced=self.status.last_synced if report.failed else self._clock.now(),
        )
        for listener in self._rounds:
            listener(report)
        return report

    def _progressed(self, pulled: int) -> None:
        self._board.update(pulled=pulled)

    def _own(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(_complain)
        self._tasks.append(task)

    def _cache_changed(self) -> None:
        """Count again; several changes in a row are counted once."""
        if self._counting:
            self._count_again = True
        elif self._tasks:
            self._counting = True
            self._tasks = [task for task in self._tasks if not task.done()]
            self._own(self._recount(), "sync count")

    async def _recount(self) -> None:
        try:
            counts = await self._count()
        except CompanionError:
            return  # the cache is closing
        finally:
            self._counting = False
        self._board.update(counts=counts)
        # Only a new op is an edit: what a round writes must not call for the next round.
        if counts.last_op > self._last_op:
            self._last_op = counts.last_op
            self._schedule.edited()
        if self._count_again:
            self._count_again = False
            self._cache_changed()

    async def _count(self) -> Counts:
        future = self._cache.write(lambda tx: unsettled.counts(tx.connection))
        return await asyncio.wrap_future(future)

    async def _where(self) -> Realtime | None:
        return (await self._remote.capabilities()).realtime

    def _live(self, live: bool) -> None:
        self._board.update(live=live)
        if live and self._unreached:
            self._schedule.hurry()  # the way is open again: no back-off holds any more
        elif live:
            # Whatever was said while nobody listened is in the feed.
            self._schedule.poked()

    def _heard(self, event: Event) -> None:
        if event.name == SYNC_CHANGED:
            self._schedule.poked()
            return
        for listener in tuple(self._events):
            listener(event)

    async def _listen(self) -> None:
        """Realtime, for ever: where the server forbids it, it is asked again rarely."""
        while True:
            await self._realtime.run()
            await self._clock.sleep(self._chance.uniform(0.5, 1.0) * backoff.LAST_CAP_S)

    async def _keep_watch(self) -> None:
        """While the window is in front: other processes' edits, and waking from sleep."""
        while True:
            await self._active.wait()
            before = self._clock.now()
            await self._clock.sleep(LOOK_OUTSIDE_S)
            if (self._clock.now() - before).total_seconds() > LOOK_OUTSIDE_S + SLEPT_S:
                self.went_online()
            await asyncio.wrap_future(self._cache.look_outside())


def _complain(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        _log.error("%s ended", task.get_name(), exc_info=task.exception())
