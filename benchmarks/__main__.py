"""`python -m benchmarks [QUESTION ...]`: measure, and print a table. It never fails a test run."""

import importlib
import sys
from collections.abc import Iterator

from benchmarks import timing
from desktop import logs

QUESTIONS = [
    "first_window", "window", "today", "table", "search", "analytics", "ingest", "sync",
    "offline_edits", "push", "encryption", "school",
]  # fmt: skip


def rows(names: list[str]) -> Iterator[timing.Row]:
    for name in names:
        yield from importlib.import_module(f"benchmarks.{name}").measure()


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(QUESTIONS))
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}; there are {', '.join(QUESTIONS)}.")
        return 2
    logs.join()  # the table alone goes to standard output
    for line in timing.table(rows(names or QUESTIONS)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
