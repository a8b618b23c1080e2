"""The conflict inbox: what two people changed differently, and the decision of a person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Connection

from desktop.classroom import instants
from desktop.classroom.merging import WHOLE_RECORD
from desktop.errors import WrongUse
from desktop.storage import history, ops, outbox, records
from desktop.storage.records import Json, StoredRecord, dump, parsed
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

_SELECT = (
    "SELECT seq, collection, id, field, base, mine, theirs, who, theirs_at, found_at "
    "FROM conflict WHERE resolved_at IS NULL"
)


def _from_row(row: Iterable[Any]) -> Conflict:
    return Conflict(*parsed(row, 4, 5, 6))


def open_ones(connection: Connection) -> list[Conflict]:
    """Every conflict that waits for a decision, oldest first."""
    return [_from_row(row) for row in connection.exec_driver_sql(f"{_SELECT} ORDER BY seq")]


def of_record(connection: Connection, collection: str, id: str) -> list[Conflict]:  # noqa: A002
    """The open conflicts of one record."""
    rows = connection.exec_driver_sql(
        f"{_SELECT} AND collection = ? AND id = ? ORDER BY seq", (collection, id)
    )
    return [_from_row(row) for row in rows]


def resolve(tx: Transaction, conflict_id: int, take: Take) -> outbox.Edit:
    """Decide a conflict: my value, theirs, or a third. What was not taken stays in the history.

    Raises:
        WrongUse: there is no such open conflict, or a whole record is given a value.
        InvalidEdit: the value does not fit the field.
    """
    row = tx.connection.exec_driver_sql(f"{_SELECT} AND seq = ?", (conflict_id,)).first()
    if row is None:
        raise WrongUse(f"There is no open conflict {conflict_id}.")
    conflict = _from_row(row)
    record = records.get(tx.connection, conflict.collection, conflict.record_id)
    if record is None:
        raise WrongUse(f"The record of conflict {conflict_id} is gone.")
    decided = _decided(record, conflict, take)
    tx.connection.exec_driver_sql(
        "UPDATE conflict SET resolved_at = ?, resolution = ? WHERE seq = ?",
        (instants.to_text(tx.now), dump(_chosen(conflict, take)), conflict_id),
    )
    _note(tx, record, conflict, take)
    after = replace(decided, updated_at=instants.to_text(tx.now), updated_by=tx.who)
    return outbox.Edit(record.id, ops.settle(tx, after))


def _decided(record: StoredRecord, conflict: Conflict, take: Take) -> StoredRecord:
    if conflict.field == WHOLE_RECORD:
        if isinstance(take, Value):
            raise WrongUse("One side deleted the whole record, so take 'mine' or 'theirs'.")
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
