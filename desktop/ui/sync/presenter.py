"""What the Sync page says: the state in words, each conflict as a question, what waits and why."""

from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.classroom import instants
from desktop.storage import conflicts, rejections
from desktop.storage.queries import sync_status as queries
from desktop.storage.queries.sync_status import ConflictInWords, SyncStatus, Waiting
from desktop.sync.status import Status
from desktop.ui.parts import sync_words
from desktop.ui.parts.sync_words import SyncWords
from desktop.ui.parts.words import ago, dotted
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    import datetime as dt

    from desktop.services import Services

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


@dataclass(frozen=True)
class Entry:
    """Something that waits, or was not accepted."""

    id: str
    title: str
    words: str
    when: str = ""
    can_settle: bool = False


@dataclass(frozen=True)
class Inbox:
    """Everything below the state."""

    conflicts: tuple[Asked, ...]
    rejected: tuple[Entry, ...]
    waiting: tuple[Entry, ...]


class SyncPresenter:
    """Reads the inbox, decides conflicts, asks for a round."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    def words(self, status: Status) -> SyncWords:
        """The state, honestly."""
        local = self._services.account.kind == "local"
        return sync_words.words(status, self._services.clock.now(), local=local)

    async def load(self) -> Inbox:
        """What wants a decision, what was refused, what waits."""
        found = await wrap_future(self._services.ask(queries.sync_status))
        return inbox(found, self._services.clock.now())

    def sync_now(self) -> None:
        """Ask for a round; the state tells how it goes."""
        self._services.sync.now()

    async def resolve(self, asked: Asked, take: str) -> None:
        """Decide a conflict."""
        side: conflicts.Take = "mine" if take == "mine" else "theirs"
        await wrap_future(self._services.act(conflicts.resolve, asked.id, side))

    async def try_again(self, entry: Entry) -> None:
        """Send a change again that was not accepted."""
        await wrap_future(self._services.act(rejections.retry, entry.id))

    async def give_up(self, entry: Entry) -> None:
        """Give up a change that was not accepted; it stays in the history."""
        await wrap_future(self._services.act(rejections.discard, entry.id))


def inbox(found: SyncStatus, now: "dt.datetime") -> Inbox:
    """The inbox in words."""
    waiting = [_waiting(one, now) for one in found.waiting]
    more = found.waiting_count - len(waiting)
    if more > 0:
        waiting.append(Entry("", plural("and {count} more", "and {count} more", more), ""))
    aside = tuple(
        Entry("", tr("Something from the server could not be read"), one.reason)
        for one in found.set_aside
    )
    return Inbox(
        conflicts=tuple(_asked(one) for one in found.conflicts),
        rejected=(
            *(
                Entry(
                    one.rejection.op_id,
                    one.words,
                    one.rejection.detail or tr("The server gave no reason."),
                    can_settle=True,
                )
                for one in found.rejected
            ),
            *aside,
        ),
        waiting=tuple(waiting),
    )


def _waiting(one: Waiting, now: "dt.datetime") -> Entry:
    going = tr("On its way.") if one.on_its_way else one.held
    words = dotted(going, one.last_error) or tr("Goes with the next round.")
    return Entry(one.op_id, one.words, words, ago(instants.from_text(one.since), now))


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


def _asked(one: ConflictInWords) -> Asked:
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
        words = tr("One of you deleted this, and the other changed it. Which should hold?")
        mine = tr("(deleted)") if conflict.mine is None else tr("keep it as it is here")
        theirs = tr("(deleted)") if conflict.theirs is None else tr("keep it as it is there")
    return Asked(conflict.id, one.words, words, mine, theirs,
                 tr("Take what {who} wrote", who=who))  # fmt: skip
