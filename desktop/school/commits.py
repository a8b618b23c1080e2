"""Group commit: what is written by several requests at about the same time is durable together.

A commit waits for the disk, and the disk takes as long for one change as for a hundred. Requests
that arrive while a commit is under way share the next one. Each keeps a savepoint of its own, so
that one that fails undoes itself alone, and none is answered before the commit is done.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop.school import statements
from desktop.school.database import PASSING, Database

MOST_TOGETHER = 100
"""Pieces of work in one transaction: the first of them waits for the last."""
IDLE_PASSES = 4
"""Passes of the event loop without new work after which a group is complete.

From the socket to its place in the queue a request takes three.
"""

Answer = TypeVar("Answer")


class Commits:
    """Writes pieces of work, in the order in which they came. Lives in one event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: asyncio.Queue[_Piece | None] = asyncio.Queue()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write until the block ends, and then what still waits."""
        self._waiting = asyncio.Queue()
        # A thread of its own: long work in the threads that all share must not hold up a commit.
        with ThreadPoolExecutor(1, "commits") as thread:
            writer = asyncio.create_task(self._write(thread))
            try:
                yield
            finally:
                self._waiting.put_nowait(None)
                await writer

    async def write(self, work: Callable[[sa.Connection], Answer]) -> Answer:
        """What `work` returns, once everything that it wrote is on the disk.

        `work` runs in another thread, within a transaction that it shares with others.

        Raises:
            Exception: what `work` raised, having changed nothing; or why nothing could be written.
        """
        piece = _Piece(work, asyncio.get_running_loop().create_future())
        self._waiting.put_nowait(piece)
        return await piece.answer  # type: ignore[no-any-return]

    async def _write(self, thread: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        while (piece := await self._waiting.get()) is not None:
            await self._let_others_arrive()
            group = [piece]
            while len(group) < MOST_TOGETHER and not self._waiting.empty():
                following = self._waiting.get_nowait()
                if following is None:  # the end: this group is the last one
                    self._waiting.put_nowait(None)
                    break
                group.append(following)
            try:
                outcomes = await loop.run_in_executor(thread, self._commit, group)
            except Exception as error:  # noqa: BLE001  (raised at everybody who waits for it)
                outcomes = [_Outcome(error=error)] * len(group)
            for piece, outcome in zip(group, outcomes, strict=True):
                piece.tell(outcome)

    async def _let_others_arrive(self) -> None:
        """Let the event loop read what lies in its sockets, as long as that brings more work.

        Two threads of Python take turns anyway: a group that starts while half of the requests
        are still being read is slower than one of all of them, and those wait for two commits.
        """
        here, idle = self._waiting.qsize(), 0
        while idle < IDLE_PASSES and here < MOST_TOGETHER:
            await asyncio.sleep(0)
            idle = idle + 1 if self._waiting.qsize() == here else 0
            here = self._waiting.qsize()

    def _commit(self, group: "list[_Piece]") -> "list[_Outcome]":
        with self._database.write() as connection:
            return [_done(connection, piece.work) for piece in group]


@dataclass(frozen=True)
class _Piece:
    """Something to be written, and who waits for it."""

    work: Callable[[sa.Connection], Any]
    answer: "asyncio.Future[Any]"

    def tell(self, outcome: "_Outcome") -> None:
        if self.answer.done():  # whoever waited was sent away
            return
        if outcome.error is None:
            self.answer.set_result(outcome.value)
        else:
            self.answer.set_exception(outcome.error)


@dataclass(frozen=True)
class _Outcome:
    """What a piece of work returned or raised."""

    value: Any = None
    error: Exception | None = None


def _done(connection: sa.Connection, work: Callable[[sa.Connection], Any]) -> _Outcome:
    statements.execute(connection, "SAVEPOINT piece")
    try:
        outcome = _Outcome(work(connection))
    except PASSING:
        raise  # a full disk or a lost server: it ends the transaction, and with it the group
    except Exception as error:  # noqa: BLE001  (it is raised again where the work came from)
        statements.execute(connection, "ROLLBACK TO SAVEPOINT piece")
        outcome = _Outcome(error=error)
    statements.execute(connection, "RELEASE SAVEPOINT piece")
    return outcome
