"""The SQLite that the cache runs on: SQLCipher's, which leaves a file plain where it has no key.

It has the interface of `sqlite3`, and errors of its own. One library serves plain and encrypted
files, because two SQLites in one process would let go of each other's locks
(https://www.sqlite.org/howtocorrupt.html, 2.2.1).
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import sqlite3 as dbapi
else:
    from sqlcipher3 import dbapi2 as dbapi

__all__ = [
    "KEY_BYTES", "Connection", "DatabaseError", "Error", "Key", "OperationalError", "Row",
    "connect", "dbapi", "is_plain", "key_text", "sync_to_disk",
]  # fmt: skip

Connection: TypeAlias = dbapi.Connection
Error = dbapi.Error
DatabaseError = dbapi.DatabaseError
OperationalError = dbapi.OperationalError
Row = dbapi.Row

Key: TypeAlias = bytes | None
"""A raw key of `KEY_BYTES`, or None for a plain file."""

KEY_BYTES = 32
TIMEOUT_S = 10.0
PLAIN_HEAD = b"SQLite format 3\0"
"""How every plain file begins (https://www.sqlite.org/fileformat.html); an encrypted one does
not: there the first bytes are its salt."""


def connect(
    file: Path, key: Key = None, *, read_only: bool = False, timeout: float = TIMEOUT_S
) -> Connection:
    """Open a file, with its key where it has one; transactions are left to the caller.

    A wrong key shows only when the file is first read, as a DatabaseError.

    Raises:
        OperationalError: the file cannot be opened.
    """
    name = f"{file.absolute().as_uri()}?mode=ro" if read_only else str(file)
    connection = dbapi.connect(
        name, uri=read_only, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    # Faults are raised; the library would also write them to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f'PRAGMA key = "{key_text(key)}"')
    return connection


def key_text(key: bytes) -> str:
    """A raw key as SQLCipher takes it; nothing has to be derived from it, so opening is quick."""
    if len(key) != KEY_BYTES:
        raise ValueError("the key of a cache has 32 bytes")
    return f"x'{key.hex()}'"


def is_plain(file: Path) -> bool:
    """Whether the file holds a database that anybody can read."""
    with file.open("rb") as opened:
        return opened.read(len(PLAIN_HEAD)) == PLAIN_HEAD


def sync_to_disk(file: Path) -> None:
    """Wait until what was written to `file` is on the disk."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
