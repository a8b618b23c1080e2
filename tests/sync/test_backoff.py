"""How long to wait: bounds, jitter, and the server's word."""

import random

from hypothesis import given
from hypothesis import strategies as st

from desktop.sync import backoff


@given(failures=st.integers(1, 10_000), seed=st.integers())
def test_a_wait_lies_between_nothing_and_a_cap_that_doubles_to_five_minutes(
    failures: int, seed: int
) -> None:
    wait = backoff.wait_after(failures, random.Random(seed))
    assert 0 <= wait <= min(2.0 ** min(failures - 1, 30), 300.0)


def test_waits_are_spread_over_the_whole_range() -> None:
    chance = random.Random(1)
    waits = sorted(backoff.wait_after(20, chance) for _ in range(1_000))
    assert waits[0] < 10
    assert waits[-1] > 290
    assert 120 < sum(waits) / len(waits) < 180


def test_what_the_server_said_wins() -> None:
    assert backoff.wait_after(9, random.Random(1), retry_after=17.0) == 17.0
    assert backoff.wait_after(9, random.Random(1), retry_after=-4.0) == 0.0


@given(failures=st.integers(1, 10_000), seed=st.integers())
def test_a_reconnect_waits_1_2_4_up_to_30_seconds_within_a_quarter(
    failures: int, seed: int
) -> None:
    wait = backoff.reconnect_after(failures, random.Random(seed))
    middle = min(2.0 ** min(failures - 1, 30), 30.0)
    assert 0.75 * middle <= wait <= 1.25 * middle
