"""A package is trusted once it is loaded, and whatever is wrong with one is said in a sentence."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import CompanionError
from desktop.lessons import package
from desktop.lessons.package import InvalidPackage, load, migrated
from tests.lessons import made

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "lesson-package.schema.json"


NO_ENVIRONMENT = (
    "World, environment: this should be one of 'classroom', 'laboratory', 'outdoor', "
    "'historical', 'futuristic', 'underwater', 'space_station', 'fantasy' or 'custom'."
)
LONELY_ROW = "The lesson: the row 'Number line from 0 to 1 in fourths' needs at least two labels."
STRANGE_ID = "World, zone 1, id: this is not written as it should be."


def sentences(data: Any) -> list[str]:
    with pytest.raises(InvalidPackage) as caught:
        load(data)
    return caught.value.sentences


def test_a_package_survives_being_written_and_read() -> None:
    lesson = made.fractions()
    assert load(package.dump(lesson)) == lesson
    assert load(lesson.model_dump()) == lesson


def test_the_published_json_schema_is_the_one_that_is_enforced() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == package.json_schema()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (["title"], 5, "Title: this should be text."),
        (["title"], "", "Title: this is empty."),
        (["title"], "x" * 201, "Title: this is longer than 200 characters."),
        (["title"], "two\u0000", "Title: there are control characters in it."),
        (["activities", 1, "minutes"], "9", "Activity 2, minutes: this should be a whole number."),
        (
            ["activities", 1, "minutes"],
            8,
            "The lesson: the activities take 44 minutes, the lesson takes 45.",
        ),
        (
            ["world", "environment"],
            "moon",
            NO_ENVIRONMENT,
        ),
        (
            ["world", "signs", 0, "zone"],
            "nowhere",
            "The lesson: 'A fraction is a point' stands in a zone that does not exist.",
        ),
        (
            ["world", "zones", 2, "question_ids"],
            ["q99"],
            "The lesson: the world asks question 'q99', which the quiz does not have.",
        ),
        (["world", "zones", 0, "id"], "../x", STRANGE_ID),
        (["quiz", 0, "answer"], "7/9", "Question 1: the answer is not one of the choices."),
        (["quiz", 1, "id"], "q1", "The lesson: two of the questions have the same id 'q1'."),
        (["world", "objects", 0, "labels"], ["0"], LONELY_ROW),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(path: list[Any], value: Any, sentence: str) -> None:
    spoiled = made.fields()
    spot: Any = spoiled
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = value
    assert sentence in sentences(spoiled)


def test_what_is_missing_and_what_is_unknown_are_both_named() -> None:
    spoiled = made.fields()
    del spoiled["world"]
    spoiled["on_load"] = "os.exit()"
    assert sentences(spoiled) == [
        "World: this is missing.",
        "On load: lessons have no such field.",
    ]


def test_many_faults_end_in_a_count_rather_than_in_a_flood() -> None:
    told = sentences({**made.fields(), **{f"extra{n}": n for n in range(40)}})
    assert len(told) == 11
    assert told[-1] == "And 30 more."


def test_a_newer_lesson_asks_for_an_update_of_the_companion() -> None:
    told = sentences({**made.fields(), "schema_version": 3})
    assert told[0] == "This lesson was made by a newer Companion (lesson format 3)."


@pytest.mark.parametrize("version", [None, "1", 0, -1, 1.0, True, []])
def test_a_lesson_without_a_version_is_none(version: Any) -> None:
    assert sentences({**made.fields(), "schema_version": version}) == [
        "This file does not say which version of a lesson it is."
    ]


def test_an_old_lesson_is_lifted_step_by_step() -> None:
    steps = {1: lambda old: {**old, "b": old["a"]}, 2: lambda old: {**old, "c": old["b"] + 1}}
    assert migrated({"schema_version": 1, "a": 1}, steps, 3) == {
        "schema_version": 3, "a": 1, "b": 1, "c": 2,
    }  # fmt: skip


def test_a_version_that_nobody_can_lift_any_more_is_refused() -> None:
    with pytest.raises(InvalidPackage, match="Lessons of format 1 can no longer be read"):
        migrated({"schema_version": 1}, {}, 2)


def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    lesson = package.dump(made.fractions())
    assert sentences(lesson.replace("Fractions", "x" * 10_000_000)) == [
        "This lesson is larger than 2 MB, which is more than can be read."
    ]


@pytest.mark.parametrize(
    "text",
    ["", "not json", "{", "[" * 100_000, '{"a":' * 100_000, "NaN", '{"a": Infinity}', b"\xff"],
    ids=["empty", "words", "brace", "lists", "objects", "nan", "infinity", "bytes"],
)
def test_what_is_no_json_is_said_to_be_none(text: str | bytes) -> None:
    assert len(sentences(text)) == 1


@pytest.mark.parametrize("text", ["[]", "5", "null", '"lesson"', "true"])
def test_json_that_is_no_object_is_no_lesson(text: str) -> None:
    assert sentences(text) == ["This file holds something other than a lesson."]


def test_deep_data_that_came_without_json_is_refused_too() -> None:
    deep: dict[str, Any] = {}
    for _ in range(5_000):
        deep = {"a": deep}
    assert sentences({**made.fields(), "world": deep}) == [
        "This lesson is nested too deeply to be one."
    ]


def test_half_a_surrogate_pair_is_a_fault_and_no_crash() -> None:
    text = package.dump(made.fractions()).replace("Fractions on", "\\ud800", 1)
    assert sentences(text)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(field=st.sampled_from(sorted(made.fields())), value=anything)
def test_any_value_in_any_field_is_taken_or_ends_in_sentences(field: str, value: Any) -> None:
    told = "taken."
    try:
        load({**made.fields(), field: value})
    except CompanionError as error:
        told = str(error)
    assert told.endswith(".")


def test_the_same_package_is_written_the_same() -> None:
    lesson = made.fractions()
    shuffled = json.loads(package.dump(lesson))
    assert package.dump(load(dict(reversed(shuffled.items())))) == package.dump(lesson)
