"""The rows of the outbox: what waits to be sent for a record, and how it is worked out.

What waits is never guessed from the past: it is what the teacher sees, less what the server
will hold once everything already sent has arrived. `settle` writes that difference down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from desktop.classroom import instants
from desktop.classroom.records import APPEND_ONLY
from desktop.storage import records
from desktop.storage.records import StoredRecord, dump, load, parsed
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

Kind = Literal["create", "update", "delete", "append"]
PENDING, IN_FLIGHT, KEPT, ASIDE = "pending", "in_flight", "kept", "aside"
PARKED = (KEPT, ASIDE)
"""Stays until somebody releases it: kept by the teacher, or set aside because of a fault."""


@dataclass(frozen=True)
class PendingOp:
    """One change that the server has not confirmed."""

    op_id: str
    collection: str
    id: str
    kind: Kind
    base_version: int
    patch: dict[str, Any]
    created_at: str
    state: Literal["pending", "in_flight", "kept", "aside"]
    attempts: int
    """How often it left. After the first time its content stays as it is: it may have arrived."""
    last_error: str

    @property
    def sent(self) -> bool:
        """Whether the server may have seen it."""
        return self.state == IN_FLIGHT or self.attempts > 0


COLUMNS = (
    "op_id, collection, id, kind, base_version, patch, created_at, state, attempts, last_error"
)


def from_row(row: Iterable[Any]) -> PendingOp:
    """An op from a row of `COLUMNS`."""
    return PendingOp(*parsed(row, 5))


def of_record(connection: Connection, collection: str, id: str) -> list[PendingOp]:  # noqa: A002
    """What waits for one record, in order."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE collection = ? AND id = ? ORDER BY seq",  # noqa: S608
        (collection, id),
    )
    return [from_row(row) for row in rows]


def insert(tx: Transaction, record: StoredRecord, kind: Kind, patch: Mapping[str, Any]) -> str:
    """Put a new op at the end of the queue, and return its id."""
    op_id = tx.new_id()
    tx.connection.execute(
        f"INSERT INTO op ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', 0, '')",  # noqa: S608
        (op_id, record.collection, record.id, kind, record.version, dump(patch),
         instants.to_text(tx.now)),
    )  # fmt: skip
    return op_id


def insert_again(
    tx: Transaction,
    record: StoredRecord,
    op_id: str,
    kind: Kind,
    patch: Mapping[str, Any],
    created_at: str,
) -> None:
    """Put an op that left before at the end of the queue, under the op_id it had."""
    tx.connection.execute(
        f"INSERT INTO op ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', 1, '')",  # noqa: S608
        (op_id, record.collection, record.id, kind, record.version, dump(patch), created_at),
    )


def remove(tx: Transaction, op_id: str) -> None:
    """Take an op out of the queue."""
    tx.connection.execute("DELETE FROM op WHERE op_id = ?", (op_id,))


def give_another_chance(tx: Transaction, collection: str, id: str) -> None:  # noqa: A002
    """Let what was set aside go once more: its record has moved on, and came in whole."""
    tx.connection.execute(
        "UPDATE op SET state = 'pending' WHERE collection = ? AND id = ? AND state = 'aside'",
        (collection, id),
    )


def settle(tx: Transaction, record: StoredRecord) -> str:
    """Write `record`, and make what waits for it the difference to what the server will hold.

    Ops that may have arrived are left exactly as they are; everything else of the record
    becomes one op, or none. A record that was made and deleted before anything of it left is
    gone without a trace. Returns the id of the last op that now waits, or "".
    """
    ops = of_record(tx.connection, record.collection, record.id)
    sent = [op for op in ops if op.sent]
    unsent = [op for op in ops if not op.sent]
    refused = _refused(tx, record)
    tx.touch(record.collection, record.id)
    wanted = _wanted(record, sent, refused)
    if wanted is None:
        for op in unsent:
            remove(tx, op.op_id)
        if record.version == 0 and record.deleted and not sent:
            records.forget(tx.connection, record.collection, record.id)
            return ""
        last = sent[-1].op_id if sent else ""
    else:
        last = _write_unsent(tx, record, unsent, *wanted)
    dirty = bool(last or refused)
    if not dirty and record.base is not None and not record.deleted:
        # An emptied field that the server never held is no change: then it is not there at all.
        record = replace(record, local=record.base)
    records.put(tx.connection, replace(record, dirty=dirty))
    _close_what_agrees(tx, record)
    return last


