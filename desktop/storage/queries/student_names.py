"""The names of every student, for what must not say them."""

from desktop.lessons.names import Pupil
from desktop.storage.sql import Connection


def student_names(connection: Connection) -> list[Pupil]:
    """Everybody on a roster of this account."""
    rows = connection.execute(
        "SELECT local ->> '$.given_name', local ->> '$.family_name', "
        "local ->> '$.roblox_username', local ->> '$.email' "
        "FROM record WHERE collection = 'students' AND deleted = 0"
    )
    return [Pupil(*(str(value or "") for value in row)) for row in rows]
