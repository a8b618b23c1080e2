"""What the Sync page says: the state in words, each conflict as a question, what waits and why."""

from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from desktop.classroom import instants
from desktop.storage import conflicts, records, rejections, sending
from desktop.storage.conflicts import Conflict
from desktop.storage.ops import PendingOp
from desktop.storage.rejections import Rejection
from desktop.sync.status import Status
from desktop.ui.parts import sync_words
from desktop.ui.parts.sync_words import SyncWords
from desktop.ui.parts.words import ago, kind
from desktop.ui.strings import plural, tr

if TYPE_CHECKING:
    from desktop.services import Services

VERBS = {"create": "New", "append": "New", "update": "Changed", "delete": "Deleted"}
MOST_SHOWN = 200
FIELDS = {
    "given_name": "first name",
    "family_name": "last name",
    "due_at": "due date",
    "class_ids": "classes",
    "roblox_username": "Roblox name",
    "max_score": "points",
    "grade_level": "grade",
    "time_zone": "time zone",
    "submitted_at": "hand-in time",
    "graded_at": "time of grading",
}
"""Names of fields that are not a word as they are."""


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


@dataclass(frozen=True)
class _Found:
    conflicts: list[Conflict]
    rejected: list[Rejection]
    waiting: list[PendingOp]
    names: dict[tuple[str, str], str]


class SyncPresenter:
    """Reads the inbox, decides conflicts, runs a round."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    def words(self, status: Status) -> SyncWords:
        """The state, honestly."""
        local = self._services.account.kind == "local"
        return sync_words.words(status, self._services.clock.now(), local=local)

    async def load(self) -> Inbox:
        """What wants a decision, what was refused, what waits."""
        found = await wrap_future(self._services.ask(_find))
        now = self._services.clock.now()
        return Inbox(
            conflicts=tuple(_asked(one, found.names) for one in found.conflicts),
            rejected=tuple(_refused(one, found.names) for one in found.rejected),
            waiting=tuple(
                Entry(
                    one.op_id,
                    _title(one.collection, one.id, found.names),
                    _what(one),
                    ago(instants.from_text(one.created_at), now),
                )
                for one in found.waiting
            ),
        )

    async def sync_now(self) -> str:
        """One round; returns what came of it, as a sentence."""
        report = await self._services.sync_now()
        if report.problem is not None:
            return str(report.problem)
        counts = report.counts
        if counts.conflicts:
            return plural("{count} change needs your decision.",
                          "{count} changes need your decision.", counts.conflicts)  # fmt: skip
        if counts.waiting:
            return plural("{count} change still waits.", "{count} changes still wait.",
                          counts.waiting)  # fmt: skip
        return tr("Everything is in step.")

    async def resolve(self, asked: Asked, take: str) -> None:
        """Decide a conflict."""
        side: conflicts.Take = "mine" if take == "mine" else "theirs"
        await wrap_future(self._services.act(conflicts.resolve, asked.id, side))

    async def settle(self, entry: Entry) -> None:
        """Give up a change that was not accepted; it stays in the history."""
        await wrap_future(self._services.act(rejections.discard, entry.id))


def _find(connection: Connection) -> _Found:
    """Everything of the inbox in one look, with the names of the records it speaks of."""
    asked = conflicts.open_ones(connection)
    refused = rejections.open_ones(connection)
    waits = sending.waiting(connection)[:MOST_SHOWN]
    wanted = [(one.collection, one.record_id) for one in asked]
    wanted += [(one.collection, one.id) for one in refused]
    wanted += [(one.collection, one.id) for one in waits]
    found = records.get_many(connection, wanted)
    people = records.get_many(
        connection,
        [
            ("students", record.local["student_id"])
            for record in found.values()
            if record.local.get("student_id")
        ],
    )
    names = {key: _name(key[0], record.local, people) for key, record in found.items()}
    return _Found(asked, refused, waits, names)


def _name(collection: str, data: dict[str, Any], people: dict[tuple[str, str], Any]) -> str:
    if collection == "students":
        return f"{data.get('given_name', '')} {data.get('family_name', '')}".strip()
    person = people.get(("students", str(data.get("student_id", ""))))
    if person is not None:
        return _name("students", person.local, {})
    return str(data.get("name") or data.get("title") or "")


def _title(collection: str, id: str, names: dict[tuple[str, str], str]) -> str:  # noqa: A002
    name = names.get((collection, id), "")
    what = kind(collection).capitalize()
    return tr("{what}: {name}", what=what, name=name) if name else what


def _what(op: PendingOp) -> str:
    verb = tr(VERBS[op.kind])
    if op.kind != "update":
        return verb
    return tr("{verb}: {fields}", verb=verb, fields=", ".join(map(field, op.patch)))


def field(name: str) -> str:
    """A field's name as a person says it."""
    return tr(FIELDS.get(name, name.replace("_", " ")))


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
    return text if len(text) <= 300 else text[:299] + "…"


def _asked(conflict: Conflict, names: dict[tuple[str, str], str]) -> Asked:
    title = _title(conflict.collection, conflict.record_id, names)
    who = conflict.who or tr("someone else")
    if not conflict.field:
        gone = tr("(deleted)")
        words = tr("One of you deleted this, and the other changed it. Which should hold?")
        mine = gone if conflict.mine is None else tr("keep it as it is here")
        theirs = gone if conflict.theirs is None else tr("keep it as it is there")
    else:
        title = f"{title} · {field(conflict.field)}"
        words = tr(
            "It was {base}. You and {who} both changed it. Which should hold?",
            base=value(conflict.base),
            who=who,
        )
        mine, theirs = value(conflict.mine), value(conflict.theirs)
    return Asked(conflict.id, title, words, mine, theirs, tr("Take what {who} wrote", who=who))


def _refused(one: Rejection, names: dict[tuple[str, str], str]) -> Entry:
    why = one.detail or tr("The server gave no reason.")
    return Entry(one.op_id, _title(one.collection, one.id, names), why, can_settle=True)
