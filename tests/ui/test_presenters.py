"""Presenters decide without Qt: what each screen says of what it is given."""

import dataclasses
import datetime as dt
from typing import get_args

import pytest

from desktop.lessons import request as requests
from desktop.lessons import templates
from desktop.storage.pushes import State, StoredItem, StoredPush
from desktop.storage.queries.classes import ClassRow
from desktop.storage.queries.today import DueSoon, FallingBehind, Today, ToGrade
from desktop.studio.connection import Window
from desktop.ui.generate.presenter import Wish, request_of
from desktop.ui.parts import package_words, pushing
from desktop.ui.routes import Route
from desktop.ui.studio import presenter as studio
from desktop.ui.sync.presenter import value
from desktop.ui.today.presenter import day

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
CLASS = ClassRow("c1", "Algebra", "mathematics", 8, "", "21", "", "UTC", False, 30, 2, 3, True)
EMPTY = Today((), 0, (), (), (), 0, None, 0, 0)
PUSH = StoredPush(
    "p1", "Fractions", "l1", "1", "ada", "", "landed", "ask", "ok", "x", "My place", "",
    "2026-11-23T09:00:00.000Z", "2026-11-23T09:00:00.000Z", 418,
)  # fmt: skip


def item(action: str, *path: str, reason: str = "") -> StoredItem:
    return StoredItem(1, "Part", path, 0, "a", "", action, reason)


def test_today_greets_by_the_hour_and_names_what_wants_a_look() -> None:
    found = dataclasses.replace(
        EMPTY,
        classes=(CLASS,),
        students=29,
        falling_behind=(FallingBehind("s1", "Ana Li", "c1", "Algebra", "no activity"),),
        to_grade=(ToGrade("a1", "Quiz 1", "c1", "Algebra", 3, None),),
        due_soon=(DueSoon("a2", "Quiz 2", "c1", "Algebra", "2026-11-25T12:00:00.000Z"),),
        not_synced=2,
    )
    shown = day(found, NOW, "Ms Rivera")
    assert shown.greeting == "Good morning, Ms Rivera"
    assert [stat.figure for stat in shown.stats] == ["29", "3", "1", "2"]
    assert shown.stats[3].note == "Safe on this computer"
    assert shown.classes[0].caption == "Mathematics · Grade 8 · Room 21 · 30 students"
    assert shown.classes[0].tags == (("3 to grade", "accent"), ("Not synced", "plain"))
    assert [line.title for line in shown.looks] == ["Quiz 1", "Quiz 2", "Ana Li"]
    assert shown.looks[1].caption == "Algebra: due 25 November"


def test_today_puts_a_decision_of_sync_before_everything_else() -> None:
    shown = day(dataclasses.replace(EMPTY, conflicts=1), NOW.replace(hour=19), "Ada")
    assert shown.looks[0].route == Route("sync")
    assert shown.greeting.startswith("Good evening")
    assert shown.stats[3].tone == "warn"


@pytest.mark.parametrize("state", get_args(State))
def test_every_state_of_a_push_has_words(state: State) -> None:
    shown = studio.shown(dataclasses.replace(PUSH, state=state), [item("create", "Workspace")], "")
    assert shown.state
    assert shown.can_undo == (state == "landed")
    assert bool(shown.choices) == (state == "conflict")
    assert ("Verified" in shown.state) == (state == "landed")


def test_a_conflict_names_what_was_changed_and_never_offers_to_replace_first() -> None:
    push = dataclasses.replace(PUSH, state="conflict")
    items = [item("create", "Workspace", "A"), item("conflict", "Workspace", "B", reason="edited")]
    shown = studio.shown(push, items, "just now")
    assert shown.changes[0] == ("You changed it", "warn", "Workspace / B · edited")
    assert shown.choices[0][0] == "copy"


def test_a_lesson_is_shown_with_its_right_answers_and_says_that_no_ai_made_it() -> None:
    request = requests.from_sentence("fractions on a number line, grade 4")
    package = [stage.package for stage in templates.generate(request, seed=1, now=NOW)][-1]
    assert package is not None
    shown = package_words.shown(package)
    assert ("Made from a template, without AI", "plain") in shown.tags
    assert len(shown.questions) == len(package.quiz)
    assert all(any(right for _, right in asked.choices) for asked in shown.questions)


def test_the_form_wins_over_the_sentence_and_a_missing_grade_is_asked_for() -> None:
    made = request_of(Wish("fractions, grade 4", grade_level=5, questions=3, minutes=30))
    assert (made.grade_level, made.quiz.questions, made.duration_minutes) == (5, 3, 30)
    with pytest.raises(requests.UnclearRequest):
        request_of(Wish("fractions"))


def test_values_of_a_conflict_are_said_as_a_person_reads_them() -> None:
    assert [value(one) for one in (None, "", True, 8.0, 8.5, ["a", "b"])] == [
        "(empty)", "(empty)", "yes", "8", "8.5", "2 entries",
    ]  # fmt: skip
    assert len(value("x" * 5_000)) == 300


def test_a_push_never_claims_to_land_in_a_place_the_lesson_does_not_belong_to() -> None:
    mine = Window("s1", "mine", "My place", "edit", "0.1.0", "")
    other = Window("s2", "other", "Other place", "edit", "0.1.0", "")
    assert pushing.where_it_goes([], "mine").startswith("Studio is not open")
    assert pushing.where_it_goes([mine], "") == "Goes into “My place” at once."
    assert pushing.where_it_goes([mine], "mine") == "Goes into “My place” at once."
    assert "another place before" in pushing.where_it_goes([other], "mine")
    assert "Several" in pushing.where_it_goes([mine, other], "mine")
