"""Makes the file of a cache fit to be used: checked, repaired, copied and migrated as needed."""

import datetime as dt
import logging
import os
import sqlite3
from pathlib import Path

from desktop.storage import backup, connections, repair, schema
from desktop.storage.errors import CacheInUse
from desktop.storage.presence import Presence

_log = logging.getLogger(__name__)


def make_ready(file: Path, presence: Presence, now: dt.datetime) -> str:
    """Bring `file` to the newest revision, whole; returns what the person should be told.

    After an unclean stop the whole file is checked. A damaged one is put aside and a new one
    takes its place, with everything that had not reached the server.

    Raises:
        NewerCache: a newer version wrote the file; it is untouched.
        CacheInUse: the file is damaged, and another process has it open.
    """
    if file.exists() and _is_damaged(file, presence):
        if presence.others:
            raise CacheInUse(
                "The work saved on this computer is damaged, and another copy of the Companion "
                "has it open.",
                mend="Close the other copy and open this one again.",
            )
        return _rebuild(file, now)
    _bring_up_to_date(file, now)
    return ""


def _is_damaged(file: Path, presence: Presence) -> bool:
    try:
        schema.refuse_if_newer(schema.revision_of(file))
    except sqlite3.OperationalError:
        raise  # busy or not readable: that is no damage
    except sqlite3.DatabaseError:
        return True
    return presence.unclean and repair.is_damaged(file)


def _bring_up_to_date(file: Path, now: dt.datetime) -> None:
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    revision = schema.revision_of(file)
    if revision == schema.newest():
        return
    if revision is not None:
        backup.make(file, now)
    engine = connections.writer(file)
    try:
        schema.migrate(engine)
    finally:
        engine.dispose()


def _rebuild(file: Path, now: dt.datetime) -> str:
    aside = repair.move_aside(file, now)
    _log.warning("a damaged cache was put aside in %s", aside.name)
    _bring_up_to_date(file, now)
    rescued = repair.rescue(aside, backup.copies(file.parent), file)
    changes = "1 unsent change was" if rescued.ops == 1 else f"{rescued.ops} unsent changes were"
    doubt = (
        ""
        if rescued.whole
        else " Part of it could not be read, so check your newest changes, please."
    )
    return (
        f"The work saved on this computer was damaged. {changes} rescued, and the rest comes "
        f"back from the school with the next sync. The damaged file is kept in {aside}.{doubt}"
    )
