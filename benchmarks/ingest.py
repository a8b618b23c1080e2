"""Ingest of 100,000 records against the driver's executemany of the same rows and indexes."""

import functools
import random
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec

from benchmarks.timing import Row, Stopwatch, alternate
from desktop.backend.companion import read_page
from desktop.classroom.instants import SystemClock
from desktop.storage import driver, ingest
from desktop.storage.cache import Cache
from desktop.wire.feed import MAX_PAGE, ChangedRecord, EndOfPage

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


def measure() -> Iterator[Row]:
    wire = pages()
    numbers = count()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)

        def ours() -> float:
            folder = root / f"ours{next(numbers)}"
            cache = Cache.open(folder, clock=SystemClock(), chance=random.Random(SEED))
            with Stopwatch() as watch:
                for body in wire:
                    page = read_page(body, "bench")
                    take = functools.partial(
                        ingest.apply_page, page=page.records, cursor=page.cursor
                    )
                    cache.write(take, durable=False).result()
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
