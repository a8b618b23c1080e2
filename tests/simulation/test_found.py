"""Worlds that once seemed to break a promise, as the least steps that did it."""

from dataclasses import replace

import pytest

from tests.simulation import many
from tests.simulation.script import LOST, Script, Step, Weather
from tests.simulation.world import World

_WORLD = Script(
    seed=1,
    owners=("ada", "ben"),
    clocks=(0.0, 0.0),
    live=(False, False),
    encrypted=(False, False),
    page_limit=500,
    through_asgi=False,
    stormy=False,
    steps=(),
)
FOUND = {
    "a record is made apart on two devices, and one of them deletes its own": replace(
        _WORLD,
        owners=("ada", "ada"),
        steps=(
            Step(1, 0.5, 0, "create", 2_936_651_558),
            Step(2, 0.5, 0, "delete", 3_617_647_665),
            Step(7, 0.5, 1, "create", 2_528_906_383),
        ),
    ),
    "a record is made again that is here already, and keeps what nobody touched": replace(
        _WORLD,
        steps=(
            Step(1, 0.5, 0, "create", 486_215_926),
            Step(2, 0.5, 0, "score", 1_097_127_993),
            Step(3, 0.5, 0, "create", 56_325_017),
        ),
    ),
    "a record that left one's sight is deleted too, and comes back with its class": replace(
        _WORLD,
        seed=5_401,
        steps=(
            Step(5, 0.22, 1, "create", 1_165_823_786),
            Step(7, 0.05, 1, "sync", 443_119_178),
            Step(8, 0.70, 0, "reassign", 1_708_506_355),
            Step(14, 0.18, 1, "sync", 1_487_558_846),
            Step(15, 0.08, 1, "enrol", 1_346_302_039),
            Step(18, 0.82, 1, "delete", 295_647_577),
            Step(19, 4.53, 0, "reassign", 2_177_776_422),
        ),
    ),
    "an answer is lost while a device that syncs by itself is refused, and tries again": replace(
        _WORLD,
        owners=("ada", "ada"),
        live=(False, True),
        steps=(
            Step(13, 0.8, 0, "reassign", 3_143_216_931),
            Step(16, 7.7, 1, "create", 847_162_638),
            Step(17, 0.1, 1, "sync", 2_878_767_871, dies_after=5),
        ),
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_every_promise_holds(name: str) -> None:
    assert World(many.on_ground(), FOUND[name]).run().broken == ()


def test_a_lost_answer_to_a_rotation_of_tokens_signs_nobody_out() -> None:
    script = replace(
        _WORLD,
        steps=(
            Step(1, 0.5, 0, "move clock", 4),
            Step(2, 0.5, 0, "sync", 0, (Weather(LOST, 0.1), Weather(LOST, 0.9))),
            Step(3, 40.0, 0, "sync", 0),
        ),
    )
    story = World(many.on_ground(), script, tell=True).run().story
    assert sum("auth/refresh" in line and " asks " in line for line in story) >= 3
    assert not any("SignInNeeded" in line for line in story)
