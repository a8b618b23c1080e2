"""Copies of the cache by SQLite's online backup, which is whole also while others write."""

import contextlib
import datetime as dt
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from desktop.storage import driver, schema
from desktop.storage.driver import Key

KEPT = 7
EVERY = dt.timedelta(days=1)
_STAMP = "%Y%m%dT%H%M%S%fZ"


def folder_of(cache_folder: Path) -> Path:
    """Where the copies lie."""
    return cache_folder / "backups"


def copies(cache_folder: Path) -> list[Path]:
    """The copies, newest first."""
    return sorted(folder_of(cache_folder).glob("cache-*.sqlite"), reverse=True)


@dataclass(frozen=True)
class Copy:
    """One copy, and whether it could be put in place."""

    file: Path
    made_at: dt.datetime | None
    size: int
    encrypted: bool
    fault: str
    """What speaks against it, as a sentence; "" when it is whole."""


def made_at(copy: Path) -> dt.datetime | None:
    """When a copy was made, as its name tells; None where it tells nothing."""
    try:
        return dt.datetime.strptime(copy.stem, "cache-%Y%m%dT%H%M%S%f%z")
    except ValueError:
        return None


def check(copy: Path, key: Key = None) -> Copy:
    """Open a copy and read all of it."""
    encrypted = not driver.is_plain(copy)
    fault = fault_of(copy, key if encrypted else None)
    return Copy(copy, made_at(copy), copy.stat().st_size, encrypted, fault)


def fault_of(file: Path, key: Key) -> str:
    """Why a file cannot be used as a cache, as a sentence; "" when it can."""
    connection = None
    try:
        connection = driver.connect(file, key, read_only=True)
        told = connection.execute("PRAGMA integrity_check(1)").fetchone()
        revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except driver.Error:
        return "It does not open: it is damaged, or it has another key."
    finally:
        if connection is not None:
            connection.close()
    if told != ("ok",) or revision is None:
        return "It is damaged."
    if str(revision[0]) > schema.newest():
        return "It is of a newer version of the Companion."
    return ""


def is_due(cache_folder: Path, now: dt.datetime) -> bool:
    """Whether the newest copy is a day old, or there is none."""
    newest = next(iter(copies(cache_folder)), None)
    made = None if newest is None else made_at(newest)
    return made is None or abs(now - made) >= EVERY


def make(file: Path, now: dt.datetime, key: Key = None) -> Path:
    """Copy the cache in `file`, keep the newest copies, and return the new one.

    A copy has the key of what it was made from.

    Raises:
        driver.Error, OSError: the copy could not be made; nothing else changed.
    """
    folder = folder_of(file.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"cache-{now.astimezone(dt.UTC).strftime(_STAMP)}.sqlite"
    # A name of its own, for this user only: another process may copy at the same moment.
    descriptor, name = tempfile.mkstemp(prefix="unfinished-", dir=folder)
    os.close(descriptor)
    unfinished = Path(name)
    try:
        duplicate(file, unfinished, key)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    unfinished.replace(copy)
    for old in copies(file.parent)[KEPT:]:
        with contextlib.suppress(OSError):  # it goes next time
            old.unlink()
    return copy


def duplicate(file: Path, target: Path, key: Key) -> None:
    """Copy a database into `target`, as one file without a log beside it, onto the disk.

    It is sealed as the source is: SQLite copies page by page, and pages of two sizes would end
    the program.
    """
    as_before = key is not None and driver.is_sealed_as_before(file, key)
    with (
        contextlib.closing(driver.connect(file, key)) as source,
        contextlib.closing(driver.connect(target, key, as_before=as_before)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    driver.sync_to_disk(target)
