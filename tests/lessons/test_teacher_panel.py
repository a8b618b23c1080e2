"""The teacher's panel in the place: for the teacher, and for nobody who only says so."""

import json
from pathlib import Path

from desktop.lessons.builder import build
from desktop.studio import rbxmx
from tests.lessons import made
from tests.lessons.test_in_lune import HERE, run


def test_only_the_owner_of_the_place_pauses_gathers_skips_and_announces(tmp_path: Path) -> None:
    file = tmp_path / "place.rbxlx"
    file.write_bytes(rbxmx.write_place(build(made.fractions(), lesson_id="l", telemetry=None)))
    told = json.loads(run(HERE / "open_place.luau", HERE / "teacher.luau", file))

    assert told["panels"] == {"Ada": True}
    assert told["afterStudent"] == {"held": [False] * 3, "moved": False, "captions": 0}
    assert (told["paused"], told["goesOn"]) == ([False, True, True], [False] * 3)
    assert told["answerInPause"] is True
    assert told["answerAfter"] is True
    assert told["gathered"] == 6
    assert told["skipped"] is True
    checkpoint = made.fractions().world.checkpoints[0].title
    assert told["captions"] == ["Your teacher has called you.", checkpoint, "Teacher: no ### words"]
    assert told["byButton"] == [False, True, True]
    assert {"Gather the class here", "Skip to the next part", "Announce"} <= set(told["texts"])


def test_a_colleague_in_the_list_has_the_panel_too(tmp_path: Path) -> None:
    place = rbxmx.write_place(build(made.fractions(), lesson_id="l", telemetry=None))
    assert place.count(b"return {}") == 1
    file = tmp_path / "place.rbxlx"
    file.write_bytes(place.replace(b"return {}", b'return { "mia" }'))
    told = json.loads(run(HERE / "open_place.luau", HERE / "teacher.luau", file))
    assert told["panels"] == {"Ada": True, "Mia": True}
