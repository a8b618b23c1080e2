"""The leaderboard of a class, by the rules of `desktop.classroom.gamification`."""

import datetime as dt
from dataclasses import dataclass

from desktop.classroom import gamification, instants
from desktop.classroom.gamification import Period, Standing
from desktop.storage import records
from desktop.storage.queries import classes
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class LeaderboardRow:
    """A line as the leaderboard shows it."""

    rank: int
    student_id: str
    name: str
    alias: str
    """Shown on the projector; the given name where none was chosen."""
    xp: int
    """Won in the period."""
    level: int
    """By all XP ever won in the class."""
    change: int | None
    """Places won since the same moment a period ago; None for who had no XP then."""


def leaderboard(
    connection: Connection, class_id: str, period: Period, now: dt.datetime
) -> tuple[LeaderboardRow, ...]:
    """Everybody in the class, first place first; without XP too.

    Raises:
        WrongUse: there is no such class.
    """
    group = classes.class_row(connection, class_id)
    school = gamification.zone(group.time_zone)
    students = {
        student.id: student.local
        for student in records.find(connection, "students", {"class_ids": class_id})
    }
    earlier = gamification.a_period_ago(period, now, school)
    ever = _standings(connection, class_id)
    start = gamification.period_start(period, now, school)
    during = ever if start is None else _standings(connection, class_id, start)
    before = _standings(
        connection, class_id, gamification.period_start(period, earlier, school), earlier
    )
    places = gamification.leaderboard(
        [during.get(student, Standing(student, 0)) for student in students],
        [standing for student, standing in before.items() if student in students],
    )
    return tuple(
        LeaderboardRow(
            rank=place.rank,
            student_id=place.student_id,
            name=_name(students[place.student_id]),
            alias=students[place.student_id].get("alias")
            or students[place.student_id].get("given_name", ""),
            xp=place.xp,
            level=gamification.level(ever.get(place.student_id, Standing("", 0)).xp),
            change=place.change,
        )
        for place in places
    )


def _name(student: dict[str, records.Json]) -> str:
    return " ".join(filter(None, (student.get("given_name"), student.get("family_name"))))


def _standings(
    connection: Connection,
    class_id: str,
    start: dt.datetime | None = None,
    end: dt.datetime | None = None,
) -> dict[str, Standing]:
    """What each student won from `start` to `end`; the index holds all that is read."""
    rows = connection.execute(
        "SELECT student_id, sum(amount), max(CASE WHEN amount <> 0 THEN at END) FROM record "
        "WHERE collection = 'xp_awards' AND class_id = ? AND deleted = 0 "
        "AND at >= ? AND at <= ? AND student_id IS NOT NULL GROUP BY student_id",
        (class_id, instants.to_text(start) if start else "", instants.to_text(end) if end else "~"),
    )
    return {student: Standing(student, int(xp), at or "") for student, xp, at in rows}
