"""The answers of the mathematics templates, worked out again from the words of the question."""

import itertools
import math
import random
import re
import statistics
from collections.abc import Iterator
from fractions import Fraction

import pytest

from desktop.lessons import quiz_checks
from desktop.lessons.templates import catalogue
from desktop.lessons.templates.topic import Draft, Topic

EACH = 400
MATHEMATICS = [topic for topic in catalogue.topics() if topic.subject == "mathematics"]
TOPICS = pytest.mark.parametrize("topic", MATHEMATICS, ids=lambda topic: topic.id)


def drawn(topic_id: str, containing: str) -> Iterator[Draft]:
    topic = next(topic for topic in catalogue.topics() if topic.id == topic_id)
    found = 0
    for seed, grade in enumerate(range(topic.grades[0], topic.grades[1] + 1)):
        for draft in itertools.islice(topic.drafts(random.Random(seed), grade), EACH):
            if containing in draft.prompt:
                found += 1
                yield draft
    assert found > 20, f"{topic_id} asks no '{containing}'"


def numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"-?\d+", text)]


def answer(draft: Draft) -> str:
    return draft.right if isinstance(draft.right, str) else draft.right[0]


@TOPICS
def test_plain_sums_come_out_right(topic: Topic) -> None:
    for draft in itertools.islice(topic.drafts(random.Random(11), topic.grades[0]), EACH):
        value = quiz_checks.recomputed(draft.prompt)
        if value is not None:
            assert Fraction(answer(draft)) == value, draft.prompt


@TOPICS
def test_no_wrong_choice_is_the_right_value_in_other_words(topic: Topic) -> None:
    for draft in itertools.islice(topic.drafts(random.Random(5), topic.grades[1]), EACH):
        if re.fullmatch(r"-?\d+(/\d+|\.\d+)?", answer(draft)):
            for wrong in draft.wrong:
                if re.fullmatch(r"-?\d+(/[1-9]\d*|\.\d+)?", wrong):
                    assert Fraction(wrong) != Fraction(answer(draft)), draft


def test_linear_equations_hold_for_their_answers() -> None:
    for draft in drawn("linear_equations", "Solve for x:"):
        x = int(answer(draft))
        sides = draft.prompt.removeprefix("Solve for x: ").split(" = ")
        shown = [re.sub(r"(\d*)x", lambda found: f"{found[1] or 1}*x", side) for side in sides]
        left, right = (eval(side, {"x": x}) for side in shown)
        assert left == right, draft


def test_factored_quadratics_multiply_out_to_what_was_asked() -> None:
    for draft in drawn("quadratics", "Factor:"):
        for x in (-3, 0, 2, 10):
            asked = draft.prompt.removeprefix("Factor: ").replace("x²", "x*x")
            asked = re.sub(r"(\d+)x", r"\1*x", asked)
            factored = answer(draft).replace(")(", ")*(")
            assert eval(asked, {"x": x}) == eval(factored, {"x": x}), draft
            for wrong in draft.wrong:
                assert any(
                    eval(asked, {"x": at}) != eval(wrong.replace(")(", ")*("), {"x": at})
                    for at in (0, 1, 2)
                ), draft


def test_solutions_of_quadratics_solve_them() -> None:
    for draft in drawn("quadratics", "solutions of"):
        asked = re.search(r"of (x².*) = 0", draft.prompt)
        assert asked
        shown = re.sub(r"(\d+)x", r"\1*x", asked[1].replace("x²", "x*x"))
        if "product" in draft.prompt:
            continue
        for x in numbers(answer(draft)):
            assert eval(shown, {"x": x}) == 0, draft
        for wrong in draft.wrong:
            assert any(eval(shown, {"x": x}) != 0 for x in numbers(wrong)), draft


def test_the_fraction_further_right_is_the_larger_one() -> None:
    for draft in drawn("fractions_number_line", "further to the right"):
        shown = [Fraction(found) for found in re.findall(r"\d+/\d+", draft.prompt)]
        assert Fraction(answer(draft)) == max(shown)


def test_equal_fractions_are_equal_and_the_others_are_not() -> None:
    for draft in drawn("fractions_number_line", "at the same point as"):
        asked = Fraction(re.findall(r"\d+/\d+", draft.prompt)[0])
        assert Fraction(answer(draft)) == asked
        assert all(Fraction(wrong) != asked for wrong in draft.wrong)


@pytest.mark.parametrize(
    ("topic", "containing"),
    [
        ("fractions_number_line", "in order from left"),
        ("decimals", "in order"),
        ("integers", "in order"),
        ("place_value", "in order"),
        ("statistics", "least likely first"),
    ],
)
def test_things_in_order_are_in_order(topic: str, containing: str) -> None:
    for draft in drawn(topic, containing):
        values = [Fraction(one) for one in draft.right]
        assert values == sorted(values)
        assert len(set(values)) == len(values)


