"""A seed is the whole story: it replays exactly, anywhere, and a failing one shrinks."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.simulation import many, shrink
from tests.simulation.mutants import broken
from tests.simulation.script import LOST, Script, Step, Weather, draw
from tests.simulation.world import World

ROOT = Path(__file__).parents[2]
SEEDS = 20


def _trace_of_a_process(hash_seed: str, *options: str) -> str:
    command = [sys.executable, "-m", "tests.simulation", "--seeds", str(SEEDS), *options]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(rf"{SEEDS} seeds from 0 .* 0 failed, trace ([0-9a-f]{{64}})", done.stdout)
    assert found, done.stdout + done.stderr
    return found[1]


def test_seeds_leave_the_same_trace_in_every_process() -> None:
    assert _trace_of_a_process("1") == _trace_of_a_process("2", "--jobs", "2")


def test_a_world_leaves_nothing_behind_for_the_next() -> None:
    under = many.on_ground()
    first = World(under, draw(7)).run()
    World(under, draw(8)).run()
    assert World(under, draw(7)).run() == first


def test_a_telling_world_tells_what_a_silent_one_did() -> None:
    under = many.on_ground()
    silent, telling = World(under, draw(3)).run(), World(under, draw(3), tell=True).run()
    assert telling.trace == silent.trace
    assert any(" does Deed" in line for line in telling.story)


def test_a_failing_seed_shrinks_to_an_edit_and_the_answer_that_was_lost() -> None:
    under = many.on_ground()
    with broken("an op is dropped on a time-out"):
        seed = next(seed for seed in range(300) if World(under, draw(seed)).run().broken)
        told = shrink.least(under, draw(seed))
    assert "promise 1" in told
    assert len(re.findall(r"^ *\d+ \+", told, re.MULTILINE)) <= 4, told


def test_shrinking_keeps_only_the_steps_and_the_weather_that_matter() -> None:
    steps = tuple(
        Step(number, 1.0, 0, "sync", number, (Weather(LOST), Weather(LOST)), dies_after=3)
        for number in range(20)
    )
    script = replace(draw(0), steps=steps)

    def fails(one: Script) -> bool:
        numbers = {step.number for step in one.steps}
        return {3, 11} <= numbers

    least = shrink.reduce(script, fails)
    assert [step.number for step in least.steps] == [3, 11]
    assert all(step.dies_after is None and not step.weather for step in least.steps)
