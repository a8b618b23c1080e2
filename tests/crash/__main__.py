"""The long versions: `python -m tests.crash --kills 1000`, `python -m tests.crash --proxy 600`."""

import argparse
import collections
import sys
import tempfile
import time
from pathlib import Path

from tests.crash import kills, proxied


def main(arguments: list[str]) -> int:
    """Run what was asked for, and print what it gave."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=0, help="how many devices to kill")
    parser.add_argument("--proxy", type=float, default=0, help="seconds behind the nasty proxy")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        bad = _kills(asked.kills, Path(folder) / "kills", asked.seed) if asked.kills else False
        if asked.proxy:
            bad |= _proxy(asked.proxy, Path(folder) / "proxy", asked.seed)
    return 1 if bad else 0


def _kills(wanted: int, folder: Path, seed: int) -> bool:
    started = time.perf_counter()
    boundaries: collections.Counter[int] = collections.Counter()
    moments = deeds = 0
    broken: list[str] = []
    for found in kills.stages(wanted, folder, seed):
        boundaries.update(found.boundaries)
        moments += found.at_random
        deeds += found.deeds
        broken += found.broken
        kills_yet = boundaries.total() + moments
        print(f"{kills_yet} kills, {deeds} deeds saved", *found.broken, flush=True)
    print(
        f"{boundaries.total()} kills at the boundaries 1 to {max(boundaries, default=0)} of "
        f"commits (each at least {min(boundaries.values(), default=0)} times) "
        f"and {moments} at random moments, "
        f"{deeds} deeds saved, in {time.perf_counter() - started:.0f} s: {len(broken)} broken"
    )
    return bool(broken)


def _proxy(seconds: float, folder: Path, seed: int) -> bool:
    started = time.perf_counter()
    found = proxied.run(seconds, folder, seed)
    print(
        f"{seconds:.0f} s behind the proxy ({time.perf_counter() - started:.0f} s in all): "
        f"{found.deeds} deeds saved, {found.rounds} rounds, {found.failed} of them failed, "
        f"{dict(found.mischief)}: {len(found.broken)} broken",
        *found.broken,
        sep="\n",
    )
    return bool(found.broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
