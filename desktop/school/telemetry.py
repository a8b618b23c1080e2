"""What a place reports becomes progress, marks and XP: each event once, marked by the server.

The place's own opinion of an answer is never taken: the question is looked up in the lesson's
quiz and judged here. Someone who answers the same question again can improve their mark, but
is rewarded once.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pydantic
import sqlalchemy as sa

from desktop.classroom import identity, instants
from desktop.classroom.questions import Question, is_right
from desktop.school import rewards, roster, rules
from desktop.school.place_keys import Place
from desktop.school.store import Writing
from desktop.school.tables import game_award, game_event
from desktop.wire.telemetry import TelemetryEvent, TelemetryResult

MAX_DATA_BYTES = 4_000
LATE = dt.timedelta(days=2)
"""A place may have been without a network for a while; older times are not believed."""


@dataclass
class _Played:
    """What the batch changes in one student's work; written once at its end."""

    answers: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, float] = field(default_factory=dict)
    completed: bool = False
    at: str = ""


class Reception:
    """Takes the events of one place within one transaction."""

    def __init__(
        self, writing: Writing, place: Place, now: dt.datetime, new_id: Callable[[], str]
    ) -> None:
        self._writing = writing
        self._connection = writing.connection
        self._place = place
        self._now = now
        self._new_id = new_id
        self._roster = roster.of_class(self._connection, place.class_id)
        self._title, self._questions = _quiz(writing, place.lesson_id)
        self._played: dict[str, _Played] = {}

    def take(self, events: list[TelemetryEvent]) -> TelemetryResult:
        """Count the events and say how many were new; nothing is kept of unknown students."""
        accepted = duplicate = unknown = 0
        for event in events:
            student_id = self._roster.find(event.student, self._place.join_code)
            if student_id is None:
                unknown += 1
            elif not self._is_new(event.event_id):
                duplicate += 1
            else:
                accepted += 1
                self._take(event, student_id)
        for student_id, played in self._played.items():
            self._write_work(student_id, played)
        return TelemetryResult(accepted=accepted, duplicate=duplicate, unknown_student=unknown)

    def _is_new(self, event_id: str) -> bool:
        key = {"class_id": self._place.class_id, "event_id": event_id}
        if self._connection.execute(_SEEN, key).one_or_none():
            return False
        self._connection.execute(game_event.insert(), {**key, "at": self._writing.now})
        return True

    def _take(self, event: TelemetryEvent, student_id: str) -> None:
        at = self._believed(event.at)
        data = _bounded(event.data)
        match event.kind:
            case "answer":
                data = self._answer(student_id, data, at)
            case "objective":
                self._reach(student_id, data, at, "objective", rewards.MOST_OBJECTIVES)
            case "checkpoint":
                self._reach(student_id, data, at, "checkpoint", rewards.MOST_CHECKPOINTS)
            case "completed":
                self._work_of(student_id, at).completed = True
                reason = f"Finished '{self._title}'"[:200]
                self._award(student_id, "completed", "", rewards.COMPLETED, reason, at)
        told = {
            "student_id": student_id,
            "class_id": self._place.class_id,
            "lesson_id": self._place.lesson_id,
            "kind": event.kind,
            "at": at,
            "data": data,
        }
        self._put("progress_events", self._new_id(), told)

    def _answer(self, student_id: str, data: dict[str, Any], at: str) -> dict[str, Any]:
        """Mark an answer and return what is kept of it."""
        question = self._questions.get(str(data.get("question_id", "")))
        given = _given(data.get("given"))
        if question is None or given is None:
            return {name: value for name, value in data.items() if name != "correct"}
        right = is_right(question, given)
        played = self._work_of(student_id, at)
        played.answers[question.id] = given
        mark = question.points if right else 0.0
        played.marks[question.id] = max(mark, played.marks.get(question.id, 0.0))
        if right:
            xp = rewards.for_answer(question.points)
            reason = f"A right answer in '{self._title}'"[:200]
            self._award(student_id, "answer", question.id, xp, reason, at)
        return {
            "question_id": question.id,
            "given": given,
            "correct": right,
            "standard": question.standard,
            "difficulty": question.difficulty,
        }

    def _reach(self, student_id: str, data: dict[str, Any], at: str, kind: str, most: int) -> None:
        what = str(data.get("id", ""))[:80]
        key = {"student": student_id, "kind": kind, **self._place_key()}
        if not what or self._connection.execute(_AWARDED, key).scalar_one() >= most:
            return
        xp = rewards.OBJECTIVE if kind == "objective" else rewards.CHECKPOINT
        noun = "Reached an objective" if kind == "objective" else "Passed a checkpoint"
        self._award(student_id, kind, what, xp, f"{noun} in '{self._title}'"[:200], at)

    def _award(self, student_id: str, kind: str, what: str, xp: int, reason: str, at: str) -> None:
        """Give XP for something, unless it was given before."""
        key = {
            "class_id": self._place.class_id,
            "lesson_id": self._place.lesson_id,
            "student_id": student_id,
            "kind": kind,
            "what": what,
        }
        if self._connection.execute(_GIVEN, {f"the_{name}": v for name, v in key.items()}).first():
            return
        self._connection.execute(game_award.insert(), key)
        award = {
            "student_id": student_id,
            "class_id": self._place.class_id,
            "xp": xp,
            "reason": reason,
            "source": "game",
            "awarded_at": at,
            "awarded_by": "",
        }
        self._put("xp_awards", self._new_id(), award)

    def _work_of(self, student_id: str, at: str) -> _Played:
        played = self._played.setdefault(student_id, _Played())
        played.at = max(played.at, at)
        return played

    def _write_work(self, student_id: str, played: _Played) -> None:
        """Bring a student's submission up to date; a score that a person changed stays."""
        if not self._questions:
            return
        assessment_id = self._assessment()
        names = {"assessment_id": assessment_id, "student_id": student_id}
        submission_id = identity.natural_id("submissions", names)
        assert submission_id is not None, "both names are there"
        current = self._writing.get("submissions", submission_id)
        old = current.data if current is not None and not current.deleted else {}
        best = dict(old.get("marks") or {})
        for question_id, mark in played.marks.items():
            best[question_id] = max(mark, best.get(question_id, 0.0))
        most = sum(question.points for question in self._questions.values())
        done = played.completed or set(best) >= set(self._questions)
        data = {
            **old,
            **names,
            "class_id": self._place.class_id,
            "max_score": most,
            "marks": best,
            "answers": {**(old.get("answers") or {}), **played.answers},
        }
        before = sum((old.get("marks") or {}).values())
        # Another score than the marks make was typed by a teacher: it is theirs.
        if old.get("score") in (None, before) or not old:
            data["score"] = min(sum(best.values()), most)
            if old.get("status", "in_progress") in ("in_progress", "missing", "submitted"):
                data["status"] = "graded" if done else "in_progress"
            if done:
                data["submitted_at"] = old.get("submitted_at") or played.at
                data["graded_at"] = played.at
        self._put("submissions", submission_id, data)

    def _assessment(self) -> str:
        """The quiz of this lesson for this class as it is played; made at the first answer."""
        key = f"{self._place.class_id}/{self._place.lesson_id}"
        assessment_id = str(uuid.uuid5(identity.NAMESPACE, key))
        questions = [question.model_dump(mode="json") for question in self._questions.values()]
        current = self._writing.get("assessments", assessment_id)
        old = current.data if current is not None else {}
        if current is None or current.deleted or old.get("questions") != questions:
            data = {
                "title": f"{self._title} (in the game)"[:200],
                "status": "open",
                **old,
                "class_id": self._place.class_id,
                "lesson_id": self._place.lesson_id,
                "max_score": sum(question.points for question in self._questions.values()),
                "questions": questions,
            }
            self._put("assessments", assessment_id, data)
        return assessment_id

    def _put(self, collection: str, record_id: str, data: dict[str, Any]) -> None:
        current = self._writing.get(collection, record_id)
        self._writing.put(collection, record_id, data, current=current)

    def _place_key(self) -> dict[str, str]:
        return {"class": self._place.class_id, "lesson": self._place.lesson_id}

    def _believed(self, text: str) -> str:
        """When it happened, as far as the place's clock can be believed."""
        try:
            at = instants.from_text(text)
        except ValueError:
            at = self._now
        if not self._now - LATE <= at <= self._now:
            at = self._now
        return instants.to_text(at)


