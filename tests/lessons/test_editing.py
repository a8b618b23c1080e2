"""Writing a lesson: it stays a lesson or says why not, and undo brings everything back."""

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.classroom.questions import Question, is_right
from desktop.lessons import editing, package, question_rows
from desktop.lessons.editing import Editing
from desktop.lessons.question_rows import Row
from tests.lessons.made import fields, fractions

LISTS: tuple[editing.Path, ...] = (
    ("objectives",), ("activities",), ("vocabulary",), ("quiz",), ("accommodations",),
    ("world", "zones"), ("world", "signs"), ("world", "objects"),
)  # fmt: skip
TEXTS: tuple[editing.Path, ...] = (("title",), ("summary",), ("topic",), ("teacher_notes",))
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
deeds = st.lists(
    st.tuples(st.sampled_from(["write", "remove", "move", "minutes", "undo", "redo", "kind"]),
              st.integers(0, 7), st.integers(0, 30), words),
    max_size=25,
)  # fmt: skip


def do(one: Editing, deed: str, which: int, at: int, text: str) -> None:
    path = LISTS[which]
    there = one.at(path)
    match deed:
        case "write":
            one.write(TEXTS[which % len(TEXTS)], text)
        case "remove" if there:
            one.remove((*path, at % len(there)))
        case "move" if there:
            one.move((*path, at % len(there)), 1 if at % 2 else -1)
        case "minutes" if one.at(("activities",)):
            place = at % len(one.at(("activities",)))
            one.write(("activities", place, "minutes"), at + 1)
        case "kind" if one.at(("quiz",)):
            place = ("quiz", at % len(one.at(("quiz",))))
            kind = question_rows.KINDS[at % len(question_rows.KINDS)]
            one.write(place, question_rows.as_kind(one.at(place), kind))
        case "undo":
            one.undo()
        case "redo":
            one.redo()


@settings(deadline=None)
@given(deeds)
def test_a_lesson_can_be_saved_or_says_at_which_place_it_cannot(done: list[Any]) -> None:
    one = Editing(fields())
    for deed in done:
        do(one, *deed)
    severe = [fault for fault in one.faults() if fault.severe]
    assert (one.package() is None) == bool(severe)
    for fault in severe:
        one.at(fault.path[:-1])  # the place is there, or what holds it
    activities = one.at(("activities",))
    if activities:
        assert one.at(("timing", "minutes")) == sum(step["minutes"] for step in activities)
    asked = [q for zone in one.at(("world", "zones")) for q in zone["question_ids"]]
    assert set(asked) <= {question["id"] for question in one.at(("quiz",))}


@settings(deadline=None)
@given(deeds)
def test_undoing_everything_brings_back_the_lesson_to_the_byte(done: list[Any]) -> None:
    before = json.dumps(fields(), sort_keys=True)
    one = Editing(fields())
    for deed in done:
        do(one, *deed)
    after = json.dumps(one.fields, sort_keys=True)
    steps = 0
    while one.can_undo:
        one.undo()
        steps += 1
    assert json.dumps(one.fields, sort_keys=True) == before
    for _ in range(steps):
        one.redo()
    if not any(deed == "undo" for deed, *_ in done):
        assert json.dumps(one.fields, sort_keys=True) == after


def test_letters_typed_in_a_row_are_one_step_until_a_pause() -> None:
    one = Editing(fields())
    for text in ("A", "Ab", "Abc"):
        one.write(("title",), text)
    one.pause()
    one.write(("title",), "Abcd")
    one.undo()
    assert one.at(("title",)) == "Abc"
    one.undo()
    assert one.at(("title",)) == fractions().title


def test_a_question_that_goes_leaves_its_station() -> None:
    one = Editing(fields())
    gone = one.at(("quiz", 0, "id"))
    one.remove(("quiz", 0))
    assert all(gone not in zone["question_ids"] for zone in one.at(("world", "zones")))
    assert one.package() is not None


def test_what_stood_in_a_zone_that_goes_moves_next_door() -> None:
    one = Editing(fields())
    things = len(one.at(("world", "signs"))), len(one.at(("world", "objects")))
    asked = sum(len(zone["question_ids"]) for zone in one.at(("world", "zones")))
    one.remove(("world", "zones", 2))
    assert (len(one.at(("world", "signs"))), len(one.at(("world", "objects")))) == things
    assert sum(len(zone["question_ids"]) for zone in one.at(("world", "zones"))) == asked
    assert one.package() is not None


def test_what_came_from_elsewhere_fills_the_parts_that_were_not_touched_here() -> None:
    base = fields()
    mine, theirs = copy.deepcopy(base), copy.deepcopy(base)
    mine["title"], theirs["title"] = "Mine", "Theirs"
    theirs["summary"] = "Theirs too"
    together = editing.rebased(base, mine, theirs)
    assert (together["title"], together["summary"]) == ("Mine", "Theirs too")
    assert package.load(together).title == "Mine"


def test_a_part_that_a_person_wrote_is_noted_once() -> None:
    before = fractions()
    after = before.model_copy(update={"title": "Better"})
    noted = editing.signed(before, after, "2026-11-26T08:00:00Z")
    assert [(one.part, one.provider) for one in noted.provenance.revisions] == [
        ("title", editing.TEACHER)
    ]
    again = editing.signed(before, noted.model_copy(update={"title": "Best"}),
                           "2026-11-26T09:00:00Z")  # fmt: skip
    assert again.provenance.revisions == noted.provenance.revisions


lines = st.lists(words.filter(str.strip), min_size=2, max_size=6, unique=True)


@given(st.sampled_from(question_rows.KINDS), lines, st.integers(0, 5), lines)
def test_rows_make_the_question_they_came_from(
    kind: Any, texts: list[str], right: int, partners: list[str]
) -> None:
    if kind == "true_false":
        texts = ["true", "false"]
    place = right % len(texts)
    is_choice = kind in ("multiple_choice", "true_false")
    given_rows = [
        Row(text, partners[at % len(partners)] if kind == "matching" else "",
            right=at == place if is_choice else True)
        for at, text in enumerate(texts)
    ]  # fmt: skip
    blank = {**question_rows.new("q1", kind), "prompt": "What?"}
    question = question_rows.with_rows(blank, given_rows)
    assert question_rows.rows(question) == given_rows
    checked = Question.model_validate(question)
    answer = checked.answer
    assert is_right(checked, answer[0] if kind == "short_answer" else answer)
    if kind == "ordering":
        assert checked.choices != answer  # the right order is never the one that is shown


@given(st.sampled_from(question_rows.KINDS), st.sampled_from(question_rows.KINDS))
def test_a_question_can_be_asked_another_way_and_still_be_filled_in(
    before: Any, after: Any
) -> None:
    question = question_rows.as_kind({**question_rows.new("q1", before), "prompt": "?"}, after)
    assert question["kind"] == after
    rows = [
        Row(one.text or f"line {at}", f"partner {at}" if after == "matching" else "", one.right)
        for at, one in enumerate(question_rows.rows(question))
    ]
    Question.model_validate(question_rows.with_rows(question, rows))
