"""Knows who has the cache open, and whether somebody stopped without closing it."""

import contextlib
import secrets
from pathlib import Path

from filelock import FileLock, Timeout


class Presence:
    """A marker in the cache's folder, locked for as long as this process has the cache open.

    The operating system lets go of a lock when its process ends, however it ends. A marker
    that nobody holds was therefore left by a process that was killed or lost its power.
    """

    def __init__(self, folder: Path) -> None:
        self.unclean = False
        """Somebody stopped without closing the cache since it was last opened."""
        self.others = False
        """Another process, or another cache object, has it open now."""
        for marker in folder.glob("open-*.lock"):
            self._look_at(marker)
        self._marker = folder / f"open-{secrets.token_hex(8)}.lock"
        self._lock = FileLock(self._marker, thread_local=False, mode=0o600)
        self._lock.acquire(timeout=10)

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


def _remove(marker: Path) -> None:
    with contextlib.suppress(OSError):  # another process looks at it right now and removes it
        marker.unlink(missing_ok=True)
