"""Steps: what the teacher did at once, in the order they did it, and what was undone since.

A transaction that edits is one step, whether it changes a grade or brings in a whole roster.
Undoing is a step too, so that it can be undone in turn; nothing is ever taken out of the list.
"""

from dataclasses import dataclass
from typing import Literal

from desktop.classroom import instants
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

Kind = Literal["do", "undo", "redo"]


@dataclass(frozen=True)
class Step:
    """One step of the teacher."""

    id: int
    at: str
    who: str
    kind: Kind
    undoes: int | None
    """The step that this one took back (an undo) or brought back (a redo, of an undo)."""
    undone_by: int | None
    """The step that took this one back."""


_COLUMNS = "seq, at, who, kind, undoes, undone_by"


def of(tx: Transaction) -> int:
    """The step of this transaction, begun now if it has none."""
    return tx.step or begin(tx)


def begin(tx: Transaction, kind: Kind = "do", undoes: int | None = None) -> int:
    """Begin a step: what is written down from here on belongs to it. Returns its number."""
    row = tx.connection.execute(
        "INSERT INTO step (at, who, kind, undoes) VALUES (?, ?, ?, ?) RETURNING seq",
        (instants.to_text(tx.now), tx.who, kind, undoes),
    ).one()
    tx.step = int(row[0])
    if undoes is not None:
        tx.connection.execute("UPDATE step SET undone_by = ? WHERE seq = ?", (tx.step, undoes))
    return tx.step


def get(connection: Connection, step: int) -> Step | None:
    """One step, or None where there is none of that number."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM step WHERE seq = ?", (step,)).first()  # noqa: S608
    return None if row is None else Step(*row)


def recent(connection: Connection, limit: int = 50) -> list[Step]:
    """The newest steps, the newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM step ORDER BY seq DESC LIMIT ?",  # noqa: S608
        (limit,),
    )
    return [Step(*row) for row in rows]


def to_undo(connection: Connection) -> Step | None:
    """The last step that holds: what Ctrl+Z takes back."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM step WHERE kind <> 'undo' AND undone_by IS NULL "  # noqa: S608
        "ORDER BY seq DESC LIMIT 1"
    ).first()
    return None if row is None else Step(*row)


def to_redo(connection: Connection) -> Step | None:
    """The last undo that nothing new was done after: what Ctrl+Shift+Z brings back."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM step WHERE kind = 'undo' AND undone_by IS NULL "  # noqa: S608
        "AND seq > coalesce((SELECT max(seq) FROM step WHERE kind = 'do'), 0) "
        "ORDER BY seq DESC LIMIT 1"
    ).first()
    return None if row is None else Step(*row)
