"""Who did what and when in a class: the figures that several screens share."""

import datetime as dt
from collections.abc import Iterable, Sequence

from desktop.classroom import analytics, instants
from desktop.classroom.analytics import Average, Mastery, Pupil
from desktop.storage.records import dump
from desktop.storage.sql import Connection

Member = tuple[str, str]
"""A class id and a student id."""

TAIL = 150
"""Answers of a student that are looked at: the ones before weigh less than 0.01% together."""


_LAST = """
    SELECT m.class_id, m.id, max(coalesce((
        SELECT r.at FROM record r INDEXED BY record_of_student
        WHERE r.collection = 'progress_events' AND r.student_id = m.id AND r.deleted = 0
            AND r.class_id = m.class_id AND r.at IS NOT NULL ORDER BY r.at DESC LIMIT 1), ''
    ), coalesce((
        SELECT r.at FROM record r INDEXED BY record_of_student
        WHERE r.collection = 'submissions' AND r.student_id = m.id AND r.deleted = 0
            AND r.class_id = m.class_id AND r.at IS NOT NULL ORDER BY r.at DESC LIMIT 1), ''))
    FROM membership m
    WHERE m.collection = 'students' AND m.class_id IN (SELECT value FROM json_each(?))
"""
"""One step into the index for each student, however much they have done."""


def last_activity(connection: Connection, class_ids: Sequence[str]) -> dict[Member, dt.datetime]:
    """When each student of the classes last played or handed something in."""
    rows = connection.execute(_LAST, (dump(list(class_ids)),))
    return {(group, student): moment for group, student, at in rows if (moment := _moment(at))}


def _moment(text: str) -> dt.datetime | None:
    try:
        return instants.from_text(text)
    except ValueError:
        return None


def of_classes(found: dict[Member, dt.datetime]) -> dict[str, dt.datetime]:
    """When each class last did something, from `last_activity`."""
    latest: dict[str, dt.datetime] = {}
    for (class_id, _), moment in found.items():
        latest[class_id] = max(moment, latest.get(class_id, moment))
    return latest


def averages(connection: Connection, class_ids: Sequence[str]) -> dict[Member, Average]:
    """Each student's mean share of the maximum over their graded work, with its n."""
    rows = connection.execute(
        "SELECT class_id, student_id, avg(share), count(*) FROM ("
        "SELECT class_id, student_id, amount / (local ->> '$.max_score') AS share FROM record "
        "WHERE collection = 'submissions' AND deleted = 0 AND amount IS NOT NULL "
        "AND class_id IN (SELECT value FROM json_each(?)) AND local ->> '$.max_score' > 0) "
        "GROUP BY class_id, student_id",
        (dump(list(class_ids)),),
    )
    return {(group, student): Average(share, n) for group, student, share, n in rows}


def mastery(connection: Connection, class_id: str, student_id: str) -> Mastery:
    """A student's mastery over all standards of a class."""
    rows = connection.execute(
        "SELECT amount FROM record WHERE collection = 'progress_events' AND student_id = ? "
        "AND deleted = 0 AND class_id = ? AND amount IS NOT NULL ORDER BY at DESC LIMIT ?",
        (student_id, class_id, TAIL),
    ).scalars()
    return analytics.mastery(bool(right) for right in reversed(list(rows)))


def at_risk(
    connection: Connection, members: Iterable[Member], class_ids: Sequence[str]
) -> dict[Member, str]:
    """Who is at risk in their class, with the reason in words."""
    last = last_activity(connection, class_ids)
    busy = of_classes(last)
    means = averages(connection, class_ids)
    rule = analytics.Rule()
    found: dict[Member, str] = {}
    for member in members:
        pupil = Pupil(last.get(member), Mastery(None, 0), means.get(member, Average(None, 0)))
        class_activity = busy.get(member[0])
        if class_activity is not None and _is_quiet(pupil, class_activity, rule):
            # Only the quiet ones' mastery matters to the rule, and it is the dear part.
            pupil = Pupil(pupil.last_activity, mastery(connection, *member), pupil.average)
        reason = analytics.at_risk(pupil, class_activity, rule)
        if reason is not None:
            found[member] = reason
    return found


def _is_quiet(pupil: Pupil, class_activity: dt.datetime, rule: analytics.Rule) -> bool:
    last = pupil.last_activity
    return last is None or (class_activity - last).days >= rule.quiet_days
