"""Random clicking and typing on the real window: a few minutes of an evening, from a seed."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_breaks_whatever_is_clicked_and_typed(seed: int) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.monkey", "--seed", str(seed), "--deeds", "110"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-8_000:] + told.stderr[-4_000:]
