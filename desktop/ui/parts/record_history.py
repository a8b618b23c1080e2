"""What happened to a record and to what is about it, in words, newest first. No Qt."""

from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.classroom import instants
from desktop.storage import history
from desktop.storage.history import HERE, Change
from desktop.storage.queries.words import Words
from desktop.ui.parts.values import field, value
from desktop.ui.parts.words import ago, dotted
from desktop.ui.strings import long_day, shown, tr

if TYPE_CHECKING:
    from desktop.storage.sql import Connection
    from desktop.workspaces import Workspace

SHOWN = 100
BEHIND_THE_SCENES = frozenset({"owner_id"})
"""Fields that say nothing to a teacher."""


@dataclass(frozen=True)
class Happened:
    """One change of one field."""

    words: str
    when: str
    who: str
    step: int = 0
    """The teacher's step that can be taken back; 0 for what came from the server."""


@dataclass(frozen=True)
class HistoryShown:
    """The story of a record."""

    title: str
    lines: tuple[Happened, ...]
    more: int


async def load(services: "Workspace", record: tuple[str, str]) -> HistoryShown:
    """The history of a record; a student's holds their attendance too."""
    about, changes = await wrap_future(services.ask(_read, *record))
    now = services.clock.now()
    lines = []
    changes = [(what, one) for what, one in changes if one.field not in BEHIND_THE_SCENES]
    for what, one in changes[:SHOWN]:
        who = dotted(who_of(one), where_of(one))
        said = words_of(one)
        words = f"{shown(what)}: {said}" if what else said[:1].upper() + said[1:]
        lines.append(
            Happened(
                words,
                dotted(when_of(one), ago(instants.from_text(one.at), now)),
                who,
                one.step or 0,
            )
        )
    return HistoryShown(shown(about), tuple(lines), max(0, len(changes) - SHOWN))


def _read(
    connection: "Connection",
    collection: str,
    id: str,  # noqa: A002
) -> tuple[str, list[tuple[str, Change]]]:
    words = Words(connection)
    found = [("", one) for one in history.of(connection, collection, id)]
    if collection == "students":
        found += [
            (words.field("attendance", mark.id, ""), mark)
            for mark in history.of_attendance(connection, id)
        ]
    found.sort(key=lambda one: one[1].seq, reverse=True)
    return words.field(collection, id, ""), found


def when_of(one: Change) -> str:
    """Day and time of a change, as the teacher's language writes them."""
    here = instants.from_text(one.at).astimezone()
    return f"{long_day(here.date())}, {here:%H:%M}"


def who_of(one: Change) -> str:
    """Who made it."""
    return one.who or tr("somebody")


def where_of(one: Change) -> str:
    """Where it was made."""
    return tr("on this computer") if one.origin == HERE else tr("from the server")


def words_of(one: Change) -> str:
    """What changed, from what to what."""
    if not one.field:
        if one.old is None:
            return tr("made")
        return tr("deleted") if one.new is None else tr("changed as a whole")
    if isinstance(one.old, dict) and isinstance(one.new, dict):
        return tr("{field} changed", field=field(one.field))
    return tr("{field}: {old} → {new}", field=field(one.field), old=value(one.old),
              new=value(one.new))  # fmt: skip
