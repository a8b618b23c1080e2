"""What Settings decides about the road into Studio: our plugin, or the server that Studio ships."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import settings
from desktop.settings import StudioRoad
from desktop.studio.server import road
from desktop.ui.strings import plural, shown, tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class RoadShown:
    """The road that is chosen, in words."""

    road: StudioRoad
    program: str
    """Which program is started; a sentence."""
    is_own_choice: bool
    """Whether the program is one that the teacher chose."""
    how: str
    """What to switch on in Studio."""


class StudioRoads:
    """Reads and changes the road of this window, and keeps it for the next start."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    def load(self) -> RoadShown:
        """What is chosen."""
        studio = self._services.studio
        chosen = studio.server_program
        return RoadShown(
            road=studio.road,
            program=tr("The program is {program}", program=chosen)
            if chosen
            else tr("The program is the one that came with Studio."),
            is_own_choice=chosen is not None,
            how=shown(road.HOW_TO_SWITCH_ON),
        )

    async def choose(self, chosen: StudioRoad, program: Path | None) -> None:
        """Take a road at once; what waits goes in by it."""
        changes = {
            "studio_road": chosen if chosen == "server" else None,
            "studio_server": program,
        }
        await asyncio.to_thread(settings.save, self._services.settings.profile, changes)
        await self._services.studio.take_road(chosen, program)

    async def look(self) -> str:
        """Look whether lessons could go in through the server; returns what to say.

        Raises:
            ServerUnusable: they could not, and why.
        """
        found = await road.look(self._services.studio.server_program)
        if not found.studios:
            return tr("The server is there. Open a place in Studio, and lessons can go in.")
        return plural(
            "The server is there, and {count} Studio is open.",
            "The server is there, and {count} Studios are open.",
            found.studios,
        )
