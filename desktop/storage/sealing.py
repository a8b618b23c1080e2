"""Encrypts a plain cache and its copies where they lie, and knows which key a cache has.

A note beside the cache holds a mark of its key, never the key. So a wrong or missing key is told
from a damaged file, and nobody repairs what is only locked.
"""

import contextlib
import hashlib
import hmac
import logging
import os
import tempfile
from pathlib import Path

from desktop import private_files
from desktop.sentences import say
from desktop.storage import backup, driver
from desktop.storage.driver import Key
from desktop.storage.errors import LockedCache

NOTE = "cache.key-mark"

_log = logging.getLogger(__name__)


def mark_of(key: bytes) -> str:
    """What tells a key from every other, and from which nobody can find it."""
    return hashlib.sha256(b"cache key mark\n" + key).hexdigest()[:32]


def noted_mark(folder: Path) -> str:
    """The mark of the key that the cache in `folder` has; "" while it is plain."""
    try:
        return (folder / NOTE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def is_encrypted(file: Path) -> bool:
    """Whether the cache in `file` is there and can only be read with a key."""
    if not file.exists() or file.stat().st_size == 0:
        return bool(noted_mark(file.parent))
    return bool(noted_mark(file.parent)) and not driver.is_plain(file)


def refuse_if_locked(file: Path, key: Key) -> None:
    """Stop before a file is taken for damaged that only has another key.

    Raises:
        LockedCache: there is no key, or it is not the one that the cache was encrypted with.
    """
    mark = noted_mark(file.parent)
    if not mark or not is_encrypted(file):
        return
    if key is None or not hmac.compare_digest(mark, mark_of(key)):
        raise LockedCache(
            say(
                "The work saved on this computer is encrypted, and its key is not in this "
                "computer's keyring any more."
            ),
            mend=say(
                "If you have the recovery code, enter it with 'toolboxai-companion cache "
                "unlock'. Without it, 'toolboxai-companion cache rebuild' puts the locked "
                "work aside and fetches the rest from the school again."
            ),
        )


def note(folder: Path, key: bytes) -> None:
    """Write the key's mark down, in one step; before anything is encrypted with it."""
    private_files.write(folder / NOTE, f"{mark_of(key)}\n".encode("ascii"))


def seal(file: Path, key: bytes) -> None:
    """Encrypt a plain, sound cache that nobody else has open.

    The encrypted file is whole, read back and on the disk before it takes the plain one's name
    in one step; a kill at any moment leaves the one or the other, and the next opening goes on.

    Raises:
        driver.Error, OSError: it could not be done; the plain cache is as it was.
    """
    with contextlib.closing(driver.connect(file)) as plain:
        # Everything into the one file: a log left behind would belong to the file that goes.
        plain.execute("PRAGMA journal_mode = DELETE").fetchone()
    note(file.parent, key)
    _encrypt(file, key)


def seal_anew(file: Path, key: bytes) -> None:
    """Encrypt an older cache that nobody else has open in the way of today; else as `seal`."""
    if not driver.is_sealed_as_before(file, key):
        return
    with contextlib.closing(driver.connect(file, key)) as older:
        older.execute("PRAGMA journal_mode = DELETE").fetchone()
    _encrypt(file, key, key)


def seal_copies(folder: Path, key: bytes) -> None:
    """Encrypt every copy that is plain or older; one that cannot be read is no copy, and goes."""
    for copy in backup.copies(folder):
        plain = driver.is_plain(copy)
        if not plain and not driver.is_sealed_as_before(copy, key):
            continue
        try:
            _encrypt(copy, key, None if plain else key)
        except driver.DatabaseError:
            _log.warning("the copy %s cannot be read, so it was not kept", copy.name)
            copy.unlink()


def _encrypt(file: Path, key: bytes, key_before: Key = None) -> None:
    descriptor, name = tempfile.mkstemp(prefix="unfinished-", dir=file.parent)
    os.close(descriptor)
    sealed = Path(name)
    try:
        with contextlib.closing(driver.connect(file, key_before)) as source:
            before = _told(source)
            driver.attach(source, sealed, key, "sealed")
            source.execute("SELECT sqlcipher_export('sealed')").fetchone()
            source.execute("DETACH DATABASE sealed")
        _insist(sealed, key, before)
        driver.sync_to_disk(sealed)
        sealed.replace(file)
    except BaseException:
        sealed.unlink(missing_ok=True)
        raise


def _insist(sealed: Path, key: bytes, before: list[tuple[str, int]]) -> None:
    with contextlib.closing(driver.connect(sealed, key)) as check:
        if check.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise driver.DatabaseError("the encrypted file does not read back")
        if _told(check) != before:
            raise driver.DatabaseError("the encrypted file does not hold the same")


def _told(connection: driver.Connection) -> list[tuple[str, int]]:
    """Every table with its number of rows."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return [
        (name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
        for (name,) in tables
    ]
