"""One round of syncing: push until nothing may go, pull to the end, merge, tell.

Each step is one transaction, and at every moment between two steps the cache is whole: ops are
marked as on their way before their bytes leave, and a page is stored together with its cursor.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from desktop.backend import problems
from desktop.backend.companion import FeedPage
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError
from desktop.storage import absent, incoming, ingest, rounds, sending
from desktop.storage.cache import Cache
from desktop.storage.transaction import Transaction
from desktop.sync import intake, unsettled
from desktop.sync.batches import Batches
from desktop.sync.dispatch import Dispatch
from desktop.sync.outcome import Report
from desktop.sync.status import Counts
from desktop.wire.push import Op, OpResult

T = TypeVar("T")

RoundLock = Callable[[], AbstractAsyncContextManager[None]]
"""Held for a round: no other process on this account runs one meanwhile."""


class Remote(Protocol):
    """The other side, as far as a round needs it."""

    async def refresh_if_due(self) -> None:
        """Make sure of a token."""

    async def push(self, ops: Sequence[Op]) -> list[OpResult | None]:
        """Send changes; one result for each, in order, None for one that is unreadable."""

    def pages(self, cursor: str) -> AsyncGenerator[FeedPage, None]:
        """The changes after `cursor`, page by page."""


@dataclass
class _Tally:
    """What a round has done so far."""

    started: float
    pushed: int = 0
    pulled: int = 0
    merged: int = 0
    postponed: bool = False
    """A record waits for the next round, so the cursor stays before it."""
    problem: CompanionError | None = None


class SyncEngine:
    """Runs rounds on one cache against one remote."""

    def __init__(
        self,
        cache: Cache,
        remote: Remote,
        *,
        clock: Clock,
        lock: RoundLock,
    ) -> None:
        self._cache = cache
        self._remote = remote
        self._clock = clock
        self._lock = lock
        self.on_progress: Callable[[int], None] | None = None
        """Told how many records a round has taken in so far."""
        self._alone = asyncio.Lock()
        self._dispatch = Dispatch(self._write, remote)

    async def round(self) -> Report:
        """Run one round. What goes wrong on the way is in the report; nothing is lost by it."""
        async with self._alone:
            tally = _Tally(self._clock.monotonic())
            try:
                async with self._lock():
                    await self._push_and_pull(tally)
            except CompanionError as problem:
                tally.problem = tally.problem or problem
            return await self._report(tally)

    async def _push_and_pull(self, tally: _Tally) -> None:
        # Only now, under the lock: another process may have ops on their way until it lets go.
        cursor = await self._write(_begin)
        await self._remote.refresh_if_due()
        try:
            await self._dispatch.send_all()
        except (problems.Forbidden, problems.NotEntitled, problems.BadAnswer) as problem:
            # Nothing may be sent; what others changed still comes in.
            tally.problem = problem
        finally:
            tally.pushed, tally.merged = self._dispatch.pushed, self._dispatch.merged
            tally.problem = tally.problem or self._dispatch.trouble
        await self._pull(cursor, tally)

    async def _pull(self, cursor: str, tally: _Tally) -> None:
        try:
            await self._pull_from(cursor, tally)
        except problems.CursorExpired:
            await self._pull_everything(tally)

    async def _pull_from(self, cursor: str, tally: _Tally) -> None:
        async with (
            contextlib.aclosing(self._remote.pages(cursor)) as pages,
            Batches(partial(self._take, tally), lambda: self._cache.saves) as batches,
        ):
            async for page in pages:
                await batches.add(page)

    async def _take(self, tally: _Tally, page: FeedPage) -> None:
        reached = None if tally.postponed else page.cursor
        taken = await intake.take_page(self._write_again, page, reached)
        tally.postponed = tally.postponed or taken.postponed > 0
        self._count(taken, tally)

    async def _pull_everything(self, tally: _Tally) -> None:
        """A fresh snapshot beside what is here, which it replaces in one transaction at its end.

        Until then everybody sees the old state, whole; a snapshot that breaks off begins again.
        """
        cursor, staged = "", 0
        await self._write(incoming.clear)
        async with contextlib.aclosing(self._remote.pages("")) as pages:
            async for page in pages:
                await self._write_again(partial(intake.stage, page=page))
                cursor, staged = page.cursor, staged + len(page.records)
                if self.on_progress is not None:
                    self.on_progress(staged)
        self._count(await self._write(partial(intake.swap, cursor=cursor)), tally)

    def _count(self, taken: ingest.Taken, tally: _Tally) -> None:
        tally.pulled += taken.taken + taken.merged
        tally.merged += taken.merged
        if self.on_progress is not None:
            self.on_progress(tally.pulled)

    async def _report(self, tally: _Tally) -> Report:
        seconds = self._clock.monotonic() - tally.started
        problem = "" if tally.problem is None else str(tally.problem)
        note = partial(rounds.note, seconds=seconds, pushed=tally.pushed, pulled=tally.pulled,
                       merged=tally.merged, problem=problem)  # fmt: skip
        try:
            counts, cursor = await self._write(partial(_end, note=note))
        except CompanionError:  # a full disk costs us the line, nothing else
            counts, cursor = await self._write(_end)
        return Report(
            pushed=tally.pushed,
            pulled=tally.pulled,
            merged=tally.merged,
            counts=counts,
            cursor=cursor,
            seconds=seconds,
            problem=tally.problem,
        )

    async def _write(self, work: Callable[[Transaction], T]) -> T:
        return await asyncio.wrap_future(self._cache.write(work))

    async def _write_again(self, work: Callable[[Transaction], T]) -> T:
        """Write what the server would tell again, should a power cut take it."""
        return await asyncio.wrap_future(self._cache.write(work, durable=False))


def _begin(tx: Transaction) -> str:
    """Tidy up after a round that the end of the app cut off; returns how far the feed was read."""
    sending.return_all(tx)
    incoming.clear(tx)
    return ingest.get_cursor(tx.connection)


def _end(tx: Transaction, note: Callable[[Transaction], None] | None = None) -> tuple[Counts, str]:
    """Write the round down; returns what waits now, and how far the feed was read."""
    if note is not None:
        absent.settle_set_aside(tx)
        note(tx)
    return unsettled.counts(tx.connection), ingest.get_cursor(tx.connection)
