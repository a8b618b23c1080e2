"""What waits, since when and why: by record, in words."""

from dataclasses import dataclass

from desktop.sentences import say
from desktop.storage import conflicts, ingest, ops, rejections, sending
from desktop.storage.conflicts import Conflict
from desktop.storage.ingest import SetAside
from desktop.storage.queries.conflict_sides import Sides, sides
from desktop.storage.queries.words import Words
from desktop.storage.rejections import Rejection
from desktop.storage.sql import Connection

SHOWN = 25
"""How many of each are put into words at first; the rest is only counted."""


@dataclass(frozen=True)
class Waiting:
    """One change that is not on the server yet."""

    op_id: str
    collection: str
    id: str
    words: str
    since: str
    state: str
    """pending, in_flight, kept or aside."""
    held: str
    """Why it does not go now; "" when it goes with the next round."""
    last_error: str

    @property
    def on_its_way(self) -> bool:
        """Whether it may arrive at any moment."""
        return self.state == ops.IN_FLIGHT


@dataclass(frozen=True)
class ConflictInWords:
    """A conflict with what it is about."""

    conflict: Conflict
    words: str
    sides: Sides


@dataclass(frozen=True)
class RejectionInWords:
    """A refused change with what it is about."""

    rejection: Rejection
    words: str


@dataclass(frozen=True)
class SyncStatus:
    """Everything the sync screen shows."""

    waiting_count: int
    since: str | None
    """When the oldest waiting change was made."""
    waiting: tuple[Waiting, ...]
    kept: tuple[Waiting, ...]
    """What the teacher keeps only here."""
    faulty: tuple[Waiting, ...]
    """What was set aside because the server's answer could not be taken in."""
    conflicts: tuple[ConflictInWords, ...]
    conflict_count: int
    rejected: tuple[RejectionInWords, ...]
    rejected_count: int
    set_aside: tuple[SetAside, ...]

    @property
    def is_clear(self) -> bool:
        """Whether everything here is on the server, and nothing needs anybody."""
        return not (
            self.waiting_count or self.kept or self.faulty or self.conflicts or self.rejected
            or self.set_aside
        )  # fmt: skip


def sync_status(connection: Connection, shown: int = SHOWN) -> SyncStatus:
    """What waits, what is in conflict, what was refused, what was set aside.

    Of each the first `shown` are put into words.
    """
    words = Words(connection)
    disputes = conflicts.open_ones(connection)
    held: dict[tuple[str, str], str] = {
        (one.collection, one.record_id): say("It waits for your decision.") for one in disputes
    }
    refused = rejections.open_ones(connection)
    going = sending.waiting(connection, shown, parked=False)
    parked = sending.waiting(connection, shown, parked=True)
    ready = {op.op_id for op in sending.next_ops(connection, shown)}
    told = [_waiting(op, words, held, ready) for op in (*going, *parked)]
    return SyncStatus(
        waiting_count=sending.count(connection) - sending.count_parked(connection),
        since=going[0].created_at if going else None,
        waiting=tuple(one for one in told if one.state not in ops.PARKED),
        kept=tuple(one for one in told if one.state == ops.KEPT),
        faulty=tuple(one for one in told if one.state == ops.ASIDE),
        conflicts=tuple(
            ConflictInWords(
                one, words.field(one.collection, one.record_id, one.field), sides(connection, one)
            )
            for one in disputes[:shown]
        ),
        conflict_count=len(disputes),
        rejected=tuple(
            RejectionInWords(one, words.about(one.collection, one.id, one.kind, one.patch))
            for one in refused[:shown]
        ),
        rejected_count=len(refused),
        set_aside=tuple(ingest.aside(connection)),
    )


def _waiting(
    op: ops.PendingOp, words: Words, held: dict[tuple[str, str], str], ready: set[str]
) -> Waiting:
    reason = held.get((op.collection, op.id), "")
    if not reason and op.op_id not in ready and op.state == ops.PENDING:
        reason = say("It goes after what it belongs to.")
    return Waiting(
        op_id=op.op_id,
        collection=op.collection,
        id=op.id,
        words=words.about(op.collection, op.id, op.kind, op.patch),
        since=op.created_at,
        state=op.state,
        held=reason,
        last_error=op.last_error,
    )
