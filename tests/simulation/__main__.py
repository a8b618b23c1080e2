"""Runs many worlds: `python -m tests.simulation --seeds 1000 --jobs 2`."""

import argparse
import hashlib
import sys
import time

from tests.simulation import many, quiet, shrink
from tests.simulation.script import draw
from tests.simulation.world import run

MOST_SHRUNK = 3
TOLD_EVERY = 1_000
"""Seeds between two lines of progress on standard error."""


def main(arguments: list[str]) -> int:
    """Run the seeds, print what they gave, and shrink the first that failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000, help="how many")
    parser.add_argument("--start", type=int, default=0, help="the first")
    parser.add_argument("--after", default="", metavar="TRACE", help="the trace so far")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--tell", type=int, metavar="SEED", help="tell one world step by step")
    asked = parser.parse_args(arguments)
    quiet.hush()
    if asked.tell is not None:
        return _tell(asked.tell)
    started, trace, failed = time.perf_counter(), asked.after, []
    for outcome in many.outcomes(range(asked.start, asked.start + asked.seeds), asked.jobs):
        trace = hashlib.sha256((trace + outcome.trace).encode()).hexdigest()
        if outcome.broken:
            failed.append(outcome)
            print(f"seed {outcome.seed}: {outcome.broken[0]}", flush=True)
        if (outcome.seed + 1) % TOLD_EVERY == 0:
            _tell_progress(outcome.seed + 1, trace, len(failed), time.perf_counter() - started)
    seconds = time.perf_counter() - started
    print(
        f"{asked.seeds} seeds from {asked.start} in {seconds:.0f} s "
        f"({asked.seeds / seconds:.1f} seeds/s, {asked.jobs} jobs), "
        f"{len(failed)} failed, trace {trace}"
    )
    for outcome in failed[:MOST_SHRUNK]:
        print("\nThe least that fails of this:")
        print(shrink.least(many.on_ground(), draw(outcome.seed)))
    return 1 if failed else 0


def _tell_progress(following: int, trace: str, failed: int, seconds: float) -> None:
    """Say how far it is, and with what a later run goes on from here."""
    print(
        f"{seconds:.0f} s, {failed} failed; on from here: --start {following} --after {trace}",
        file=sys.stderr,
        flush=True,
    )


def _tell(seed: int) -> int:
    outcome = run(many.on_ground(), seed, tell=True)
    print(draw(seed), *outcome.story, *outcome.broken, outcome.trace, sep="\n")
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
