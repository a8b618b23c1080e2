"""The SQLite that the cache runs on: SQLCipher's, which leaves a file plain where it has no key.

It has the interface of `sqlite3`, and errors of its own. One library serves plain and encrypted
files, because two SQLites in one process would let go of each other's locks
(https://www.sqlite.org/howtocorrupt.html, 2.2.1).
"""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import sqlite3 as dbapi
else:
    from sqlcipher3 import dbapi2 as dbapi

__all__ = [
    "KEY_BYTES", "Connection", "DatabaseError", "Error", "Key", "OperationalError", "Row",
    "attach", "connect", "dbapi", "is_plain", "is_sealed_as_before", "sync_to_disk",
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


_CIPHER = {"cipher_hmac_algorithm": "HMAC_SHA256", "cipher_page_size": "8192"}
"""How a file is sealed: processors of today have instructions for SHA-256, and pages of twice the
size are half as many to seal (https://www.zetetic.net/sqlcipher/sqlcipher-api/)."""
_CIPHER_BEFORE = {"cipher_hmac_algorithm": "HMAC_SHA512", "cipher_page_size": "4096"}
"""SQLCipher's own choice, with which older caches were sealed."""


def connect(
    file: Path,
    key: Key = None,
    *,
    read_only: bool = False,
    timeout: float = TIMEOUT_S,
    as_before: bool = False,
) -> Connection:
    """Open a file, with its key where it has one; transactions are left to the caller.

    A wrong key shows only when the file is first read, as a DatabaseError. With `as_before`, a
    new file is sealed as older caches were.

    Raises:
        OperationalError: the file cannot be opened.
    """
    connection = _open(file, read_only=read_only, timeout=timeout)
    if key is None:
        return connection
    _unlock(connection, key, _CIPHER_BEFORE if as_before else _CIPHER)
    if as_before or _reads(connection):
        return connection
    older = _open(file, read_only=read_only, timeout=timeout)
    _unlock(older, key, _CIPHER_BEFORE)
    if not _reads(older):
        older.close()
        return connection
    connection.close()
    return older


def is_sealed_as_before(file: Path, key: bytes) -> bool:
    """Whether `key` opens the file only in the way that older caches were sealed.

    Raises:
        OperationalError: the file cannot be opened.
    """
    with contextlib.closing(_open(file)) as connection:
        _unlock(connection, key, _CIPHER)
        if _reads(connection):
            return False
    with contextlib.closing(_open(file)) as older:
        _unlock(older, key, _CIPHER_BEFORE)
        return _reads(older)


def attach(connection: Connection, file: Path, key: bytes, schema: str) -> None:
    """Attach a new file that is to be sealed with `key`, as `schema`."""
    connection.execute(f"ATTACH DATABASE ? AS {schema} KEY ?", (str(file), _key_text(key)))
    for setting, value in _CIPHER.items():
        connection.execute(f"PRAGMA {schema}.{setting} = {value}")


def _open(file: Path, *, read_only: bool = False, timeout: float = TIMEOUT_S) -> Connection:
    name = f"{file.absolute().as_uri()}?mode=ro" if read_only else str(file)
    connection = dbapi.connect(
        name, uri=read_only, timeout=timeout, isolation_level=None, check_same_thread=False
    )
    # Faults are raised; the library would also write them to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE")
    return connection


def _unlock(connection: Connection, key: bytes, cipher: Mapping[str, str]) -> None:
    connection.execute(f'PRAGMA key = "{_key_text(key)}"')
    for setting, value in cipher.items():
        connection.execute(f"PRAGMA {setting} = {value}")


def _reads(connection: Connection) -> bool:
    """Whether the key fits. A file that is busy or cannot be read now says so to the caller."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except OperationalError:
        return True
    except DatabaseError:
        return False
    return True


def _key_text(key: bytes) -> str:
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
