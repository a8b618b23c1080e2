"""What the leaderboard shows, on the desk with names and on the wall with aliases."""

from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, get_args

from desktop.classroom.gamification import Period
from desktop.storage.queries import classes as class_queries
from desktop.storage.queries import leaderboards as queries
from desktop.storage.queries.leaderboards import LeaderboardRow
from desktop.ui.parts.words import movement
from desktop.ui.strings import tr
from desktop.ui.widgets.cells import Row, Tag

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class Projected:
    """A line on the wall: an alias, never a name."""

    rank: int
    alias: str
    xp: str
    change: str


@dataclass(frozen=True)
class Board:
    """One class's leaderboard."""

    classes: tuple[tuple[str, object], ...]
    class_id: str = ""
    class_name: str = ""
    subtitle: str = ""
    rows: tuple[Row, ...] = ()
    projected: tuple[Projected, ...] = ()
    empty_title: str = ""
    empty_words: str = ""


class LeaderboardPresenter:
    """Reads the leaderboard."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self, class_id: str, period: str) -> Board:
        """The board of `class_id`, or of the first class when it is not there."""
        groups = await wrap_future(self._services.ask(class_queries.class_list))
        choices = tuple((group.name, group.id) for group in groups)
        chosen = next((group for group in groups if group.id == class_id), None)
        chosen = chosen or next(iter(groups), None)
        if chosen is None:
            return Board(choices, subtitle=tr("There is no class yet."))
        now = self._services.clock.now()
        wanted = cast("Period", period if period in get_args(Period) else "all")
        rows = await wrap_future(self._services.ask(queries.leaderboard, chosen.id, wanted, now))
        earned = tuple(row for row in rows if row.xp)
        title, words = _why_empty(wanted)
        return Board(
            classes=choices,
            empty_title=title,
            empty_words=words,
            class_id=chosen.id,
            class_name=chosen.name,
            subtitle=tr("Live: it moves as points arrive."),
            rows=board_rows(rows) if earned else (),
            projected=tuple(_projected(row) for row in earned),
        )


def _why_empty(period: Period) -> tuple[str, str]:
    come = tr(
        "Points come from lessons that students play, and from you: open a class, pick students, "
        "and award XP."
    )
    if period == "all":
        return tr("No points yet"), come
    return tr("No points in this time"), tr(
        "Look at a longer time, or award some now."
    ) + " " + come


def board_rows(rows: tuple[LeaderboardRow, ...]) -> tuple[Row, ...]:
    """Rank, name, level, XP, movement and id."""
    return tuple(
        (row.rank, row.name, row.level, row.xp, Tag(*movement(row.change)), row.student_id)
        for row in rows
    )


def _projected(row: LeaderboardRow) -> Projected:
    change, _ = movement(row.change)
    return Projected(row.rank, row.alias, tr("{xp} XP", xp=row.xp), change)
