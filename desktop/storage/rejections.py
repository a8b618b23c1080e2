"""Changes the server refused: listed with its reason, tried again, or given up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from desktop.classroom import instants
from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import history, ops, outbox, records
from desktop.storage.records import StoredRecord, parsed
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction


@dataclass(frozen=True)
class Rejection:
    """A change the server will not take. The teacher still sees it, marked."""

    op_id: str
    collection: str
    id: str
    kind: ops.Kind
    patch: dict[str, Any]
    code: str
    detail: str
    errors: list[dict[str, Any]]
    created_at: str
    rejected_at: str


TOO_LARGE, NOT_READ = "too_large", "not_read"
UNJUDGED = (TOO_LARGE, NOT_READ)
"""Codes of a change whose request was refused as a whole, before anybody looked at the change.

That says nothing of an earlier request with it, whose answer was lost: it may have arrived.
"""

_SELECT = (
    "SELECT op_id, collection, id, kind, patch, code, detail, errors, created_at, rejected_at "
    "FROM rejected WHERE settled_at IS NULL"
)


def _from_row(row: Iterable[Any]) -> Rejection:
    return Rejection(*parsed(row, 4, 7))


def open_ones(connection: Connection) -> list[Rejection]:
    """Every refused change that nobody has settled, oldest first."""
    return [_from_row(row) for row in connection.execute(f"{_SELECT} ORDER BY seq")]


def retry(tx: Transaction, op_id: str) -> outbox.Edit:
    """Send a refused change again: as a new op, or under its own op_id where it may have arrived.

    Raises:
        WrongUse: there is no such refused change.
    """
    refused = put_back(tx, op_id, "retried")
    record = records.get(tx.connection, refused.collection, refused.id)
    return outbox.Edit(refused.id, "" if record is None else ops.settle(tx, record))


def put_back(tx: Transaction, op_id: str, settlement: str) -> Rejection:
    """Close a refused change and return it; settling its record makes it wait again.

    What may have arrived already waits under its own op_id: by that alone the server knows it.

    Raises:
        WrongUse: there is no such refused change.
    """
    refused = settled(tx, op_id, settlement)
    record = records.get(tx.connection, refused.collection, refused.id)
    if record is not None and refused.code in UNJUDGED:
        patch = _still_to_send(refused, record)
        if patch:
            ops.insert_again(tx, record, refused.op_id, refused.kind, patch, refused.created_at)
    return refused


def _still_to_send(refused: Rejection, record: StoredRecord) -> dict[str, Any]:
    """What of a refused change the teacher sees and the server, as far as is known, does not hold.

    Nothing of what is no longer the same change: a deletion, or the return of what was deleted.
    """
    mine, theirs = record.seen, record.base
    if mine is None or refused.kind == "delete":
        return {}
    if refused.kind == "update":
        known = {} if theirs is None else ops.difference(theirs, mine)
        return {f: v for f, v in refused.patch.items() if f in known and known[f] == v}
    return refused.patch if record.version == 0 and mine == refused.patch else {}


def discard(tx: Transaction, op_id: str) -> None:
    """Give a refused change up: the record shows again what the server holds.

    What is given up stays in the history, from where it can be brought back.

    Raises:
        WrongUse: there is no such refused change.
    """
    refused = settled(tx, op_id, "discarded")
    record = records.get(tx.connection, refused.collection, refused.id)
    if record is None:
        return
    base = record.base
    if base is None:
        after = replace(record, deleted=True)
    elif refused.kind == "delete":
        after = replace(record, deleted=False)
    else:
        given_up = {
            field for field, value in refused.patch.items() if record.local.get(field) == value
        }
        # A field that the server does not hold is gone again, not empty: the two are not alike.
        kept = {field: value for field, value in record.local.items() if field not in given_up}
        back = {field: value for field, value in base.items() if field in given_up}
        after = replace(record, local=kept | back)
    history.note(tx, record.collection, record.id, record.seen, after.seen)
    ops.settle(tx, after)


def settled(tx: Transaction, op_id: str, settlement: str) -> Rejection:
    """Close a refused change and return it; the record stays as it is shown.

    Raises:
        WrongUse: there is no such refused change.
    """
    row = tx.connection.execute(f"{_SELECT} AND op_id = ?", (op_id,)).first()
    if row is None:
        raise WrongUse(say("There is no refused change {op_id}.", op_id=op_id))
    tx.connection.execute(
        "UPDATE rejected SET settled_at = ?, settlement = ? WHERE op_id = ?",
        (instants.to_text(tx.now), settlement, op_id),
    )
    return _from_row(row)
