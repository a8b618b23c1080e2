"""The figures that the server serves for the web are the ones that the app computes offline."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from desktop.classroom.gamification import PERIODS

VAULT = {"TOOLBOXAI_VAULT_PASSPHRASE": "a long passphrase"}


class Companion:
    """The app's command line on a profile of its own."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def __call__(self, *words: str, said: str = "") -> Any:
        command = [sys.executable, "-m", "desktop", "--json", "--profile", str(self._profile)]
        vault = ["--vault", str(self._profile / "vault")]
        done = subprocess.run(
            [*command, *vault, *words],
            input=said,
            capture_output=True,
            text=True,
            env={**os.environ, **VAULT},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def companion(ready: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Companion:
    """The sample teacher's app, synchronised."""
    app = Companion(tmp_path_factory.mktemp("companion"))
    who = ready["sample_teacher"]
    words = ("login", "--server", ready["url"], "--username", who["username"], "--password-stdin")
    app(*words, said=who["password"])
    app("sync")
    return app


@pytest.fixture(scope="module")
def class_id(companion: Companion) -> str:
    by_name = {record["data"]["name"]: record["id"] for record in companion("records", "classes")}
    found: str = by_name["Science 5B"]
    return found


@pytest.mark.parametrize("period", PERIODS)
def test_the_leaderboard_is_the_one_that_the_app_computes(
    teacher: httpx.Client, companion: Companion, class_id: str, period: str
) -> None:
    shown = companion("leaderboard", class_id, "--period", period)
    served = teacher.get(f"/classes/{class_id}/leaderboard", params={"period": period}).json()
    assert served == {"class_id": class_id, "period": period, "rows": shown}
    assert len(shown) > 20


def test_the_analytics_are_the_ones_that_the_app_computes(
    teacher: httpx.Client, companion: Companion, class_id: str
) -> None:
    shown = companion("analytics", class_id)
    served = teacher.get(f"/classes/{class_id}/analytics").json()
    assert rounded(served) == rounded(shown)
    assert len(shown["standards"]) > 3
    assert shown["at_risk"]


def rounded(figures: Any) -> Any:
    """The same with floats cut after ten digits: sums in another order differ in the last one."""
    if isinstance(figures, float):
        return round(figures, 10)
    if isinstance(figures, dict):
        return {name: rounded(value) for name, value in figures.items()}
    if isinstance(figures, list):
        return [rounded(value) for value in figures]
    return figures
