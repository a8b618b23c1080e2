"""Searching by name as somebody types: classes, lessons, students and assessments."""

import re
import unicodedata
from dataclasses import dataclass

from desktop.storage.sql import Connection

KINDS = ("classes", "lessons", "students", "assessments")
"""In the order in which they are shown."""
MOST_EACH = 12
_WORD = re.compile(r"\w+")

_QUERY = """
    SELECT r.collection, r.id, r.name, r.class_id,
        (SELECT m.class_id FROM membership m WHERE m.collection = r.collection AND m.id = r.id)
    FROM record_words w JOIN record r ON r.seq = w.rowid
    WHERE record_words MATCH ? LIMIT ?
"""


@dataclass(frozen=True)
class Hit:
    """A record that was found."""

    collection: str
    id: str
    name: str
    """What it is called; a student family name last."""
    class_id: str
    """A class it belongs to, or ""."""
    class_name: str


def search(connection: Connection, typed: str, most: int = MOST_EACH) -> list[Hit]:
    """What is called like `typed`: every word of it begins a word of the name.

    Case and marks on letters make no difference. At most `most` of each kind: with a letter or
    two typed there may be thousands, and whoever wants another types on.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", typed))
    if not words:
        return []
    # Quoted, a word is a word to FTS5, whatever it says; the star takes it for a beginning.
    name = " AND ".join(f'"{word}"*' for word in words)
    found: list[Hit] = []
    for kind in KINDS:
        match = f"collection : {kind} AND name : ({name})"
        rows = connection.execute(_QUERY, (match, most)).all()
        found += [_hit(connection, *row) for row in rows]
    return found


def _hit(
    connection: Connection, collection: str, id_: str, name: str, own: str | None, first: str | None
) -> Hit:
    class_id = (id_ if collection == "classes" else own or first) or ""
    called = _first_name_first(connection, id_) if collection == "students" else name
    class_name = "" if collection == "classes" else _name_of_class(connection, class_id)
    return Hit(collection, id_, called, class_id, class_name)


def _first_name_first(connection: Connection, student_id: str) -> str:
    row = connection.execute(
        "SELECT local ->> '$.given_name', local ->> '$.family_name' FROM record "
        "WHERE collection = 'students' AND id = ?",
        (student_id,),
    ).one()
    return " ".join(part for part in row if part)


def _name_of_class(connection: Connection, class_id: str) -> str:
    row = connection.execute(
        "SELECT name FROM record WHERE collection = 'classes' AND id = ? AND deleted = 0",
        (class_id,),
    ).first()
    return str(row[0] or "") if row else ""
