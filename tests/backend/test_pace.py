"""The pace towards a server: no brake where it bears everything, a fair rate where it does not."""

import random
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from desktop.backend.pace import FIRST_PER_S, LEAST_PER_S, MOST_PER_S, Pace


class Server:
    """Bears so many requests a second, and says 429 to the rest. Time is virtual."""

    def __init__(self, bears_per_s: float, burst: int = 4) -> None:
        self.bears, self.burst, self.left, self.at = bears_per_s, burst, float(burst), 0.0

    def takes(self, now: float) -> bool:
        self.left = min(self.burst, self.left + (now - self.at) * self.bears)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


def run(pace: Pace, server: Server, requests: int, took: Callable[[], float]) -> list[bool]:
    """Requests one after the other; which of them the server took."""
    now, taken = 0.0, []
    for _ in range(requests):
        now += pace.wait(now)
        started = now
        now += took()
        taken.append(server.takes(started))
        if taken[-1]:
            pace.answered()
        else:
            pace.pushed_back(started, now)
    return taken


def test_a_server_that_bears_everything_is_hardly_slowed() -> None:
    pace, now, waited = Pace(), 0.0, 0.0
    for _ in range(200):
        wait = pace.wait(now)
        waited += wait
        now += wait + 0.03  # the answer takes 30 ms
        pace.answered()
    assert waited < 0.05
    assert pace.rate == MOST_PER_S


@given(st.integers(0, 2**32), st.floats(1.0, 50.0))
def test_a_server_with_a_limit_is_soon_asked_at_a_rate_it_bears(seed: int, bears: float) -> None:
    chance = random.Random(seed)
    pace, server = Pace(), Server(bears)
    taken = run(pace, server, 600, lambda: chance.uniform(0.001, 0.02))
    later = taken[200:]
    assert later.count(False) / len(later) < 0.25
    assert pace.rate < 5 * bears + 5


@given(st.lists(st.booleans(), max_size=200), st.integers(0, 2**32))
def test_whatever_happens_the_rate_stays_between_its_bounds_and_never_stalls(
    answers: list[bool], seed: int
) -> None:
    chance, pace, now = random.Random(seed), Pace(), 0.0
    for good in answers:
        wait = pace.wait(now)
        assert 0 <= wait <= 2 / LEAST_PER_S
        now += wait
        started, now = now, now + chance.uniform(0, 2)
        before = pace.rate
        if good:
            pace.answered()
            assert pace.rate >= before
        else:
            pace.pushed_back(started, now)
            assert pace.rate <= max(before, LEAST_PER_S)
        assert LEAST_PER_S <= pace.rate <= MOST_PER_S


def test_a_push_back_halves_what_was_really_sent_and_growth_is_by_steps_from_there() -> None:
    pace, now = Pace(), 0.0
    for _ in range(16):
        now += pace.wait(now) + 0.1
        pace.answered()
    pace.pushed_back(now - 0.05, now)
    halved = pace.rate
    assert 4 < halved < 7, "about ten a second were sent, whatever was allowed"
    pace.answered()
    assert pace.rate == halved + 1


def test_requests_that_were_on_their_way_together_count_as_one_push_back() -> None:
    pace = Pace()
    for _ in range(3):
        pace.wait(0.0)
    pace.pushed_back(0.0, 1.0)
    once = pace.rate
    pace.pushed_back(0.1, 1.1)
    assert pace.rate == once < FIRST_PER_S


def test_requests_at_once_are_spread() -> None:
    pace = Pace()
    waits = [pace.wait(0.0) for _ in range(4)]
    assert waits == sorted(waits)
    assert waits[0] == 0
    assert waits[3] == 3 / FIRST_PER_S
