"""What leaves the outbox next, and what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from desktop.classroom import instants
from desktop.classroom.records import PARENTS
from desktop.storage import ops, reconcile, records
from desktop.storage.ops import COLUMNS, IN_FLIGHT, PendingOp
from desktop.storage.records import dump
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction
from desktop.wire.feed import ChangedRecord


def next_ops(connection: Connection, limit: int = 500) -> list[PendingOp]:
    """The ops that may be sent now, oldest first: at most one for each record.

    Held back are records with a conflict or with an op on its way, children whose parent has
    not reached the server, and deletions of parents that something waiting still names.
    """
    unborn = _unborn(connection)
    ready: list[PendingOp] = []
    for op in _first_of_each(connection):
        if not unborn.isdisjoint(_parents(op)) or _is_needed(connection, op):
            continue
        ready.append(op)
        if len(ready) == limit:
            break
    return ready


def _first_of_each(connection: Connection) -> Iterator[PendingOp]:
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE state = 'pending' "  # noqa: S608
        "AND NOT EXISTS (SELECT 1 FROM op earlier WHERE earlier.collection = op.collection "
        "    AND earlier.id = op.id AND earlier.seq < op.seq) "
        "AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.collection = op.collection "
        "    AND c.id = op.id AND c.resolved_at IS NULL) "
        "ORDER BY seq"
    )
    return map(ops.from_row, rows)


def _unborn(connection: Connection) -> frozenset[tuple[str, str]]:
    """Records that the server has not seen."""
    rows = connection.execute("SELECT collection, id FROM record WHERE dirty = 1 AND version = 0")
    return frozenset((collection, id_) for collection, id_ in rows)


def _parents(op: PendingOp) -> Iterator[tuple[str, str]]:
    for field, parent in PARENTS.get(op.collection, {}).items():
        value = op.patch.get(field)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one:
                yield parent, one


_NEEDED = """
    SELECT EXISTS (
        SELECT 1 FROM op o JOIN record r ON r.collection = o.collection AND r.id = o.id
        WHERE o.seq < (SELECT seq FROM op WHERE op_id = ?) AND NOT (r.collection = ? AND r.id = ?)
        AND (? IN (r.class_id, r.student_id, r.parent_id)
            OR EXISTS (SELECT 1 FROM json_each(r.local, '$.class_ids') one WHERE one.atom = ?)))
