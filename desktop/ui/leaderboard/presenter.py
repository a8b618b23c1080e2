"""What the leaderboard shows, on the desk with names and on the wall with aliases."""

from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.storage.queries import classes as class_queries
from desktop.ui.parts import boards
from desktop.ui.parts.boards import Standings
from desktop.ui.strings import tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class Projected:
    """A line on the wall: an alias, never a name."""

    rank: int
    alias: str
    xp: str
    change: str
    falls: bool = False


@dataclass(frozen=True)
class Wall:
    """What the projector shows: the class, the time, and lines or a sentence."""

    title: str
    period: str
    lines: tuple[Projected, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Board:
    """One class's leaderboard."""

    classes: tuple[tuple[str, object], ...]
    class_id: str
    subtitle: str
    found: Standings
    wall: Wall


class LeaderboardPresenter:
    """Reads the leaderboard."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self, class_id: str, wanted: str) -> Board | None:
        """The board of `class_id`, or of the first class when it is not there; None: no class."""
        groups = await wrap_future(self._services.ask(class_queries.class_list))
        chosen = next((group for group in groups if group.id == class_id), None)
        chosen = chosen or next(iter(groups), None)
        if chosen is None:
            return None
        now = self._services.clock.now()
        found = await wrap_future(self._services.ask(boards.standings, chosen.id, wanted, now))
        return Board(
            classes=tuple((group.name, group.id) for group in groups),
            class_id=chosen.id,
            subtitle=tr("Live: it moves as points arrive."),
            found=found,
            wall=wall(chosen.name, found),
        )


def wall(class_name: str, found: Standings) -> Wall:
    """The standings for the wall: everybody with points, by alias."""
    lines = tuple(
        Projected(line.rank, line.alias, tr("{xp} XP", xp=line.xp), moved, (line.change or 0) < 0)
        for line, (moved, _) in zip(found.lines, boards.movements(found), strict=True)
        if line.xp
    )
    words = "" if lines else boards.nothing(found).title
    return Wall(class_name, boards.spoken(found.period), lines, words)
