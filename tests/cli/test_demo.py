"""`demo` does the main job for real, leaves nothing behind, and needs neither Qt nor a network."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT_QT = (
    "import sys; sys.modules.update(PySide6=None, shiboken6=None, qasync=None)\n"
    "from desktop.__main__ import main; main()"
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, Path]:
    """The summary of one demo, its words, and the folder that its temporary files went to."""
    scratch = tmp_path_factory.mktemp("scratch")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, "--profile", scratch / "mine", "--json", "demo"],
        cwd=ROOT,
        env={"PATH": "", "HOME": str(scratch), "TMPDIR": str(scratch), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr, scratch


def test_the_lesson_lands_as_it_was_built(shown: tuple[dict[str, Any], str, Path]) -> None:
    told = shown[0]
    assert told["lesson"]["title"].startswith("Fractions on a number line")
    assert told["lesson"]["questions"] >= 5
    assert told["push"]["state"] == "landed"
    assert told["push"]["verified"]
    assert told["push"]["scripts"] == told["lesson"]["scripts"] > 0


def test_the_leaderboard_moves_by_what_was_played(shown: tuple[dict[str, Any], str, Path]) -> None:
    told = shown[0]
    before = {row["student_id"]: row["xp"] for row in told["leaderboard"]["before"]}
    after = {row["student_id"]: row["xp"] for row in told["leaderboard"]["after"]}
    names = {row["student_id"]: row["name"] for row in told["leaderboard"]["after"]}
    richer = {names[student] for student, xp in after.items() if xp > before[student]}
    assert before.keys() == after.keys()
    assert richer == set(told["play"]["points"])
    assert told["play"]["unsent"] == 0
    assert told["play"]["seconds_to_leaderboard"] < 2


def test_a_person_reads_what_happens(shown: tuple[dict[str, Any], str, Path]) -> None:
    words = shown[1]
    for line in ("5 classes", "Saved, approved and synced", "each script read back", "level"):
        assert line in words


def test_nothing_is_left_behind(shown: tuple[dict[str, Any], str, Path]) -> None:
    assert list(shown[2].rglob("*.sqlite")) == []
    assert not (shown[2] / "mine").exists()


def test_a_sentence_that_no_template_knows_gets_an_answer(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "demo", "xyzzy plugh"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].endswith((".", "?"))
