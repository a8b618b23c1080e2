"""The sending half of a round: batches out, and what became of each op written down."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Protocol

import msgspec

from desktop.backend import problems
from desktop.storage import conflicts, sending
from desktop.storage.ops import PendingOp
from desktop.storage.transaction import Transaction
from desktop.wire.feed import ChangedRecord
from desktop.wire.push import MAX_OPS, Op, OpResult

TRIES_A_ROUND = 5
"""How often one record may be sent, merged and sent again before it waits for the next round."""
FAULTS_A_ROUND = 3
"""When the server broke over this many ops, each sent alone, it is the server that is ill."""

Write = Callable[[Callable[[Transaction], Any]], Awaitable[Any]]
"""Runs work in a transaction of the cache and awaits its result."""


class Outlet(Protocol):
    """Where changes go."""

    async def push(self, ops: Sequence[Op]) -> list[OpResult]:
        """Send changes; one result for each, in order."""


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
                await self._write(partial(self._settle, results=results))
                self._size = min(self._size * 2, self._most)

    def _take_batch(self, tx: Transaction) -> list[PendingOp]:
        """The next ops, marked as on their way before a byte of them leaves."""
        ready = sending.next_ops(tx.connection, self._size + len(self._put_off))
        batch = [op for op in ready if _name(op) not in self._put_off][: self._size]
        for op in batch:
            tries = self._tries[_name(op)] = self._tries.get(_name(op), 0) + 1
            if tries == TRIES_A_ROUND:
                self._put_off.add(_name(op))
        sending.mark_in_flight(tx, _ids(batch))
        return batch

    async def _send(self, batch: list[PendingOp]) -> list[OpResult]:
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
        code = "too_large" if isinstance(problem, problems.TooLarge) else _code(problem)
        if not code:
            # No problem document: something on the way refused it, not the school.
            raise problem
        await self._write(partial(sending.rejected, op_id=op.op_id, code=code, detail=str(problem)))

    def _settle(self, tx: Transaction, results: Sequence[OpResult]) -> None:
        for result in results:
            self._settle_one(tx, result)

    def _settle_one(self, tx: Transaction, result: OpResult) -> None:
        match result.outcome:
            case "applied" | "duplicate":
                sending.applied(tx, result.op_id, result.version or 0)
                self.pushed += 1
            case "conflict":
                current = msgspec.convert(result.current, ChangedRecord, from_attributes=True)
                sending.conflicted(tx, result.op_id, current)
                if not conflicts.of_record(tx.connection, current.collection, current.id):
                    self.merged += 1
            case "rejected" | "forbidden":
                faults = [fault.model_dump() for fault in result.errors]
                code = result.code or result.outcome
                sending.rejected(tx, result.op_id, code, result.detail, faults)
            case "held":
                sending.returned(tx, [result.op_id], "An earlier change of it goes first.")


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