def _write_unsent(
    tx: Transaction,
    record: StoredRecord,
    unsent: list[PendingOp],
    kind: Kind,
    patch: dict[str, Any],
) -> str:
    for extra in unsent[1:]:
        remove(tx, extra.op_id)
    if not unsent:
        return insert(tx, record, kind, patch)
    tx.connection.execute(
        "UPDATE op SET kind = ?, base_version = ?, patch = ? WHERE op_id = ?",
        (kind, record.version, dump(patch), unsent[0].op_id),
    )
    return unsent[0].op_id


def _wanted(
    record: StoredRecord, sent: list[PendingOp], refused: list[PendingOp]
) -> tuple[Kind, dict[str, Any]] | None:
    """The kind and patch of the op that is still missing, or None."""
    there = after(record.base, sent)
    mine = record.seen
    if mine is None:
        if there is None or any(op.kind == "delete" for op in refused):
            return None
        return "delete", {}
    if there is None:
        if any(op.patch == mine for op in refused if op.kind in ("create", "append")):
            return None
        return ("append" if record.collection in APPEND_ONLY else "create"), mine
    patch = difference(there, mine)
    for op in refused:
        for field, value in op.patch.items():
            if op.kind == "update" and field in patch and patch[field] == value:
                del patch[field]
    return ("update", patch) if patch else None


def after(base: dict[str, Any] | None, sent: list[PendingOp]) -> dict[str, Any] | None:
    """What the server holds once `sent` has arrived on top of `base`."""
    for op in sent:
        base = None if op.kind == "delete" else {**(base or {}), **op.patch}
    return base


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that turn `old` into `new`; a field that is gone becomes None."""
    return {
        field: new.get(field)
        for field in dict.fromkeys((*new, *old))
        if old.get(field) != new.get(field)
    }


def _refused(tx: Transaction, record: StoredRecord) -> list[PendingOp]:
    """The refused changes that the record still shows; the others are settled by that."""
    rows = tx.connection.execute(
        "SELECT op_id, collection, id, kind, 0, patch, created_at, 'pending', 1, detail "
        "FROM rejected WHERE collection = ? AND id = ? AND settled_at IS NULL ORDER BY seq",
        (record.collection, record.id),
    )
    shown = []
    for op in [from_row(row) for row in rows]:
        if _still_shown(op, record):
            shown.append(op)
        else:
            tx.connection.execute(
                "UPDATE rejected SET settled_at = ?, settlement = 'changed' WHERE op_id = ?",
                (instants.to_text(tx.now), op.op_id),
            )
    return shown


def _still_shown(op: PendingOp, record: StoredRecord) -> bool:
    mine = record.seen
    if op.kind == "delete" or mine is None:
        return op.kind == "delete" and mine is None
    if op.kind == "update":
        base = record.base or {}
        return any(mine.get(f) == v and base.get(f) != v for f, v in op.patch.items())
    return op.patch == mine


def _close_what_agrees(tx: Transaction, record: StoredRecord) -> None:
    """A conflict is over when both sides say the same; until then it shows my newest value."""
    rows = tx.connection.execute(
        "SELECT seq, field, theirs FROM conflict "
        "WHERE collection = ? AND id = ? AND resolved_at IS NULL",
        (record.collection, record.id),
    ).all()
    for seq, field, theirs in rows:
        mine = record.seen
        value = mine if field == "" or mine is None else mine.get(field)
        if value == load(theirs):
            tx.connection.execute(
                "UPDATE conflict SET resolved_at = ?, resolution = 'agreed' WHERE seq = ?",
                (instants.to_text(tx.now), seq),
            )
        else:
            tx.connection.execute("UPDATE conflict SET mine = ? WHERE seq = ?", (dump(value), seq))
