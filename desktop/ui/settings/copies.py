"""The copies of the work on this computer, as they are offered to be put back. No Qt."""

import asyncio
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import this_computer
from desktop.storage import backup, inventory
from desktop.storage.backup import Copy
from desktop.storage.cache import FILE
from desktop.ui.desk import Errand
from desktop.ui.parts.words import ago, dotted
from desktop.ui.strings import decimal, long_day, plural, tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class CopyShown:
    """A copy as a line of the list."""

    file: Path
    title: str
    words: str
    usable: bool


class Copies:
    """Lists copies, and puts one back."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self) -> list[CopyShown]:
        """Every copy, newest first, each read through; then what earlier ones replaced."""
        cache, now = self._services.cache, self._services.clock.now()
        return await asyncio.to_thread(_lines, cache.folder, cache.key, now)

    def errand(self, shown: CopyShown) -> Errand:
        """Put a copy back, once the account is closed."""
        settings = self._services.settings

        async def put_back() -> str:
            done = await asyncio.to_thread(this_computer.put_back, settings, shown.file)
            words = plural(
                "The copy is in place, and {count} change waits to be sent.",
                "The copy is in place, and {count} changes wait to be sent.",
                done.ops,
            )
            if done.aside is not None:
                words += " " + tr("What was here before is among the copies.")
            if not done.whole:
                words += " " + tr("Part of it could not be read, so check your newest changes.")
            return words

        return Errand(tr("Putting the copy back…"), put_back)


def _lines(folder: Path, key: bytes | None, now: dt.datetime) -> list[CopyShown]:
    copies = [_shown(one, one.made_at, "", now) for one in inventory.copies(folder, key)]
    before = [
        _shown(backup.check(one.folder / FILE, key), _changed(one.folder), tr("Replaced"), now)
        for one in inventory.asides(folder)
        if one.folder.name.startswith("replaced-") and (one.folder / FILE).exists()
    ]
    return [*copies, *before]


def _changed(folder: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)


def _shown(copy: Copy, at: dt.datetime | None, what: str, now: dt.datetime) -> CopyShown:
    here = None if at is None else at.astimezone()
    title = copy.file.name if here is None else f"{long_day(here.date())}, {here:%H:%M}"
    words = dotted(what, ago(at, now), tr("{size} MB", size=decimal(copy.size / 1e6)),
                   copy.fault)  # fmt: skip
    return CopyShown(copy.file, title, words, usable=not copy.fault)
