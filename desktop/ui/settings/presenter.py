"""What Settings says about the account."""

import asyncio
from asyncio import wrap_future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import settings
from desktop.backend import cache_keys
from desktop.storage import backup, inventory
from desktop.ui.parts.words import dotted
from desktop.ui.strings import decimal, plural, tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class AccountShown:
    """Whose account this is, and where its things lie."""

    who: str
    where: str
    folder: str


@dataclass(frozen=True)
class KeptShown:
    """What is on this computer, in words."""

    words: str
    safety: str
    """Whether others could read it."""
    can_show_code: bool


class SettingsPresenter:
    """Reads the account."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self) -> AccountShown:
        """The account."""
        account = self._services.account
        local = account.kind == "local"
        return AccountShown(
            who=account.user.display_name or account.user.username,
            where=tr("Local school, on this computer") if local else account.server,
            folder=tr("Everything lies in {folder}", folder=self._services.settings.profile),
        )

    async def kept(self) -> KeptShown:
        """What is on this computer: how much, what waits, how many copies, encrypted or not."""
        cache = self._services.cache
        inside = await wrap_future(self._services.ask(inventory.contents))
        size, copies, asides = await asyncio.to_thread(_weighed, cache.folder)
        parts = (
            plural("{count} record", "{count} records", sum(inside.records.values())),
            tr("{size} MB", size=decimal(size / 1e6)),
            plural("{count} copy", "{count} copies", copies),
            plural("{count} change not sent yet", "{count} changes not sent yet", inside.unsent),
            plural("{count} older state put aside", "{count} older states put aside", asides)
            if asides
            else "",
        )
        sealed = cache.key is not None
        safety = (
            tr("Encrypted. The key is in this computer's keyring.")
            if sealed
            else tr("Not encrypted: this computer has no keyring to keep a key in.")
        )
        return KeptShown(dotted(*parts), safety, can_show_code=sealed)

    def recovery_code(self) -> str:
        """The code that opens this account's work when the keyring is gone; "" when plain."""
        key = self._services.cache.key
        return "" if key is None else cache_keys.recovery_code(key)

    async def copy_now(self) -> None:
        """Make a copy of the work."""
        await wrap_future(self._services.cache.back_up())

    async def keep_theme(self, theme: str) -> None:
        """Write the look of the window into the user's settings."""
        profile = self._services.settings.profile
        await asyncio.to_thread(settings.save, profile, {"theme": theme})

    async def keep_language(self, code: str) -> None:
        """Write the window's language into the user's settings; empty follows the system."""
        profile = self._services.settings.profile
        await asyncio.to_thread(settings.save, profile, {"language": code})


def _weighed(folder: Path) -> tuple[int, int, int]:
    return inventory.size_of(folder), len(backup.copies(folder)), len(inventory.asides(folder))
