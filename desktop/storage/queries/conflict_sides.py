"""Who stands behind each side of a conflict, and since when, as far as the journal knows."""

from dataclasses import dataclass

from desktop.storage.conflicts import Conflict
from desktop.storage.history import HERE
from desktop.storage.records import dump
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class Said:
    """One side's author and moment; both empty where nobody here knows."""

    who: str = ""
    at: str = ""
    here: bool = False
    """Whether it was written on this computer."""


@dataclass(frozen=True)
class Sides:
    """The three sides of a conflict."""

    base: Said
    mine: Said
    theirs: Said


_MINE = """
SELECT who, at, 1 FROM history WHERE collection = ?1 AND id = ?2 AND origin = ?3
AND (?4 = '' OR field IN ('', ?4)) ORDER BY seq DESC LIMIT 1
"""
_BASE = """
SELECT who, at, origin = ?3 FROM history WHERE collection = ?1 AND id = ?2 AND ?4 <> ''
AND CASE field WHEN ?4 THEN new WHEN '' THEN new -> ?5 END = ?6 ORDER BY seq DESC LIMIT 1
"""


def sides(connection: Connection, conflict: Conflict) -> Sides:
    """Who wrote what was, mine and theirs, and when.

    What a record held when it first came from the school has no author here: the server names
    who changed the record last, not who wrote a field.
    """
    name = (conflict.collection, conflict.record_id, HERE, conflict.field)
    base = (*name, f"$.{dump(conflict.field)}", dump(conflict.base))
    return Sides(
        base=_said(connection, _BASE, base),
        mine=_said(connection, _MINE, name),
        theirs=Said(conflict.who, conflict.theirs_at),
    )


def _said(connection: Connection, question: str, values: tuple[str, ...]) -> Said:
    row = connection.execute(question, values).first()
    return Said() if row is None else Said(row[0], row[1], bool(row[2]))
