"""Today: the classes, who is falling behind, what waits for grading, what is not yet synced."""

import datetime as dt
from dataclasses import dataclass

from desktop.classroom import instants
from desktop.storage.queries import activity, classes
from desktop.storage.queries.classes import ClassRow
from desktop.storage.records import dump
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class FallingBehind:
    """A student who needs somebody, and why."""

    student_id: str
    name: str
    class_id: str
    class_name: str
    reason: str


@dataclass(frozen=True)
class ToGrade:
    """Work that waits for a grade."""

    assessment_id: str
    title: str
    class_id: str
    class_name: str
    count: int
    oldest: str | None
    """When the first of it was handed in."""


@dataclass(frozen=True)
class DueSoon:
    """An open assessment with its end in sight."""

    assessment_id: str
    title: str
    class_id: str
    class_name: str
    due_at: str


@dataclass(frozen=True)
class Today:
    """Everything the first screen shows."""

    classes: tuple[ClassRow, ...]
    students: int
    falling_behind: tuple[FallingBehind, ...]
    to_grade: tuple[ToGrade, ...]
    due_soon: tuple[DueSoon, ...]
    """Open assessments that are due within a week, the nearest first."""
    not_synced: int
    not_synced_since: str | None
    conflicts: int
    rejected: int


def today(connection: Connection, now: dt.datetime) -> Today:
    """What a teacher sees first."""
    rows = classes.class_list(connection)
    waiting = connection.execute(
        "SELECT (SELECT count(*) FROM op), (SELECT min(created_at) FROM op), "
        "(SELECT count(*) FROM conflict WHERE resolved_at IS NULL), "
        "(SELECT count(*) FROM rejected WHERE settled_at IS NULL)"
    ).one()
    return Today(
        classes=rows,
        students=classes.student_count(connection),
        falling_behind=_falling_behind(connection, rows),
        to_grade=_to_grade(connection, {row.id: row.name for row in rows}),
        due_soon=_due_soon(connection, {row.id: row.name for row in rows}, now),
        not_synced=waiting[0],
        not_synced_since=waiting[1],
        conflicts=waiting[2],
        rejected=waiting[3],
    )


def _falling_behind(
    connection: Connection, rows: tuple[ClassRow, ...]
) -> tuple[FallingBehind, ...]:
    class_names = {row.id: row.name for row in rows}
    names = {
        (class_id, student): name
        for class_id, student, name in connection.execute(
            "SELECT m.class_id, m.id, trim((r.local ->> '$.given_name') || ' ' || "
            "(r.local ->> '$.family_name')) FROM membership m JOIN record r "
            "ON r.collection = 'students' AND r.id = m.id WHERE m.collection = 'students' "
            "AND m.class_id IN (SELECT value FROM json_each(?)) ORDER BY r.name COLLATE NOCASE",
            (dump(list(class_names)),),
        )
    }
    found = activity.at_risk(connection, names, list(class_names))
    return tuple(
        FallingBehind(student, names[class_id, student], class_id, class_names[class_id], reason)
        for (class_id, student), reason in found.items()
    )


def _to_grade(connection: Connection, class_names: dict[str, str]) -> tuple[ToGrade, ...]:
    rows = connection.execute(
        "SELECT s.parent_id, a.name, s.class_id, count(*), min(s.at) FROM record s "
        "LEFT JOIN record a ON a.collection = 'assessments' AND a.id = s.parent_id "
        "WHERE s.collection = 'submissions' AND s.deleted = 0 AND s.status = 'submitted' "
        "AND s.class_id IN (SELECT value FROM json_each(?)) "
        "GROUP BY s.parent_id, s.class_id ORDER BY min(s.at)",
        (dump(list(class_names)),),
    )
    return tuple(
        ToGrade(assessment, title or "", class_id, class_names[class_id], count, oldest)
        for assessment, title, class_id, count, oldest in rows
    )


def _due_soon(
    connection: Connection, class_names: dict[str, str], now: dt.datetime
) -> tuple[DueSoon, ...]:
    rows = connection.execute(
        "SELECT id, name, class_id, at FROM record WHERE collection = 'assessments' "
        "AND deleted = 0 AND status = 'open' AND at BETWEEN ? AND ? "
        "AND class_id IN (SELECT value FROM json_each(?)) ORDER BY at",
        (
            instants.to_text(now),
            instants.to_text(now + dt.timedelta(days=7)),
            dump(list(class_names)),
        ),
    )
    return tuple(
        DueSoon(assessment, title or "", class_id, class_names[class_id], due)
        for assessment, title, class_id, due in rows
    )