def _quiz(writing: Writing, lesson_id: str) -> tuple[str, dict[str, Question]]:
    """The title of a lesson and its questions; none when it has no package or a broken one."""
    lesson = writing.get("lessons", lesson_id)
    if lesson is None:
        return "a lesson", {}
    package = lesson.data.get("package")
    quiz = package.get("quiz") if isinstance(package, dict) else None
    if isinstance(quiz, dict):
        quiz = quiz.get("questions")
    questions: dict[str, Question] = {}
    for raw in quiz if isinstance(quiz, list) else []:
        try:
            question = Question.model_validate(raw)
        except pydantic.ValidationError:
            continue  # one question that cannot be read does not spoil the others
        questions[question.id] = question
    return str(lesson.data.get("title", "a lesson"))[:120], questions


def _given(value: object) -> str | list[str] | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value[:500]
    if isinstance(value, list) and len(value) <= 12 and all(isinstance(v, str) for v in value):
        return [part[:500] for part in value]
    return None


def _bounded(data: dict[str, Any]) -> dict[str, Any]:
    """The data of an event, or nothing of it when it is too large to keep."""
    if rules.faults_of_patch(data) or len(msgspec.json.encode(data)) > MAX_DATA_BYTES:
        return {}
    return data


_SEEN = sa.select(game_event.c.at).where(
    game_event.c.class_id == sa.bindparam("class_id"),
    game_event.c.event_id == sa.bindparam("event_id"),
)
_GIVEN = sa.select(game_award.c.kind).where(
    *(column == sa.bindparam(f"the_{column.name}") for column in game_award.c)
)
_AWARDED = sa.select(sa.func.count()).where(
    game_award.c.class_id == sa.bindparam("class"),
    game_award.c.lesson_id == sa.bindparam("lesson"),
    game_award.c.student_id == sa.bindparam("student"),
    game_award.c.kind == sa.bindparam("kind"),
)
