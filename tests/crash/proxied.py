"""Two devices edit and sync behind the nasty proxy; then all seven promises are checked."""

import collections
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.crash.proxy import Proxy
from tests.crash.stage import Stage

CHECK_EVERY_S = 30.0


@dataclass(frozen=True)
class Finding:
    """What it gave."""

    deeds: int
    rounds: int
    failed: int
    mischief: "collections.Counter[str]"
    broken: tuple[str, ...]


def run(seconds: float, folder: Path, seed: int, *, mutant: str = "") -> Finding:
    """Edit at random on two devices for so long, with a check of everything in between.

    `mutant` names a defect that the devices have, to see that it is found.
    """
    folder.mkdir(parents=True)
    stage = Stage(folder)
    proxy = Proxy(stage.url, seed)
    heard: collections.Counter[str] = collections.Counter()
    plain = stage._hear

    def hear(told: dict[str, Any]) -> None:
        if "round" in told:
            heard["rounds"] += 1
            heard["failed"] += told["problem"] != "NoneType"
        plain(told)

    stage._hear = hear  # type: ignore[method-assign]
    left = seconds
    try:
        while left > 0 and not stage.broken:
            lasts = min(left, CHECK_EVERY_S)
            plans = [
                stage.plan(place, seed + int(left) * 7 + place, url=proxy.address,
                           steps=1, lasts_s=lasts, mutant=mutant)
                for place in (1, 2)
            ]  # fmt: skip
            first, second = plans
            # Numbers mark what a person typed: the two must never type the same.
            stage.live(first, replace(second, first=stage.number + 1_000))
            left -= lasts
            stage.check()
    finally:
        proxy.close()
        stage.close()
    return Finding(
        len(stage.ledger.saved),
        heard["rounds"],
        heard["failed"],
        proxy.mischief,
        tuple(stage.broken),
    )