"""


def _is_needed(connection: Connection, op: PendingOp) -> bool:
    if op.kind != "delete":
        return False
    row = connection.execute(_NEEDED, (op.op_id, op.collection, op.id, op.id, op.id)).one()
    return bool(row[0])


def waiting(
    connection: Connection, limit: int = -1, *, parked: bool | None = None
) -> list[PendingOp]:
    """What the server has not confirmed, oldest first; all of it, or at most `limit`.

    `parked` asks only for what stays until somebody releases it, or only for the rest.
    """
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE ?1 IS NULL OR (state IN ('kept', 'aside')) = ?1 "  # noqa: S608
        "ORDER BY seq LIMIT ?2",
        (parked, limit),
    )
    return [ops.from_row(row) for row in rows]


def count(connection: Connection) -> int:
    """How many ops the server has not confirmed, parked ones too."""
    return int(connection.execute("SELECT count(*) FROM op").scalar())


def count_parked(connection: Connection) -> int:
    """How many of them stay until somebody releases them."""
    row = connection.execute("SELECT count(*) FROM op WHERE state IN ('kept', 'aside')")
    return int(row.scalar())


def mark_in_flight(tx: Transaction, op_ids: Iterable[str]) -> None:
    """Say, before the bytes leave, that these ops may arrive from now on."""
    tx.connection.execute(
        "UPDATE op SET state = 'in_flight', attempts = attempts + 1 "
        "WHERE op_id IN (SELECT value FROM json_each(?))",
        (dump(list(op_ids)),),
    )


def returned(tx: Transaction, op_ids: Iterable[str], error: str = "") -> None:
    """The answer was lost, or the server put these off: they go again under the same op_id."""
    tx.connection.execute(
        "UPDATE op SET state = 'pending', last_error = ? "
        "WHERE state = 'in_flight' AND op_id IN (SELECT value FROM json_each(?))",
        (error, dump(list(op_ids))),
    )


def return_all(tx: Transaction, error: str = "") -> int:
    """At a start: whatever was on its way when the app ended goes again. Returns how many."""
    return tx.connection.execute(
        "UPDATE op SET state = 'pending', last_error = ? WHERE state = 'in_flight'", (error,)
    ).rowcount


def applied(tx: Transaction, op_id: str, version: int) -> None:
    """The server took the op (or had taken it before), and its record then had `version`.

    An op that was refused and goes again may have been taken before the state it is based on
    now: then whoever made that state had seen it.
    """
    op = _take(tx, op_id)
    if op is None:
        return
    record = records.get(tx.connection, op.collection, op.id)
    if record is None:
        return
    if op.kind == "update" and version <= op.base_version and record.base is not None:
        reconcile.go_on_from(tx, record, ops.after(record.base, [op]))
        return
    if version > record.version:
        base = None if op.kind == "delete" else {**(record.base or {}), **op.patch}
        record = replace(record, base=base, before=record.last_held, version=version)
    ops.settle(tx, record)


def conflicted(
    tx: Transaction,
    op_id: str,
    current: ChangedRecord,
    merge: reconcile.Merge = reconcile.three_way,
) -> None:
    """The record moved on: merge what the server holds now, and make a fresh op of what is left.

    The op had no effect, so what follows it carries its change under an op_id of its own. An
    answer that is older than the record here is passed over, unless it is about the op's own base:
    what left this person's sight was told under a version that the record itself never had.
    """
    op = _take(tx, op_id)
    if op is None:
        return
    record = records.get(tx.connection, op.collection, op.id)
    if record is None:
        return
    if op.base_version <= current.version < record.version:
        ops.settle(tx, record)
    else:
        reconcile.take_in(tx, record, current, merge)


def rejected(
    tx: Transaction,
    op_id: str,
    code: str,
    detail: str,
    errors: Iterable[dict[str, Any]] = (),
) -> None:
    """The server will never take the op: keep it with the reason, and let the rest go on.

    The teacher goes on seeing what they wrote, marked; see `rejections`.
    """
    op = _take(tx, op_id)
    if op is None:
        return
    tx.connection.execute(
        "INSERT INTO rejected (op_id, collection, id, kind, patch, code, detail, errors, "
        "created_at, rejected_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (op_id) DO UPDATE SET patch = excluded.patch, code = excluded.code, "
        "detail = excluded.detail, errors = excluded.errors, "
        "rejected_at = excluded.rejected_at, settled_at = NULL, settlement = NULL",
        (op.op_id, op.collection, op.id, op.kind, dump(op.patch), code, detail,
         dump(list(errors)), op.created_at, instants.to_text(tx.now)),
    )  # fmt: skip
    record = records.get(tx.connection, op.collection, op.id)
    if record is not None:
        ops.settle(tx, record)


def _take(tx: Transaction, op_id: str) -> PendingOp | None:
    """Remove an op and return it; None when it was answered before."""
    row = tx.connection.execute(
        f"SELECT {COLUMNS} FROM op WHERE op_id = ?",  # noqa: S608
        (op_id,),
    ).first()
    if row is None:
        return None
    ops.remove(tx, op_id)
    return ops.from_row(row)


__all__ = [
    "IN_FLIGHT",
    "PendingOp",
    "applied",
    "conflicted",
    "count",
    "count_parked",
    "mark_in_flight",
    "next_ops",
    "rejected",
    "return_all",
    "returned",
    "waiting",
]
