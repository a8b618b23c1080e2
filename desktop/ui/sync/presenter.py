"""What the Sync page says: the state in words, each conflict as a question, what waits and why."""

import datetime as dt
from asyncio import wrap_future
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop.actions import undo
from desktop.classroom import instants
from desktop.storage import conflicts, parking, rejections, rounds
from desktop.storage.queries import sync_status as queries
from desktop.storage.queries.conflict_sides import Said
from desktop.storage.queries.sync_status import ConflictInWords, SyncStatus, Waiting
from desktop.storage.rounds import Round
from desktop.sync.status import Status
from desktop.ui.parts import sync_words, unsent
from desktop.ui.parts.sync_words import SyncWords
from desktop.ui.parts.undoing import place_of
from desktop.ui.parts.values import value
from desktop.ui.parts.words import ago, dotted, kind
from desktop.ui.routes import Route
from desktop.ui.strings import mark, plural, shown, tr
from desktop.ui.sync import differences

if TYPE_CHECKING:
    from desktop.services import Services
    from desktop.storage.transaction import Transaction

SHORT = 60
"""Up to here a text is a value like a number; beyond, what differs in it is marked."""
ENTRIES = 5
"""So many entries of a list are shown on each side of a conflict."""
LONGEST_LINE = 120


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
    mine_when: str = ""
    is_text: bool = False
    """Sentences on both sides: what differs between them is marked."""


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
    more: int = 0
    """How many conflicts, refused and waiting changes there are besides those shown."""

    @property
    def has_unsent(self) -> bool:
        """Whether there is anything to export."""
        return bool(self.conflicts or self.rejected or self.waiting or self.kept)


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

    async def load(self, shown: int = queries.SHOWN) -> Inbox:
        """What wants a decision, what was refused, what waits, what is kept here.

        Of each there are at most `shown`: a page with thousands opens like one with few.
        """
        found = await wrap_future(self._services.ask(queries.sync_status, shown))
        past = await wrap_future(self._services.ask(rounds.recent))
        told = self._services.sync.status.problem
        return inbox(found, self._services.clock.now(), past, told)

    async def sign_in(self, password: str) -> None:
        """Sign in again with the password; what waits stays."""
        from desktop import services

        one = self._services
        await services.sign_in_again(one.settings, one.account, password)

    async def signed_in(self) -> str:
        """What is said once the account is open again."""
        return tr("You are signed in again.")

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


def inbox(found: SyncStatus, now: dt.datetime, past: Sequence[Round] = (), told: str = "") -> Inbox:
    """The inbox in words; what is `told` above it already is not said of each change again."""
    more = (
        found.waiting_count - len(found.waiting)
        + found.conflict_count - len(found.conflicts)
        + found.rejected_count - len(found.rejected)
    )  # fmt: skip
    refused = tuple(
        Entry(
            one.rejection.op_id, shown(one.words),
            one.rejection.detail or tr("The server gave no reason."),
            ago(instants.from_text(one.rejection.rejected_at), now),
            ("retry", "fix", "keep", "discard"),
            (one.rejection.collection, one.rejection.id),
        )
        for one in found.rejected
    )  # fmt: skip
    faulty = tuple(
        Entry(one.op_id, shown(one.words), one.last_error, ago(instants.from_text(one.since), now),
              ("release", "fix"), (one.collection, one.id))
        for one in found.faulty
    )  # fmt: skip
    aside = tuple(
        Entry("", tr("Something from the server could not be read: {what}",
                     what=kind(one.collection)),
              dotted(tr("The rest goes on. It is asked for again when it changes there."),
                     f"{one.id} ({one.reason})"),
              ago(instants.from_text(one.at), now))
        for one in found.set_aside
    )  # fmt: skip
    kept = tuple(
        Entry(one.op_id, shown(one.words), tr("It is not sent until you say so."),
              ago(instants.from_text(one.since), now), ("release", "fix", "discard"),
              (one.collection, one.id))
        for one in found.kept
    )  # fmt: skip
    return Inbox(
        conflicts=tuple(_asked(one, now) for one in found.conflicts),
        rejected=(*refused, *faulty, *aside),
        waiting=tuple(_waiting(one, now, told) for one in found.waiting),
        kept=kept,
        rounds=tuple(_round(one, now) for one in past),
        more=max(0, more),
    )


