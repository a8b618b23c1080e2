"""Levels, streaks and leaderboards: pure functions over plain rows, shared by app and server."""

import datetime as dt
import math
import zoneinfo
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Period = Literal["week", "month", "term", "all"]
PERIODS: tuple[Period, ...] = ("week", "month", "term", "all")

TERM_STARTS = ((1, 1), (8, 1))
"""Month and day on which a term begins; a school year has two."""


def level_start(level: int) -> int:
    """The XP at which `level` starts: 0, 100, 300, 600, ... for levels 1, 2, 3, 4, ..."""
    return 50 * level * (level - 1)


def level(xp: int) -> int:
    """The level of somebody with `xp`; the first is 1, also below 0 XP."""
    return (1 + math.isqrt(1 + 4 * (max(xp, 0) // 50))) // 2


def xp_to_next(xp: int) -> int:
    """How much XP is missing to the next level."""
    return level_start(level(xp) + 1) - xp


def zone(name: str) -> dt.tzinfo:
    """The time zone with an IANA name; UTC where the name means nothing here."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def school_day(moment: dt.datetime, school: dt.tzinfo) -> dt.date:
    """The day on the school's calendar in which an aware moment falls."""
    return moment.astimezone(school).date()


def streak(active: Collection[dt.date], lessons: Collection[dt.date], today: dt.date) -> int:
    """Consecutive school days, up to `today`, on which a student did something.

    `lessons` are the days on which the class had lessons; other days are skipped, unless the
    student was active on them. Today breaks nothing until it is over.
    """
    days = sorted({day for day in (*active, *lessons) if day <= today}, reverse=True)
    done = set(active)
    count = 0
    for day in days:
        if day in done:
            count += 1
        elif day != today:
            break
    return count


def period_start(period: Period, now: dt.datetime, school: dt.tzinfo) -> dt.datetime | None:
    """When the period that holds `now` began in the school's time zone; None for `all`.

    Weeks begin on Monday, terms as `TERM_STARTS` says.
    """
    today = school_day(now, school)
    match period:
        case "week":
            first = today - dt.timedelta(days=today.weekday())
        case "month":
            first = today.replace(day=1)
        case "term":
            first = _term_start(today)
        case "all":
            return None
    return dt.datetime.combine(first, dt.time.min, school).astimezone(dt.UTC)


def a_period_ago(period: Period, now: dt.datetime, school: dt.tzinfo) -> dt.datetime:
    """The same moment a period earlier, by the school's clock.

    A month back from the 31st is the last day of the shorter month; a term back lies as far
    into the earlier term, at most at its end. `all` has no period: it looks back a week.
    """
    local = now.astimezone(school)
    match period:
        case "week" | "all":
            day = local.date() - dt.timedelta(days=7)
        case "month":
            last = local.date().replace(day=1) - dt.timedelta(days=1)
            day = last.replace(day=min(last.day, local.day))
        case "term":
            start = _term_start(local.date())
            last = start - dt.timedelta(days=1)
            day = min(last, _term_start(last) + (local.date() - start))
    return dt.datetime.combine(day, local.timetz(), school).astimezone(dt.UTC)


def _term_start(day: dt.date) -> dt.date:
    starts = [dt.date(day.year, month, first) for month, first in TERM_STARTS]
    return max(start for start in starts if start <= day)


@dataclass(frozen=True)
class Standing:
    """What one student has by some moment."""

    student_id: str
    xp: int
    reached_at: str = ""
    """When the XP last changed, RFC 3339 in UTC; "" before the first award."""


@dataclass(frozen=True)
class Place:
    """A line of the leaderboard."""

    rank: int
    student_id: str
    xp: int
    change: int | None
    """Places won (or lost, below 0) against the earlier moment; None if they had no XP then."""


def leaderboard(now: Iterable[Standing], before: Iterable[Standing] = ()) -> list[Place]:
    """Rank the standings of now, and say how each moved since `before`.

    Equal XP share a rank (1, 2, 2, 4) and stand in the order in which they reached it.
    """
    ranks_before = {
        standing.student_id: rank for rank, standing in _ranked(before) if standing.reached_at
    }
    return [
        Place(rank, standing.student_id, standing.xp, _change(standing, rank, ranks_before))
        for rank, standing in _ranked(now)
    ]


def _change(standing: Standing, rank: int, before: Mapping[str, int]) -> int | None:
    earlier = before.get(standing.student_id)
    return None if earlier is None else earlier - rank


def _ranked(standings: Iterable[Standing]) -> list[tuple[int, Standing]]:
    # "~" sorts after every date: who never got XP stands behind who came back to the same sum.
    order = sorted(standings, key=lambda s: (-s.xp, s.reached_at or "~", s.student_id))
    ranked: list[tuple[int, Standing]] = []
    for index, standing in enumerate(order):
        shared = bool(ranked) and ranked[-1][1].xp == standing.xp
        ranked.append((ranked[-1][0] if shared else index + 1, standing))
    return ranked


def standings(awards: Iterable[tuple[str, int, str]]) -> list[Standing]:
    """Sum awards (student id, xp, when) to standings, in no particular order."""
    sums: dict[str, int] = {}
    reached: dict[str, str] = {}
    for student_id, xp, at in awards:
        sums[student_id] = sums.get(student_id, 0) + xp
        if xp:
            reached[student_id] = max(at, reached.get(student_id, ""))
    return [Standing(student, xp, reached.get(student, "")) for student, xp in sums.items()]
