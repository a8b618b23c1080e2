"""Changes the server refused: listed with its reason, tried again, or given up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from desktop.classroom import instants
from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import history, ops, outbox, records
from desktop.storage.records import parsed
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
    """Send a refused change again, as a new op.

    Raises:
        WrongUse: there is no such refused change.
    """
    refused = settled(tx, op_id, "retried")
    record = records.get(tx.connection, refused.collection, refused.id)
    return outbox.Edit(refused.id, "" if record is None else ops.settle(tx, record))


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
