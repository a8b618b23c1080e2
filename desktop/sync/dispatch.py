"""The sending half of a round: batches out, and what became of each op written down."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Protocol

import msgspec

from desktop.backend import problems
from desktop.errors import CompanionError
from desktop.storage import conflicts, parking, rejections, sending
from desktop.storage.ops import PendingOp
from desktop.storage.transaction import Transaction
from desktop.wire.feed import ChangedRecord
from desktop.wire.push import MAX_OPS, Op, OpResult

TRIES_A_ROUND = 5
"""How often one record may be sent, merged and sent again before it waits for the next round."""
FAULTS_A_ROUND = 3
"""When the server broke over this many ops, each sent alone, it is the server that is ill."""
TRIES = 3
"""How often an op is sent whose answer breaks our own code, before it is set aside."""
DOUBTS = 4
"""So often an op that may have arrived before is tried again, though its request is refused."""

_log = logging.getLogger(__name__)

Write = Callable[[Callable[[Transaction], Any]], Awaitable[Any]]
"""Runs work in a transaction of the cache and awaits its result."""


class Outlet(Protocol):
    """Where changes go."""

    async def push(self, ops: Sequence[Op]) -> list[OpResult | None]:
        """Send changes; one result for each, in order, None for one that is unreadable."""


class Dispatch:
    """Sends what waits. A change that cannot go never stops another."""

    def __init__(self, write: Write, outlet: Outlet) -> None:
        self._write = write
        self._outlet = outlet
        self._most = MAX_OPS
        self._begin()

    def _begin(self) -> None:
        self.pushed = 0
        """Ops that the server has now."""
        self.merged = 0
        """Ops that were made on an older state and brought together with the newer one."""
        self.trouble: problems.BackendProblem | None = None
        """Why some ops wait for the next round although the others went."""
        self._size = self._most
        self._tries: dict[tuple[str, str], int] = {}
        self._put_off: set[tuple[str, str]] = set()
        self._faults = 0

    async def send_all(self) -> None:
        """Send until nothing more may go in this round.

        Raises:
            problems.BackendProblem: the network or the server ended it; the ops wait again.
        """
        self._begin()
        while batch := await self._write(self._take_batch):
            results = await self._send(batch)
            if results:
                await self._take_results(batch, results)
                self._size = min(self._size * 2, self._most)

    def _take_batch(self, tx: Transaction) -> list[PendingOp]:
        """The next ops, marked as on their way before a byte of them leaves."""
        ready = sending.next_ops(tx.connection, self._size + len(self._put_off))
        batch = [op for op in ready if _name(op) not in self._put_off][: self._size]
        for op in batch:
            tries = self._tries[_name(op)] = self._tries.get(_name(op), 0) + 1
            if tries == TRIES_A_ROUND:
                self._put_off.add(_name(op))
        if batch:
            sending.mark_in_flight(tx, _ids(batch))
        return batch

    async def _send(self, batch: list[PendingOp]) -> list[OpResult | None]:
        """The results, or none when the batch has to be cut smaller first."""
        try:
            return await self._outlet.push([_on_the_wire(op) for op in batch])
        except problems.BackendProblem as problem:
            # A lost answer included: under the same op ids a second time does no harm.
            await self._write(partial(sending.returned, op_ids=_ids(batch), error=str(problem)))
            if not isinstance(problem, problems.TooLarge | problems.Invalid | problems.ServerFault):
                raise
            await self._narrow(batch, problem)
            return []

    async def _narrow(self, batch: list[PendingOp], problem: problems.BackendProblem) -> None:
        """Halve the batch until the one op is alone over which the server stumbles."""
        if len(batch) > 1:
            self._size = len(batch) // 2
            if isinstance(problem, problems.TooLarge):
                self._most = self._size
            return
        (op,) = batch
        if isinstance(problem, problems.ServerFault):
            self._faults += 1
            if self._faults == FAULTS_A_ROUND:
                raise problem
            self.trouble = problem
            self._put_off.add(_name(op))
            return
        too_large = isinstance(problem, problems.TooLarge)
        if not too_large and not _code(problem):
            # No problem document: something on the way refused it, not the school.
            raise problem
        if self._may_have_arrived(op) and op.attempts < DOUBTS:
            # Then the refusal is not the last word: as a duplicate it may still be acknowledged.
            self.trouble = problem
            self._put_off.add(_name(op))
            return
        code = rejections.TOO_LARGE if too_large else rejections.NOT_READ
        await self._write(partial(sending.rejected, op_id=op.op_id, code=code, detail=str(problem)))

    def _may_have_arrived(self, op: PendingOp) -> bool:
        """Whether an answer to it was lost before this round: one that is lost ends its round."""
        return op.attempts >= self._tries[_name(op)]

    async def _take_results(
        self, batch: list[PendingOp], results: Sequence[OpResult | None]
    ) -> None:
        """Write the results down; one that breaks our own code never holds up the others."""
        told = {op.op_id: result for op, result in zip(batch, results, strict=True) if result}
        whole = await self._try(list(told.values()))
        for op in batch:
            result = told.get(op.op_id)
            if result is None or not (whole or await self._try([result])):
                self._put_off.add(_name(op))
                await self._write(partial(_could_not_settle, op=op))

    async def _try(self, results: Sequence[OpResult]) -> bool:
        try:
            pushed, merged = await self._write(partial(_settle, results=results))
        except CompanionError:
            raise  # the disk is full, say: no answer is to blame
        except Exception as error:  # noqa: BLE001  (whatever an answer breaks, the others go on)
            _log.error("%d answers broke us: %s", len(results), type(error).__name__)
            return False
        self.pushed += pushed
        self.merged += merged
        return True


def _settle(tx: Transaction, results: Sequence[OpResult]) -> tuple[int, int]:
    """Write results down; returns how many the server has now, and how many were merged."""
    told = [_settle_one(tx, result) for result in results]
    return told.count("pushed"), told.count("merged")


def _settle_one(tx: Transaction, result: OpResult) -> str:
    match result.outcome:
        case "applied" | "duplicate":
            sending.applied(tx, result.op_id, result.version or 0)
            return "pushed"
        case "conflict":
            current = msgspec.convert(result.current, ChangedRecord, from_attributes=True)
            sending.conflicted(tx, result.op_id, current)
            asked = conflicts.of_record(tx.connection, current.collection, current.id)
            return "" if asked else "merged"
        case "rejected" | "forbidden":
            faults = [fault.model_dump() for fault in result.errors]
            code = result.code or result.outcome
            sending.rejected(tx, result.op_id, code, result.detail, faults)
        case "held":
            sending.returned(tx, [result.op_id], "An earlier change of it goes first.")
    return ""


def _could_not_settle(tx: Transaction, op: PendingOp) -> None:
    reason = "The server's answer to it could not be read."
    sending.returned(tx, [op.op_id], reason)
    if op.attempts + 1 >= TRIES:
        parking.set_aside(tx, op.op_id, reason)


def _name(op: PendingOp) -> tuple[str, str]:
    return op.collection, op.id


def _ids(batch: Sequence[PendingOp]) -> list[str]:
    return [op.op_id for op in batch]


def _code(problem: problems.BackendProblem) -> str:
    return problem.code if isinstance(problem, problems.Invalid) else ""


def _on_the_wire(op: PendingOp) -> Op:
    return Op(
        op_id=op.op_id,
        collection=op.collection,
        id=op.id,
        kind=op.kind,
        base_version=op.base_version,
        patch=op.patch,
        at=op.created_at,
    )
