"""What Today says: four figures, the classes, and what wants a look."""

import datetime as dt
from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.classroom import instants
from desktop.storage.queries import today as queries
from desktop.storage.queries.classes import ClassRow
from desktop.storage.queries.today import Today
from desktop.ui import strings
from desktop.ui.parts.words import class_caption, class_tags, risk
from desktop.ui.routes import Route
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services

MOST_LOOKS = 8


@dataclass(frozen=True)
class Stat:
    """One figure with what it means."""

    figure: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class DayLine:
    """A line that leads somewhere."""

    title: str
    caption: str
    route: Route
    tags: tuple[tuple[str, str], ...] = ()
    icon: str = ""


@dataclass(frozen=True)
class Day:
    """Everything Today shows."""

    greeting: str
    date: str
    stats: tuple[Stat, ...]
    classes: tuple[DayLine, ...]
    looks: tuple[DayLine, ...]


class TodayPresenter:
    """Reads the day."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    @property
    def captions(self) -> tuple[str, ...]:
        """What the four figures count."""
        return (tr("Students"), tr("Waiting for a grade"), tr("Falling behind"), tr("Not synced"))

    async def load(self) -> Day:
        """Ask for the day."""
        now = self._services.clock.now()
        user = self._services.account.user
        found = await wrap_future(self._services.ask(queries.today, now))
        return day(found, now.astimezone(), user.display_name or user.username)


def day(found: Today, local: dt.datetime, name: str) -> Day:
    """The day in words; `local` is the moment by the teacher's own clock."""
    return Day(
        greeting=_greeting(local.hour, name),
        date=strings.long_day(local),
        stats=_stats(found),
        classes=tuple(_class(row) for row in found.classes),
        looks=_looks(found),
    )


def _greeting(hour: int, name: str) -> str:
    if hour < 12:
        return tr("Good morning, {name}", name=name)
    if hour < 18:
        return tr("Good afternoon, {name}", name=name)
    return tr("Good evening, {name}", name=name)


def _stats(found: Today) -> tuple[Stat, ...]:
    to_grade = sum(one.count for one in found.to_grade)
    behind = len({one.student_id for one in found.falling_behind})
    return (
        Stat(
            strings.whole(found.students),
            plural("in {count} class", "in {count} classes", len(found.classes)),
        ),
        Stat(
            strings.whole(to_grade),
            plural("in {count} quiz", "in {count} quizzes", len(found.to_grade))
            if to_grade
            else tr("All graded"),
        ),
        Stat(
            strings.whole(behind),
            tr("They need you") if behind else tr("Everyone keeps up"),
            "warn" if behind else "",
        ),
        _not_synced(found),
    )


def _not_synced(found: Today) -> Stat:
    if found.conflicts or found.rejected:
        needs = found.conflicts + found.rejected
        note = plural("{count} needs your decision", "{count} need your decision", needs)
        return Stat(strings.whole(found.not_synced + found.rejected), note, "warn")
    if found.not_synced:
        return Stat(strings.whole(found.not_synced), tr("Safe on this computer"))
    return Stat("0", tr("Nothing waits"))


def _class(row: ClassRow) -> DayLine:
    return DayLine(row.name, class_caption(row), Route("class", row.id), class_tags(row))


def _looks(found: Today) -> tuple[DayLine, ...]:
    lines: list[DayLine] = []
    if found.conflicts or found.rejected:
        words = tr("Two people changed the same thing, or the server said no.")
        lines.append(DayLine(tr("Sync wants a decision"), words, Route("sync"), icon="warning"))
    lines += [
        DayLine(
            one.title or tr("A quiz"),
            plural("{name}: {count} waits for a grade", "{name}: {count} wait for a grade",
                   one.count, name=one.class_name),
            Route("class", one.class_id),
            icon="quiz",
        )
        for one in found.to_grade
    ]  # fmt: skip
    lines += [
        DayLine(
            one.title,
            tr("{name}: due {day}", name=one.class_name, day=_day(one.due_at)),
            Route("class", one.class_id),
            icon="clock",
        )
        for one in found.due_soon
    ]
    lines += [
        DayLine(one.name, f"{one.class_name}: {risk(one.reason)}", Route("class", one.class_id),
                icon="info")
        for one in found.falling_behind
    ]  # fmt: skip
    return tuple(lines[:MOST_LOOKS])


def _day(moment: str) -> str:
    return strings.short_day(instants.from_text(moment).astimezone())
