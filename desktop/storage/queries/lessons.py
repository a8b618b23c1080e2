"""The lesson library, and one lesson with its package."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import records
from desktop.storage.records import Json
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class LessonRow:
    """A lesson with what the library shows of it; its package stays in the cache."""

    id: str
    title: str
    subject: str
    grade_level: int | None
    status: str
    """draft, approved or archived."""
    summary: str
    due_at: str | None
    questions: int
    class_names: tuple[str, ...]
    updated_at: str
    pending: bool
    tags: tuple[str, ...] = ()
    """The teacher's own words on it."""


@dataclass(frozen=True)
class LessonDetail:
    """A whole lesson."""

    row: LessonRow
    class_ids: tuple[str, ...]
    package: dict[str, Json] | None
    """The LessonPackage as JSON, which `desktop.lessons.package.load` reads."""


_LESSONS = """
    SELECT r.id, r.name, r.local ->> '$.subject', r.local ->> '$.grade_level', r.status,
        r.local ->> '$.summary', r.at, coalesce(json_array_length(r.local, '$.package.quiz'), 0),
        (SELECT json_group_array(c.name) FROM membership m JOIN record c
            ON c.collection = 'classes' AND c.id = m.class_id AND c.deleted = 0
            WHERE m.collection = 'lessons' AND m.id = r.id),
        r.updated_at, r.dirty, r.local ->> '$.tags'
    FROM record r WHERE r.collection = 'lessons' AND r.deleted = 0
"""


Order = Literal["changed", "title", "subject", "due"]
_ORDERS: dict[Order, str] = {
    "changed": "r.updated_at DESC, r.seq DESC",
    "title": "r.name COLLATE NOCASE, r.seq",
    "subject": "r.local ->> '$.subject', r.local ->> '$.grade_level', r.name COLLATE NOCASE, r.seq",
    "due": "r.at IS NULL, r.at DESC, r.seq DESC",
}
"""The newest change and the latest due day come first; what is never due comes last."""


def lesson_library(
    connection: Connection,
    *,
    class_id: str | None = None,
    archived: bool | None = False,
    order: Order = "changed",
) -> tuple[LessonRow, ...]:
    """The lessons in an order of `_ORDERS`; those of one class, or those that were put away.

    With None for `archived`, both those in use and those that were put away.
    """
    conditions = ""
    if archived is not None:
        conditions = "AND r.status = 'archived'" if archived else "AND r.status IS NOT 'archived'"
    values: tuple[str, ...] = ()
    if class_id is not None:
        conditions += (
            " AND r.id IN (SELECT m.id FROM membership m "
            "WHERE m.collection = 'lessons' AND m.class_id = ?)"
        )
        values = (class_id,)
    rows = connection.execute(f"{_LESSONS} {conditions} ORDER BY {_ORDERS[order]}", values)
    return tuple(_lesson_row(row) for row in rows)


def lesson(connection: Connection, lesson_id: str) -> LessonDetail:
    """One lesson with its package.

    Raises:
        WrongUse: there is no such lesson.
    """
    row = connection.execute(f"{_LESSONS} AND r.id = ?", (lesson_id,)).first()
    found = records.get(connection, "lessons", lesson_id)
    if row is None or found is None:
        raise WrongUse(say("This lesson is no longer here."))
    class_ids = tuple(found.local.get("class_ids") or ())
    return LessonDetail(_lesson_row(row), class_ids, found.local.get("package"))


def _lesson_row(row: Sequence[Json]) -> LessonRow:
    return LessonRow(
        id=row[0],
        title=row[1] or "",
        subject=row[2] or "",
        grade_level=row[3],
        status=row[4] or "draft",
        summary=row[5] or "",
        due_at=row[6],
        questions=row[7],
        class_names=tuple(sorted(filter(None, records.load(row[8])))),
        updated_at=row[9],
        pending=bool(row[10]),
        tags=tuple(records.load(row[11]) if row[11] else ()),
    )
