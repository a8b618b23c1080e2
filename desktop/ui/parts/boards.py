"""A class's leaderboard over some time: which time is shown first, and what its rows say. No Qt."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.classroom.gamification import PERIODS, Period
from desktop.storage.queries import leaderboards
from desktop.storage.queries.leaderboards import LeaderboardRow
from desktop.ui.parts.words import movement
from desktop.ui.strings import tr
from desktop.ui.widgets.cells import Row, Tag

if TYPE_CHECKING:
    from desktop.storage.sql import Connection


@dataclass(frozen=True)
class Standings:
    """The leaderboard of one period, with a way out when nobody has points in it."""

    period: Period
    lines: tuple[LeaderboardRow, ...]
    """Everybody, the first place first; nobody at all when nobody has points."""
    other: Period | None = None
    """Where `lines` is empty: the shortest period that has points."""


@dataclass(frozen=True)
class Nothing:
    """What an empty leaderboard says, and where it sends a person."""

    title: str
    words: str
    action: str = ""
    period: Period | None = None


def standings(connection: "Connection", class_id: str, wanted: str, now: dt.datetime) -> Standings:
    """The board of `wanted`; without a wish, of the shortest period in which anybody has points.

    Raises:
        WrongUse: there is no such class.
    """
    asked = next((one for one in PERIODS if one == wanted), None)
    lines = _lines(connection, class_id, asked, now) if asked else ()
    if asked and lines:
        return Standings(asked, lines)
    for period in PERIODS:
        found = _lines(connection, class_id, period, now)
        if found:
            return Standings(asked, (), period) if asked else Standings(period, found)
    return Standings(asked or "all", ())


def rows(found: Standings) -> tuple[Row, ...]:
    """Rank, name, level, XP, movement and id."""
    return tuple(
        (line.rank, line.name, line.level, line.xp, Tag(*moved), line.student_id)
        for line, moved in zip(found.lines, movements(found), strict=True)
    )


def movements(found: Standings) -> list[tuple[str, str]]:
    """How each line moved, as a word and its tone.

    All time has no period before it, so nothing moves there; and 'new' is news only where
    somebody had a place before.
    """
    if found.period == "all":
        return [("", "plain")] * len(found.lines)
    anybody = any(line.change is not None for line in found.lines)
    return [movement(line.change, new=anybody and line.xp > 0) for line in found.lines]


def periods() -> tuple[tuple[str, str], ...]:
    """The periods with their names, the shortest first."""
    return (("week", tr("Week")), ("month", tr("Month")), ("term", tr("Term")),
            ("all", tr("All time")))  # fmt: skip


def spoken(period: Period) -> str:
    """The period as the wall says it."""
    return {"week": tr("This week"), "month": tr("This month"), "term": tr("This term"),
            "all": tr("All time")}[period]  # fmt: skip


def nothing(found: Standings) -> Nothing:
    """What to say where `found` has no lines."""
    title = {
        "week": tr("No points this week yet"),
        "month": tr("No points this month yet"),
        "term": tr("No points this term yet"),
        "all": tr("No points yet"),
    }[found.period]
    if found.other is None:
        come = tr("Points come from lessons that students play, and from you: open a class, pick "
                  "students, and award XP.")  # fmt: skip
        return Nothing(title, come)
    words = tr("Points that students earn show here at once. There are some in a longer time.")
    action = {
        "week": tr("Show this week"),
        "month": tr("Show this month"),
        "term": tr("Show this term"),
        "all": tr("Show all time"),
    }[found.other]
    return Nothing(title, words, action, found.other)


def _lines(
    connection: "Connection", class_id: str, period: Period, now: dt.datetime
) -> tuple[LeaderboardRow, ...]:
    found = leaderboards.leaderboard(connection, class_id, period, now)
    return found if any(line.xp for line in found) else ()
