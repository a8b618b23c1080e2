"""How the real window feels while 100,000 records come in, what it holds, and what it does idle."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.school_server import seed
from benchmarks.timing import Row

RECORDS = 100_000
LATE_S, LATEST_S, SAVED_S = 0.016, 0.050, 0.016
"""A frame of 60 a second; what is felt as a jerk; and a key that feels at once."""
PATIENCE_S = 170


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as profile:
        seed(RECORDS, Path(profile) / "school")
        command = [sys.executable, "-m", "benchmarks.real_window", profile]
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE_S
        )
    found = json.loads(done.stdout)
    idle, busy, edits = found["idle"], found["busy"], found["edits"]
    floor = max(p99(idle), 0.0005)  # a beat that is on time to the microsecond is no floor
    note = (
        f"p99 {_ms(p99(busy))} of {_ms(LATE_S)}, max {_ms(max(busy))} of {_ms(LATEST_S)}; "
        f"idle max {_ms(max(idle))}"
    )
    gates = LATE_S / floor, LATE_S / 2 / floor
    yield Row("window late during a first sync, p99", "idle", p99(busy), floor, *gates, note)
    note = f"median {_ms(statistics.median(edits))}, max {_ms(max(edits))} of {len(edits)}"
    gates = SAVED_S / floor, SAVED_S / 2 / floor
    yield Row("edit to saved meanwhile, p99", "an idle beat", p99(edits), floor, *gates, note)
    pages = found["pages_mb"]
    note = ", ".join(f"{page} {held:.0f}" for page, held in pages.items())
    yield Row("memory after 100,000 records, all pages open", "a bare window",
              max(pages.values()), found["bare_mb"], 2.2, 1.6, note, "MB")  # fmt: skip
    # One timer looks every two seconds whether another process wrote to the cache.
    yield Row("wake-ups while idle", "one timer", found["wake_ups"], 0.5, 8, 2, "", "/s")


def p99(seconds: list[float]) -> float:
    return sorted(seconds)[round(0.99 * (len(seconds) - 1))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1_000:.0f} ms"
