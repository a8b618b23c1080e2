"""What encryption costs: the same work on an encrypted cache and on a plain one.

Both run on SQLCipher's library, so that the difference is encryption alone, and both are measured
by the processor's time: enciphering waits for nobody, and neighbours on the machine do not count.
"""

import random
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.ingest import SEED, pages, take_in
from benchmarks.timing import Row, alternate
from desktop.classroom.instants import SystemClock
from desktop.storage import records
from desktop.storage.cache import Cache
from desktop.storage.queries import classes, today

KEY = bytes(range(32))
GATE, MOONSHOT = 1.2, 1.1
ROUNDS = 30


def measure() -> Iterator[Row]:
    wire = pages()
    numbers = count()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)

        def opened(folder: Path, key: bytes | None) -> Cache:
            return Cache.open(folder, clock=SystemClock(), chance=random.Random(SEED), key=key)

        def fill(key: bytes | None) -> float:
            cache = opened(root / f"fill{next(numbers)}", key)
            before = time.process_time()
            take_in(cache, wire)
            spent = time.process_time() - before
            cache.close()
            return spent

        times = alternate(lambda: fill(KEY), lambda: fill(None))
        yield Row("ingest of 100,000 records, encrypted", "the same, plain", *times, GATE, MOONSHOT)

        sealed, plain = opened(root / "fill0", KEY), opened(root / "fill1", None)
        now = SystemClock().now()

        def ask(cache: Cache) -> float:
            before = time.process_time()
            for _ in range(ROUNDS):
                cache.read(classes.class_list)
                cache.read(lambda connection: today.today(connection, now))
                cache.read(lambda connection: records.find(connection, "students", limit=500))
            return time.process_time() - before

        times = alternate(lambda: ask(sealed), lambda: ask(plain))
        yield Row("screens' questions, encrypted", "the same, plain", *times, GATE, MOONSHOT)
        sealed.close()
        plain.close()
