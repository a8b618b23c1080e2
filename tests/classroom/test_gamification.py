"""Levels, streaks, leaderboards: the product's own words, tried at their edges."""

import datetime as dt
import zoneinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.classroom import gamification
from desktop.classroom.gamification import Place, Standing

MADRID = zoneinfo.ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("xp", "level"), [(-50, 1), (0, 1), (99, 1), (100, 2), (299, 2), (300, 3), (599, 3), (600, 4)]
)
def test_levels_begin_at_100_300_600(xp: int, level: int) -> None:
    assert gamification.level(xp) == level


@given(st.integers(0, 10**12))
def test_a_level_holds_the_xp_from_its_start_to_the_next(xp: int) -> None:
    level = gamification.level(xp)
    assert gamification.level_start(level) <= xp < gamification.level_start(level + 1)
    assert gamification.level(xp + gamification.xp_to_next(xp)) == level + 1


def test_a_level_starts_at_a_hundred_times_n_times_n_less_one_halved() -> None:
    assert [gamification.level_start(n) for n in (1, 2, 3, 4, 5)] == [0, 100, 300, 600, 1000]


def _days(*numbers: Any) -> Any:
    return {dt.date(2026, 11, number) for number in numbers}


@pytest.mark.parametrize(
    ("active", "lessons", "streak"),
    [
        (_days(), _days(2, 3), 0),
        (_days(2, 3, 4, 5), _days(2, 3, 4, 5), 4),
        (_days(2, 5, 6), _days(2, 5, 6), 3),  # no lessons on the 3rd and 4th
        (_days(2, 3, 6), _days(2, 3, 4, 6), 1),  # missed the 4th
        (_days(4, 5), _days(4, 5, 6), 2),  # today is not over
        (_days(4), _days(4, 5, 6), 0),  # yesterday was missed
        (_days(1, 4, 5, 6), _days(4, 5, 6), 4),  # worked on a free day
        (_days(5, 6, 9), _days(5, 6, 9), 2),  # a date after today is nobody's business
    ],
)
def test_a_streak_counts_school_days_and_skips_days_without_lessons(
    active: Any, lessons: Any, streak: int
) -> None:
    assert gamification.streak(active, lessons, dt.date(2026, 11, 6)) == streak


@given(st.sets(st.integers(1, 28)), st.sets(st.integers(1, 28)), st.integers(1, 28))
def test_days_without_lessons_change_no_streak(active: Any, lessons: Any, today: Any) -> None:
    alone = gamification.streak(_days(*active), _days(*lessons, *active), dt.date(2026, 11, today))
    assert alone == gamification.streak(_days(*active), _days(*lessons), dt.date(2026, 11, today))
    assert alone <= len(active)


def test_the_day_is_the_schools_own() -> None:
    late = dt.datetime(2026, 11, 1, 23, 30, tzinfo=dt.UTC)
    assert gamification.school_day(late, MADRID) == dt.date(2026, 11, 2)
    assert gamification.school_day(late, gamification.zone("No/Where")) == dt.date(2026, 11, 1)
    assert gamification.zone("../../etc/passwd") == dt.UTC


def test_periods_begin_at_the_schools_midnight() -> None:
    now = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)  # a Wednesday
    begun = {p: gamification.period_start(p, now, MADRID) for p in gamification.PERIODS}
    assert begun == {
        "week": dt.datetime(2026, 11, 15, 23, 0, tzinfo=dt.UTC),
        "month": dt.datetime(2026, 10, 31, 23, 0, tzinfo=dt.UTC),
        "term": dt.datetime(2026, 7, 31, 22, 0, tzinfo=dt.UTC),
        "all": None,
    }


def test_the_same_moment_a_period_ago_keeps_the_schools_clock_through_a_change_of_summer_time() -> (
    None
):
    now = dt.datetime(2026, 10, 28, 9, 0, tzinfo=dt.UTC)  # 10:00 in Madrid, winter time
    assert gamification.a_period_ago("week", now, MADRID) == dt.datetime(
        2026, 10, 21, 8, 0, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    ("period", "now", "ago"),
    [
        ("month", (2026, 3, 31), (2026, 2, 28)),
        ("month", (2026, 1, 15), (2025, 12, 15)),
        ("term", (2026, 8, 11), (2026, 1, 11)),
        ("term", (2026, 12, 31), (2026, 6, 2)),
        ("all", (2026, 3, 31), (2026, 3, 24)),
    ],
)
def test_a_period_ago_stays_inside_the_earlier_period(period: Any, now: Any, ago: Any) -> None:
    moment = dt.datetime(*now, 10, tzinfo=dt.UTC)
    found = gamification.a_period_ago(period, moment, dt.UTC)
    assert found == dt.datetime(*ago, 10, tzinfo=dt.UTC)


moments = st.integers(1_600_000_000, 2_050_000_000).map(
    lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC)
)


@given(st.sampled_from(["week", "month", "term"]), moments)
def test_the_earlier_moment_lies_in_the_period_before(period: Any, now: Any) -> None:
    ago = gamification.a_period_ago(period, now, dt.UTC)
    start = gamification.period_start(period, now, dt.UTC)
    assert gamification.period_start(period, ago, dt.UTC) <= ago < start <= now


def _standing(student: str, xp: int, hour: int = 0) -> Any:
    return Standing(student, xp, f"2026-11-02T{hour:02d}:00:00.000Z")


def test_ties_share_a_rank_and_stand_in_the_order_they_got_there() -> None:
    board = gamification.leaderboard(
        [_standing("a", 10, 3), _standing("b", 20, 9), _standing("c", 20, 8), _standing("d", 30)]
    )
    assert [(place.rank, place.student_id) for place in board] == [
        (1, "d"), (2, "c"), (2, "b"), (4, "a"),
    ]  # fmt: skip


def test_the_change_is_in_places_and_unknown_for_who_is_new() -> None:
    before = [_standing("a", 10), _standing("b", 5), Standing("new", 0)]
    now = [_standing("a", 10), _standing("b", 15), _standing("new", 12)]
    assert gamification.leaderboard(now, before) == [
        Place(1, "b", 15, 1),
        Place(2, "new", 12, None),
        Place(3, "a", 10, -2),
    ]


standings = st.lists(
    st.builds(_standing, st.uuids().map(str), st.integers(-20, 20), st.integers(0, 23)),
    unique_by=lambda one: one.student_id,
)


@given(standings)
def test_a_rank_is_one_more_than_the_number_of_those_with_more_xp(found: list[Standing]) -> None:
    board = gamification.leaderboard(found)
    for place in board:
        assert place.rank == 1 + sum(1 for other in found if other.xp > place.xp)
    assert {place.student_id for place in board} == {one.student_id for one in found}
    assert gamification.leaderboard(reversed(found)) == board


def test_the_time_somebody_reached_their_xp_is_that_of_the_last_award_that_counted() -> None:
    awards = [
        ("a", 10, "2026-11-02T08:00:00.000Z"),
        ("a", 5, "2026-11-03T08:00:00.000Z"),
        ("a", 0, "2026-11-04T08:00:00.000Z"),
    ]
    assert gamification.standings(awards) == [Standing("a", 15, "2026-11-03T08:00:00.000Z")]
