"""What is wrong in one way only is put right and told; what takes sense is sent back."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.lessons import generation
from desktop.lessons.providers import Draft, Event, PartMade, Stage, corrections, drafts, rules
from desktop.lessons.request import LessonRequest, QuizRequest
from tests.lessons.providers import answers
from tests.lessons.providers.fake import FakeProvider, Reply
from tests.lessons.providers.test_written_lessons import at, fail, make, revise

CHOICE: dict[str, Any] = answers.QUIZ["questions"][0]


def asked(**fields: Any) -> drafts.QuestionForm:
    return drafts.QuestionForm.model_validate({**CHOICE, **fields})


def put_right(**fields: Any) -> tuple[list[str], list[str]]:
    """The choices and the answer that a question comes to."""
    made = corrections.question(asked(**fields)).value
    return made.choices, made.answer


def notes_of(told: list[Event]) -> str:
    return generation.package_of(told[-1]).teacher_notes


@given(st.lists(st.integers(1, 480), min_size=1, max_size=12), st.integers(12, 480))
def test_minutes_are_shared_out_whole_and_in_proportion(weights: list[int], total: int) -> None:
    shares = corrections.apportioned(weights, total)
    assert sum(shares) == total
    assert min(shares) >= 1
    pairs = sorted(zip(weights, shares, strict=True))
    assert [share for _, share in pairs] == sorted(shares)
    if sum(weights) == total:
        assert shares == weights


def test_minutes_are_shared_out_by_largest_remainder() -> None:
    assert corrections.apportioned([1, 1, 1, 1], 45) == [12, 11, 11, 11]
    assert corrections.apportioned([10, 25], 45) == [13, 32]
    assert corrections.apportioned([1, 1, 480], 15) == [1, 1, 13]


async def test_minutes_that_do_not_add_up_cost_no_second_question(
    fake: FakeProvider, config: Any
) -> None:
    short = {**answers.OUTLINE, "activities": answers.OUTLINE["activities"][:2]}
    fake.script = at("outline", Reply(json.dumps(short)))
    told = await make(config())
    made = generation.package_of(told[-1])
    assert fake.stages().count("outline") == 1
    assert [step.minutes for step in made.activities] == [13, 32]
    assert made.teacher_notes == (
        "Some students think that clouds are smoke.\n\nPut right by the Companion, please look "
        "at it: The minutes of the steps were adjusted to add up to 45."
    )
    (outline,) = [one for one in told if isinstance(one, Stage) and one.name == "outline"]
    assert outline.words.endswith("The minutes of the steps were adjusted to add up to 45.")
    kept = next(one.value for one in told if isinstance(one, Draft) and one.stage == "outline")
    assert [step["minutes"] for step in kept["activities"]] == [10, 25]  # as the model wrote it


async def test_a_lesson_in_order_has_no_such_notes(fake: FakeProvider, config: Any) -> None:
    assert notes_of(await make(config())) == answers.OUTLINE["teacher_notes"]
    assert fake.stages()


async def test_revised_steps_are_made_to_add_up_too(fake: FakeProvider, config: Any) -> None:
    fake.script = at("revise", Reply(json.dumps({"value": answers.OUTLINE["activities"][:2]})))
    told = await revise(config(), "activities")
    assert [step.minutes for step in generation.package_of(told[-1]).activities] == [13, 32]
    assert told[-1].words.endswith("adjusted to add up to 45.")  # type: ignore[union-attr]


def test_more_steps_than_minutes_are_sent_back() -> None:
    steps = [drafts.ActivityForm.model_validate(answers.OUTLINE["activities"][0])] * 3
    assert corrections.activities(steps, 2).value == steps
    assert rules.minutes(steps, 2) == [
        "Activities: there are 3 steps for 2 minutes; make them fewer."
    ]
    assert rules.minutes(steps, 3) == []


def test_what_stands_there_twice_stands_there_once() -> None:
    term = answers.OUTLINE["vocabulary"][0]
    twice = {**answers.OUTLINE, "vocabulary": [term, {**term, "term": "Vapour "}]}
    corrected = corrections.outline(drafts.Outline.model_validate(twice), 45)
    assert [one.term for one in corrected.value.vocabulary] == ["vapour"]
    assert corrected.notes == ("1 word that stood there twice: left out.",)


def test_a_row_without_things_to_put_in_a_row_is_an_exhibit() -> None:
    row = {"zone": 1, "kind": "row", "title": "Rain", "labels": ["one"]}
    lost, told = ({**row, "text": text} for text in ("", "It falls."))
    corrected = corrections.things(drafts.Things.model_validate({"objects": [lost, told]}))
    assert [one.kind for one in corrected.value.objects] == ["row", "exhibit"]
    assert corrected.notes == ("'Rain' has nothing to put in a row: it is shown as an exhibit.",)


@pytest.mark.parametrize(
    ("choices", "said", "meant"),
    [
        (["Heat", "Cold", "Wind"], "heat.", "Heat"),
        (["Heat", "Cold", "Wind"], "B", "Cold"),
        (["Heat", "Cold", "Wind"], "(c)", "Wind"),
        (["Heat", "Cold", "Wind"], "b) Cold", "Cold"),
        (["A) Heat", "B) Cold"], "A) Heat", "Heat"),
        (["a. Heat", "b. Cold"], "b", "Cold"),
        (["(1) Heat", "(2) Cold"], "2)", "Cold"),
        (["Heat", "Cold", "Cold"], "Cold", "Cold"),
        (["for i in x:\n    print(i)", "print(x)"], "A", "for i in x:\n    print(i)"),
    ],
)
def test_a_choice_that_is_meant_is_found(choices: list[str], said: str, meant: str) -> None:
    shown, answer = put_right(choices=choices, answer=[said])
    assert answer == [meant]
    assert meant in shown
    assert not any(one.startswith(("A)", "a.", "(1)")) for one in shown)
    assert len(set(shown)) == len(shown)
    assert rules.quiz(drafts.Quiz(questions=[asked(choices=choices, answer=[said])]), 1,
                      ["multiple_choice"]) == []  # fmt: skip


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (["Heat", "Cold"], "Magic"),
        (["Heat", "Cold"], "D"),
        (["Heat", "Cold"], "b) Heat"),
        (["10", "20"], "2"),
        (["polish", "Polish"], "POLISH"),
        ([".5", "50"], "5"),
        (["B", "C"], "A"),
        (["1. May", "2. May"], "1"),
        (["Heat", "Cold"], "0)"),
        (["for i in x:\n    print(i)", "print(x)"], "print(i)"),
        (["Same", "Same"], "Same"),
    ],
)
def test_a_choice_that_may_be_meant_is_not_guessed(choices: list[str], said: str) -> None:
    assert put_right(choices=choices, answer=[said]) == (choices, [said])
    quiz = drafts.Quiz(questions=[asked(choices=choices, answer=[said])])
    assert rules.quiz(quiz, 1, ["multiple_choice"])


def test_two_right_choices_are_never_made_one() -> None:
    quiz = drafts.Quiz(questions=[asked(answer=["Heat", "Cold"])])
    assert rules.quiz(quiz, 1, ["multiple_choice"]) == [
        "Question 1: it has 2 answers, and needs one."
    ]


@pytest.mark.parametrize(
    ("said", "meant"), [("True.", "true"), ("falso", "false"), ("No", "false"), ("maybe", "maybe")]
)
def test_true_and_false_are_known_in_other_words(said: str, meant: str) -> None:
    assert put_right(kind="true_false", answer=[said]) == ([], [meant])


def test_an_order_may_be_told_by_letters() -> None:
    choices = ["rain", "vapour", "cloud"]
    assert put_right(kind="ordering", choices=choices, answer=["B", "C", "A"]) == (
        choices, ["vapour", "cloud", "rain"],
    )  # fmt: skip


async def test_what_was_read_into_an_answer_is_told(fake: FakeProvider, config: Any) -> None:
    first, *rest = answers.QUIZ["questions"]
    fake.script = at("quiz", Reply(json.dumps({"questions": [{**first, "answer": ["A"]}, *rest]})))
    told = await make(config())
    note = "Question 1: 'A' was read as the choice 'Heat'."
    assert notes_of(told).endswith(f"please look at it: {note}")
    assert [one.value for one in told if isinstance(one, PartMade) and one.name == "teacher_notes"][
        -1
    ] == notes_of(told)
    assert fake.stages().count("quiz") == 1


async def test_a_wrong_answer_is_still_refused(fake: FakeProvider, config: Any) -> None:
    spoiled = [{**one, "answer": ["Magic"]} for one in answers.QUIZ["questions"][:1]]
    quiz = {"questions": [*spoiled, *answers.QUIZ["questions"][1:]]}
    fake.script = at("quiz", *[Reply(json.dumps(quiz))] * 9)
    problem, _ = await fail(config())
    assert "the answer is not one of the choices" in str(problem)


@pytest.mark.parametrize(("said", "shown"), [("#2F6DB5", "#2f6db5"), ("blue", "#4f86c6")])
def test_a_colour_is_never_a_reason_to_ask_again(said: str, shown: str) -> None:
    thing = {**answers.THINGS["objects"][0], "colour": said}
    assert drafts.ThingForm.model_validate(thing).colour == shown


def test_the_schema_is_as_narrow_as_the_request() -> None:
    request = LessonRequest(
        topic="rain", grade_level=4, duration_minutes=30,
        quiz=QuizRequest(questions=3, kinds=["true_false", "ordering"]),
    )  # fmt: skip
    done = {"world": answers.WORLD}
    quiz = rules.schema_of("quiz", request, done)
    questions = quiz["properties"]["questions"]
    assert (questions["minItems"], questions["maxItems"]) == (3, 3)
    truth, order = quiz["$defs"]["QuestionForm"]["anyOf"]
    assert [one["properties"]["kind"]["enum"] for one in (truth, order)] == [
        ["true_false"], ["ordering"],
    ]  # fmt: skip
    assert {one["properties"]["zone"]["maximum"] for one in (truth, order)} == {4}
    assert truth["properties"]["answer"]["items"]["enum"] == ["true", "false"]
    assert "choices" not in truth["properties"]
    assert order["properties"]["choices"]["minItems"] == 2
    assert "choices" in order["required"]
    things = rules.schema_of("interactions", request, done)
    assert things["$defs"]["ThingForm"]["properties"]["zone"]["maximum"] == 4
    outline = rules.schema_of("outline", request, done)
    assert outline["$defs"]["ActivityForm"]["properties"]["minutes"]["maximum"] == 30


async def test_the_narrow_schema_is_what_the_provider_gets(fake: FakeProvider, config: Any) -> None:
    await make(config())
    (asked_for,) = [one for one in fake.requests if answers.stage_of(one) == "quiz"]
    schema = asked_for["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["questions"]["maxItems"] == 3
