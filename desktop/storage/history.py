"""The journal: each change of a field with its old and new value, who made it, and where.

What a teacher does in one transaction is one step, and is undone as one (see `steps`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.classroom import instants
from desktop.storage import steps
from desktop.storage.records import dump, parsed
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

HERE = "this computer"
SERVER = "server"


@dataclass(frozen=True)
class Change:
    """One entry. `field` is empty for the making and the deleting of the whole record."""

    seq: int
    collection: str
    id: str
    field: str
    old: Any
    new: Any
    who: str
    origin: str
    """Where the change was made: `this computer` or `server`."""
    at: str
    step: int | None = None
    """The teacher's step it belongs to; None for what the server told."""


_SELECT = "SELECT seq, collection, id, field, old, new, who, origin, at, step FROM history"


def note(
    tx: Transaction,
    collection: str,
    id: str,  # noqa: A002
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    *,
    who: str | None = None,
    origin: str = HERE,
) -> None:
    """Write down how a record went from `old` to `new`; None stands for no record."""
    if old is None or new is None:
        changed = [("", old, new)] if old != new else []
    else:
        fields = dict.fromkeys((*old, *new))
        changed = [
            (field, old.get(field), new.get(field))
            for field in fields
            if old.get(field) != new.get(field)
        ]
    if not changed:
        return
    author = tx.who if who is None else who
    at = instants.to_text(tx.now)
    step = steps.of(tx) if origin == HERE else None
    tx.connection.execute_many(
        "INSERT INTO history (collection, id, field, old, new, who, origin, at, step) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (collection, id, field, dump(was), dump(now), author, origin, at, step)
            for field, was, now in changed
        ],
    )


def of(connection: Connection, collection: str, id: str) -> list[Change]:  # noqa: A002
    """Everything that happened to a record, oldest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE collection = ? AND id = ? ORDER BY seq", (collection, id)
    )
    return [Change(*parsed(row, 4, 5)) for row in rows]


def of_attendance(connection: Connection, student_id: str) -> list[Change]:
    """Everything that happened to a student's attendance, oldest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE collection = 'attendance' AND id IN (SELECT id FROM record "  # noqa: S608
        "WHERE collection = 'attendance' AND student_id = ?) ORDER BY seq",
        (student_id,),
    )
    return [Change(*parsed(row, 4, 5)) for row in rows]


def of_step(connection: Connection, step: int) -> list[Change]:
    """Everything that was changed in one step, in order."""
    rows = connection.execute(f"{_SELECT} WHERE step = ? ORDER BY seq", (step,))
    return [Change(*parsed(row, 4, 5)) for row in rows]


def since(connection: Connection, change: Change) -> list[Change]:
    """What happened to the record of `change` after it, oldest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE collection = ? AND id = ? AND seq > ? ORDER BY seq",
        (change.collection, change.id, change.seq),
    )
    return [Change(*parsed(row, 4, 5)) for row in rows]
