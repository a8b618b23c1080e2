"""Finding a pupil by any part of the name."""

from dataclasses import dataclass

from desktop.storage.sql import Connection

SHOWN = 40
"""So many are listed; whoever looks for another types more of the name."""


@dataclass(frozen=True)
class Pupil:
    """A pupil and the classes that tell two of one name apart."""

    id: str
    name: str
    classes: str


_EVERY = """
    SELECT id, trim(coalesce(local ->> 'given_name', '') || ' ' ||
        coalesce(local ->> 'family_name', ''))
    FROM record WHERE collection = 'students' AND deleted = 0 ORDER BY name
"""
_CLASSES = """
    SELECT coalesce(group_concat(c.name, ', '), '') FROM membership m
    JOIN record c ON c.collection = 'classes' AND c.id = m.class_id AND c.deleted = 0
    WHERE m.collection = 'students' AND m.id = ?
"""


def find(connection: Connection, typed: str = "", limit: int = SHOWN) -> list[Pupil]:
    """Pupils whose name holds every word of `typed`, by family name; all for an empty one."""
    # In Python, since SQLite knows no capital but those of English.
    words = typed.casefold().split()
    found = [
        (str(id_), str(name))
        for id_, name in connection.execute(_EVERY)
        if all(word in name.casefold() for word in words)
    ]
    return [
        Pupil(id_, name, str(connection.execute(_CLASSES, (id_,)).scalar()))
        for id_, name in found[:limit]
    ]
