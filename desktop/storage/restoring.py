"""Puts a copy back in place, or makes room for a new cache where the old one stays locked.

What was there is kept beside, whole; nothing here deletes work.
"""

import contextlib
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.sentences import say
from desktop.storage import backup, driver, faults, opening, repair, sealing
from desktop.storage.driver import Key
from desktop.storage.errors import CacheInUse, UnusableCopy
from desktop.storage.presence import Presence, one_at_a_time


@dataclass(frozen=True)
class Restored:
    """A copy is in place."""

    aside: Path | None
    """Where the cache as it was is kept; None when there was none."""
    ops: int
    """Unsent changes that are waiting now: those of the copy and those made since."""
    whole: bool
    """Everything that waited could be read from the cache as it was."""


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the cache's files while nobody has the cache open.

    Raises:
        CacheInUse: somebody has.
    """
    with faults.in_words(folder):
        presence = Presence(folder)
        try:
            with one_at_a_time(folder):
                presence.look_around()
                if presence.others:
                    raise CacheInUse(
                        say("The work on this computer is open in the Companion."),
                        mend=say("Close every window of it, and try again."),
                    )
                yield
        finally:
            presence.leave(clean=not presence.unclean)


def restore(folder: Path, copy: Path, *, now: dt.datetime, key: Key = None) -> Restored:
    """Put `copy` in the place of the cache in `folder`.

    Changes made since the copy that the server does not have are carried over into it. The new
    file is ready and on the disk before it takes the place in one step, and no log of the old
    one is left beside it.

    Raises:
        UnusableCopy: the copy does not open or is damaged; nothing changed.
        CacheInUse: somebody has the cache open.
    """
    with alone(folder):
        copy_key = None if driver.is_plain(copy) else key
        fault = backup.fault_of(copy, copy_key)
        if fault:
            raise UnusableCopy(
                say("The copy {name} cannot be put in place. {fault}", name=copy.name, fault=fault),
                mend=say("Choose another one: 'toolboxai-companion cache show' lists them."),
            )
        file = folder / "cache.sqlite"
        sealing.refuse_if_locked(file, key)
        with tempfile.TemporaryDirectory(prefix="unfinished-", dir=folder) as scratch:
            fresh = Path(scratch) / file.name
            backup.duplicate(copy, fresh, copy_key)
            opening.bring_up_to_date(fresh, now, copy_key)
            rescued = repair.rescue(folder, [], fresh, keys=(copy_key, key, None))
            _into_one_file(fresh, copy_key)
            aside = _keep_beside(file, now, key)
            fresh.replace(file)
        if copy_key is None and key is not None:
            sealing.seal(file, key)
        return Restored(aside, rescued.ops, rescued.whole or aside is None)


def set_locked_aside(folder: Path, *, now: dt.datetime) -> Path:
    """Move a cache that cannot be unlocked aside with its copies; the next opening begins anew.

    Raises:
        CacheInUse: somebody has the cache open.
    """
    with alone(folder):
        aside = repair.move_aside(folder / "nothing", now, "locked")
        copies = backup.folder_of(folder)
        # The copies before the file: without them, no opening takes the file for lost.
        for part in (copies, *(folder / f"cache.sqlite{end}" for end in (*repair.LOGS, ""))):
            if part.exists():
                part.replace(aside / part.name)
        for note in (opening.MADE, sealing.NOTE):
            if (folder / note).exists():
                (folder / note).replace(aside / note)
        return aside


def _into_one_file(file: Path, key: Key) -> None:
    with contextlib.closing(driver.connect(file, key)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    driver.sync_to_disk(file)


def _keep_beside(file: Path, now: dt.datetime, key: Key) -> Path | None:
    """Copy the cache as it is beside itself and take its logs away; the file stays until now."""
    if not file.exists():
        return None
    with contextlib.suppress(driver.DatabaseError):  # a damaged one is kept as it is
        _into_one_file(file, None if driver.is_plain(file) else key)
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = Path(tempfile.mkdtemp(prefix=f"replaced-{stamp}-", dir=file.parent))
    shutil.copy(file, aside / file.name)
    for log in (file.with_name(file.name + end) for end in repair.LOGS):
        if log.exists():
            log.replace(aside / log.name)
    return aside
