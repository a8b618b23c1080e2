"""Many worlds one after the other, on one ground a process."""

import concurrent.futures
import functools
import multiprocessing
from collections.abc import Iterator

from tests.simulation import quiet
from tests.simulation.world import Ground, Outcome, run

CHUNK = 50


@functools.cache
def on_ground() -> Ground:
    """What all worlds of this process stand on."""
    return Ground()


def outcomes(seeds: range, jobs: int) -> Iterator[Outcome]:
    """The outcome of each seed, in order, worked out by `jobs` processes."""
    chunks = [seeds[at : at + CHUNK] for at in range(0, len(seeds), CHUNK)]
    if jobs == 1:
        for chunk in chunks:
            yield from chunk_of(chunk)
        return
    with concurrent.futures.ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=quiet.hush
    ) as pool:
        for found in pool.map(chunk_of, chunks):
            yield from found


def chunk_of(seeds: range) -> list[Outcome]:
    """The outcomes of a few seeds, in this process."""
    return [run(on_ground(), seed) for seed in seeds]


def broken_in(seeds: range) -> list[str]:
    """What is broken in the worlds of some seeds, and how to look at it."""
    return [
        f"{outcome.broken}; see: python -m tests.simulation --tell {outcome.seed}"
        for outcome in chunk_of(seeds)
        if outcome.broken
    ]
