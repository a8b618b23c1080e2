"""Alternating runs of ours and its floor, medians, and the ratio that a gate is set on."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

RUNS = 7


@dataclass(frozen=True)
class Row:
    """One question and its answer. Figures are medians; gates are ratios to the floor."""

    question: str
    floor: str
    ours_s: float
    floor_s: float
    gate: float
    moonshot: float
    note: str = ""
    """More figures of the same runs."""
    unit: str = "ms"
    """What is printed; a figure in `ms` is given in seconds, any other as it is."""

    @property
    def ratio(self) -> float:
        """How many times the floor ours took."""
        return self.ours_s / self.floor_s

    @property
    def verdict(self) -> str:
        """Which of its two marks the ratio reached."""
        if self.ratio <= self.moonshot:
            return "moonshot"
        return "gate" if self.ratio <= self.gate else "over"


def alternate(
    ours: Callable[[], float], floor: Callable[[], float], runs: int = RUNS
) -> tuple[float, float]:
    """The medians of both, run in turn so that a slow moment of the machine hits both.

    Each callable does its work once and returns the seconds that count.
    """
    first: list[float] = []
    second: list[float] = []
    for _ in range(runs):
        for measure, times in ((ours, first), (floor, second)):
            gc.collect()
            times.append(measure())
    return statistics.median(first), statistics.median(second)


class Stopwatch:
    """`with Stopwatch() as watch: ...`, then `watch.seconds`: to the end, or to `lap()`."""

    seconds = 0.0

    def __enter__(self) -> "Stopwatch":
        self._start = time.perf_counter()
        return self

    def lap(self) -> None:
        """Stop here: what follows is only tidying up."""
        self.seconds = time.perf_counter() - self._start

    def __exit__(self, *_: object) -> None:
        if not self.seconds:
            self.lap()


def table(rows: Iterator[Row]) -> Iterator[str]:
    """The lines of a table, each as soon as its row is measured."""
    yield f"{'question':<42} {'ours':>9} {'floor':>9} {'ratio':>6} {'gate':>5} {'moon':>5}"
    for row in rows:
        scale = 1_000 if row.unit == "ms" else 1
        yield (
            f"{row.question:<42} {row.ours_s * scale:>6.1f} {row.unit:<2} "
            f"{row.floor_s * scale:>6.1f} {row.unit:<2} "
            f"{row.ratio:>6.2f} {row.gate:>5.2f} {row.moonshot:>5.2f}  {row.verdict}"
            f"  (floor: {row.floor}){row.note and '  '}{row.note}"
        )
