"""What the Sync page says: the state in words, each conflict as a question, what waits and why."""

from asyncio import wrap_future
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop.actions import undo
from desktop.classroom import instants
from desktop.storage import conflicts, parking, rejections, rounds
from desktop.storage.queries import sync_status as queries
from desktop.storage.queries.sync_status import ConflictInWords, SyncStatus, Waiting
from desktop.storage.rounds import Round
from desktop.sync.status import Status
from desktop.ui.parts import sync_words, unsent
from desktop.ui.parts.sync_words import SyncWords
from desktop.ui.parts.undoing import place_of
from desktop.ui.parts.words import ago, dotted, kind
from desktop.ui.routes import Route
from desktop.ui.strings import mark, plural, tr

if TYPE_CHECKING:
    import datetime as dt

    from desktop.services import Services
    from desktop.storage.transaction import Transaction

LONGEST_VALUE = 300


@dataclass(frozen=True)
class Asked:
    """A conflict as a question."""

    id: int
    title: str
    words: str
    mine: str
    theirs: str
    theirs_by: str
    theirs_when: str = ""


@dataclass(frozen=True)
class Entry:
    """Something that is not on the server, and what can be done about it."""

    id: str
    title: str
    words: str
    when: str = ""
    verbs: tuple[str, ...] = ()
    """Of `VERBS`."""
    record: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Inbox:
    """Everything below the state."""

    conflicts: tuple[Asked, ...]
    rejected: tuple[Entry, ...]
    waiting: tuple[Entry, ...]
    kept: tuple[Entry, ...] = ()
    rounds: tuple[Entry, ...] = ()

    @property
    def unsent(self) -> int:
        """How many entries there would be in an export."""
        return len(self.conflicts) + len(self.rejected) + len(self.waiting) + len(self.kept)


VERBS = {
    "retry": mark("Try again"),
    "release": mark("Send it after all"),
    "keep": mark("Keep only here"),
    "discard": mark("Give up"),
    "fix": mark("Open"),
}
"""What can be done about an entry, as its buttons say it."""


