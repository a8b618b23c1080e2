"""The checks find what makes a quiz wrong or unfair, and let a fair one pass."""

from fractions import Fraction

import pytest

from desktop.classroom.questions import Question
from desktop.lessons import reading
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


def short(prompt: str, answer: str, id_: str) -> Question:
    return question(prompt, [answer, "something else", "nothing"], answer, id_)


def truth(statement: str, answer: str, id_: str) -> Question:
    return Question(
        id=id_, kind="true_false", prompt=f"True or false? {statement}", answer=answer,
        explanation="Because.",
    )  # fmt: skip


def test_two_that_ask_the_same_in_other_words_are_found() -> None:
    first = short("Which part of a plant takes in water from the soil?", "the root", "q1")
    again = short("Which part of the plant takes in water from the soil?", "the root", "q2")
    assert rules(first, again) == [("alike", False)]
    assert "asks the same as 'Which part of a plant" in check([first, again])[0].text


def test_other_numbers_or_another_answer_make_another_question() -> None:
    first = short("How many legs have 3 spiders and 2 ants together in all?", "36", "q1")
    numbers = short("How many legs have 2 spiders and 3 ants together in all?", "36", "q2")
    answer = short("How many legs have 3 spiders and 2 ants together at all?", "63", "q3")
    assert rules(first, numbers, answer) == []


def test_an_answer_that_the_question_names_is_found() -> None:
    told = question("Where do polar bears of the Arctic live?", ["Arctic", "Sahara"], "Arctic")
    assert rules(told) == [("told", False)]
    both = question("Is the Arctic or the Sahara colder?", ["Arctic", "Sahara"], "Arctic")
    part = question("What is arctical ice?", ["Arctic", "Sahara"], "Arctic")
    assert rules(both) == rules(part) == []


def test_true_or_false_that_is_nearly_always_true_is_a_pattern() -> None:
    said = [truth(f"Fact number {number} holds.", "true", f"q{number}") for number in range(6)]
    assert rules(*said) == [("truth", False)]
    turned = [*said[:4], *(truth(f"{one.prompt} Not", "false", one.id) for one in said[4:])]
    assert rules(*turned) == []
    assert rules(*said[:4]) == []


HARD = (
    "Considering the interdependence of photosynthetic organisms and atmospheric composition, "
    "which characteristic consequence of accelerating industrialization predominantly "
    "determines contemporary environmental transformation across continental ecosystems"
)


def test_a_quiz_that_reads_far_above_its_grade_is_found() -> None:
    quiz = [short(f"{HARD} in case {'abcdef'[n]}?", f"answer {n}", f"q{n}") for n in range(6)]
    found = [one for one in check(quiz, grade_level=4) if one.rule == "reading"]
    assert [one.severe for one in found] == [False]
    assert "(Flesch-Kincaid), the lesson is for grade 4" in found[0].text


def test_reading_is_not_judged_when_short_or_not_in_english_or_without_a_grade() -> None:
    quiz = [short(f"{HARD} in case {'abcdef'[n]}?", f"answer {n}", f"q{n}") for n in range(6)]
    for told in (check(quiz[:2], grade_level=1), check(quiz, grade_level=1, language="es"),
                 check(quiz)):  # fmt: skip
        assert not [one for one in told if one.rule == "reading"]


def test_the_grade_of_a_text_follows_the_published_formula() -> None:
    text = "The cat sat on the mat. " * 20
    # 120 words of one syllable in 20 sentences.
    assert reading.grade(text) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert reading.grade("The cat sat. " * 10) is None
    assert [reading.syllables_in(word) for word in ("cat", "water", "photosynthesis")] == [1, 2, 5]
