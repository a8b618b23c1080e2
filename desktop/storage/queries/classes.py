"""The list of classes, and one class with its roster."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop.classroom import gamification, instants, names
from desktop.classroom.analytics import Average
from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import records
from desktop.storage.queries import activity
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class ClassRow:
    """A class with what a list shows of it."""

    id: str
    name: str
    subject: str
    grade_level: int | None
    section: str
    room: str
    term: str
    time_zone: str
    archived: bool
    students: int
    lessons: int
    to_grade: int
    """Submissions that wait for a grade."""
    pending: bool
    """Something about the class itself is not on the server."""


@dataclass(frozen=True)
class RosterEntry:
    """A student of a class with what the roster shows."""

    student_id: str
    given_name: str
    family_name: str
    alias: str
    email: str
    roblox_username: str
    xp: int
    level: int
    xp_to_next: int
    streak: int
    last_activity: dt.datetime | None
    average: Average
    """Of the graded work, as a share of the maximum."""
    attendance: Average
    """The share of days there (also late), of the days marked and not excused."""
    at_risk: str | None
    """Why, in words."""
    pending: bool

    @property
    def name(self) -> str:
        """The whole name."""
        return " ".join(filter(None, (self.given_name, self.family_name)))


@dataclass(frozen=True)
class ClassOverview:
    """A class and everybody in it, by family name."""

    group: ClassRow
    roster: tuple[RosterEntry, ...]


_CLASSES = """
    SELECT r.id, r.local, r.dirty,
        (SELECT count(*) FROM membership m WHERE m.collection = 'students' AND m.class_id = r.id),
        (SELECT count(*) FROM membership m WHERE m.collection = 'lessons' AND m.class_id = r.id),
        (SELECT count(*) FROM record s WHERE s.collection = 'submissions' AND s.class_id = r.id
            AND s.deleted = 0 AND s.status = 'submitted')
    FROM record r WHERE r.collection = 'classes' AND r.deleted = 0
"""

_STUDENTS = """
    SELECT count(DISTINCT m.id) FROM membership m
    JOIN record r ON r.collection = 'classes' AND r.id = m.class_id
    WHERE m.collection = 'students' AND r.deleted = 0 AND r.status = 'active'
"""


def class_list(connection: Connection, *, archived: bool = False) -> tuple[ClassRow, ...]:
    """The classes by name; with `archived`, those that were put away."""
    rows = connection.execute(
        f"{_CLASSES} AND r.status = ? ORDER BY r.seq", ("archived" if archived else "active",)
    )
    return tuple(
        sorted((_class_row(row) for row in rows), key=lambda row: names.in_order(row.name))
    )


def student_count(connection: Connection) -> int:
    """How many students there are in the active classes; one who is in two of them is one."""
    return int(connection.execute(_STUDENTS).scalar())


def class_row(connection: Connection, class_id: str) -> ClassRow:
    """One class.

    Raises:
        WrongUse: there is no such class.
    """
    row = connection.execute(f"{_CLASSES} AND r.id = ?", (class_id,)).first()
    if row is None:
        raise WrongUse(say("This class is no longer here."))
    return _class_row(row)


def _class_row(row: Any) -> ClassRow:  # noqa: ANN401  (a row of the driver)
    id_, local, dirty, students, lessons, to_grade = row
    data = records.load(local)
    return ClassRow(
        id=id_,
        name=data.get("name", ""),
        subject=data.get("subject", ""),
        grade_level=data.get("grade_level"),
        section=data.get("section", ""),
        room=data.get("room", ""),
        term=data.get("term", ""),
        time_zone=data.get("time_zone", "UTC"),
        archived=bool(data.get("archived")),
        students=students,
        lessons=lessons,
        to_grade=to_grade,
        pending=bool(dirty),
    )


def class_overview(connection: Connection, class_id: str, now: dt.datetime) -> ClassOverview:
    """A class with its roster and each student's figures.

    Raises:
        WrongUse: there is no such class.
    """
    group = class_row(connection, class_id)
    students = records.find(connection, "students", {"class_ids": class_id})
    members = [(class_id, student.id) for student in students]
    last = activity.last_activity(connection, [class_id])
    means = activity.averages(connection, [class_id])
    risks = activity.at_risk(connection, members, [class_id])
    xp = _xp(connection, class_id)
    there = _attendance(connection, class_id)
    streaks = _streaks(connection, class_id, gamification.zone(group.time_zone), now)
    roster = [
        RosterEntry(
            student_id=student.id,
            given_name=student.local.get("given_name", ""),
            family_name=student.local.get("family_name", ""),
            alias=student.local.get("alias", ""),
            email=student.local.get("email", ""),
            roblox_username=student.local.get("roblox_username", ""),
            xp=xp.get(student.id, 0),
            level=gamification.level(xp.get(student.id, 0)),
            xp_to_next=gamification.xp_to_next(xp.get(student.id, 0)),
            streak=streaks.get(student.id, 0),
            last_activity=last.get((class_id, student.id)),
            average=means.get((class_id, student.id), Average(None, 0)),
            attendance=there.get(student.id, Average(None, 0)),
            at_risk=risks.get((class_id, student.id)),
            pending=student.dirty,
        )
        for student in students
    ]
    roster.sort(key=lambda one: (one.family_name.casefold(), one.given_name.casefold()))
    return ClassOverview(group, tuple(roster))


def _xp(connection: Connection, class_id: str) -> dict[str, int]:
    rows = connection.execute(
        "SELECT student_id, sum(amount) FROM record WHERE collection = 'xp_awards' "
        "AND class_id = ? AND deleted = 0 GROUP BY student_id",
        (class_id,),
    )
    return {student: int(total) for student, total in rows if student}


def _attendance(connection: Connection, class_id: str) -> dict[str, Average]:
    rows = connection.execute(
        "SELECT student_id, avg(status IN ('present', 'late')), count(*) FROM record "
        "WHERE collection = 'attendance' AND class_id = ? AND deleted = 0 "
        "AND status <> 'excused' GROUP BY student_id",
        (class_id,),
    )
    return {student: Average(share, n) for student, share, n in rows}


STREAK_DAYS = 400
"""How far back a streak is followed: longer than a school year."""


def _streaks(
    connection: Connection, class_id: str, school: dt.tzinfo, now: dt.datetime
) -> dict[str, int]:
    # One row for an hour, not for an event: enough to know the day in any time zone of whole
    # and of half hours, once the minutes are cut to halves.
    rows = connection.execute(
        "SELECT DISTINCT student_id, substr(at, 1, 14) || "
        "CASE WHEN substr(at, 15, 2) < '30' THEN '00' ELSE '30' END || ':00Z' "
        "FROM record WHERE collection = 'progress_events' AND class_id = ? AND deleted = 0 "
        "AND at >= ?",
        (class_id, instants.to_text(now - dt.timedelta(days=STREAK_DAYS))),
    )
    days: dict[str, dt.date] = {}
    active: dict[str, set[dt.date]] = {}
    for student, at in rows:
        if at not in days:
            days[at] = gamification.school_day(instants.from_text(at), school)
        active.setdefault(student, set()).add(days[at])
    lessons = set(days.values())
    today = gamification.school_day(now, school)
    return {
        student: gamification.streak(theirs, lessons, today) for student, theirs in active.items()
    }
