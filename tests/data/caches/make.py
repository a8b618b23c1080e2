"""Makes the old caches that lie here: one of each revision, filled by the app's own verbs.

`python -m tests.data.caches.make` makes those that are missing. One that is there stays as it
is: it is what an earlier version of the app left on people's disks.
"""

import contextlib
import datetime as dt
import random
import tempfile
from pathlib import Path
from typing import Any

from desktop.classroom.instants import SystemClock
from desktop.storage import driver, ingest, outbox, schema, sending
from desktop.storage.cache import FILE, Cache
from desktop.wire.feed import ChangedRecord

HERE = Path(__file__).parent
PAGE_BYTES = 1024  # small pages make a small file


class Noon(SystemClock):
    """A clock that stands still, so that two runs make the same."""

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def revisions() -> list[str]:
    """Every revision, oldest first."""
    return sorted(file.name[1:5] for file in (schema.MIGRATIONS / "versions").glob("r[0-9]*.py"))


def _said(collection: str, id_: str, version: int, **data: Any) -> ChangedRecord:
    return ChangedRecord(
        id=id_, collection=collection, version=version, data=data,
        updated_at="2026-11-18T08:00:00.000Z", updated_by="Ben",
    )  # fmt: skip


def fill(cache: Cache) -> None:
    """Two classes and a student from the server, an edit, a creation, a conflict, a refusal."""

    def act(verb: Any, *args: Any) -> Any:
        return cache.write(lambda tx: verb(tx, *args)).result()

    page = [_said("classes", f"c{n}", n, name=f"Class {n}", room="1") for n in (1, 2, 3)]
    page.append(_said("students", "s1", 4, given_name="Ana", class_ids=["c1"]))
    act(ingest.apply_page, page, "cursor 4")
    act(outbox.update, "classes", "c1", {"room": "mine"})
    act(outbox.create, "students", {"given_name": "Ben", "class_ids": ["c1"]}, "s2")
    act(outbox.update, "classes", "c2", {"room": "mine"})
    act(ingest.apply_page, [_said("classes", "c2", 5, name="Class 2", room="theirs")], "cursor 5")
    refused = act(outbox.update, "classes", "c3", {"room": "bad"})
    act(sending.rejected, refused.op_id, "invalid", "No such room.")


def make(revision: str, filled: Path) -> Path:
    """Write the cache of one revision: its tables, and the rows that fit into them."""
    file = HERE / f"r{revision}.sqlite"
    with contextlib.closing(driver.connect(file)) as empty:
        empty.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        empty.execute("VACUUM")
    schema.migrate(file, to=revision)
    with contextlib.closing(driver.connect(file)) as old:
        old.execute("ATTACH DATABASE ? AS filled", (str(filled),))
        for (table,) in old.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version' "
            "AND name NOT LIKE 'record_words%'"  # which is filled anew
        ).fetchall():
            columns = ", ".join(
                name
                for (name,) in old.execute(
                    "SELECT a.name FROM pragma_table_info(?1, 'main') a "
                    "JOIN pragma_table_info(?1, 'filled') b USING (name)",
                    (table,),
                )
            )
            if columns:
                old.execute(
                    f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM filled.{table}"
                )
        old.execute("DETACH DATABASE filled")
        if revision >= "0004":
            old.execute("INSERT INTO record_words (record_words) VALUES ('rebuild')")
        old.execute("PRAGMA journal_mode = DELETE")
        old.execute("VACUUM")
    return file


def main() -> None:
    """Make what is missing."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache.open(Path(folder), clock=Noon(), chance=random.Random(1), who="Ana Ruiz")
        fill(cache)
        cache.close()
        for revision in revisions():
            if not (HERE / f"r{revision}.sqlite").exists():
                print("made", make(revision, Path(folder) / FILE).name)


if __name__ == "__main__":
    main()