class SyncPresenter:
    """Reads the inbox, decides conflicts, asks for a round."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    def words(self, status: Status) -> SyncWords:
        """The state, honestly."""
        local = self._services.account.kind == "local"
        return sync_words.words(status, self._services.clock.now(), local=local)

    async def load(self) -> Inbox:
        """What wants a decision, what was refused, what waits, what is kept here."""
        found = await wrap_future(self._services.ask(queries.sync_status))
        past = await wrap_future(self._services.ask(rounds.recent))
        return inbox(found, self._services.clock.now(), past)

    def sync_now(self) -> None:
        """Ask for a round; the state tells how it goes."""
        self._services.sync.now()

    async def resolve(self, asked: Asked, take: str) -> int:
        """Decide a conflict; returns the step, for its undo."""
        side: conflicts.Take = "mine" if take == "mine" else "theirs"
        verb = self._services.act(undo.recorded, conflicts.resolve, asked.id, side)
        return (await wrap_future(verb)).step

    async def resolve_all(self, take: str) -> tuple[str, int]:
        """Decide everything that is open alike; returns what came of it, and the step."""
        side: Literal["mine", "theirs"] = "mine" if take == "mine" else "theirs"
        done = await wrap_future(self._services.act(undo.recorded, conflicts.resolve_all, side))
        return plural("{count} decided.", "{count} decided.", len(done.result)), done.step

    async def do(self, entry: Entry, verb: str) -> tuple[str, int]:
        """Do one of `VERBS` about an entry; returns what came of it, and the step (0: none)."""
        done = await wrap_future(self._services.act(undo.recorded, _verb(entry, verb), entry.id))
        if verb in ("retry", "release"):
            self._services.sync.now()
        return {
            "keep": tr("Kept only here. It is not sent until you say so."),
            "discard": tr("Given up."),
        }.get(verb, tr("It goes now.")), done.step

    async def place(self, entry: Entry) -> Route | None:
        """The screen on which the record of an entry is shown."""
        return await wrap_future(self._services.ask(place_of, *entry.record))

    async def export(self, file: Path) -> str:
        """Write everything the server does not have to `file` and, readable, beside it."""
        return await unsent.export(self._services, file)


def _verb(entry: Entry, verb: str) -> "Callable[[Transaction, str], object]":
    refused = "retry" in entry.verbs
    match verb:
        case "keep":
            return parking.keep
        case "release":
            return parking.release
        case "retry":
            return rejections.retry
        case _:
            return rejections.discard if refused else parking.discard


def inbox(found: SyncStatus, now: "dt.datetime", past: Sequence[Round] = ()) -> Inbox:
    """The inbox in words."""
    waiting = [_waiting(one, now) for one in found.waiting]
    more = found.waiting_count - len(waiting)
    if more > 0:
        waiting.append(Entry("", plural("and {count} more", "and {count} more", more), ""))
    refused = tuple(
        Entry(
            one.rejection.op_id, one.words,
            one.rejection.detail or tr("The server gave no reason."),
            ago(instants.from_text(one.rejection.rejected_at), now),
            ("retry", "fix", "keep", "discard"),
            (one.rejection.collection, one.rejection.id),
        )
        for one in found.rejected
    )  # fmt: skip
    faulty = tuple(
        Entry(one.op_id, one.words, one.last_error, ago(instants.from_text(one.since), now),
              ("release", "fix"), (one.collection, one.id))
        for one in found.faulty
    )  # fmt: skip
    aside = tuple(
        Entry("", tr("Something from the server could not be read"),
              dotted(kind(one.collection), one.id, one.reason),
              ago(instants.from_text(one.at), now))
        for one in found.set_aside
    )  # fmt: skip
    kept = tuple(
        Entry(one.op_id, one.words, tr("It is not sent until you say so."),
              ago(instants.from_text(one.since), now), ("release", "fix", "discard"),
              (one.collection, one.id))
        for one in found.kept
    )  # fmt: skip
    return Inbox(
        conflicts=tuple(_asked(one, now) for one in found.conflicts),
        rejected=(*refused, *faulty, *aside),
        waiting=tuple(waiting),
        kept=kept,
        rounds=tuple(_round(one, now) for one in past),
    )


def _round(one: Round, now: "dt.datetime") -> Entry:
    title = one.problem or dotted(
        plural("{count} sent", "{count} sent", one.pushed),
        plural("{count} received", "{count} received", one.pulled),
        plural("{count} merged", "{count} merged", one.merged) if one.merged else "",
    )
    if one.quiet:
        title = tr("Nothing new")
    times = plural("{count} time", "{count} times", one.rounds) if one.rounds > 1 else ""
    return Entry("", title, times, ago(instants.from_text(one.at), now))


def _waiting(one: Waiting, now: "dt.datetime") -> Entry:
    going = tr("On its way.") if one.on_its_way else one.held
    words = dotted(going, one.last_error) or tr("Goes with the next round.")
    verbs = () if one.on_its_way else ("fix", "keep", "discard")
    return Entry(one.op_id, one.words, words, ago(instants.from_text(one.since), now), verbs,
                 (one.collection, one.id))  # fmt: skip


def value(shown: object) -> str:
    """A field's value as a person reads it."""
    if shown is None or shown in ("", []):
        return tr("(empty)")
    if isinstance(shown, bool):
        return tr("yes") if shown else tr("no")
    if isinstance(shown, float) and shown == int(shown):
        return str(int(shown))
    if isinstance(shown, list):
        return plural("{count} entry", "{count} entries", len(shown))
    if isinstance(shown, dict):
        return str(shown.get("name") or shown.get("title") or tr("(several values)"))
    text = str(shown)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _asked(one: ConflictInWords, now: "dt.datetime") -> Asked:
    conflict = one.conflict
    who = conflict.who or tr("someone else")
    if conflict.field:
        words = tr(
            "It was {base}. You and {who} both changed it. Which should hold?",
            base=value(conflict.base),
            who=who,
        )
        mine, theirs = value(conflict.mine), value(conflict.theirs)
    else:
        words = (
            tr("You deleted this, and {who} changed it since. Which should hold?", who=who)
            if conflict.mine is None
            else tr("You changed this, and {who} deleted it. Which should hold?", who=who)
        )
        mine = tr("(deleted)") if conflict.mine is None else tr("keep it as it is here")
        theirs = tr("(deleted)") if conflict.theirs is None else tr("keep it as it is there")
    when = ago(instants.from_text(conflict.theirs_at), now) if conflict.theirs_at else ""
    return Asked(conflict.id, one.words, words, mine, theirs,
                 tr("Take what {who} wrote", who=who), when)  # fmt: skip
