"""How much a school of 100,000 records serves: `python -m benchmarks.school [--size N]`.

A real server process, asked over loopback by this one, on whatever machine this is: records a
second from the feed, durable ops a second into it, the time of small requests with 50 clients at
once, and how much memory the server took before and after. Rates are medians of three runs.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

CLIENTS = 50
REQUESTS = 40
"""Of each client."""
OPS = 500
PUSHES = 6
RUNS = 3


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=100_000)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "desktop", "school"]
        seed = [*command, "seed", "--size", str(size), "--data", folder]
        subprocess.run(seed, check=True, capture_output=True)
        server = subprocess.Popen(
            [*command, "serve", "--owner", "--data", folder], stdout=subprocess.PIPE
        )
        try:
            assert server.stdout is not None
            measure(json.loads(server.stdout.readline()))
        finally:
            server.terminate()
            server.communicate(timeout=30)
    return 0


def measure(ready: dict[str, Any]) -> None:
    base = f"{ready['url']}/api/v1"
    tokens = httpx.post(f"{base}/auth/login", json=ready["owner"], timeout=60).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    with httpx.Client(base_url=base, headers=headers, timeout=120) as client:
        memory = resident_mb(ready["pid"])
        feeds = [feed(client) for _ in range(RUNS)]
        say("feed", statistics.median(feeds), "records/s", 20_000)
        classes = client.get("/sync/changes", params={"collections": "classes", "limit": 1})
        class_id = json.loads(classes.text.splitlines()[0])["id"]
        pushes = [push(client, class_id) for _ in range(RUNS)]
        say("push", statistics.median(pushes), "durable ops/s", 1_500)
    times = asyncio.run(crowd(base, headers))
    p95 = statistics.quantiles(times, n=20)[-1] * 1_000
    print(f"small requests, {CLIENTS} clients: p50 {statistics.median(times) * 1_000:.1f} ms, "
          f"p95 {p95:.1f} ms (wanted: under 50), {len(times)} requests")  # fmt: skip
    print(f"memory: {memory:.0f} MB at first, {resident_mb(ready['pid']):.0f} MB at the end")


def feed(client: httpx.Client) -> float:
    """Records a second of a first pull, gzip and all."""
    cursor, records, more = "", 0, True
    began = time.perf_counter()
    while more:
        page = client.get("/sync/changes", params={"cursor": cursor}).content.splitlines()
        end = json.loads(page[-1])
        cursor, more = end["cursor"], end["has_more"]
        records += len(page) - 1
    return records / (time.perf_counter() - began)


def push(client: httpx.Client, class_id: str) -> float:
    """Applied ops a second, in full pushes one after the other."""
    bodies = [{"ops": [op(class_id) for _ in range(OPS)]} for _ in range(PUSHES)]
    began = time.perf_counter()
    for body in bodies:
        results = client.post("/sync/push", json=body).json()["results"]
        assert all(result["outcome"] == "applied" for result in results)
    return PUSHES * OPS / (time.perf_counter() - began)


def op(class_id: str) -> dict[str, Any]:
    patch = {"given_name": "Measured", "class_ids": [class_id]}
    return {
        "op_id": str(uuid.uuid4()),
        "collection": "students",
        "id": str(uuid.uuid4()),
        "kind": "create",
        "patch": patch,
        "at": "2026-03-02T09:00:00.000Z",
    }


async def crowd(base: str, headers: dict[str, str]) -> list[float]:
    """The seconds of each small request while many clients ask at once, a little apart."""

    async def one(number: int) -> list[float]:
        times = []
        async with httpx.AsyncClient(base_url=base, headers=headers, timeout=60) as client:
            await client.get("/auth/me")  # the connection is not what is measured
            await asyncio.sleep(number / CLIENTS)
            for _ in range(REQUESTS):
                began = time.perf_counter()
                answer = await client.get("/auth/me")
                times.append(time.perf_counter() - began)
                assert answer.status_code == 200
                await asyncio.sleep(0.5)
        return times

    return [
        seconds for times in await asyncio.gather(*map(one, range(CLIENTS))) for seconds in times
    ]


def resident_mb(pid: int) -> float:
    """Resident memory of a process; 0 where the system tells it another way."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1_024


def say(what: str, rate: float, unit: str, wanted: int) -> None:
    print(f"{what}: {rate:,.0f} {unit} (wanted: {wanted:,})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
