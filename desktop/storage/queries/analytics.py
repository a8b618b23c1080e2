"""What to reteach and whom to look after: the figures of one class, each with its n."""

import datetime as dt
from dataclasses import dataclass

from desktop.classroom import analytics
from desktop.classroom.analytics import Average
from desktop.storage import records
from desktop.storage.queries import activity, classes
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class StandardFigure:
    """How well a class has mastered a standard."""

    standard: str
    """Its code; for questions without one, the title of their lesson."""
    mastery: Average
    """The mean over the students who have answered enough; n counts them."""
    answers: int
    not_enough_yet: int
    """Students with fewer than five answers."""


@dataclass(frozen=True)
class AssessmentFigure:
    """How an assessment went."""

    assessment_id: str
    title: str
    average: Average
    """Of the graded work, as a share of the maximum."""
    handed_in: int
    to_grade: int


@dataclass(frozen=True)
class AtRisk:
    """A student who needs somebody, and why."""

    student_id: str
    name: str
    reason: str


@dataclass(frozen=True)
class ClassAnalytics:
    """Everything the analytics of a class show."""

    class_id: str
    name: str
    students: int
    average: Average
    """Of every graded piece of work, as a share of the maximum."""
    attendance: Average
    """The share of days there, of the days marked and not excused."""
    active_this_week: int
    """Students who did something in the last seven days."""
    standards: tuple[StandardFigure, ...]
    """The weakest first; those without enough answers last."""
    assessments: tuple[AssessmentFigure, ...]
    at_risk: tuple[AtRisk, ...]
    rule: str
    """The rule behind `at_risk`, in words."""


def class_analytics(connection: Connection, class_id: str, now: dt.datetime) -> ClassAnalytics:
    """The figures of a class.

    Raises:
        WrongUse: there is no such class.
    """
    overview = classes.class_overview(connection, class_id, now)
    week_ago = now - dt.timedelta(days=7)
    roster = overview.roster
    return ClassAnalytics(
        class_id=class_id,
        name=overview.group.name,
        students=len(roster),
        average=_pooled([one.average for one in roster]),
        attendance=_pooled([one.attendance for one in roster]),
        active_this_week=sum(
            1 for one in roster if one.last_activity is not None and one.last_activity >= week_ago
        ),
        standards=_standards(connection, class_id, {one.student_id for one in roster}),
        assessments=_assessments(connection, class_id),
        at_risk=tuple(
            AtRisk(one.student_id, one.name, one.at_risk) for one in roster if one.at_risk
        ),
        rule=analytics.Rule().words,
    )


def _pooled(means: list[Average]) -> Average:
    """The mean over all values behind several means."""
    n = sum(mean.n for mean in means)
    total = sum(mean.value * mean.n for mean in means if mean.value is not None)
    return Average(total / n if n else None, n)


_ANSWERS = """
    SELECT student_id, standard, amount FROM (
        SELECT student_id, standard, amount, at, row_number() OVER (
            PARTITION BY student_id, standard ORDER BY at DESC) AS age
        FROM (
            SELECT e.student_id, e.amount, e.at,
                coalesce(nullif(e.local ->> '$.data.standard', ''), l.name) AS standard
            FROM record e LEFT JOIN record l ON l.collection = 'lessons' AND l.id = e.parent_id
            WHERE e.collection = 'progress_events' AND e.class_id = ? AND e.deleted = 0
                AND e.amount IS NOT NULL))
    WHERE age <= ? ORDER BY at
"""


def _standards(
    connection: Connection, class_id: str, roster: set[str]
) -> tuple[StandardFigure, ...]:
    answers: dict[str, dict[str, list[bool]]] = {}
    rows = connection.execute(_ANSWERS, (class_id, activity.TAIL))
    for student, standard, right in rows:
        if standard and student in roster:
            answers.setdefault(standard, {}).setdefault(student, []).append(bool(right))
    figures = [_figure(standard, by_student) for standard, by_student in answers.items()]
    figures.sort(key=lambda one: (one.mastery.value is None, one.mastery.value or 0, one.standard))
    return tuple(figures)


def _figure(standard: str, by_student: dict[str, list[bool]]) -> StandardFigure:
    found = [analytics.mastery(given) for given in by_student.values()]
    shares = [one.share for one in found if one.share is not None]
    return StandardFigure(
        standard=standard,
        mastery=analytics.average(shares),
        answers=sum(one.answers for one in found),
        not_enough_yet=len(found) - len(shares),
    )


def _assessments(connection: Connection, class_id: str) -> tuple[AssessmentFigure, ...]:
    rows = connection.execute(
        "SELECT parent_id, avg(CASE WHEN local ->> '$.max_score' > 0 "
        "THEN amount / (local ->> '$.max_score') END), count(amount), "
        "sum(status IN ('submitted', 'graded')), sum(status = 'submitted') FROM record "
        "WHERE collection = 'submissions' AND class_id = ? AND deleted = 0 GROUP BY parent_id",
        (class_id,),
    )
    by_assessment = {row[0]: row[1:] for row in rows}
    figures = []
    for found in records.find(connection, "assessments", {"class_id": class_id}):
        share, graded, handed_in, to_grade = by_assessment.get(found.id, (None, 0, 0, 0))
        figures.append(
            AssessmentFigure(found.id, found.local["title"], Average(share, graded),
                             handed_in or 0, to_grade or 0)
        )  # fmt: skip
    return tuple(figures)
