"""The checks find what makes a quiz wrong or unfair, and let a fair one pass."""

from fractions import Fraction

import pytest

from desktop.classroom.questions import Question
from desktop.lessons.quiz_checks import check, recomputed
from tests.lessons import made


def question(prompt: str, choices: list[str], answer: str, id_: str = "q1") -> Question:
    return Question(
        id=id_, kind="multiple_choice", prompt=prompt, choices=choices, answer=answer,
        explanation="Because.",
    )  # fmt: skip


def rules(*quiz: Question) -> list[tuple[str, bool]]:
    return [(finding.rule, finding.severe) for finding in check(quiz)]


def test_a_fair_quiz_passes() -> None:
    assert check(made.fractions().quiz) == []


def test_a_wrong_sum_is_found() -> None:
    assert rules(question("What is 7 × 8?", ["54", "56", "58"], "54")) == [("arithmetic", True)]
    assert rules(question("What is 7 × 8?", ["54", "56", "58"], "56")) == []


@pytest.mark.parametrize(
    ("prompt", "value"),
    [
        ("What is 12 + 30?", Fraction(42)),
        ("Calculate 3 - 10", Fraction(-7)),
        ("What is 4 - (-3)?", Fraction(7)),
        ("What is 12 ÷ 5?", Fraction(12, 5)),
        ("What is 1/4 + 2/4?", Fraction(3, 4)),
        ("What is 2.5 × 4?", Fraction(10)),
        ("What is 15% of 60?", Fraction(9)),
        ("What is 5 ÷ 0?", None),
        ("What is photosynthesis?", None),
    ],
)
def test_plain_sums_are_worked_out_again(prompt: str, value: Fraction | None) -> None:
    assert recomputed(prompt) == value


def test_a_second_right_choice_is_found() -> None:
    assert rules(question("Which number is a half?", ["1/2", "0.5", "2"], "1/2")) == [
        ("choices", True)
    ]


def test_choices_that_differ_only_in_spaces_are_found() -> None:
    assert rules(question("Which?", ["a  b", "a b", "c"], "c")) == [("choices", True)]


def test_choices_that_differ_in_case_are_different_for_alleles() -> None:
    assert rules(question("Which genotype?", ["Tt", "TT", "tt"], "Tt")) == []


def test_the_same_question_twice_is_found() -> None:
    quiz = [question("Which?", ["a", "b"], "a", f"q{n}") for n in (1, 2)]
    assert rules(*quiz) == [("duplicate", True)]


def test_a_missing_explanation_is_mentioned_but_not_severe() -> None:
    bare = question("Which?", ["a", "b"], "a").model_copy(update={"explanation": " "})
    assert rules(bare) == [("explanation", False)]


def test_an_answer_that_is_far_longer_than_the_rest_gives_itself_away() -> None:
    long = "because the air up there is colder than the air below"
    assert rules(question("Why?", [long, "no reason", "wind"], long)) == [("length", False)]
    assert rules(question("Why?", [long, "because it is nearer to the sun", "wind"], long)) == []


def test_answers_that_all_stand_in_one_place_are_a_pattern() -> None:
    quiz = [question(f"Which {n}?", ["a", "b", "c"], "b", f"q{n}") for n in range(6)]
    assert rules(*quiz) == [("position", False)]
    mixed = [question(f"Which {n}?", ["a", "b", "c"], "abc"[n % 3], f"q{n}") for n in range(6)]
    assert rules(*mixed) == []
