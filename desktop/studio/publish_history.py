"""What was published from this computer, kept beside the cache: one line of JSON for each step.

Open Cloud keeps no note with a version, so the note is kept here. A line is written before the
file is sent: a publish that was cut off is found again as one that nobody knows the end of.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import filelock
import msgspec

from desktop.sentences import say
from desktop.studio.errors import StudioError
from desktop.studio.open_cloud import Target

FILE = "publishes.jsonl"
_LOCK = "publishes.lock"

State = Literal["sending", "published", "saved", "failed", "unknown", "looked"]
UNSURE: frozenset[State] = frozenset({"sending", "unknown"})
"""Whoever publishes next has to have looked whether the version is there."""


class Publish(msgspec.Struct, frozen=True):
    """One publish as it stands."""

    id: str
    at: str
    """When, in UTC."""
    lesson_id: str
    """Of the library; for a file, the id that its place carries."""
    title: str
    universe: str
    place: str
    live: bool
    """Whether players get it; otherwise it was to be saved only."""
    bytes: int
    sha256: str
    note: str = ""
    state: State = "sending"
    version: int | None = None
    reason: str = ""


class PublishHistory:
    """The publishes of one folder. Everything here blocks for a moment: use a thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / FILE

    def all(self) -> list[Publish]:
        """Every publish, the newest first."""
        found: dict[str, Publish] = {}
        with contextlib.suppress(FileNotFoundError):
            for line in self._file.read_bytes().splitlines():
                # A line that was cut off by a crash says nothing; the one before it stands.
                with contextlib.suppress(msgspec.DecodeError):
                    one = msgspec.json.decode(line, type=Publish)
                    found[one.id] = one
        return list(reversed(found.values()))

    def last_target(self, lesson_id: str) -> Target | None:
        """Where a lesson was published last, or None."""
        for each in self.all():
            if each.lesson_id == lesson_id:
                return Target(each.universe, each.place)
        return None

    def unsure(self, to: Target) -> list[Publish]:
        """The publishes to a place that nobody knows the end of."""
        return [
            each
            for each in self.all()
            if each.state in UNSURE and (each.universe, each.place) == (to.universe, to.place)
        ]

    def write(self, publish: Publish) -> None:
        """Add how a publish stands now; it is on the disk when this returns.

        Raises:
            StudioError: it cannot be written.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._file, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600)
            with os.fdopen(handle, "ab") as opened:
                # Begins with a new line too: the last one may have been cut off.
                opened.write(b"\n" + msgspec.json.encode(publish) + b"\n")
                opened.flush()
                os.fsync(opened.fileno())
        except OSError as error:
            raise StudioError(
                say(
                    "The history of publishes could not be written to {file}: {why}.",
                    file=self._file,
                    why=error.strerror,
                ),
                mend=say("Make room on this disk, or give yourself the right to write there."),
            ) from error

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes of this account from publishing meanwhile.

        Raises:
            StudioError: one does so right now.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = filelock.FileLock(self._folder / _LOCK, mode=0o600, thread_local=False)
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise StudioError(
                say("Another lesson is being published right now."),
                mend=say("Wait until it is done."),
            ) from error
        try:
            yield
        finally:
            lock.release()
