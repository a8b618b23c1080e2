"""How much a school of 100,000 records serves: `python -m benchmarks.school [--size N]`.

A real server process, asked over loopback by processes of their own. Its floors answer the same
requests in the same minute: a bare server whose answers are ready, and SQLite that is handed the
same rows. The absolute figures that a school needs stand beside the ratios, with what the clients
themselves took, the server's memory, and how busy the machine was with other things.
"""

import argparse
import contextlib
import gzip
import http.client
import json
import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from benchmarks import crowd, timing
from benchmarks.crowd import FRESH, Plan, Told
from benchmarks.school_server import School, bare, fresh_ids, served
from benchmarks.timing import Row

SIZE = 100_000
CLIENTS = 50
CROWD_S = 6.0
OPS = 500
PUSHES = 6
RUNS = 3
PAGES = 200
"""Of 500 records each, asked of the floor."""
FLOOR_COMMIT = 100
"""Ops that the server makes durable together."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=SIZE)
    for line in timing.table(measure(parser.parse_args().size)):
        print(line, flush=True)
    return 0


def measure(size: int = SIZE) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, served(size, Path(folder)) as school:
        page, records = school.page("")
        (Path(folder) / "page").write_bytes(page)
        with bare(Path(folder) / "page") as floor_port:
            before = school.memory_mb()
            yield feed(school, floor_port)
            yield push(school, Path(folder))
            yield from small_requests(school, floor_port)
            yield small_pushes(school, floor_port)
            yield busy_school(school, floor_port)
            yield memory(school, before, records)


def feed(school: "School", floor_port: int) -> Row:
    """A first pull of everything, page after page, against as many pages that lie ready."""
    asked: list[int] = []

    def ours() -> float:
        with timing.Stopwatch() as watch:
            asked.append(school.pull())
        return watch.seconds

    def floor() -> float:
        wire = http.client.HTTPConnection("127.0.0.1", floor_port)
        with timing.Stopwatch() as watch:
            for _ in range(PAGES):
                wire.request("GET", "/page")
                gzip.decompress(wire.getresponse().read())
        return watch.seconds * asked[-1] / (PAGES * 500)

    ours_s, floor_s = timing.alternate(ours, floor, RUNS)
    rate = f"{asked[-1] / ours_s:,.0f} records/s (wanted: 20,000)"
    return Row("a first pull", "the same bytes, ready", ours_s, floor_s, 6, 3, rate)


def push(school: "School", folder: Path) -> Row:
    """Full pushes of one client, against the same rows handed to SQLite."""
    rounds = iter(range(100))

    def ours() -> float:
        bodies = [school.creations(*fresh_ids(OPS)) for _ in range(PUSHES)]
        with timing.Stopwatch() as watch:
            for body in bodies:
                results = school.ask("POST", "/sync/push", body)["results"]
                assert all(result["outcome"] == "applied" for result in results)
        return watch.seconds

    def floor() -> float:
        return bare_inserts(folder / f"floor{next(rounds)}.sqlite", PUSHES * OPS)

    ours_s, floor_s = timing.alternate(ours, floor, RUNS)
    rate = f"{PUSHES * OPS / ours_s:,.0f} durable ops/s (wanted: 1,500)"
    return Row("pushes of 500", "the same rows into SQLite", ours_s, floor_s, 12, 6, rate)


def small_requests(school: "School", floor_port: int) -> Iterator[Row]:
    """Many who ask who they are and what is new: at their own pace, and without a pause."""
    asks = [
        school.request("GET", "/auth/me"),
        school.request("GET", f"/sync/changes?cursor={quote(school.latest())}"),
    ]
    for question, pause_s in (("50 clients, twice a second", 0.5), ("50 clients, no pause", 0.0)):
        yield crowded(question, school, asks, floor_port, pause_s)


def small_pushes(school: "School", floor_port: int) -> Row:
    """Many who each save one thing at a time: durable before it is answered."""
    asks = [school.request("POST", "/sync/push", json.dumps(school.creations(FRESH.decode())))]
    return crowded("50 clients, one op each", school, asks, floor_port, 0.0)


def busy_school(school: "School", floor_port: int) -> Row:
    """Small requests while others pull everything and push what they can."""
    others = [
        school.request("GET", "/sync/changes?cursor="),
        school.request("POST", "/sync/push", json.dumps(school.creations(*[FRESH.decode()] * 20))),
    ]
    crowd_of_others = crowd.started(Plan(*school.address, others, 2, CROWD_S + 1))
    asks = [school.request("GET", "/auth/me")]
    row = crowded("50 clients beside pulls and pushes", school, asks, floor_port, 0.5)
    crowd.ended(crowd_of_others)
    return row


def crowded(
    question: str, school: "School", asks: list[str], floor_port: int, pause_s: float
) -> Row:
    """The 95th percentile of a crowd's answers, beside the same crowd at the bare server."""
    used = school.processor_s()
    told = crowd.ask(Plan(*school.address, asks, CLIENTS, CROWD_S, pause_s))
    used = school.processor_s() - used
    small = crowd.request("GET", "/small", {})
    floor = crowd.ask(Plan("127.0.0.1", floor_port, [small], CLIENTS, CROWD_S / 2, pause_s))
    note = (
        f"p50 {statistics.median(told.times) * 1_000:.1f}, p95 {p95(told) * 1_000:.1f} ms "
        f"(wanted: under 50), {told.rate:,.0f}/s; of a processor: server {used / told.wall_s:.2f}, "
        f"clients {told.processor_s / told.wall_s:.2f}"
    )
    return Row(f"{question}: p95", "a bare server", p95(told), p95(floor), 6, 3, note)


def memory(school: "School", before: float, records: int) -> Row:
    """What the server holds when all that is over, against what it held at first."""
    after = school.memory_mb()
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    note = (
        f"{before:.0f} MB after a page of {records} records, {after:.0f} MB at the end; "
        f"load of the machine {load}"
    )
    return Row("memory", "after the first page", after, before, 1.25, 1.1, note, "MB")


def p95(told: Told) -> float:
    return statistics.quantiles(told.times, n=20)[-1]


def bare_inserts(file: Path, ops: int) -> float:
    """Seconds for the rows of `ops` creations, as durable as the server makes them."""
    rows = [(*fresh_ids(2), n) for n in range(ops)]
    data = '{"given_name":"Measured","class_ids":["c"]}'
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE record (id TEXT PRIMARY KEY, version INTEGER UNIQUE, data TEXT);"
            "CREATE TABLE reach (id TEXT, scope TEXT, PRIMARY KEY (id, scope));"
            "CREATE TABLE ledger (op TEXT PRIMARY KEY, id TEXT, version INTEGER);"
        )
        with timing.Stopwatch() as watch:
            for start in range(0, ops, FLOOR_COMMIT):
                part = rows[start : start + FLOOR_COMMIT]
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(
                    "INSERT INTO record VALUES (?, ?, ?)", [(r[0], r[2], data) for r in part]
                )
                connection.executemany("INSERT INTO reach VALUES (?, 'c:1')", [r[:1] for r in part])
                connection.executemany("INSERT INTO ledger VALUES (?, ?, ?)", [
                    (r[1], r[0], r[2]) for r in part
                ])  # fmt: skip
                connection.execute("COMMIT")
    return watch.seconds


if __name__ == "__main__":
    sys.exit(main())
