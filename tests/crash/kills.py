"""Kills devices at every boundary of a commit and at random moments, and checks what is left."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.crash.stage import OWNERS, Stage

KILLS_A_STAGE = 40
MOST_WORDS = 40
"""A device is killed at a random moment after it has said so many things (edits, rounds)."""


@dataclass(frozen=True)
class Finding:
    """What one stage gave."""

    boundaries: tuple[int, ...]
    """The boundary of a commit at which each was killed: odd ones lie before, even ones after."""
    at_random: int
    deeds: int
    broken: tuple[str, ...]

    @property
    def kills(self) -> int:
        """How many devices were killed."""
        return len(self.boundaries) + self.at_random


def stages(kills: int, folder: Path, seed: int) -> Iterator[Finding]:
    """Kill so many devices, half at boundaries and half at random, a fresh school each 40."""
    done = number = boundary = 0
    while done < kills:
        number += 1
        found, boundary = _stage(
            folder / str(number), seed * 1_000 + number, min(KILLS_A_STAGE, kills - done), boundary
        )
        done += found.kills
        yield found


def _stage(folder: Path, seed: int, kills: int, boundary: int) -> tuple[Finding, int]:
    folder.mkdir(parents=True)
    stage = Stage(folder)
    chance = random.Random(seed)
    boundaries: list[int] = []
    at_random = 0
    try:
        while len(boundaries) + at_random < kills:
            place = chance.randrange(len(OWNERS))
            if len(boundaries) <= at_random:
                boundary += 1
                # The same steps for each boundary of a script; past its last one, the next script.
                plan = stage.plan(place, seed=seed, kill_at=boundary)
                if stage.live(plan):
                    boundary = 0
                else:
                    boundaries.append(boundary)
            else:
                plan = stage.plan(place, seed=chance.getrandbits(30), steps=60)
                if not stage.live(plan, kill_after=chance.randint(1, MOST_WORDS)):
                    at_random += 1
        broken = tuple(stage.check())
    finally:
        stage.close()
    return Finding(tuple(boundaries), at_random, len(stage.ledger.saved), broken), boundary
