"""Makes the file of a cache fit to be used: checked, repaired, copied, migrated and encrypted."""

import contextlib
import datetime as dt
import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from desktop.sentences import say
from desktop.storage import backup, driver, repair, schema, sealing
from desktop.storage.driver import Key
from desktop.storage.errors import CacheInUse
from desktop.storage.presence import Presence

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A file that can be used."""

    key: Key
    """What opens it: None where it is plain."""
    notice: str = ""
    """What the person should be told; "" when all is well."""


def make_ready(file: Path, presence: Presence, now: dt.datetime, key: Key = None) -> Ready:
    """Bring `file` to the newest revision, whole, and encrypted where there is a key.

    After an unclean stop the whole file is checked. A damaged one is put aside and a new one
    takes its place, with everything that had not reached the server.

    Raises:
        NewerCache: a newer version wrote the file; it is untouched.
        LockedCache: it is encrypted, and `key` is not its key; it is untouched.
        CacheInUse: the file is damaged, and another process has it open.
    """
    presence.look_around()
    if not presence.others:
        _sweep(file.parent)
    sealing.refuse_if_locked(file, key)
    now_key = None if _is_there(file) and driver.is_plain(file) else key
    # Before anything opens the file: SQLite would tidy away what is left of the log.
    torn = presence.unclean and repair.log_is_damaged(file)
    if _is_damaged(file, presence, now_key) or torn:
        if presence.others:
            raise CacheInUse(
                say(
                    "The work saved on this computer is damaged, and another copy of the "
                    "Companion has it open."
                ),
                mend=say("Close the other copy and open this one again."),
            )
        return Ready(key, _rebuild(file, now, key, torn=torn))
    bring_up_to_date(file, now, now_key)
    if key is not None and not presence.others:
        now_key = _encrypted(file, key)
    _note_made(file.parent)
    return Ready(now_key)


def bring_up_to_date(file: Path, now: dt.datetime, key: Key) -> None:
    """Make the tables, or run the migrations that are missing, after a copy."""
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    if key is not None and sealing.noted_mark(file.parent) != sealing.mark_of(key):
        sealing.note(file.parent, key)
    revision = schema.revision_of(file, key)
    if revision == schema.newest():
        return
    if revision is not None:
        backup.make(file, now, key)
    schema.migrate(file, key)


def _encrypted(file: Path, key: bytes) -> Key:
    """Encrypt what is plain or older yet; the work goes on where there is no room for it."""
    try:
        if driver.is_plain(file):
            sealing.seal(file, key)
        else:
            sealing.seal_anew(file, key)
        sealing.seal_copies(file.parent, key)
    except (driver.Error, OSError) as error:
        _log.warning("not everything could be encrypted, so the next opening tries: %s", error)
    return None if driver.is_plain(file) else key


MADE = "cache.made"
"""Says that there was a cache here once: then an empty or missing file is a lost one."""
LEAST_BYTES = 512


def _is_there(file: Path) -> bool:
    # SQLite takes a file that is shorter than any page for one that is yet to be filled.
    return file.exists() and file.stat().st_size >= LEAST_BYTES


def _note_made(folder: Path) -> None:
    if not (folder / MADE).exists():
        (folder / MADE).touch(mode=0o600)


def _is_damaged(file: Path, presence: Presence, key: Key) -> bool:
    if not _is_there(file):
        # An empty file is how a cache begins, and also what is left of one that was lost.
        was_here = (file.parent / MADE).exists() or bool(backup.copies(file.parent))
        return was_here and not presence.others
    try:
        schema.refuse_if_newer(schema.revision_of(file, key))
    except driver.OperationalError:
        raise  # busy or not readable: that is no damage
    except driver.DatabaseError:
        return True
    return presence.unclean and repair.is_damaged(file, key)


def _rebuild(file: Path, now: dt.datetime, key: Key, *, torn: bool) -> str:
    aside = repair.move_aside(file, now)
    _log.warning("a damaged cache was put aside in %s", aside.name)
    bring_up_to_date(file, now, key)
    keys = (key, None) if key is not None else (None,)
    rescued = repair.rescue(aside, backup.copies(file.parent), file, keys=keys)
    changes = "1 unsent change was" if rescued.ops == 1 else f"{rescued.ops} unsent changes were"
    doubt = (
        ""
        if rescued.whole and not torn
        else " Part of it could not be read, so check your newest changes, please."
    )
    return (
        f"The work saved on this computer was damaged. {changes} rescued, and the rest comes "
        f"back from the school with the next sync. The damaged file is kept in {aside}.{doubt}"
    )


def _sweep(folder: Path) -> None:
    """Remove what a kill left half made."""
    for place in (folder, backup.folder_of(folder)):
        for half in (*place.glob("unfinished-*"), *place.glob("rescue-*")):
            with contextlib.suppress(OSError):
                shutil.rmtree(half) if half.is_dir() else half.unlink()
