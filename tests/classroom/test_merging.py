"""Merging two people's changes: nothing is lost, and what only a person can decide is asked."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.classroom import merging, records
from desktop.classroom.merging import FieldConflict

SUBMISSION = {"score": 5.0, "feedback": "", "status": "graded", "max_score": 10.0}

values = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4)
fields = st.sampled_from(["title", "summary", "due_at", "status", "subject", "of_the_future"])
lessons = st.dictionaries(fields, values, max_size=6)
words = st.lists(st.sampled_from("abcd"), unique=True, max_size=4)


def merge(
    base: dict[str, object], mine: dict[str, object], theirs: dict[str, object]
) -> merging.Merged:
    return merging.merge("lessons", base, mine, theirs)


@given(lessons, lessons)
def test_what_only_one_side_changed_is_taken_whole(base: Any, changed: Any) -> None:
    assert merge(base, base, changed).conflicts == ()
    assert _plain(merge(base, base, changed).data) == _plain(changed)
    assert _plain(merge(base, changed, base).data) == _plain(changed)


@given(lessons, lessons)
def test_the_same_change_on_both_sides_is_no_conflict(base: Any, both: Any) -> None:
    assert merge(base, both, both) == merging.Merged(both)


@given(lessons, lessons, lessons)
def test_no_value_that_somebody_wrote_is_lost(base: Any, mine: Any, theirs: Any) -> None:
    merged = merge(base, mine, theirs)
    asked = {conflict.field: conflict for conflict in merged.conflicts}
    for field in {*mine, *theirs}:
        was, my, their = base.get(field), mine.get(field), theirs.get(field)
        if field in asked:
            assert asked[field] == FieldConflict(field, was, my, their)
            assert merged.data.get(field) == my
        elif field != "summary":
            assert merged.data.get(field) == (their if my == was else my)


@given(lessons, lessons, lessons)
def test_both_devices_see_the_same_conflicts_and_agree_on_the_rest(
    base: Any, mine: Any, theirs: Any
) -> None:
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    asked = {conflict.field for conflict in here.conflicts}
    assert asked == {conflict.field for conflict in there.conflicts}
    for field in {*here.data, *there.data} - asked:
        assert here.data.get(field) == there.data.get(field)


@given(st.data())
def test_edits_of_different_fields_both_survive(data: bytes) -> None:
    base = {"title": "a", "subject": "b", "status": "draft"}
    mine = {**base, "title": data.draw(st.text(max_size=3))}
    theirs = {**base, "subject": data.draw(st.text(max_size=3))}
    merged = merge(base, mine, theirs)
    assert merged.conflicts == ()
    assert merged.data == {**base, "title": mine["title"], "subject": theirs["subject"]}


@given(words, words, words)
def test_additions_and_removals_of_a_set_all_apply(base: Any, mine: Any, theirs: Any) -> None:
    merged = merge({"tags": base}, {"tags": mine}, {"tags": theirs})
    assert merged.conflicts == ()
    kept = set(base) & set(mine) & set(theirs)
    added = (set(mine) | set(theirs)) - set(base)
    assert set(merged.data["tags"]) == kept | added
    assert len(merged.data["tags"]) == len(set(merged.data["tags"]))


def _assessment(*questions: Any) -> Any:
    return {"questions": list(questions)}


def _question(id_: str, **fields: Any) -> Any:
    return {"id": id_, "prompt": "?", "points": 1.0, **fields}


def test_questions_merge_one_by_one() -> None:
    base = _assessment(_question("a"), _question("b"), _question("c"))
    mine = _assessment(_question("a", prompt="new"), _question("b"), _question("c"))
    theirs = _assessment(_question("a", points=2.0), _question("c"), _question("d"))
    merged = merging.merge("assessments", base, mine, theirs)
    assert merged.conflicts == ()
    assert merged.data["questions"] == [
        _question("a", prompt="new", points=2.0),
        _question("c"),
        _question("d"),
    ]


def test_a_question_moved_here_and_one_added_there_both_hold() -> None:
    a, b, c, d = (_question(name) for name in "abcd")
    merged = merging.merge(
        "assessments", _assessment(a, b, c), _assessment(c, a, b), _assessment(a, d, b, c)
    )
    assert [one["id"] for one in merged.data["questions"]] == ["c", "a", "d", "b"]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([_question("a", prompt="mine")], [_question("a", prompt="theirs")]),
        ([], [_question("a", prompt="changed")]),
        ([_question("n", prompt="mine")], [_question("n", prompt="theirs")]),
        ([{"no": "id"}], [_question("a", prompt="theirs")]),
    ],
)
def test_the_same_question_changed_twice_is_asked(mine: Any, theirs: Any) -> None:
    merged = merging.merge(
        "assessments", _assessment(_question("a")), _assessment(*mine), _assessment(*theirs)
    )
    (conflict,) = merged.conflicts
    assert (conflict.field, conflict.mine, conflict.theirs) == ("questions", mine, theirs)
    assert merged.data["questions"] == mine


def test_long_text_merges_by_lines() -> None:
    base = "one\ntwo\nthree\nfour\nfive\n"
    mine = "one\nTWO\nthree\nfour\nfive\n"
    theirs = "zero\none\ntwo\nthree\nfour\nfive, and more\n"
    merged = merge({"summary": base}, {"summary": mine}, {"summary": theirs})
    assert merged.conflicts == ()
    assert merged.data["summary"] == "zero\none\nTWO\nthree\nfour\nfive, and more\n"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("one\nMINE\nthree", "one\nTHEIRS\nthree"), ("one\nthree", "one\ntwo, longer\nthree")],
)
def test_the_same_line_changed_twice_is_asked(mine: Any, theirs: Any) -> None:
    assert merging.merge_text("one\ntwo\nthree", mine, theirs) is None
    merged = merge({"summary": "one\ntwo\nthree"}, {"summary": mine}, {"summary": theirs})
    assert [conflict.field for conflict in merged.conflicts] == ["summary"]


lines = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n"]), max_size=8).map("".join)


@given(lines, lines, lines)
def test_text_that_merges_merges_alike_on_both_sides_and_takes_a_single_change_whole(
    base: Any, mine: Any, theirs: Any
) -> None:
    assert merging.merge_text(base, mine, theirs) == merging.merge_text(base, theirs, mine)
    assert merging.merge_text(base, mine, base) == mine
    assert merging.merge_text(base, base, theirs) == theirs
    assert merging.merge_text(base, mine, mine) == mine


@given(lines, lines)
def test_every_line_that_both_kept_or_one_added_is_in_the_merged_text(
    first: Any, second: Any
) -> None:
    merged = merging.merge_text("KEPT\n", first + "KEPT\n", "KEPT\n" + second)
    assert merged == first + "KEPT\n" + second


@pytest.mark.parametrize(
    ("base", "mine", "theirs"), [(5.0, 5.0, None), (5.0, None, 5.0), (5.0, None, 7.0)]
)
def test_a_blank_never_takes_the_place_of_a_grade_without_asking(
    base: Any, mine: Any, theirs: Any
) -> None:
    states = [{**SUBMISSION, "score": score} for score in (base, mine, theirs)]
    merged = merging.merge("submissions", *states)
    assert merged.conflicts == (FieldConflict("score", base, mine, theirs),)


def test_a_grade_takes_the_place_of_a_blank() -> None:
    states = [{**SUBMISSION, "score": score} for score in (None, None, 7.0)]
    assert merging.merge("submissions", *states).data["score"] == 7.0
    assert merging.merge("submissions", *states).conflicts == ()


def test_a_record_deleted_there_and_changed_here_is_asked_and_stays_in_sight() -> None:
    mine = {**SUBMISSION, "score": 6.0}
    merged = merging.merge_lives("submissions", SUBMISSION, mine, None)
    assert not merged.deleted
    assert merged.data == mine
    assert merged.conflicts == (FieldConflict("", SUBMISSION, mine, None),)


def test_a_record_deleted_here_and_changed_there_is_asked_and_stays_away() -> None:
    theirs = {**SUBMISSION, "score": 6.0}
    merged = merging.merge_lives("submissions", SUBMISSION, None, theirs)
    assert merged.deleted
    assert merged.conflicts == (FieldConflict("", SUBMISSION, None, theirs),)


@pytest.mark.parametrize(("mine", "theirs"), [(None, None), (SUBMISSION, None), (None, SUBMISSION)])
def test_a_deletion_that_nothing_stands_against_just_holds(mine: Any, theirs: Any) -> None:
    merged = merging.merge_lives("submissions", SUBMISSION, mine, theirs)
    assert merged.deleted
    assert merged.conflicts == ()


def test_two_records_made_apart_under_one_id_ask_only_where_they_differ() -> None:
    mine = {"given_name": "Ana", "note": "", "class_ids": ["a"], "email": ""}
    theirs = {"given_name": "Ana", "note": "likes maps", "class_ids": ["b"], "email": ""}
    merged = merging.merge_lives("students", None, mine, theirs)
    assert merged.conflicts == ()
    assert merged.data == {**theirs, "class_ids": ["a", "b"]}


def test_a_state_made_twice_asks_even_where_one_side_left_the_default() -> None:
    mine, theirs = {"day": "2026-11-02", "state": "present"}, {"day": "2026-11-02", "state": "late"}
    merged = merging.merge_lives("attendance", None, mine, theirs)
    assert [conflict.field for conflict in merged.conflicts] == ["state"]


def test_a_collection_of_the_future_merges_field_by_field() -> None:
    merged = merging.merge("seating_plans", {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3})
    assert merged == merging.Merged({"a": 2, "b": 3})


def test_every_field_has_a_rule() -> None:
    for collection, shape in records.COLLECTIONS.items():
        for field in shape.__struct_fields__:
            assert isinstance(records.merge_rule(collection, field), records.Merge)


def _plain(data: bytes) -> Any:
    return {field: value for field, value in data.items() if value is not None}