def _round(one: Round, now: dt.datetime) -> Entry:
    title = one.problem or dotted(
        plural("{count} sent", "{count} sent", one.pushed),
        plural("{count} received", "{count} received", one.pulled),
        plural("{count} merged", "{count} merged", one.merged) if one.merged else "",
    )
    if one.quiet:
        title = tr("Nothing new")
    times = plural("{count} time", "{count} times", one.rounds) if one.rounds > 1 else ""
    return Entry("", title, times, ago(instants.from_text(one.at), now))


def _waiting(one: Waiting, now: dt.datetime, told: str) -> Entry:
    going = tr("On its way.") if one.on_its_way else shown(one.held)
    error = one.last_error if one.last_error != told else ""
    words = dotted(going, error) or tr("Goes with the next round.")
    verbs = () if one.on_its_way else ("fix", "keep", "discard")
    return Entry(one.op_id, shown(one.words), words, ago(instants.from_text(one.since), now), verbs,
                 (one.collection, one.id))  # fmt: skip


def _side(own: object, other: object) -> str:
    """One side of a conflict: of lists and of values by name, what differs from the other."""
    different = differences.of_entries(own, other)
    if not different:
        return value(own)
    lines = different[:ENTRIES]
    if len(different) > ENTRIES:
        more = len(different) - ENTRIES
        lines.append(plural("and {count} more", "and {count} more", more))
    return "\n".join(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…"
                     for line in lines)  # fmt: skip


def _asked(one: ConflictInWords, now: dt.datetime) -> Asked:
    conflict = one.conflict
    who = conflict.who or tr("someone else")
    is_text = False
    if conflict.field:
        words = _both_changed(one, who, now)
        mine, theirs = (_side(conflict.mine, conflict.theirs),
                        _side(conflict.theirs, conflict.mine))  # fmt: skip
        if isinstance(conflict.mine, str) and isinstance(conflict.theirs, str):
            is_text = max(len(conflict.mine), len(conflict.theirs)) > SHORT
            mine, theirs = (conflict.mine, conflict.theirs) if is_text else (mine, theirs)
    else:
        words = (
            tr("You deleted this, and {who} changed it since. Which should hold?", who=who)
            if conflict.mine is None
            else tr("You changed this, and {who} deleted it. Which should hold?", who=who)
        )
        mine = tr("(deleted)") if conflict.mine is None else tr("keep it as it is here")
        theirs = tr("(deleted)") if conflict.theirs is None else tr("keep it as it is there")
    return Asked(conflict.id, shown(one.words), words, mine, theirs,
                 tr("Take what {who} wrote", who=who), _when(one.sides.theirs, now),
                 _when(one.sides.mine, now), is_text)  # fmt: skip


def _when(side: Said, now: dt.datetime) -> str:
    return ago(instants.from_text(side.at), now) if side.at else ""


def _both_changed(one: ConflictInWords, who: str, now: dt.datetime) -> str:
    """What it was, by whom and since when, where that is short and known; then the question."""
    was, by = value(one.conflict.base), one.sides.base
    if len(was) > SHORT or "\n" in was:
        return tr("You and {who} both changed it. Which should hold?", who=who)
    if not by.at:
        return tr("It was {base}. You and {who} both changed it. Which should hold?",
                  base=was, who=who)  # fmt: skip
    author = tr("you") if by.here else by.who or tr("someone else")
    return tr("It was {base} ({author}, {when}). You and {who} both changed it. Which should hold?",
              base=was, author=author, when=_when(by, now), who=who)  # fmt: skip
