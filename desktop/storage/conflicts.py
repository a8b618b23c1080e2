"""The conflict inbox: what two people changed differently, and the decision of a person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from desktop.classroom import instants
from desktop.classroom.merging import WHOLE_RECORD
from desktop.errors import Refused, WrongUse
from desktop.sentences import say
from desktop.storage import history, ops, outbox, records, steps
from desktop.storage.records import Json, StoredRecord, dump, load, parsed
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class Conflict:
    """A field that was changed here and elsewhere.

    `field` is empty where one side deleted the record; the deleting side's value is None.
    """

    id: int
    collection: str
    record_id: str
    field: str
    base: Any
    mine: Any
    theirs: Any
    who: str
    """Who changed it elsewhere."""
    theirs_at: str
    found_at: str


@dataclass(frozen=True)
class Value:
    """A third value, chosen instead of both."""

    value: Any


Take = Literal["mine", "theirs"] | Value

_FROM = (
    "SELECT seq, collection, id, field, base, mine, theirs, who, theirs_at, found_at FROM conflict"
)
_SELECT = f"{_FROM} WHERE resolved_at IS NULL"


class CannotReopen(Refused):
    """A decision that cannot be taken back any more; the message says why."""


def _from_row(row: Iterable[Any]) -> Conflict:
    return Conflict(*parsed(row, 4, 5, 6))


def open_ones(connection: Connection) -> list[Conflict]:
    """Every conflict that waits for a decision, oldest first."""
    return [_from_row(row) for row in connection.execute(f"{_SELECT} ORDER BY seq")]


def of_record(connection: Connection, collection: str, id: str) -> list[Conflict]:  # noqa: A002
    """The open conflicts of one record."""
    rows = connection.execute(
        f"{_SELECT} AND collection = ? AND id = ? ORDER BY seq", (collection, id)
    )
    return [_from_row(row) for row in rows]


def resolve(tx: Transaction, conflict_id: int, take: Take) -> outbox.Edit:
    """Decide a conflict: my value, theirs, or a third. What was not taken stays in the history.

    Raises:
        WrongUse: there is no such open conflict, or a whole record is given a value.
        InvalidEdit: the value does not fit the field.
    """
    row = tx.connection.execute(f"{_SELECT} AND seq = ?", (conflict_id,)).first()
    if row is None:
        raise WrongUse(say("There is no open conflict {conflict_id}.", conflict_id=conflict_id))
    conflict = _from_row(row)
    record = records.get(tx.connection, conflict.collection, conflict.record_id)
    if record is None:
        raise WrongUse(
            say("The record of conflict {conflict_id} is gone.", conflict_id=conflict_id)
        )
    decided = _decided(record, conflict, take)
    tx.connection.execute(
        "UPDATE conflict SET resolved_at = ?, resolution = ?, step = ? WHERE seq = ?",
        (instants.to_text(tx.now), dump(_chosen(conflict, take)), steps.of(tx), conflict_id),
    )
    _note(tx, record, conflict, take)
    after = replace(decided, updated_at=instants.to_text(tx.now), updated_by=tx.who)
    return outbox.Edit(record.id, ops.settle(tx, after))


def resolve_all(
    tx: Transaction,
    take: Literal["mine", "theirs"],
    record: tuple[str, str] | None = None,
) -> list[Conflict]:
    """Decide every open conflict alike, or those of one record (collection, id).

    Returns what was decided. One decision may settle another; that one is left alone.
    """
    meant = open_ones(tx.connection) if record is None else of_record(tx.connection, *record)
    decided = []
    for conflict in meant:
        if _is_open(tx.connection, conflict.id):
            resolve(tx, conflict.id, take)
            decided.append(conflict)
    return decided


def _is_open(connection: Connection, conflict_id: int) -> bool:
    row = connection.execute(f"{_SELECT} AND seq = ?", (conflict_id,)).first()
    return row is not None


def decided_in(connection: Connection, step: int) -> list[Conflict]:
    """The conflicts that were decided in a step of the teacher and are decided still."""
    rows = connection.execute(
        f"{_FROM} WHERE step = ? AND resolved_at IS NOT NULL ORDER BY seq", (step,)
    )
    return [_from_row(row) for row in rows]


def reopen(tx: Transaction, conflict_id: int) -> None:
    """Take a decision back: the record shows my value again, and the question is open.

    Raises:
        WrongUse: there is no such decision.
        CannotReopen: the value was changed since, or there is a newer question about it.
    """
    row = tx.connection.execute(
        f"{_FROM} WHERE seq = ? AND step IS NOT NULL AND resolved_at IS NOT NULL", (conflict_id,)
    ).first()
    if row is None:
        raise WrongUse(
            say("There is no decision {conflict_id} to take back.", conflict_id=conflict_id)
        )
    conflict = _from_row(row)
    record = records.get(tx.connection, conflict.collection, conflict.record_id)
    if record is None or _shown(record, conflict.field) != _resolution(tx, conflict_id):
        raise CannotReopen(say("What you decided was changed since, so the decision stays."))
    if any(
        other.field in (conflict.field, WHOLE_RECORD) or conflict.field == WHOLE_RECORD
        for other in of_record(tx.connection, record.collection, record.id)
    ):
        raise CannotReopen(say("There is a newer question about this, so the old decision stays."))
    tx.connection.execute("UPDATE conflict SET resolved_at = NULL WHERE seq = ?", (conflict_id,))
    after = _with_mine(record, conflict)
    history.note(tx, record.collection, record.id, record.seen, after.seen)
    ops.settle(tx, after)


def decide_again(tx: Transaction, step: int) -> list[Conflict]:
    """Decide as it was decided in `step` before that was taken back. Returns what was decided."""
    rows = tx.connection.execute(
        f"{_FROM} WHERE step = ? AND resolved_at IS NULL ORDER BY seq", (step,)
    )
    again = [_from_row(row) for row in rows.all()]
    for conflict in again:
        chosen = _resolution(tx, conflict.id)
        if chosen == conflict.theirs:
            resolve(tx, conflict.id, "theirs")
        elif chosen == conflict.mine:
            resolve(tx, conflict.id, "mine")
        else:
            resolve(tx, conflict.id, Value(chosen))
    return again


def _resolution(tx: Transaction, conflict_id: int) -> Json:
    row = tx.connection.execute(
        "SELECT resolution FROM conflict WHERE seq = ?", (conflict_id,)
    ).one()
    return load(row[0])


def _shown(record: StoredRecord, field: str) -> Json:
    if field == WHOLE_RECORD:
        return record.seen
    return None if record.deleted else record.local.get(field)


def _with_mine(record: StoredRecord, conflict: Conflict) -> StoredRecord:
    if conflict.field == WHOLE_RECORD:
        mine = conflict.mine
        return replace(record, local=record.local if mine is None else mine, deleted=mine is None)
    return replace(record, local={**record.local, conflict.field: conflict.mine})


def _decided(record: StoredRecord, conflict: Conflict, take: Take) -> StoredRecord:
    if conflict.field == WHOLE_RECORD:
        if isinstance(take, Value):
            raise WrongUse(say("One side deleted the whole record, so take 'mine' or 'theirs'."))
        if take == "mine":
            return record
        return replace(record, local=conflict.theirs or {}, deleted=conflict.theirs is None)
    if take == "mine":
        return record
    value = take.value if isinstance(take, Value) else conflict.theirs
    patch = {conflict.field: value}
    if isinstance(take, Value):
        outbox.check_patch(record, patch)
    return replace(record, local={**record.local, **patch})


def _chosen(conflict: Conflict, take: Take) -> Json:
    if isinstance(take, Value):
        return take.value
    return conflict.mine if take == "mine" else conflict.theirs


def _note(tx: Transaction, record: StoredRecord, conflict: Conflict, take: Take) -> None:
    """Both values go into the history: the one that was given up, then the one that holds."""
    whole = conflict.field == WHOLE_RECORD
    given_up = conflict.theirs if take == "mine" else conflict.mine
    chosen = _chosen(conflict, take)
    if whole:
        history.note(tx, record.collection, record.id, given_up, chosen)
    else:
        field = conflict.field
        history.note(tx, record.collection, record.id, {field: given_up}, {field: chosen})
