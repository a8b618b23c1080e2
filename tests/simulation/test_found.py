"""Worlds that once seemed to break a promise, as the least steps that did it."""

from dataclasses import replace

import pytest

from tests.simulation import many
from tests.simulation.script import (
    CUT_WHOLE,
    LATE,
    LOST,
    SLOW,
    STATUS,
    STATUS_AFTER,
    UNREACHED,
    Script,
    Step,
    Weather,
)
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
    "a score arrives, its request is then too large, and somebody empties it meanwhile": replace(
        _WORLD,
        seed=27_131,
        live=(False, True),
        page_limit=2,
        stormy=True,
        steps=(
            Step(0, 0.009, 1, "change", 3_256_362_983, crowded=True),
            Step(4, 0.42, 0, "award", 119_707_148, crowded=True),
            Step(5, 0.005, 1, "change", 3_461_599_109, crowded=True),
            Step(8, 0.47, 0, "score", 3_946_316_294, crowded=True),
            Step(10, 1.04, 0, "sync", 145_154_872, crowded=True),
            Step(11, 0.06, 0, "sync", 4_226_841_606, (Weather(STATUS_AFTER, 503),), crowded=True),
            Step(
                13,
                0.03,
                0,
                "sync",
                2_422_335_134,
                (Weather(STATUS, 413), Weather(LOST, 0.28)),
                crowded=True,
            ),
            Step(15, 1.98, 1, "score", 3_358_041_300, crowded=True),
        ),
    ),
    "a change arrives although its request is called too large, and is tried again": replace(
        _WORLD,
        steps=(
            Step(3, 0.35, 1, "write text", 1_382_128_068),
            Step(
                7, 0.09, 1, "sync", 2_060_209_435, (Weather(STATUS_AFTER, 413), Weather(LATE, 25))
            ),
            Step(9, 1.68, 0, "change", 3_473_224_426),
            Step(10, 0.002, 1, "retry", 1_266_897_896),
        ),
    ),
    "a deletion waits for a child while a snapshot holds its record without a name": replace(
        _WORLD,
        seed=332,
        live=(True, True),
        page_limit=2,
        steps=(
            Step(0, 0.64, 1, "tag", 1_204_181_835, crowded=True),
            Step(1, 2.96, 0, "discard", 1_825_653_150, crowded=True),
            Step(5, 0.002, 0, "change", 111_839_441, crowded=True),
            Step(15, 0.31, 1, "sync", 2_425_059_143, (Weather(SLOW, 36.8),), crowded=True),
            Step(17, 0.86, 1, "poison", 3_858_320_882, crowded=True),
            Step(19, 3.22, 1, "create", 1_101_521_694, crowded=True),
            Step(34, 0.46, 1, "sync", 2_493_565_727, (Weather(CUT_WHOLE, 0.465),), crowded=True),
            Step(40, 0.06, 1, "delete", 4_191_970_271, crowded=True),
            Step(63, 0.85, 0, "expire cursors", 646_185_375, crowded=True),
        ),
    ),
    "what left one's sight is deleted there, decided for here, and made again": replace(
        _WORLD,
        seed=18_752,
        owners=("ada", "ada"),
        live=(True, False),
        encrypted=(True, False),
        steps=(
            Step(3, 2.65, 0, "score", 2_585_478_149, crowded=True),
            Step(6, 0.23, 1, "delete", 3_584_972_299, crowded=True),
            Step(10, 0.001, 1, "sync", 1_120_262_827, crowded=True),
            Step(11, 0.08, 1, "sync", 2_897_207_715, crowded=True),
            Step(13, 0.001, 0, "create", 2_320_162_606, crowded=True),
            Step(36, 0.02, 0, "go online", 3_948_284_144, crowded=True),
            Step(37, 0.09, 1, "enrol", 1_297_847_759, crowded=True),
            Step(38, 0.001, 1, "reassign", 2_357_122_003, crowded=True),
            Step(40, 0.59, 0, "create", 2_933_857_973, crowded=True),
            Step(44, 0.09, 0, "decide", 2_586_050_173, crowded=True),
            Step(73, 4.41, 1, "reassign", 912_668_989, crowded=True),
        ),
    ),
    "a score arrives twice unheard, its request is then too large, and it is emptied": replace(
        _WORLD,
        seed=35_826,
        owners=("ada", "ada"),
        page_limit=2,
        steps=(
            Step(0, 0.02, 0, "score", 4_273_759_287, crowded=True),
            Step(8, 0.06, 0, "sync", 1_022_580_525, (Weather(LOST, 0.326),), crowded=True),
            Step(9, 0.04, 0, "score", 2_018_505_817, crowded=True),
            Step(
                11,
                1.38,
                0,
                "sync",
                2_822_257_451,
                (Weather(LOST, 0.026), Weather(STATUS, 413)),
                crowded=True,
            ),
            Step(12, 0.09, 0, "sync", 3_466_533_094, crowded=True),
        ),
    ),
    "three answers in a row are lost, and somebody takes out again what had arrived": replace(
        _WORLD,
        owners=("ada", "ada", "ben"),
        clocks=(0.0, 0.0, 0.0),
        live=(True, False, False),
        encrypted=(False, False, False),
        steps=(
            Step(3, 0.002, 2, "tag", 2_019_394_543),
            Step(6, 2.71, 2, "create", 2_945_489_310),
            Step(7, 0.01, 2, "sync", 90_734_905, (Weather(LOST, 0.135),)),
            Step(10, 4.88, 2, "sync", 1_541_437_803, (Weather(UNREACHED, 0.639),)),
            Step(13, 0.01, 2, "sync", 3_347_130_539, (Weather(CUT_WHOLE, 0.554),)),
            Step(16, 0.01, 0, "tag", 1_038_179_251),
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
