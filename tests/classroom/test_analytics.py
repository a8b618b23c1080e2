"""Mastery, the at-risk rule and averages: figures with their n, and reasons in words."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.classroom import analytics
from desktop.classroom.analytics import Average, Mastery, Pupil

NOW = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)


def test_fewer_than_five_answers_are_not_enough_yet() -> None:
    assert analytics.mastery([True] * 4) == Mastery(None, 4)
    assert analytics.mastery([True] * 4).words == "not enough yet (4 answers)"
    assert analytics.mastery([True]).words == "not enough yet (1 answer)"
    assert analytics.mastery([True] * 5) == Mastery(1.0, 5)
    assert analytics.mastery([True] * 5).words == "100% of 5 answers"


def test_an_answer_counts_half_after_ten_more() -> None:
    # Ten wrong, then ten right: the wrong ones weigh exactly half of the right ones.
    assert analytics.mastery([False] * 10 + [True] * 10).share == pytest.approx(2 / 3)


@given(st.lists(st.booleans(), min_size=5, max_size=60))
def test_mastery_is_a_share_and_a_right_answer_never_lowers_it(answers: list[bool]) -> None:
    share = analytics.mastery(answers).share
    assert 0 <= share <= 1
    assert analytics.mastery([*answers, True]).share >= share
    assert analytics.mastery([*answers, False]).share <= share


@given(st.lists(st.booleans(), min_size=5, max_size=60))
def test_mastery_follows_its_definition(answers: list[bool]) -> None:
    weights = [0.5 ** (age / 10) for age in range(len(answers))][::-1]
    right = sum(weight for weight, answer in zip(weights, answers, strict=True) if answer)
    assert analytics.mastery(answers).share == pytest.approx(right / sum(weights))


def _pupil(quiet_days: Any = 0, share: Any = 0.9, average: Any = None, graded: Any = 0) -> Any:
    last = None if quiet_days is None else NOW - dt.timedelta(days=quiet_days)
    return Pupil(last, Mastery(share, 20), Average(average, graded))


@pytest.mark.parametrize(
    ("pupil", "reason"),
    [
        (_pupil(7, 0.55), "no activity for 7 days and mastery at 55%, below 60%"),
        (_pupil(6, 0.55), None),
        (_pupil(7, 0.6), None),
        (_pupil(7, None), None),
        (_pupil(14, 0.9), "no activity for 14 days"),
        (_pupil(None, None), "no activity yet"),
        (_pupil(0, 0.9, 0.39, 3), "an average of 39% over 3 graded pieces of work"),
        (_pupil(0, 0.9, 0.2, 2), None),
        (_pupil(0, 0.9, 0.4, 5), None),
    ],
)
def test_a_student_is_at_risk_by_a_rule_that_can_be_read(pupil: Pupil, reason: str | None) -> None:
    assert analytics.at_risk(pupil, NOW) == reason


def test_holidays_put_nobody_at_risk() -> None:
    quiet = _pupil(60, 0.2)
    assert analytics.at_risk(quiet, class_activity=NOW - dt.timedelta(days=58)) is None
    assert analytics.at_risk(quiet, class_activity=None) is None


def test_the_rule_says_its_own_numbers() -> None:
    rule = analytics.Rule(quiet_days=3, mastery_below=0.4)
    assert "No activity for 3 days and mastery below 40%" in rule.words
    assert analytics.at_risk(_pupil(3, 0.3), NOW, rule)


def test_an_average_comes_with_its_n() -> None:
    assert analytics.average([]) == Average(None, 0)
    assert analytics.average([0.5, 1.0]) == Average(0.75, 2)
