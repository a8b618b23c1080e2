"""Searching 100,000 students as somebody types, against list.sort of the same names."""

import functools
import random
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Row, Stopwatch, alternate
from desktop.classroom.instants import SystemClock
from desktop.storage import ingest
from desktop.storage.cache import Cache
from desktop.storage.queries.search import search
from desktop.wire.feed import MAX_PAGE, ChangedRecord

STUDENTS = 100_000
SEED = 20_261_126
GIVEN = ("Ana", "Björn", "Chidi", "Dolores", "Émile", "Fatima", "Grace", "Hiro", "Ines", "Jamal")
SOUNDS = ("ka", "ro", "mi", "nde", "son", "vic", "le", "tu", "gar", "cía", "ber", "ø")
TYPED = (
    "a",
    "an",
    "ana",
    "ana k",
    "b",
    "bjorn ro",
    "emile",
    "kar",
    "karo",
    "z",
    "son mi",
    "garcia",
)


def measure() -> Iterator[Row]:
    """One row: the slowest letters of a dozen, as a person feels them."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as scratch:
        cache = Cache.open(Path(scratch), clock=SystemClock(), chance=chance)
        names = list(_fill(cache, chance))

        def ours() -> float:
            times = []
            for typed in TYPED:
                with Stopwatch() as watch:
                    cache.read(functools.partial(search, typed=typed))
                times.append(watch.seconds)
            return statistics.quantiles(times, n=20)[-1]

        def floor() -> float:
            keys = [name.casefold() for name in names]
            with Stopwatch() as watch:
                keys.sort()
            return watch.seconds

        times = alternate(ours, floor)
        cache.close()
    yield Row("search of 100,000 students, p95", "list.sort, same names", *times, 5.0, 2.0)


def _fill(cache: Cache, chance: random.Random) -> Iterator[str]:
    page: list[ChangedRecord] = []
    for number in range(1, STUDENTS + 1):
        given, family = chance.choice(GIVEN), "".join(chance.choices(SOUNDS, k=3)).title()
        page.append(
            ChangedRecord(
                id=f"0199c0de-0000-7000-8000-{number:012x}",
                collection="students",
                version=number,
                updated_at="2026-11-23T09:00:00.000Z",
                data={"given_name": given, "family_name": family, "class_ids": []},
            )
        )
        yield f"{family} {given}"
        if len(page) == MAX_PAGE or number == STUDENTS:
            take = functools.partial(ingest.apply_page, page=page, cursor=str(number))
            cache.write(take, durable=False).result()
            page = []
