"""Brings what the server holds together with what still waits here, for one record."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.classroom import instants, merging
from desktop.classroom.identity import NATURAL_KEYS
from desktop.classroom.merging import FieldConflict, Merged
from desktop.storage import history, ops
from desktop.storage.records import StoredRecord, dump
from desktop.storage.transaction import Transaction
from desktop.wire.feed import ChangedRecord

Merge = Callable[[StoredRecord, ChangedRecord], Merged]

MOST_TRIES = 20
"""So often an op may have left without an answer before its record is merged without one."""

FEW_TRIES = 8
"""So often where nobody has to be asked: then what others changed comes in as if none arrived."""


def three_way(record: StoredRecord, changed: ChangedRecord) -> Merged:
    """The merge of `desktop.classroom.merging`, on the three states of a stored record.

    Where the server brings a record back that lives here too, both sides come from what it held
    before it was deleted: who restored it has not typed it anew.
    """
    mine, theirs = record.seen, None if changed.deleted else changed.data
    both_live = mine is not None and theirs is not None
    base = record.last_held if both_live else record.base
    return merging.merge_lives(record.collection, base, mine, theirs)


def must_wait(tx: Transaction, record: StoredRecord, changed: ChangedRecord, merge: Merge) -> bool:
    """Whether this can be merged only when an op of the record has been answered.

    Did the op arrive, then the other side saw it and went on from it: there is nothing to ask, and
    what they took out of it stays out. Did it not, then both sides' changes count. Until that is
    known, nobody is asked and nothing is decided.
    """
    waiting = ops.of_record(tx.connection, record.collection, record.id)
    if not _may_be_answered(waiting) or _is_asked_about(tx, record):
        return False
    merged = merge(_with_arrived(tx, record, changed), changed)
    if merged.conflicts:
        return True
    sent = [op for op in waiting if op.sent]
    if max(op.attempts for op in sent) >= FEW_TRIES:
        return False
    return merged != merge(replace(record, base=ops.after(record.last_held, sent)), changed)


def _may_be_answered(waiting: list[ops.PendingOp]) -> bool:
    """Whether one of a record's ops left that will leave again: none does behind a parked one."""
    going = itertools.takewhile(lambda op: op.state not in ops.PARKED, waiting)
    return any(op.sent and op.attempts < MOST_TRIES for op in going)


def _is_asked_about(tx: Transaction, record: StoredRecord) -> bool:
    """Whether a question about the record is open: then nothing of it is sent and answered."""
    row = tx.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM conflict "
        "WHERE collection = ? AND id = ? AND resolved_at IS NULL)",
        (record.collection, record.id),
    ).one()
    return bool(row[0])


def take_in(tx: Transaction, record: StoredRecord, changed: ChangedRecord, merge: Merge) -> None:
    """Make the server's state the base of a dirty record, and keep what the teacher wrote.

    Fields that both sides changed become conflicts: the teacher's value stays in sight, and
    the record is held until they decide.
    """
    ops.give_another_chance(tx, record.collection, record.id)
    merged = merge(_with_arrived(tx, record, changed), changed)
    after = replace(
        record,
        version=changed.version,
        base=None if changed.deleted else changed.data,
        before=record.last_held,
        local=merged.data or record.local,
        deleted=merged.deleted,
        updated_at=changed.updated_at,
        updated_by=changed.updated_by,
    )
    history.note(tx, record.collection, record.id, record.seen, after.seen,
                 who=changed.updated_by, origin=history.SERVER)  # fmt: skip
    _write_down(tx, record, changed, merged.conflicts)
    ops.settle(tx, after)


def go_on_from(tx: Transaction, record: StoredRecord, base: dict[str, Any] | None) -> None:
    """Merge a record anew with what the server holds, which others made out of `base`."""
    held = ChangedRecord(
        id=record.id,
        collection=record.collection,
        version=record.version,
        updated_at=record.updated_at,
        updated_by=record.updated_by,
        deleted=record.base is None,
        data=record.base or {},
    )
    take_in(tx, replace(record, base=base), held, three_way)


def _with_arrived(tx: Transaction, record: StoredRecord, changed: ChangedRecord) -> StoredRecord:
    """The record with a base that knows of our own changes in what the server says.

    An op whose answer was lost may have arrived. Without this, a newer edit here would be in
    conflict with the teacher's own older one.
    """
    sent = [op for op in ops.of_record(tx.connection, record.collection, record.id) if op.sent]
    if changed.deleted or not sent:
        return record
    base = record.last_held
    only_ours = record.version == 0 and record.collection not in NATURAL_KEYS
    for op in sent:
        if base is None and op.kind != "update" and only_ours:
            # Nobody else makes a record under our id: that it is there means ours arrived.
            base = op.patch
        arrived = {
            field: value for field, value in op.patch.items() if changed.data.get(field) == value
        }
        base = {**(base or {}), **arrived}
    return replace(record, base=base)


def _write_down(
    tx: Transaction,
    record: StoredRecord,
    changed: ChangedRecord,
    conflicts: tuple[FieldConflict, ...],
) -> None:
    """Add conflicts to the inbox; one that is open already keeps its base and hears the news."""
    theirs = None if changed.deleted else changed.data
    if theirs is not None and record.seen is not None and record.base is None:
        _close_that_it_lives(tx, record)
    _refresh_open(tx, record, theirs, changed)
    for found in conflicts:
        tx.connection.execute(
            "INSERT INTO conflict (collection, id, field, base, mine, theirs, who, theirs_at, "
            "found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (collection, id, field) WHERE resolved_at IS NULL "
            "DO UPDATE SET mine = excluded.mine, theirs = excluded.theirs, who = excluded.who, "
            "theirs_at = excluded.theirs_at",
            (record.collection, record.id, found.field, dump(found.base), dump(found.mine),
             dump(found.theirs), changed.updated_by, changed.updated_at,
             instants.to_text(tx.now)),
        )  # fmt: skip


def _close_that_it_lives(tx: Transaction, record: StoredRecord) -> None:
    """They brought back what they had deleted: nobody has to choose between that and mine.

    What I deleted and made anew stays a question: I never saw what they changed meanwhile.
    """
    tx.connection.execute(
        "UPDATE conflict SET resolved_at = ?, resolution = 'agreed' "
        "WHERE collection = ? AND id = ? AND field = ? AND resolved_at IS NULL",
        (instants.to_text(tx.now), record.collection, record.id, merging.WHOLE_RECORD),
    )


def _refresh_open(
    tx: Transaction, record: StoredRecord, theirs: dict[str, object] | None, changed: ChangedRecord
) -> None:
    rows = tx.connection.execute(
        "SELECT seq, field FROM conflict WHERE collection = ? AND id = ? AND resolved_at IS NULL",
        (record.collection, record.id),
    ).all()
    for seq, field in rows:
        if field == merging.WHOLE_RECORD or theirs is None:
            value: object = theirs
        else:
            value = theirs.get(field)
        tx.connection.execute(
            "UPDATE conflict SET theirs = ?, who = ?, theirs_at = ? WHERE seq = ?",
            (dump(value), changed.updated_by, changed.updated_at, seq),
        )
