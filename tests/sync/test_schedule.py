"""When rounds run, on a clock that the test holds."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from desktop.sync.schedule import Schedule
from tests.sync.world import VirtualClock, settle


@dataclass
class End:
    failed: bool = False
    retry_after: float | None = None


class Rounds:
    """Counts rounds by the moment they began; each ends as the test says."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.began: list[float] = []
        self.end = End()
        self.takes_s = 0.0
        self.broken = False

    async def run(self) -> End:
        self.began.append(round(self._clock.monotonic() - 1_000, 3))
        if self.takes_s:
            await self._clock.sleep(self.takes_s)
        if self.broken:
            raise ZeroDivisionError
        return self.end


@dataclass
class World:
    clock: VirtualClock
    rounds: Rounds
    schedule: Schedule


@pytest.fixture
async def world() -> AsyncIterator[World]:
    clock = VirtualClock()
    rounds = Rounds(clock)
    schedule = Schedule(rounds.run, clock=clock, chance=random.Random(7))
    running = asyncio.create_task(schedule.run())
    await settle()
    yield World(clock, rounds, schedule)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_first_round_runs_at_once_and_then_every_minute(world: World) -> None:
    await world.clock.advance(130)
    assert world.rounds.began == [0, 60, 120]


async def test_a_window_in_the_background_syncs_every_ten_minutes(world: World) -> None:
    world.schedule.set_active(False)
    await world.clock.advance(60)
    await world.clock.advance(1_200)
    assert world.rounds.began == [0, 60, 660, 1260]


async def test_coming_to_the_front_brings_the_next_round_within_a_minute(world: World) -> None:
    world.schedule.set_active(False)
    await world.clock.advance(61)
    world.schedule.set_active(True)
    await world.clock.advance(60)
    assert world.rounds.began == [0, 60, 121]


async def test_an_edit_is_sent_half_a_second_after_the_last_of_a_row(world: World) -> None:
    await world.clock.advance(10)
    for _ in range(4):
        world.schedule.edited()
        await world.clock.advance(0.3)
    await world.clock.advance(5)
    assert world.rounds.began == [0, 11.4]


async def test_somebody_who_never_stops_typing_is_synced_in_between(world: World) -> None:
    await world.clock.advance(10)
    for _ in range(20):
        world.schedule.edited()
        await world.clock.advance(0.3)
    assert world.rounds.began[1] == 13


async def test_a_poke_runs_a_round_at_once(world: World) -> None:
    await world.clock.advance(10)
    world.schedule.poked()
    await world.clock.advance(0)
    assert world.rounds.began == [0, 10]


async def test_triggers_during_a_round_make_exactly_one_more(world: World) -> None:
    world.rounds.takes_s = 5
    await world.clock.advance(60)  # the second round begins at 60
    for _ in range(3):
        world.schedule.poked()
        world.schedule.edited()
        await world.clock.advance(1)
    await world.clock.advance(20)
    assert world.rounds.began == [0, 60, 65]


async def test_failures_back_off_with_a_cap_that_doubles(world: World) -> None:
    world.rounds.end = End(failed=True)
    await world.clock.advance(4_000)
    gaps = [b - a for a, b in zip(world.rounds.began[1:], world.rounds.began[2:], strict=False)]
    assert all(gap <= min(2.0 ** (n + 1), 300.0) for n, gap in enumerate(gaps))
    assert max(gaps) > 100


async def test_an_edit_does_not_break_a_back_off_and_the_button_does(world: World) -> None:
    world.rounds.end = End(failed=True)
    for _ in range(12):
        await world.clock.advance(300)
    so_far = len(world.rounds.began)
    wait = world.schedule.next_round_in
    assert wait > 2, "pick another seed: the test needs a longer wait here"
    world.schedule.edited()
    await world.clock.advance(1)
    assert len(world.rounds.began) == so_far
    world.schedule.hurry()
    await world.clock.advance(0)
    assert len(world.rounds.began) == so_far + 1


async def test_a_wait_the_server_asked_for_is_kept_even_against_the_button(world: World) -> None:
    world.rounds.end = End(failed=True, retry_after=45)
    await world.clock.advance(60)
    world.schedule.hurry()
    await world.clock.advance(1)
    assert world.rounds.began == [0, 60]
    world.rounds.end = End()
    await world.clock.advance(60)
    assert world.rounds.began == [0, 60, 105]


async def test_after_a_good_round_the_back_off_starts_small_again(world: World) -> None:
    world.rounds.end = End(failed=True)
    await world.clock.advance(2_000)
    world.rounds.end = End()
    world.schedule.hurry()
    await world.clock.advance(0)
    assert world.schedule.next_round_in == 60


@pytest.mark.logs("a round of syncing broke off")
async def test_a_defect_in_one_round_does_not_end_the_next_ones(world: World) -> None:
    world.rounds.broken = True
    await world.clock.advance(60)
    world.rounds.broken = False
    await world.clock.advance(600)
    assert len(world.rounds.began) > 5
