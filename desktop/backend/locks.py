"""Locks between processes, awaited without holding a thread."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import filelock

from desktop.classroom.instants import Clock
from desktop.errors import CompanionError
from desktop.sentences import say

POLL_S = 0.05


class HeldElsewhere(CompanionError):
    """Another process kept a lock for too long."""

    def __init__(self) -> None:
        super().__init__(
            say("Another window or command is busy with this account."),
            mend=say("Let it finish, or close it, and try again."),
        )


@contextlib.asynccontextmanager
async def held(file: Path, clock: Clock, timeout_s: float) -> AsyncIterator[None]:
    """Hold the lock on `file` against every other holder, in this process or another.

    The operating system lets go of it when the process ends, however it ends.

    Raises:
        HeldElsewhere: it did not come free within `timeout_s` seconds.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = filelock.FileLock(file, timeout=0, thread_local=False, mode=0o600)
    until = clock.monotonic() + timeout_s
    while not _taken(lock):
        if clock.monotonic() >= until:
            raise HeldElsewhere
        await clock.sleep(POLL_S)
    try:
        yield
    finally:
        lock.release()


def _taken(lock: filelock.BaseFileLock) -> bool:
    try:
        lock.acquire()
    except filelock.Timeout:
        return False
    return True
