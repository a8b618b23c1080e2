"""Runs many worlds: `python -m tests.simulation --seeds 1000 --jobs 2`."""

import argparse
import hashlib
import multiprocessing
import sys
import time
from collections.abc import Iterator

from tests.simulation import quiet, shrink
from tests.simulation.script import draw
from tests.simulation.world import Ground, Outcome, run

CHUNK = 50
MOST_SHRUNK = 3

_ground: Ground | None = None


def main(arguments: list[str]) -> int:
    """Run the seeds, print what they gave, and shrink the first that failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1_000, help="how many")
    parser.add_argument("--start", type=int, default=0, help="the first")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--tell", type=int, metavar="SEED", help="tell one world step by step")
    asked = parser.parse_args(arguments)
    quiet.hush()
    if asked.tell is not None:
        return _tell(asked.tell)
    started = time.perf_counter()
    together, failed = hashlib.sha256(), []
    for outcome in _outcomes(range(asked.start, asked.start + asked.seeds), asked.jobs):
        together.update(outcome.trace.encode())
        if outcome.broken:
            failed.append(outcome)
            print(f"seed {outcome.seed}: {outcome.broken[0]}", flush=True)
    seconds = time.perf_counter() - started
    print(
        f"{asked.seeds} seeds from {asked.start} in {seconds:.0f} s "
        f"({asked.seeds / seconds:.1f} seeds/s, {asked.jobs} jobs), "
        f"{len(failed)} failed, trace {together.hexdigest()}"
    )
    for outcome in failed[:MOST_SHRUNK]:
        print("\nThe least that fails of this:")
        print(shrink.least(_on_ground(), draw(outcome.seed)))
    return 1 if failed else 0


def _tell(seed: int) -> int:
    outcome = run(_on_ground(), seed, tell=True)
    print(draw(seed), *outcome.story, *outcome.broken, outcome.trace, sep="\n")
    return 1 if outcome.broken else 0


def _outcomes(seeds: range, jobs: int) -> Iterator[Outcome]:
    """The outcome of each seed, in order."""
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    if jobs == 1:
        for chunk in chunks:
            yield from _chunk(chunk)
        return
    with multiprocessing.get_context("spawn").Pool(jobs) as pool:
        for outcomes in pool.imap(_chunk, chunks):
            yield from outcomes


def _chunk(seeds: range) -> list[Outcome]:
    quiet.hush()
    return [run(_on_ground(), seed) for seed in seeds]


def _on_ground() -> Ground:
    global _ground
    if _ground is None:
        _ground = Ground()
    return _ground


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
