"""What Settings says about the account."""

import asyncio
from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop import settings
from desktop.storage import sending
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class AccountShown:
    """Whose account this is, and what leaving it means."""

    who: str
    where: str
    folder: str
    leaving: str


class SettingsPresenter:
    """Reads the account."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self) -> AccountShown:
        """The account, and how much of it waits."""
        account = self._services.account
        local = account.kind == "local"
        waits = await wrap_future(self._services.ask(sending.count))
        return AccountShown(
            who=account.user.display_name or account.user.username,
            where=tr("Local school, on this computer") if local else account.server,
            folder=tr("Everything lies in {folder}", folder=self._services.settings.profile),
            leaving=_leaving(waits, local=local),
        )

    async def keep_theme(self, theme: str) -> None:
        """Write the look of the window into the user's settings."""
        profile = self._services.settings.profile
        await asyncio.to_thread(settings.save, profile, {"theme": theme})

    async def keep_language(self, code: str) -> None:
        """Write the window's language into the user's settings; empty follows the system."""
        profile = self._services.settings.profile
        await asyncio.to_thread(settings.save, profile, {"language": code})


def _leaving(waits: int, *, local: bool) -> str:
    kept = tr("Everything stays on this computer, and is here again when you come back.")
    if not waits or local:
        return kept
    unsent = plural("{count} change has not been sent yet.", "{count} changes have not been sent "
                    "yet.", waits)  # fmt: skip
    return f"{unsent} {kept}"
