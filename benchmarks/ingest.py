"""Ingest of 100,000 records against the driver's executemany of the same rows and indexes.

Ours is a whole round of the engine, as the app runs it: pages read off the event loop, gathered
into batches, and stored by the storage thread. Only the network is left out.
"""

import asyncio
import contextlib
import random
import tempfile
from collections.abc import AsyncGenerator, Iterator, Sequence
from itertools import count
from pathlib import Path

import msgspec

from benchmarks.timing import Row, Stopwatch, alternate
from desktop.backend.companion import FeedPage, read_page
from desktop.classroom.instants import SystemClock
from desktop.storage import driver
from desktop.storage.cache import Cache
from desktop.sync.engine import SyncEngine
from desktop.wire.feed import MAX_PAGE, ChangedRecord, EndOfPage
from desktop.wire.push import Op, OpResult

RECORDS = 100_000
SEED = 20_261_123


def pages() -> list[bytes]:
    """The pages of a believable term, as they come over the wire."""
    chance = random.Random(SEED)
    students = [f"0199c0de-0000-7000-8000-{number:012x}" for number in range(140)]
    classes = [f"0199c0de-0000-7000-9000-{number:012x}" for number in range(5)]
    lines = [
        msgspec.json.encode(_record(number, chance, students, classes))
        for number in range(1, RECORDS + 1)
    ]
    starts = range(0, RECORDS, MAX_PAGE)
    return [
        b"\n".join([*lines[start : start + MAX_PAGE], _end(start + MAX_PAGE)]) for start in starts
    ]


def _end(version: int) -> bytes:
    return msgspec.json.encode(EndOfPage(cursor=str(version), has_more=version < RECORDS))


def _record(
    number: int, chance: random.Random, students: list[str], classes: list[str]
) -> ChangedRecord:
    at = f"2026-{chance.randint(9, 11):02}-{chance.randint(1, 28):02}T09:{number % 60:02}:00.000Z"
    who = {"student_id": chance.choice(students), "class_id": chance.choice(classes)}
    if number % 10 == 0:
        kind, data = "xp_awards", {"xp": 10, "reason": "A right answer", "source": "game"}
        data |= {"awarded_at": at}
    else:
        right = chance.random() < 0.7
        kind, data = "progress_events", {"kind": "answer", "at": at, "lesson_id": classes[0]}
        data |= {"data": {"question_id": f"q{number % 12}", "correct": right, "points": 5}}
    return ChangedRecord(
        id=f"0199c0de-{number % 65_536:04x}-7000-a000-{number:012x}",
        collection=kind,
        version=number,
        updated_at=at,
        data=who | data,
    )


class Wire:
    """A server whose pages are here already."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = bodies

    async def refresh_if_due(self) -> None:
        """Nothing is due."""

    async def push(self, ops: Sequence[Op]) -> list[OpResult | None]:
        """Nothing was changed here, so nothing is sent."""
        raise AssertionError(ops)

    async def pages(self, _cursor: str) -> AsyncGenerator[FeedPage, None]:
        """Every page, read off the event loop as the client does."""
        for body in self._bodies:
            yield await asyncio.to_thread(read_page, body, "bench")


def take_in(cache: Cache, wire: list[bytes]) -> None:
    """Run the round that takes all pages of the feed into an empty cache."""
    engine = SyncEngine(cache, Wire(wire), clock=SystemClock(), lock=contextlib.nullcontext)
    report = asyncio.run(engine.round())
    if report.problem is not None or report.pulled != RECORDS:
        raise AssertionError(report)


def measure() -> Iterator[Row]:
    wire = pages()
    numbers = count()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)

        def ours() -> float:
            folder = root / f"ours{next(numbers)}"
            cache = Cache.open(folder, clock=SystemClock(), chance=random.Random(SEED))
            with Stopwatch() as watch:
                take_in(cache, wire)
            cache.close()
            return watch.seconds

        ours()
        schema, rows = _copied(root / "ours0" / "cache.sqlite")

        def floor() -> float:
            # The same SQLite library as ours: another build of it is quicker or slower by itself.
            connection = driver.connect(root / f"floor{next(numbers)}.sqlite")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            for statement in schema:
                connection.execute(statement)
            with Stopwatch() as watch:
                connection.execute("BEGIN")
                connection.executemany(
                    f"INSERT INTO record VALUES ({','.join('?' * len(rows[0]))})", rows
                )
                connection.execute("COMMIT")
            connection.close()
            return watch.seconds

        times = alternate(ours, floor)
    yield Row("ingest of 100,000 records", "executemany, same rows", *times, 2.0, 1.2)


def _copied(file: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    connection = driver.connect(file)
    schema = [
        sql
        for (sql,) in connection.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'record' AND sql IS NOT NULL "
            "ORDER BY type DESC"
        )
    ]
    rows = connection.execute("SELECT * FROM record ORDER BY seq").fetchall()
    connection.close()
    return schema, rows
