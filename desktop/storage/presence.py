"""Knows who has the cache open, and whether somebody stopped without closing it."""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.sentences import say
from desktop.storage.errors import CacheBusy

OPENING_TIMEOUT_S = 120.0
"""A large cache that another process checks, migrates or encrypts just now takes seconds."""


class Presence:
    """A marker in the cache's folder, locked for as long as this process has the cache open.

    The operating system lets go of a lock when its process ends, however it ends. A marker
    that nobody holds was therefore left by a process that was killed or lost its power.
    """

    def __init__(self, folder: Path) -> None:
        self.unclean = False
        """Somebody stopped without closing the cache since it was last opened."""
        self.others = False
        """Another process, or another cache object, had it open when this was last asked."""
        self._folder = folder
        self._marker = folder / f"open-{secrets.token_hex(8)}.lock"
        self._lock = FileLock(self._marker, thread_local=False, mode=0o600)
        self.look_around()
        self._lock.acquire(timeout=10)

    def look_around(self) -> None:
        """See who else is here now."""
        self.others = False
        for marker in self._folder.glob("open-*.lock"):
            if marker != self._marker:
                self._look_at(marker)

    def _look_at(self, marker: Path) -> None:
        lock = FileLock(marker, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self.others = True
            return
        except OSError:  # gone since it was listed, or about to go: its owner is closing
            return
        self.unclean = True
        lock.release()
        _remove(marker)

    def leave(self, *, clean: bool) -> None:
        """Let go; when it was not `clean`, the marker stays and makes the next one check."""
        self._lock.release()
        if clean:
            _remove(self._marker)
        else:
            self._marker.touch(mode=0o600)


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the only right to change the files of a cache as files.

    Whoever opens a cache takes it for that moment, after leaving the marker and before touching
    the database. Who holds it and sees no other marker knows that nobody has the file open.

    Raises:
        CacheBusy: another process held it for too long.
    """
    lock = FileLock(folder / "opening.lock", thread_local=False, mode=0o600)
    try:
        lock.acquire(timeout=OPENING_TIMEOUT_S)
    except Timeout as error:
        raise CacheBusy(
            say("Another copy of the Companion is busy with the work on this computer."),
            mend=say("Wait for it to finish, or close it, and try again."),
        ) from error
    try:
        yield
    finally:
        lock.release()


def _remove(marker: Path) -> None:
    with contextlib.suppress(OSError):  # another process looks at it right now and removes it
        marker.unlink(missing_ok=True)
