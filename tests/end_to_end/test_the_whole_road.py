"""The whole road on real processes: a class list and one sentence go in, a leaderboard moves.

A school server, two computers of one teacher, the built plugin in Lune with real Roblox
instances, and the pushed place played there by its own Luau. No network beyond this machine.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.companion import Companion, Running, bridge_ports
from tests.end_to_end.place import play
from tests.studio.lune import LuneStudio

CLASS_LIST = Path(__file__).with_name("google_classroom.csv")
GROUP = "4A Mathematics"
SENTENCE = "fractions on a number line, grade 4"
LIVE_S = 2.0
PLAYERS = {"Minh Anh Nguyễn": "MinhAnh_2016", "Siobhán O'Connor": "SiobhanPlays"}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[tuple[Running, Any]]:
    """A school server with the sample school, and its ready line."""
    with Companion(tmp_path / "school").start("school", "serve", "--sample") as server:
        yield server, server.line()


@pytest.fixture
def office(tmp_path: Path) -> Companion:
    """The computer on which the teacher prepares; its bridge has a port of its own."""
    return Companion(tmp_path / "office", bridge_ports())


@pytest.fixture
def projector(tmp_path: Path) -> Companion:
    """The computer in the classroom that shows the leaderboard."""
    return Companion(tmp_path / "projector")


async def test_from_a_class_list_and_a_sentence_to_a_leaderboard_that_moves(
    school: tuple[Running, Any], office: Companion, projector: Companion, tmp_path: Path
) -> None:
    _, ready = school

    # The teacher signs in on both computers.
    for computer in (office, projector):
        computer.sign_in(ready)
        assert computer.tell("sync")["waiting"] == 0

    # A class list as Google Classroom gives it: first the preview, then for real, then again.
    preview = office.tell("roster", "import", CLASS_LIST, "--class", GROUP, "--dry-run")
    assert (preview["create"], preview["problems"]) == (30, [])
    assert office.tell("ops") == []
    imported = office.tell("roster", "import", CLASS_LIST, "--class", GROUP)
    assert imported["create"] == 30
    again = office.tell("roster", "import", CLASS_LIST, "--class", GROUP, "--dry-run")
    assert (again["create"], again["match"]) == (0, 30)
    class_id = imported["class_ids"][0]
    students = office.tell("records", "students", "--where", f"class_ids={class_id}")
    assert len(students) == 30
    by_name = {full_name(student["data"]): student["id"] for student in students}
    for name, roblox in PLAYERS.items():
        office.tell("edit", "students", by_name[name], f"roblox_username={json.dumps(roblox)}")

    # One sentence becomes a lesson, and the lesson a place.
    package = tmp_path / "lesson.json"
    lesson = office.tell("generate", SENTENCE, "--seed", "7", "--out", package)
    assert "fractions" in lesson["title"].lower()
    assert len(lesson["quiz"]) >= 5
    assert office.tell("lesson", "validate", package) is not None
    built = office.tell(
        "lesson", "build", package, "--format", "rbxmx", "--out", tmp_path / "lesson.rbxmx"
    )
    assert built["sha256"] == hashlib.sha256((tmp_path / "lesson.rbxmx").read_bytes()).hexdigest()
    saved = office.tell(
        "create", "lessons", f"title={json.dumps(lesson['title'])}", 'status="approved"',
        f"class_ids={json.dumps([class_id])}", f"package={json.dumps(lesson)}",
    )  # fmt: skip
    assert office.tell("sync")["waiting"] == 0

    # Into Studio, by the real plugin: what landed is what was built, by its hashes.
    plugin = office.tell("plugin", "install", "--folder", tmp_path / "Plugins")
    async with LuneStudio(Path(plugin["path"])) as studio:
        pushed = office.tell("push", saved["id"], "--wait", "60")
        assert pushed["state"] == "landed"
        landed = await studio.tree()
        scripts = {item["path"]: item for item in pushed["items"] if item["source_sha256"]}
        assert len(scripts) == built["scripts"]
        for path, item in scripts.items():
            assert landed[path]["sha256"] == item["source_sha256"]
        assert {item["path"] for item in pushed["items"]} <= landed.keys()
        place = tmp_path / "place.rbxl"
        await studio.ask("save", file=str(place))

    # The projector watches; pupils play; the leaderboard moves while they do.
    with projector.start("sync", "--watch") as watching:
        watching.line()
        before = standings(projector, class_id)
        assert set(before.values()) == {0}
        played = await play(place, list(PLAYERS.values()))
        assert played.unsent == 0
        assert set(played.points) == set(PLAYERS.values())
        moment, _ = watching.until(lambda round_: round_["pulled"] > 0)
        after = standings(projector, class_id)
    assert moment - played.answered < LIVE_S
    assert {name for name, xp in after.items() if xp > 0} == set(PLAYERS)


def full_name(student: dict[str, Any]) -> str:
    return f"{student['given_name']} {student['family_name']}"


def standings(computer: Companion, class_id: str) -> dict[str, int]:
    """The experience points of a class by name, as that computer has them."""
    rows = computer.tell("leaderboard", class_id, "--period", "week")
    return {row["name"]: row["xp"] for row in rows}
