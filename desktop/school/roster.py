"""Who is meant by the name that a place reports: the roster of a class by Roblox name or code."""

import unicodedata
from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.school.sight import class_scope
from desktop.school.tables import reach, record

_SEPARATORS = " \t:/#-"


class Roster:
    """The students of one class."""

    def __init__(self, students: Iterable[tuple[str, dict[str, Any]]]) -> None:
        self._by_roblox: dict[str, str | None] = {}
        self._by_name: dict[str, str | None] = {}
        for student_id, data in students:
            _enter(self._by_roblox, data.get("roblox_username"), student_id)
            given, family = data.get("given_name", ""), data.get("family_name", "")
            for name in {_plain(data.get("alias", "")), _plain(f"{given} {family}")}:
                _enter(self._by_name, name, student_id)

    def find(self, student: str, join_code: str) -> str | None:
        """The student of this Roblox user name, or of a join code with their name behind it.

        A name that fits two students fits none: nobody gets another's marks.
        """
        found = self._by_roblox.get(_plain(student))
        if found is not None:
            return found
        code, rest = student[: len(join_code)], student[len(join_code) :]
        if not join_code or code.upper() != join_code or rest[:1] not in _SEPARATORS:
            return None
        return self._by_name.get(_plain(rest.strip(_SEPARATORS)))


def of_class(connection: sa.Connection, class_id: str) -> Roster:
    """The roster of a class as it is now."""
    rows = connection.execute(_STUDENTS, {"scope": class_scope(class_id)})
    return Roster((row.id, msgspec.json.decode(row.data)) for row in rows)


def _enter(names: dict[str, str | None], name: object, student_id: str) -> None:
    key = _plain(name if isinstance(name, str) else "")
    if key:
        names[key] = None if key in names and names[key] != student_id else student_id


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


_STUDENTS = (
    sa.select(record.c.id, record.c.data)
    .join(reach, sa.and_(reach.c.collection == "students", reach.c.record_id == record.c.id))
    .where(
        reach.c.scope == sa.bindparam("scope"),
        record.c.collection == "students",
        record.c.deleted.is_(False),
    )
)
