"""The analytics of five classes with 1,000,000 answers, against the SQL that reads the answers."""

import functools
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import term
from benchmarks.timing import Row, Stopwatch, alternate
from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.storage.queries.analytics import class_analytics
from desktop.storage.sql import Connection

RECORDS, TIMES = 100_000, 10
READ = (
    "SELECT student_id, parent_id, at, amount FROM record WHERE collection = 'progress_events' "
    "AND class_id = ? AND deleted = 0 AND amount IS NOT NULL"
)
RUNS = 3


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as scratch:
        chance, clock = random.Random(term.SEED), SystemClock()
        cache = Cache.open(Path(scratch), clock=clock, chance=chance)
        term.fill(cache, RECORDS)
        term.multiply(cache, TIMES)
        now = clock.now()

        def ours() -> float:
            with Stopwatch() as watch:
                for class_id in term.CLASSES:
                    cache.read(functools.partial(class_analytics, class_id=class_id, now=now))
            return watch.seconds

        def floor() -> float:
            with Stopwatch() as watch:
                for class_id in term.CLASSES:
                    cache.read(functools.partial(_read, class_id=class_id))
            return watch.seconds

        times = alternate(ours, floor, RUNS)
        cache.close()
    yield Row("analytics of 1,000,000 answers", "SQL that reads them", *times, 2.0, 1.0)


def _read(connection: Connection, class_id: str) -> int:
    return sum(1 for _ in connection.execute(READ, (class_id,)))
