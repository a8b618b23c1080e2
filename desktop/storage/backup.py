"""Copies of the cache by SQLite's online backup, which is whole also while others write."""

import contextlib
import datetime as dt
import os
import sqlite3
import tempfile
from pathlib import Path

KEPT = 7
EVERY = dt.timedelta(days=1)
_STAMP = "%Y%m%dT%H%M%S%fZ"


def folder_of(cache_folder: Path) -> Path:
    """Where the copies lie."""
    return cache_folder / "backups"


def copies(cache_folder: Path) -> list[Path]:
    """The copies, newest first."""
    return sorted(folder_of(cache_folder).glob("cache-*.sqlite"), reverse=True)


def is_due(cache_folder: Path, now: dt.datetime) -> bool:
    """Whether the newest copy is a day old, or there is none."""
    newest = next(iter(copies(cache_folder)), None)
    if newest is None:
        return True
    try:
        made = dt.datetime.strptime(newest.stem, "cache-%Y%m%dT%H%M%S%f%z")
    except ValueError:
        return True
    return abs(now - made) >= EVERY


def make(file: Path, now: dt.datetime) -> Path:
    """Copy the cache in `file`, keep the newest copies, and return the new one.

    Raises:
        sqlite3.Error, OSError: the copy could not be made; nothing else changed.
    """
    folder = folder_of(file.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"cache-{now.astimezone(dt.UTC).strftime(_STAMP)}.sqlite"
    # A name of its own, for this user only: another process may copy at the same moment.
    descriptor, name = tempfile.mkstemp(prefix="unfinished-", dir=folder)
    os.close(descriptor)
    unfinished = Path(name)
    source = sqlite3.connect(file, timeout=10)
    target = sqlite3.connect(unfinished)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    finally:
        target.close()
        source.close()
    unfinished.replace(copy)
    for old in copies(file.parent)[KEPT:]:
        with contextlib.suppress(OSError):  # it goes next time
            old.unlink()
    return copy
