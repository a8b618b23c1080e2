"""10,000 edits made without a network, pushed: against raw httpx with the same bytes.

The bytes go to a twin of the school, which makes them durable just as well.
"""

import asyncio
import functools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks import device
from benchmarks.device import Device
from benchmarks.school_server import School, seed, serving
from benchmarks.timing import Row, Stopwatch
from desktop.storage import outbox
from desktop.storage.transaction import Transaction
from desktop.wire import API_PREFIX

RECORDS = 1_000
EDITS = 10_000
IN_ONE_STEP = 500
RUNS = 3


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as scratch, asyncio.Runner() as runner:
        data, twin_data = Path(scratch) / "school", Path(scratch) / "twin"
        seed(RECORDS, data)
        shutil.copytree(data, twin_data)
        with serving(data) as school, serving(twin_data) as twin:
            yield runner.run(_measure(school, twin, Path(scratch)))


async def _measure(school: School, twin: School, scratch: Path) -> Row:
    headers = {"Authorization": twin.headers["Authorization"], "Content-Type": "application/json"}
    async with (
        device.signed_in(scratch / "device", school.url, school.owner) as teacher,
        httpx.AsyncClient(base_url=twin.url, headers=headers, timeout=60) as client,
    ):
        await teacher.sync()
        cursor = await device.fetch(client)
        ours, floor = [], []
        for _ in range(RUNS):
            _edit(teacher, school.class_id)
            teacher.transport.pushed.clear()
            with Stopwatch() as watch:
                await teacher.sync()
            ours.append(watch.seconds)
            with Stopwatch() as watch:
                await _push(client, teacher.transport.pushed)
                cursor = await device.fetch(client, cursor)
            floor.append(watch.seconds)
    times = sorted(ours)[RUNS // 2], sorted(floor)[RUNS // 2]
    rate = f"{EDITS / times[0]:,.0f} durable ops/s"
    return Row("10,000 offline edits pushed", "raw httpx, same bytes", *times, 1.5, 1.2, rate)


def _edit(teacher: Device, class_id: str) -> None:
    for start in range(0, EDITS, IN_ONE_STEP):
        numbers = range(start, start + IN_ONE_STEP)
        teacher.cache.write(functools.partial(_enrol, class_id, numbers)).result()


def _enrol(class_id: str, numbers: range, tx: Transaction) -> None:
    for number in numbers:
        name = {"given_name": "Written", "family_name": f"offline {number}"}
        outbox.create(tx, "students", name | {"class_ids": [class_id]})


async def _push(client: httpx.AsyncClient, bodies: list[bytes]) -> None:
    for body in bodies:
        answer = await client.post(f"{API_PREFIX}/sync/push", content=body)
        results = answer.raise_for_status().json()["results"]
        if any(result["outcome"] != "applied" for result in results):
            raise RuntimeError("The twin did not take what the school took.")
