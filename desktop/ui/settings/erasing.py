"""What Settings says before something is erased from this computer, and how it is done. No Qt."""

import asyncio
from asyncio import wrap_future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import this_computer
from desktop.storage import erasing, ingest
from desktop.storage.queries import pupils, unsent_export
from desktop.storage.queries.pupils import Pupil
from desktop.ui.desk import Errand
from desktop.ui.parts import unsent
from desktop.ui.parts.unsent import Named
from desktop.ui.parts.words import dotted, kind
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class TracesShown:
    """What would go with a student."""

    student_id: str
    name: str
    words: str
    stays: str
    """What is not erased by this, and where it stays."""
    unsent: Named


@dataclass(frozen=True)
class LeavingShown:
    """The ways to leave an account, and what each means."""

    keep: str
    erase: str
    erase_all: str
    """"" where this is all there is."""
    unsent: Named
    school: bool
    """Erasing takes Local school along, which is nowhere else."""


class Erasing:
    """Looks, and erases."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    @property
    def _is_local(self) -> bool:
        return self._services.account.kind == "local"

    async def find(self, typed: str) -> list[Pupil]:
        """Students by a part of the name."""
        return await wrap_future(self._services.ask(pupils.find, typed))

    async def traces(self, student_id: str) -> TracesShown:
        """What there is about a student, what of it is unsent, and what stays elsewhere."""
        found = await wrap_future(self._services.ask(erasing.traces, student_id))
        waits = await wrap_future(self._services.ask(unsent_export.everything, student_id))
        parts = (f"{count} {kind(name, count)}" for name, count in found.records.items())
        stays = (
            tr("Local school, which is on this computer too, keeps its own record of them.")
            if self._is_local
            else tr("What the school has stays at the school. If it changes there later, it comes "
                    "back here.")
        )  # fmt: skip
        return TracesShown(student_id, found.name, dotted(*parts), stays,
                           unsent.named(waits.entries))  # fmt: skip

    async def export(self, file: Path, student_id: str = "") -> str:
        """Write what is unsent, or what of it is about a student, to a file."""
        return await unsent.export(self._services, file, student_id)

    async def erase_student(self, shown: TracesShown) -> str:
        """Erase a student from this computer, from every copy too; returns what to say."""
        await wrap_future(self._services.cache.erase_pupil(shown.student_id))
        return tr("{name} is erased from this computer and its copies.", name=shown.name)

    async def fetch_again(self) -> str:
        """Ask the school for everything once more; what waits here stays as it is."""
        await wrap_future(self._services.act(ingest.start_over))
        self._services.sync.now()
        return tr("Everything comes from the school once more.")

    async def leaving(self) -> LeavingShown:
        """How this account can be left."""
        found = await wrap_future(self._services.ask(unsent_export.everything))
        others = await asyncio.to_thread(this_computer.other_accounts, self._services.settings)
        many = plural("{count} other account", "{count} other accounts", len(others))
        return LeavingShown(
            keep=tr("Everything stays on this computer, and is here again when you come back."),
            erase=(
                tr("Your classes, grades and lessons are only in Local school on this computer. "
                   "They would be gone for good.")
                if self._is_local
                else tr("What reached {server} stays there, and comes back when you sign in again.",
                        server=self._services.account.server)
            ),
            erase_all=(
                tr("This account and {others}. What they have not sent would be gone for good; "
                   "sign in to each first to see it.", others=many)
                if others else ""
            ),
            unsent=Named() if self._is_local else unsent.named(found.entries),
            school=self._is_local,
        )  # fmt: skip

    def errand(self, *, every: bool) -> Errand:
        """Erase this account, or `every` account, once it is closed."""
        settings, local = self._services.settings, self._is_local

        async def erase() -> str:
            others = this_computer.other_accounts(settings) if every else []
            await this_computer.erase(settings, others=others, school=local or every)
            return tr("Erased from this computer.")

        return Errand(tr("Erasing…"), erase)