@pytest.mark.parametrize(
    ("asked", "measure"),
    [
        ("What is the mean", statistics.mean),
        ("What is the median", statistics.median),
        ("What is the mode", statistics.mode),
        ("What is the range", lambda values: max(values) - min(values)),
    ],
)
def test_data_are_measured_rightly(asked: str, measure: object) -> None:
    for draft in drawn("statistics", asked):
        assert float(answer(draft)) == measure(numbers(draft.prompt))  # type: ignore[operator]


def test_dice_are_counted_rightly() -> None:
    for draft in drawn("statistics", "Two fair dice"):
        total = numbers(draft.prompt)[0]
        ways = sum(a + b == total for a, b in itertools.product(range(1, 7), repeat=2))
        assert Fraction(answer(draft)) == Fraction(ways, 36)
        assert Fraction(ways, 36) not in map(Fraction, draft.wrong)


def test_true_or_false_about_sums_is_true_or_false() -> None:
    for draft in drawn("add_subtract_20", "True or false?"):
        left, right = draft.prompt.removeprefix("True or false? ").split(" = ")
        assert answer(draft) == str(eval(left) == int(right)).lower()


def test_right_triangles_close() -> None:
    for draft in drawn("pythagoras", "How long is the hypotenuse"):
        a, b = numbers(draft.prompt)
        assert numbers(answer(draft)) == [math.isqrt(a * a + b * b)]
        assert numbers(answer(draft))[0] ** 2 == a * a + b * b


def test_slopes_through_two_points_fit_both() -> None:
    for draft in drawn("slope", "through ("):
        x1, y1, x2, y2 = numbers(draft.prompt)
        assert Fraction(answer(draft)) == Fraction(y2 - y1, x2 - x1)
        assert all(Fraction(wrong) != Fraction(answer(draft)) for wrong in draft.wrong)


def test_slopes_of_curves_agree_with_small_steps() -> None:
    for draft in drawn("derivatives", "What is the slope of"):
        found = re.search(r"y = (\d*)x² \+ (\d*)x at x = (\d+)", draft.prompt)
        assert found
        a, b, x = (int(number or 1) for number in found.groups())
        step = Fraction(1, 1_000)
        rise = a * ((x + step) ** 2 - (x - step) ** 2) + b * 2 * step
        assert int(answer(draft)) == rise / (2 * step)


def test_radians_are_degrees_times_pi_over_180() -> None:
    for draft in drawn("trigonometry", "in radians"):
        degrees = numbers(draft.prompt)[0]
        for shown in (answer(draft), *draft.wrong):
            top, _, below = shown.replace("π", "").partition("/")
            value = Fraction(int(top or 1), int(below or 1))
            assert (value == Fraction(degrees, 180)) == (shown == answer(draft)), draft


def test_discounts_leave_the_rest_of_the_price() -> None:
    for draft in drawn("ratios", "new price"):
        price, percent = numbers(draft.prompt)
        assert numbers(answer(draft))[0] * 100 == price * (100 - percent)


def test_statements_about_the_same_area_are_false_as_marked() -> None:
    for draft in drawn("area_perimeter", "the same area"):
        a, b, c, d = numbers(draft.prompt)
        assert (a + b == c + d and a * b == c * d) is (answer(draft) == "true")


def test_binary_numbers_are_read_and_written_as_python_does() -> None:
    for draft in drawn("binary_numbers", "Which decimal number"):
        assert int(answer(draft)) == int(draft.prompt.split()[-1].rstrip("?"), 2)
        assert all(int(wrong) != int(answer(draft)) for wrong in draft.wrong)
    for draft in drawn("binary_numbers", "as a binary number"):
        assert int(answer(draft), 2) == numbers(draft.prompt)[0]
    for draft in drawn("binary_numbers", "odd number"):
        assert answer(draft) == str(int(draft.prompt.split()[4], 2) % 2 == 1).lower()
    for draft in drawn("binary_numbers", "bits show"):
        assert int(answer(draft)) == 2 ** numbers(draft.prompt)[0]
    for draft in drawn("binary_numbers", "from the right worth"):
        assert int(answer(draft)) == 2 ** (numbers(draft.prompt)[0] - 1)


def test_years_on_time_lines_are_counted_right() -> None:
    def place(year: str) -> int:
        return -int(year.split()[0]) if year.endswith("BCE") else int(year.split()[0])

    for draft in drawn("time_lines", "In which century"):
        (year,) = numbers(draft.prompt)
        century = numbers(answer(draft))[0]
        assert 100 * (century - 1) < year <= 100 * century
    for draft in drawn("time_lines", "on a time line"):
        assert list(draft.right) == sorted(draft.right, key=place)
    for draft in drawn("time_lines", "BCE is earlier"):
        first, second = numbers(draft.prompt)
        assert answer(draft) == str(first > second).lower()
    for draft in drawn("time_lines", "How many years is that"):
        begun, ended = numbers(draft.prompt)
        assert int(answer(draft)) == ended - begun
