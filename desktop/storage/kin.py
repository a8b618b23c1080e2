"""Which records belong to a record: what would hang in the air without it."""

from desktop.classroom.records import PARENTS
from desktop.storage.sql import Connection

_NAMING = """
    SELECT collection, id FROM record
    WHERE collection = ?1 AND deleted = 0 AND class_id = ?2
    UNION ALL SELECT collection, id FROM record
    WHERE collection = ?1 AND deleted = 0 AND student_id = ?2
    UNION ALL SELECT collection, id FROM record
    WHERE collection = ?1 AND deleted = 0 AND parent_id = ?2
    UNION ALL SELECT collection, id FROM membership WHERE collection = ?1 AND class_id = ?2
    LIMIT 1
"""


def first_child(connection: Connection, collection: str, id: str) -> tuple[str, str] | None:  # noqa: A002
    """A record in sight that names this one, or None."""
    for child, parents in PARENTS.items():
        if collection in parents.values():
            row = connection.execute(_NAMING, (child, id)).first()
            if row is not None:
                return str(row[0]), str(row[1])
    return None
