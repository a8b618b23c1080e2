"""A first sync of 100,000 records over 30 ms, and a round when nothing changed.

The floor is httpx with the same requests and answers, and nothing done with what comes.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import httpx

from benchmarks import device, distance
from benchmarks.device import Device
from benchmarks.school_server import School, seed, serving
from benchmarks.timing import Row, Stopwatch, alternate

RECORDS, FEW = 100_000, 1_000
ROUND_TRIP_MS = 30.0
RUNS = 3
ROUNDS = 15


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as scratch, asyncio.Runner() as runner:
        many, few = Path(scratch) / "many", Path(scratch) / "few"
        seed(RECORDS, many)
        seed(FEW, few)
        with serving(many) as school, serving(few) as small:
            yield _first(runner, school, Path(scratch))
            yield from runner.run(_again(school, small, Path(scratch)))


def _first(runner: asyncio.Runner, school: School, scratch: Path) -> Row:
    numbers = count()

    async def ours(server: str) -> float:
        folder = scratch / f"device{next(numbers)}"
        async with device.signed_in(folder, server, school.owner) as teacher:
            with Stopwatch() as watch:
                await teacher.sync()
        shutil.rmtree(folder)
        return watch.seconds

    async def floor(server: str) -> float:
        async with _client(school, server) as client:
            with Stopwatch() as watch:
                await device.fetch(client)
        return watch.seconds

    with distance.between(school.address[1], ROUND_TRIP_MS) as port:
        far = f"http://127.0.0.1:{port}"
        times = alternate(lambda: runner.run(ours(far)), lambda: runner.run(floor(far)), runs=RUNS)
    rate = f"{RECORDS / times[0]:,.0f} records/s"
    return Row("first sync of 100,000 records, 30 ms", "raw httpx", *times, 1.25, 1.1, rate)


async def _again(school: School, small: School, scratch: Path) -> list[Row]:
    """Rounds without anything new, on a cache of many records and on one of few."""
    async with (
        device.signed_in(scratch / "a", school.url, school.owner) as full,
        device.signed_in(scratch / "b", small.url, small.owner) as light,
        _client(school, school.url) as client,
    ):
        for one in (full, light):
            await one.sync()
        cursor = await device.fetch(client)
        ours, floor, other = [], [], []
        for _ in range(ROUNDS):
            ours.append(await _round(full))
            other.append(await _round(light))
            with Stopwatch() as watch:
                await device.fetch(client, cursor)
            floor.append(watch.seconds)
    many, few, bare = (sorted(times)[ROUNDS // 2] for times in (ours, other, floor))
    return [
        Row("a round without news, 100,000 records", "an empty round trip", many, bare, 3.0, 1.5),
        Row("a round without news, 100,000 records", "1,000 records", many, few, 1.25, 1.1),
    ]


async def _round(teacher: Device) -> float:
    with Stopwatch() as watch:
        await teacher.sync()
    return watch.seconds


def _client(school: School, server: str) -> httpx.AsyncClient:
    headers = {"Authorization": school.headers["Authorization"]}
    return httpx.AsyncClient(base_url=server, headers=headers, trust_env=False, timeout=60)
