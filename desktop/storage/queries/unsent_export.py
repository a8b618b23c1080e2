"""Everything the server does not have, as a file for people or for programs."""

from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from desktop.storage import conflicts, erasing, rejections, sending
from desktop.storage.queries.words import Words
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class Entry:
    """One change that is only on this computer."""

    about: str
    state: str
    """pending, in_flight, kept, aside, rejected or conflict."""
    reason: str
    since: str
    collection: str
    id: str
    kind: str
    change: Any
    """The fields with their values; of a conflict both values."""


@dataclass(frozen=True)
class Unsent:
    """The whole of it."""

    entries: tuple[Entry, ...]

    def as_json(self) -> str:
        """For a program, or for us to bring it in again some day."""
        told = {"format": "unsent-work/1", "changes": [asdict(one) for one in self.entries]}
        return (
            msgspec.json.format(msgspec.json.encode(told, enc_hook=str), indent=2).decode() + "\n"
        )

    def as_text(self) -> str:
        """For a person: what it is about, why it is here, and each value."""
        parts = ["Changes that are only on this computer\n"]
        for one in self.entries:
            lines = [one.about, f"  since {one.since}, {one.state}" + _after(": ", one.reason)]
            lines += [f"  {field.replace('_', ' ')}: {_plain(to)}" for field, to in
                      (one.change or {}).items()]  # fmt: skip
            parts.append("\n".join(lines) + "\n")
        if not self.entries:
            parts.append("There are none: everything is on the server.\n")
        return "\n".join(parts)


def everything(connection: Connection, student_id: str = "") -> Unsent:
    """What waits, is kept, was set aside or refused, and what waits for a decision.

    With a `student_id`, only what is about that student.
    """
    words = Words(connection)
    entries = [
        Entry(words.about(op.collection, op.id, op.kind, op.patch), op.state, op.last_error,
              op.created_at, op.collection, op.id, op.kind, op.patch)
        for op in sending.waiting(connection)
    ]  # fmt: skip
    entries += [
        Entry(words.about(one.collection, one.id, one.kind, one.patch), "rejected", one.detail,
              one.created_at, one.collection, one.id, one.kind, one.patch)
        for one in rejections.open_ones(connection)
    ]  # fmt: skip
    entries += [
        Entry(words.field(one.collection, one.record_id, one.field), "conflict",
              f"{one.who or 'someone else'} changed it too", one.found_at, one.collection,
              one.record_id, "update",
              {"before": one.base, "mine": one.mine, "theirs": one.theirs})
        for one in conflicts.open_ones(connection)
    ]  # fmt: skip
    if student_id:
        about = set(erasing.pairs(connection, student_id))
        entries = [one for one in entries if (one.collection, one.id) in about]
    return Unsent(tuple(entries))


def _after(mark: str, text: str) -> str:
    return mark + text if text else ""


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
