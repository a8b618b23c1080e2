"""A place that landed, played in Lune by its own Luau."""

import asyncio
import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.studio import lune

SCRIPT = Path(__file__).with_name("play.luau")


@dataclass(frozen=True)
class Played:
    """What came of a play test."""

    points: dict[str, float]
    """By Roblox user name."""
    unsent: int
    """Reports that the school server did not take."""
    answered: float
    """When the server answered the last report, on the clock of `time.monotonic`."""


async def play(place: Path, names: list[str]) -> Played:
    """Let pupils walk through the lesson and answer everything rightly."""
    done = await asyncio.to_thread(
        subprocess.run,
        [await asyncio.to_thread(lune.launcher), "run", SCRIPT, place, *names],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert not done.stderr, done.stderr
    told = json.loads(done.stdout)
    ago = time.time() - told["answered"] / 1000
    return Played(told["points"], told["unsent"], time.monotonic() - ago)
