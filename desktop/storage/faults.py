"""Turns what SQLite and the file system complain about into sentences for a person."""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from desktop.sentences import say
from desktop.storage import driver
from desktop.storage.errors import (
    CacheBusy,
    DamagedCache,
    DiskFault,
    DiskFull,
    ReadOnlyFolder,
    StorageError,
)


@contextlib.contextmanager
def in_words(folder: Path, *, writing: bool = True) -> Iterator[None]:
    """Raise what a person can act on as a StorageError; let defects through as they are.

    Without `writing`, an attempt to write is such a defect.
    """
    try:
        yield
    except (driver.Error, OSError) as error:
        known = _known(error, folder)
        if known is None or (isinstance(known, ReadOnlyFolder) and not writing):
            raise
        raise known from error


def is_of_the_machine(error: BaseException) -> bool:
    """Whether the disk or the file is to blame, and not what was to be written."""
    return _known(error, Path()) is not None


def _known(error: BaseException, folder: Path) -> StorageError | None:
    if isinstance(error, OSError):
        return _of_the_file_system(error, folder)
    if not isinstance(error, driver.Error):
        return None
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the primary code, without its details
        case sqlite3.SQLITE_FULL:
            return _full(folder)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return _read_only(folder)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return CacheBusy(
                say("Another copy of the Companion is busy with the work on this computer."),
                mend=say("Wait for it to finish, or close it, and try again."),
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DamagedCache(
                say("The work saved on this computer is damaged."),
                mend=say(
                    "Close the Companion and open it again: it repairs what it can and names it."
                ),
            )
        case sqlite3.SQLITE_IOERR:
            return DiskFault(
                say(
                    "The disk that holds {folder} did not read or write what it was asked to, so "
                    "the last change was not saved.",
                    folder=folder,
                ),
                mend=say("Check the disk, then make the change again."),
            )
    return None


def _of_the_file_system(error: OSError, folder: Path) -> StorageError | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(folder)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _read_only(folder)
    return None


def _full(folder: Path) -> DiskFull:
    return DiskFull(
        say(
            "There is no room left on the disk that holds {folder}, so the last change was not "
            "saved. Everything before it is safe.",
            folder=folder,
        ),
        mend=say("Free some space and make the change again."),
    )


def _read_only(folder: Path) -> ReadOnlyFolder:
    return ReadOnlyFolder(
        say(
            "The Companion may not write in {folder}, so it cannot save your work there.",
            folder=folder,
        ),
        mend=say("Make the folder writable, or choose another with --profile."),
    )
