"""A class in figures, from the school's records, by the same rules as the app's own screens."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.classroom import analytics, gamification, gradebook, instants
from desktop.classroom.gamification import Period, Standing
from desktop.school import sight, store
from desktop.school.problems import Fault
from desktop.school.sight import Actor, class_scope
from desktop.school.tables import reach, record
from desktop.wire import figures
from desktop.wire.figures import Average

TAIL = 150
"""Answers of a student that are looked at: the ones before weigh less than 0.01% together."""

Json = dict[str, Any]


@dataclass(frozen=True)
class _Answer:
    """An answer in a lesson's world that was judged."""

    student_id: str
    standard: str
    at: str
    right: bool


def leaderboard(
    connection: sa.Connection, actor: Actor, class_id: str, period: Period, now: dt.datetime
) -> figures.Leaderboard:
    """The leaderboard of a class of this person.

    Raises:
        Fault: 404, there is no such class of theirs.
    """
    group = _class_of(connection, actor, class_id)
    found = _records(connection, class_id, ("students", "xp_awards"))
    students = dict(found["students"])
    awards = [
        (data["student_id"], data["xp"], data["awarded_at"]) for _, data in found["xp_awards"]
    ]
    school = gamification.zone(group.get("time_zone", "UTC"))
    earlier = gamification.a_period_ago(period, now, school)
    ever = _standings(awards)
    during = _standings(_between(awards, gamification.period_start(period, now, school), None))
    before = _standings(
        _between(awards, gamification.period_start(period, earlier, school), earlier)
    )
    places = gamification.leaderboard(
        [during.get(student, Standing(student, 0)) for student in students],
        [standing for student, standing in before.items() if student in students],
    )
    rows = [
        figures.LeaderboardRow(
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
    ]
    return figures.Leaderboard(class_id=class_id, period=period, rows=rows)


def class_analytics(
    connection: sa.Connection, actor: Actor, class_id: str, now: dt.datetime
) -> figures.ClassAnalytics:
    """What a class of this person has mastered, its averages, and who is at risk.

    Raises:
        Fault: 404, there is no such class of theirs.
    """
    group = _class_of(connection, actor, class_id)
    wanted = ("students", "lessons", "assessments", "submissions", "attendance", "progress_events")
    found = _records(connection, class_id, wanted)
    roster = sorted(found["students"], key=lambda one: _sorting(one[1]))
    members = {student_id for student_id, _ in roster}
    work = [data for _, data in found["submissions"]]
    events = [data for _, data in found["progress_events"]]
    answers = _answers(connection, events, dict(found["lessons"]))
    last = _last_activity(events, work)
    week_ago = now - dt.timedelta(days=7)
    return figures.ClassAnalytics(
        class_id=class_id,
        name=group.get("name", ""),
        students=len(roster),
        average=_average(_shares(one for one in work if one["student_id"] in members)),
        attendance=_average(
            float(day.get("state", "present") in ("present", "late"))
            for _, day in found["attendance"]
            if day["student_id"] in members and day.get("state") != "excused"
        ),
        active_this_week=sum(1 for one in members if one in last and last[one] >= week_ago),
        standards=_standards(one for one in answers if one.student_id in members),
        assessments=_assessments(found["assessments"], work),
        at_risk=_at_risk(roster, last, answers, work),
        rule=analytics.Rule().words,
    )


def _class_of(connection: sa.Connection, actor: Actor, class_id: str) -> Json:
    found = store.get(connection, "classes", class_id)
    mine = actor.sees_all or class_scope(class_id) in sight.scopes_of_user(connection, actor.id)
    if found is None or found.deleted or not mine:
        # The same words for what is not there and what is not theirs: nothing can be probed.
        raise Fault(404, "not_found", "There is no such class of yours.")
    return found.data


def _records(
    connection: sa.Connection, class_id: str, collections: Iterable[str]
) -> dict[str, list[tuple[str, Json]]]:
    """The records of a class by collection, as (id, data), in version order."""
    found: dict[str, list[tuple[str, Json]]] = {name: [] for name in collections}
    asked = {"scope": class_scope(class_id), "collections": list(found)}
    for collection, record_id, data in connection.execute(_OF_CLASS, asked):
        found[collection].append((record_id, msgspec.json.decode(data)))
    return found


def _between(
    awards: list[tuple[str, int, str]], start: dt.datetime | None, end: dt.datetime | None
) -> list[tuple[str, int, str]]:
    first = instants.to_text(start) if start else ""
    last = instants.to_text(end) if end else "~"
    return [award for award in awards if first <= award[2] <= last]


def _standings(awards: list[tuple[str, int, str]]) -> dict[str, Standing]:
    return {standing.student_id: standing for standing in gamification.standings(awards)}


def _answers(
    connection: sa.Connection, events: list[Json], lessons: dict[str, Json]
) -> list[_Answer]:
    """The judged answers, oldest first; one without a standard counts for its lesson."""
    titles = {lesson_id: lesson.get("title", "") for lesson_id, lesson in lessons.items()}
    found = []
    for event in events:
        inner = event.get("data") or {}
        if not isinstance(inner.get("correct"), bool):
            continue
        lesson_id = event.get("lesson_id", "")
        if not inner.get("standard") and lesson_id not in titles:
            # A lesson that the class no longer has is still the name of what was answered.
            lesson = store.get(connection, "lessons", lesson_id)
            titles[lesson_id] = lesson.data.get("title", "") if lesson else ""
        standard = inner.get("standard") or titles.get(lesson_id, "")
        found.append(_Answer(event["student_id"], standard, event["at"], inner["correct"]))
    return sorted(found, key=lambda one: one.at)


def _last_activity(events: list[Json], work: list[Json]) -> dict[str, dt.datetime]:
    latest: dict[str, str] = {}
    moments = [(one["student_id"], one["at"]) for one in events]
    moments += [(one["student_id"], one.get("submitted_at") or "") for one in work]
    for student_id, at in moments:
        latest[student_id] = max(at, latest.get(student_id, ""))
    return {student_id: instants.from_text(at) for student_id, at in latest.items() if at}


def _shares(work: Iterable[Json]) -> list[float]:
    shares = [gradebook.share(one.get("score"), one.get("max_score", 0.0)) for one in work]
    return [share for share in shares if share is not None]


def _average(values: Iterable[float]) -> Average:
    return Average.model_validate(asdict(analytics.average(values)))


def _standards(answers: Iterable[_Answer]) -> list[figures.StandardFigure]:
    given: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for answer in answers:
        if answer.standard:
            given[answer.standard][answer.student_id].append(answer.right)
    rows = []
    for standard, by_student in given.items():
        found = [analytics.mastery(answers[-TAIL:]) for answers in by_student.values()]
        shares = [one.share for one in found if one.share is not None]
        rows.append(
            figures.StandardFigure(
                standard=standard,
                mastery=_average(shares),
                answers=sum(one.answers for one in found),
                not_enough_yet=len(found) - len(shares),
            )
        )
    rows.sort(key=lambda one: (one.mastery.value is None, one.mastery.value or 0, one.standard))
    return rows


def _assessments(
    assessments: list[tuple[str, Json]], work: list[Json]
) -> list[figures.AssessmentFigure]:
    handed: dict[str, list[Json]] = defaultdict(list)
    for one in work:
        handed[one["assessment_id"]].append(one)
    rows = []
    for assessment_id, data in assessments:
        own = handed[assessment_id]
        states = [one.get("status", "submitted") for one in own]
        graded = sum(1 for one in own if one.get("score") is not None)
        rows.append(
            figures.AssessmentFigure(
                assessment_id=assessment_id,
                title=data["title"],
                average=Average(value=analytics.average(_shares(own)).value, n=graded),
                handed_in=sum(1 for state in states if state in ("submitted", "graded")),
                to_grade=states.count("submitted"),
            )
        )
    return rows


def _at_risk(
    roster: list[tuple[str, Json]],
    last: dict[str, dt.datetime],
    answers: list[_Answer],
    work: list[Json],
) -> list[figures.AtRisk]:
    members = {student_id for student_id, _ in roster}
    busy = max((at for one, at in last.items() if one in members), default=None)
    given: dict[str, list[bool]] = defaultdict(list)
    for answer in answers:
        given[answer.student_id].append(answer.right)
    handed: dict[str, list[Json]] = defaultdict(list)
    for one in work:
        handed[one["student_id"]].append(one)
    found = []
    for student_id, data in roster:
        pupil = analytics.Pupil(
            last.get(student_id),
            analytics.mastery(given[student_id][-TAIL:]),
            analytics.average(_shares(handed[student_id])),
        )
        reason = analytics.at_risk(pupil, busy)
        if reason is not None:
            found.append(figures.AtRisk(student_id=student_id, name=_name(data), reason=reason))
    return found


def _name(student: Json) -> str:
    return " ".join(filter(None, (student.get("given_name"), student.get("family_name"))))


def _sorting(student: Json) -> tuple[str, str]:
    return (student.get("family_name", "").casefold(), student.get("given_name", "").casefold())


_collections: sa.BindParameter[list[str]] = sa.bindparam("collections", expanding=True)
_OF_CLASS = (
    sa.select(record.c.collection, record.c.id, record.c.data)
    .join(
        reach, sa.and_(reach.c.collection == record.c.collection, reach.c.record_id == record.c.id)
    )
    .where(
        reach.c.scope == sa.bindparam("scope"),
        record.c.collection.in_(_collections),
        record.c.deleted.is_(False),
    )
    .order_by(record.c.version)
)
