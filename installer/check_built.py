"""The built program starts here without Python on the path, and does the main job.

`python3 dev.py build --check` runs this; it is no part of the tests, which need nothing built.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SUFFIX = ".exe" if sys.platform == "win32" else ""
PROGRAM = Path(__file__).parents[1] / f"dist/toolboxai-companion/toolboxai-companion{SUFFIX}"


def companion(profile: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the built program with no environment to lean on."""
    return subprocess.run(
        [PROGRAM, "--profile", profile, *arguments],
        env={"HOME": str(profile.parent), "PATH": "", "LANG": "C.UTF-8"},
        cwd=profile.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_it_names_its_version(tmp_path: Path) -> None:
    done = companion(tmp_path / "p", "--version")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("toolboxai-companion, version ")


def test_its_doctor_finds_all_well(tmp_path: Path) -> None:
    done = companion(tmp_path / "p", "--json", "doctor")
    findings = json.loads(done.stdout)
    assert [finding for finding in findings if not finding["ok"]] == []
    assert done.returncode == 0, done.stderr


@pytest.mark.timeout(300)
def test_it_does_the_main_job(tmp_path: Path) -> None:
    done = companion(tmp_path / "p", "--json", "demo")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["push"]["verified"]
    assert told["leaderboard"]["before"] != told["leaderboard"]["after"]
