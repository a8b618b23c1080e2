"""What a class's page shows and does: roster, lessons, grades, leaderboard, import, award."""

import datetime as dt
from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.actions import grades as grade_verbs
from desktop.actions import undo, xp
from desktop.classroom import gradebook, instants
from desktop.errors import CompanionError, WrongUse
from desktop.storage import records
from desktop.storage.queries import classes as class_queries
from desktop.storage.queries import lessons
from desktop.storage.queries.classes import RosterEntry
from desktop.storage.queries.grade_story import GradeStory, grade_story
from desktop.ui import strings
from desktop.ui.parts import boards
from desktop.ui.parts.boards import Standings
from desktop.ui.parts.words import ago, class_caption, lesson_tag, number
from desktop.ui.strings import mark, tr
from desktop.ui.widgets.cells import Row, Said, Tag

if TYPE_CHECKING:
    from desktop.services import Services
    from desktop.storage.sql import Connection

SUBMISSION_STATES = {
    "missing": (mark("Missing"), "warn"),
    "in_progress": (mark("At work"), "plain"),
    "submitted": (mark("To grade"), "accent"),
    "graded": (mark("Graded"), "good"),
}


@dataclass(frozen=True)
class Head:
    """The class's name and what it is."""

    name: str
    subtitle: str


@dataclass(frozen=True)
class Grades:
    """The grades of one quiz, and which quizzes there are."""

    assessments: tuple[tuple[str, object], ...] = ()
    assessment_id: str = ""
    rows: tuple[Row, ...] = ()
    """Name, score, most, state, and behind them the state's key and the student's id."""


class ClassPresenter:
    """Reads and changes one class."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self.assessment_id = ""

    async def head(self, class_id: str) -> Head | None:
        """The class, or None when it is gone."""
        try:
            row = await wrap_future(self._services.ask(class_queries.class_row, class_id))
        except WrongUse:
            return None
        return Head(row.name, class_caption(row))

    async def roster(self, class_id: str) -> list[Row]:
        """Name, Roblox name, level, XP, last active, note and id of each student."""
        now = self._services.clock.now()
        found = await wrap_future(self._services.ask(class_queries.class_overview, class_id, now))
        return [
            (one.name, one.roblox_username, one.level, one.xp, _active(one, now), _note(one),
             one.student_id)
            for one in found.roster
        ]  # fmt: skip

    async def lessons(self, class_id: str) -> list[Row]:
        """Title, due day, state and id of each lesson of the class."""
        found = await wrap_future(self._services.ask(lessons.lesson_library, class_id=class_id))
        return [
            (
                one.title,
                Said(_day(one.due_at), one.due_at or ""),
                lesson_tag(one.status, pending=one.pending),
                one.id,
            )
            for one in found
        ]

    async def board(self, class_id: str, wanted: str) -> Standings:
        """The leaderboard of the wanted period; without a wish, the shortest with points."""
        now = self._services.clock.now()
        return await wrap_future(self._services.ask(boards.standings, class_id, wanted, now))

    async def grades(self, class_id: str) -> Grades:
        """The quiz that was chosen, or the newest."""
        found = await wrap_future(self._services.ask(_grades, class_id, self.assessment_id))
        self.assessment_id = found.assessment_id
        return found

    async def set_score(self, row_id: str, typed: str) -> str:
        """Save a score; returns why it cannot be, as a sentence, or nothing.

        `row_id` is the student's; an empty field changes nothing: a grade is never lost to a
        blank.
        """
        if not typed.strip():
            return tr("Type a score first. An empty field changes nothing.")
        try:
            score = gradebook.parse_score(typed)
            await wrap_future(
                self._services.act(grade_verbs.record_score, self.assessment_id, row_id, score)
            )
        except (CompanionError, ValueError) as error:
            return str(error)
        return ""

    async def story(self, student_id: str) -> GradeStory | None:
        """How the grade of a student came about; None where there is none."""
        where = {"assessment_id": self.assessment_id, "student_id": student_id}
        found = await wrap_future(self._services.ask(records.find, "submissions", where))
        if not found:
            return None
        return await wrap_future(self._services.ask(grade_story, found[0].id))

    async def award(self, class_id: str, student_ids: list[str], points: int, reason: str) -> int:
        """Give points; returns the step, for its undo."""
        verb = self._services.act(undo.recorded, xp.award, class_id, student_ids, points, reason)
        return (await wrap_future(verb)).step


def is_extra(typed: str, most: float) -> bool:
    """Whether a typed score lies above what the quiz gives; nonsense does not."""
    try:
        score = gradebook.parse_score(typed)
    except ValueError:
        return False
    return score is not None and 0 < most < score <= 2 * most


def _note(one: RosterEntry) -> Tag:
    if one.pending:
        return Tag(tr("Not synced"), "accent")
    return Tag(tr("Falling behind"), "warn") if one.at_risk else Tag("")


def _active(one: RosterEntry, now: dt.datetime) -> Said:
    last = one.last_activity
    return Said(ago(last, now), instants.to_text(last) if last else "")


def _day(moment: str | None) -> str:
    if not moment:
        return ""
    return strings.short_day(instants.from_text(moment).astimezone())


def _grades(connection: "Connection", class_id: str, assessment_id: str) -> Grades:
    quizzes = records.find(connection, "assessments", {"class_id": class_id})
    if not quizzes:
        return Grades()
    chosen = next((one for one in quizzes if one.id == assessment_id), quizzes[-1])
    most = float(chosen.local.get("max_score") or 0.0)
    work = {
        one.local["student_id"]: one.local
        for one in records.find(connection, "submissions", {"assessment_id": chosen.id})
    }
    rows: list[Row] = []
    for student in records.find(connection, "students", {"class_ids": class_id}):
        done = work.get(student.id, {})
        score = done.get("score")
        status = str(done.get("status", "missing"))
        words, tone = SUBMISSION_STATES[status]
        rows.append((_name(student.local), None if score is None else number(float(score)),
                     number(most), Tag(tr(words), tone), status, student.id))  # fmt: skip
    rows.sort(key=lambda row: str(row[0]).casefold())
    return Grades(
        assessments=tuple((str(one.local["title"]), one.id) for one in reversed(quizzes)),
        assessment_id=chosen.id,
        rows=tuple(rows),
    )


def _name(data: dict[str, object]) -> str:
    return f"{data.get('given_name', '')} {data.get('family_name', '')}".strip()
