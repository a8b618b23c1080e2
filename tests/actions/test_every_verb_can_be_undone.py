"""Undo everywhere: whatever a verb of the teacher changes, one step takes back whole."""

import datetime as dt
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

from desktop import actions
from desktop.actions import (
    assessments,
    attendance,
    classes,
    grades,
    lessons,
    roster,
    roster_import,
    undo,
    xp,
)
from desktop.classroom.roster import reading
from desktop.lessons import request, templates
from desktop.storage.queries import step_words
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

NOT_A_VERB = {"lookup", "undo"}
"""Modules of `desktop.actions` that change nothing by themselves, or take back what others did."""
FILE = b"First name,Last name\nAda,Lovelace\nAlan,Turing\n"


def verbs() -> Iterator[str]:
    """Every public function of the actions that is handed a transaction."""
    for module in pkgutil.iter_modules(actions.__path__):
        if module.name in NOT_A_VERB:
            continue
        found = import_module(f"{actions.__name__}.{module.name}")
        for name, verb in inspect.getmembers(found, inspect.isfunction):
            first = next(iter(inspect.signature(verb).parameters.values()), None)
            ours = verb.__module__ == found.__name__ and not name.startswith("_")
            if ours and first is not None and first.annotation is Transaction:
                yield f"{module.name}.{name}"


class Ground:
    """A class with two students, a lesson, a quiz that is handed in, and a day."""

    def __init__(self, tx: Transaction) -> None:
        self.group = classes.create_class(tx, "5B", room="12")
        self.other = classes.create_class(tx, "6A")
        self.students = [roster.enrol(tx, self.group, given_name=name) for name in ("Ana", "Ben")]
        wish = request.from_sentence("fractions on a number line, grade 4")
        made = [stage.package for stage in templates.generate(wish, seed=1, now=tx.now)][-1]
        assert made is not None
        self.package = made.model_dump(mode="json")
        self.lesson = lessons.save_lesson(tx, self.package, class_ids=[self.group])
        self.put_away = lessons.save_lesson(tx, self.package)
        lessons.archive_lesson(tx, self.put_away)
        self.quiz = assessments.open_assessment(tx, self.lesson, self.group)
        work = grades.record_score(tx, self.quiz, self.students[0], 1.0)
        assert work is not None
        self.work = work
        self.day = dt.date(2026, 11, 18)


Do = Callable[[Transaction, Ground], object]
CASES: dict[str, Do] = {
    "assessments.open_assessment": lambda tx, at: assessments.open_assessment(
        tx, at.lesson, at.other),
    "assessments.close_assessment": lambda tx, at: assessments.close_assessment(tx, at.quiz),
    "attendance.mark": lambda tx, at: attendance.mark(
        tx, at.group, at.students, at.day, "absent", "ill"),
    "classes.create_class": lambda tx, at: classes.create_class(tx, "7C"),
    "classes.change_class": lambda tx, at: classes.change_class(tx, at.group, room="14"),
    "classes.archive_class": lambda tx, at: classes.archive_class(tx, at.group),
    "grades.set_score": lambda tx, at: grades.set_score(tx, at.work, 2.0),
    "grades.record_score": lambda tx, at: grades.record_score(tx, at.quiz, at.students[1], 2.0),
    "grades.paste_scores": lambda tx, at: grades.paste_scores(
        tx, at.quiz, dict.fromkeys(at.students, 3.0)),
    "grades.set_feedback": lambda tx, at: grades.set_feedback(tx, at.work, "Well thought."),
    "lessons.save_lesson": lambda tx, at: lessons.save_lesson(tx, at.package),
    "lessons.approve_lesson": lambda tx, at: lessons.approve_lesson(tx, at.lesson),
    "lessons.archive_lesson": lambda tx, at: lessons.archive_lesson(tx, at.lesson),
    "lessons.restore_lesson": lambda tx, at: lessons.restore_lesson(tx, at.put_away),
    "lessons.duplicate_lesson": lambda tx, at: lessons.duplicate_lesson(tx, at.lesson, "A copy"),
    "lessons.tag_lesson": lambda tx, at: lessons.tag_lesson(tx, at.lesson, ["autumn"]),
    "lessons.assign_lesson": lambda tx, at: lessons.assign_lesson(
        tx, at.lesson, [at.other], "2026-12-01T08:00:00.000Z"),
    "roster.enrol": lambda tx, at: roster.enrol(tx, at.group, given_name="Cleo"),
    "roster.unenrol": lambda tx, at: roster.unenrol(tx, at.group, at.students[0]),
    "roster.change_student": lambda tx, at: roster.change_student(
        tx, at.students[0], given_name="Anna"),
    "roster_import.apply": lambda tx, at: roster_import.apply(
        tx, roster_import.plan(tx.connection, reading.read(FILE), class_id=at.group)),
    "xp.award": lambda tx, at: xp.award(tx, at.group, at.students, 10, "for helping"),
}  # fmt: skip


def test_every_verb_is_among_the_cases() -> None:
    """A new verb gets its case here, and with it its undo."""
    assert set(CASES) == set(verbs())


def _seen(connection: Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT collection, id, local FROM record WHERE deleted = 0")
    return {(collection, id_): local for collection, id_, local in rows}


@pytest.mark.parametrize("verb", sorted(CASES))
def test_one_step_takes_it_back_and_another_brings_it_again(
    act: Any, ask: Any, clock: Any, verb: str
) -> None:
    ground = act(Ground)
    before = ask(_seen)
    done = act(lambda tx: undo.recorded(tx, CASES[verb], ground))
    after = ask(_seen)
    assert after != before, "the case changes something"
    back, _ = ask(step_words.next_ones)
    assert back is not None
    assert back.step.id == done.step
    assert back.words or back.counts, "the menu can name it"
    act(undo.undo)
    assert _alike(ask(_seen), before)
    _, again = ask(step_words.next_ones)
    assert again is not None
    act(undo.redo)
    assert _alike(ask(_seen), after)


def _alike(one: dict[tuple[str, str], str], other: dict[tuple[str, str], str]) -> bool:
    """The same records with the same in them; a field that came with a default may stay."""
    import json

    def filled(text: str) -> dict[str, Any]:
        return {name: value for name, value in json.loads(text).items()
                if value not in (None, "", [], {}, False)}  # fmt: skip

    return one.keys() == other.keys() and all(
        filled(text) == filled(other[name]) for name, text in one.items()
    )
