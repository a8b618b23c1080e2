"""Builds the sample school: the same seed and the same moment give the same records."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop.classroom import ids, instants
from desktop.classroom.questions import Question
from desktop.lessons.package import LessonPackage
from desktop.school.bulk import Made
from desktop.school.sample import play
from desktop.school.sample.courses import COURSES, WEEKS, Course, packages
from desktop.school.sample.people import TEACHERS, Pupil, pupils

PRACTICE_DAYS = 14
"""For how long back practice is told: a whole term of it would be mostly more of the same."""
PRACTISES = 0.15
FRIDAY = 4
SHARED_PUPILS = 3
"""Pupils of each class who sit in the next one too."""


@dataclass(frozen=True)
class Sample:
    """A whole school, parents before children."""

    records: tuple[Made, ...]


@dataclass(frozen=True)
class _Group:
    """A class with its pupils and its lessons."""

    course: Course
    id: str
    pupils: "tuple[play.Learner, ...]"
    packages: tuple[LessonPackage, ...]


def build(*, seed: int, now: dt.datetime) -> Sample:
    """The school as it is at `now`, with the term of the weeks before behind it."""
    term = _Term(seed, now)
    records = [
        *term.classes(),
        *term.students(),
        *term.lessons(),
        *term.badges(),
    ]
    for group in term.groups:
        records += term.life_of(group)
    return Sample(tuple(records))


class _Term:
    def __init__(self, seed: int, now: dt.datetime) -> None:
        self.chance = random.Random(seed)  # noqa: S311  (repeatable on purpose)
        self.now = now
        monday = now.date() - dt.timedelta(days=now.weekday())
        self.first_monday = monday - dt.timedelta(weeks=WEEKS)
        self.began = dt.datetime.combine(self.first_monday, dt.time(7), dt.UTC)
        self.groups = self._groups(seed)

    def classes(self) -> Iterator[Made]:
        for group in self.groups:
            teachers = [teacher.id for teacher in TEACHERS[: group.course.teachers]]
            data = {
                "name": group.course.name,
                "subject": group.course.subject,
                "grade_level": group.course.grade_level,
                "room": group.course.room,
                "term": f"Term from {self.first_monday:%Y-%m-%d}",
                "time_zone": "UTC",
                "teacher_ids": teachers,
            }
            yield self._made("classes", data, self.began, group.id)

    def students(self) -> Iterator[Made]:
        classes: dict[str, list[str]] = {}
        known: dict[str, Pupil] = {}
        for group in self.groups:
            for learner in group.pupils:
                classes.setdefault(learner.id, []).append(group.id)
                known[learner.id] = learner.pupil
        for learner_id, pupil in known.items():
            data = {
                "given_name": pupil.given_name,
                "family_name": pupil.family_name,
                "roblox_username": pupil.roblox_username,
                "alias": pupil.alias,
                "class_ids": classes[learner_id],
            }
            yield self._made("students", data, self.began, learner_id)

    def lessons(self) -> Iterator[Made]:
        for group in self.groups:
            for week, package in enumerate(group.packages):
                taught = self._taught(group, week)
                data = {
                    "title": _title(group, week),
                    "subject": package.subject,
                    "grade_level": package.grade_level,
                    "class_ids": [group.id],
                    "owner_id": TEACHERS[0].id,
                    "status": "approved" if taught <= self.now else "draft",
                    "due_at": instants.to_text(taught + dt.timedelta(days=4)),
                    "tags": [package.topic[:80]],
                    "summary": package.summary,
                    "package": package.model_dump(mode="json"),
                }
                made = min(taught - dt.timedelta(days=3), self.now)
                yield self._made("lessons", data, made, self._id("lesson", group.id, week))

    def badges(self) -> Iterator[Made]:
        for name, description in (
            ("First steps", "Finished a first lesson."),
            ("Sharp eye", "Every question of a lesson right."),
            ("Steady", "Took part ten weeks running."),
        ):
            data = {"name": name, "description": description, "class_id": self.groups[0].id}
            yield self._made("badges", data, self.began, self._id("badge", name))

    def life_of(self, group: _Group) -> Iterator[Made]:
        """What happened in a class: quizzes, work, play, XP, badges and attendance."""
        for week in range(WEEKS + 1):
            taught = self._taught(group, week)
            if taught > self.now:
                continue
            package = group.packages[week]
            assessment_id = self._id("assessment", group.id, week)
            yield self._assessment(group, week, package, taught)
            for learner in group.pupils:
                yield from self._attendance(group, learner, week, taught)
                part = play.take_part(self.chance, learner, package.quiz, week, taught, self.now)
                yield from self._work(group, learner, week, assessment_id, package, part)
        yield from self._praise(group)
        yield from self._practice(group)

    def _practice(self, group: _Group) -> Iterator[Made]:
        """On every school day some pupils come back to the lesson of the week by themselves."""
        for back in range(PRACTICE_DAYS, -1, -1):
            day = self.now.date() - dt.timedelta(days=back)
            week = (day - self.first_monday).days // 7
            opened = self._taught(group, week)
            if opened.date() >= day:
                week -= 1
            if day.weekday() > FRIDAY or not 0 <= week <= WEEKS:
                continue
            for learner in group.pupils:
                if self.chance.random() >= PRACTISES:
                    continue
                minutes = dt.timedelta(minutes=self.chance.randrange(180))
                at = dt.datetime.combine(day, dt.time(13), dt.UTC) + minutes
                quiz = group.packages[week].quiz
                events = play.practise(self.chance, learner, quiz, week, at, self.now)
                key = (group.id, learner.id, "practice", day)
                lesson_id = self._id("lesson", group.id, week)
                yield from self._events(group, learner, lesson_id, events, key)

    def _assessment(
        self, group: _Group, week: int, package: LessonPackage, taught: dt.datetime
    ) -> Made:
        due = taught + dt.timedelta(days=4)
        data = {
            "title": f"Quiz: {_title(group, week)}",
            "class_id": group.id,
            "lesson_id": self._id("lesson", group.id, week),
            "status": "closed" if due < self.now else "open",
            "due_at": instants.to_text(due),
            "max_score": _points(package.quiz),
            "questions": [question.model_dump(mode="json") for question in package.quiz],
        }
        return self._made("assessments", data, taught, self._id("assessment", group.id, week))

    def _attendance(
        self, group: _Group, learner: play.Learner, week: int, taught: dt.datetime
    ) -> Iterator[Made]:
        draw = self.chance.random()
        state = "absent" if draw < 0.03 else "late" if draw < 0.07 else "present"
        if state == "absent" and self.chance.random() < 0.5:
            state = "excused"
        data = {
            "student_id": learner.id,
            "class_id": group.id,
            "day": taught.date().isoformat(),
            "state": state,
        }
        key = self._id("attendance", group.id, week, learner.id)
        yield self._made("attendance", data, taught, key)

    def _work(
        self,
        group: _Group,
        learner: play.Learner,
        week: int,
        assessment_id: str,
        package: LessonPackage,
        part: play.Part,
    ) -> Iterator[Made]:
        who = {"student_id": learner.id, "class_id": group.id}
        lesson_id = self._id("lesson", group.id, week)
        data: dict[str, Any] = {
            **who,
            "assessment_id": assessment_id,
            "status": part.status,
            "score": part.score,
            "max_score": _points(package.quiz),
            "marks": part.marks,
            "answers": part.answers,
            "feedback": part.feedback,
        }
        if part.submitted_at:
            data["submitted_at"] = instants.to_text(part.submitted_at)
        if part.status == "graded" and part.submitted_at:
            data["graded_at"] = instants.to_text(part.submitted_at)
        at = part.submitted_at or part.began
        key = (group.id, week, learner.id)
        yield self._made("submissions", data, at, self._id("submission", *key), by="")
        yield from self._events(group, learner, lesson_id, part.events, key)

    def _events(
        self,
        group: _Group,
        learner: play.Learner,
        lesson_id: str,
        events: tuple[play.Event, ...],
        key: tuple[object, ...],
    ) -> Iterator[Made]:
        """What a pupil did in a lesson's world, and the XP that it gave."""
        who = {"student_id": learner.id, "class_id": group.id}
        for place, event in enumerate(events):
            told = {
                **who,
                "lesson_id": lesson_id,
                "kind": event.kind,
                "at": instants.to_text(event.at),
                "data": event.data,
            }
            event_id = self._id("event", *key, place)
            yield self._made("progress_events", told, event.at, event_id, by="")
            if event.xp:
                yield self._xp(who, event.xp, event.reason, "game", event.at, (*key, place))

    def _praise(self, group: _Group) -> Iterator[Made]:
        """Now and then a teacher gives XP by hand."""
        reasons = ("Helped a classmate", "A brave question", "Careful work", "Tidied the lab")
        for learner in group.pupils:
            for turn in range(self.chance.choice((0, 0, 1, 1, 2))):
                week = self.chance.randrange(WEEKS)
                at = self._taught(group, week) + dt.timedelta(minutes=40)
                who = {"student_id": learner.id, "class_id": group.id}
                xp = self.chance.choice((10, 15, 20, 25))
                reason = self.chance.choice(reasons)
                yield self._xp(who, xp, reason, "teacher", at, (group.id, learner.id, "p", turn))

    def _xp(
        self,
        who: dict[str, str],
        xp: int,
        reason: str,
        source: str,
        at: dt.datetime,
        key: tuple[object, ...],
    ) -> Made:
        by = TEACHERS[0].id if source == "teacher" else ""
        data = {
            **who,
            "xp": xp,
            "reason": reason,
            "source": source,
            "awarded_at": instants.to_text(at),
            "awarded_by": by,
        }
        return self._made("xp_awards", data, at, self._id("xp", *key), by=by)

    def _groups(self, seed: int) -> tuple[_Group, ...]:
        everybody = pupils(self.chance)
        learners = [
            play.Learner(self._id("pupil", place), pupil, self.chance.gauss(0.75, 0.9))
            for place, pupil in enumerate(everybody)
        ]
        size = len(learners) // len(COURSES)
        groups = []
        for place, course in enumerate(COURSES):
            own = learners[place * size : (place + 1) * size]
            guests = learners[(place - 1) * size :][:SHARED_PUPILS] if place else []
            lessons = packages(course, seed=seed * 100 + place * 20, now=self.began)
            class_id = self._id("class", course.name)
            groups.append(_Group(course, class_id, (*own, *guests), tuple(lessons)))
        return tuple(groups)

    def _taught(self, group: _Group, week: int) -> dt.datetime:
        """When a class had its lesson of a week."""
        day = self.first_monday + dt.timedelta(weeks=week, days=group.course.weekday)
        return dt.datetime.combine(day, dt.time(group.course.hour, 10), dt.UTC)

    def _id(self, *parts: object) -> str:
        """An id that stays the same however the rest of the sample grows."""
        born = self.began
        return ids.new_id(born, random.Random(repr(parts)))  # noqa: S311  (repeatable on purpose)

    def _made(
        self,
        collection: str,
        data: dict[str, Any],
        at: dt.datetime,
        record_id: str,
        *,
        by: str = TEACHERS[0].id,
    ) -> Made:
        return Made(collection, record_id, data, instants.to_text(at), by)


def _title(group: _Group, week: int) -> str:
    """The title of a week's lesson; a topic that comes round again is a review."""
    title = group.packages[week].title
    before = any(package.title == title for package in group.packages[:week])
    return f"{title} (review)" if before else title


def _points(quiz: list[Question]) -> float:
    return sum(question.points for question in quiz)
