"""The push outbox: what goes into Studio, how far each push is, and what was sent.

States: draft (kept, not to be sent yet), scanned, queued (waits for a Studio), offered, planned,
committing (in Studio's hands), landed (read back and equal), conflict (waits for the teacher),
failed, undone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from operator import attrgetter
from typing import Any, Literal

import msgspec

from desktop.classroom import instants
from desktop.storage.records import dump
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

State = Literal[
    "draft", "scanned", "queued", "offered", "planned", "committing",
    "landed", "conflict", "failed", "undone",
]  # fmt: skip
COLLECTION = "pushes"
"""What subscribers of the cache hear when a push changed."""
UNDER_WAY: tuple[State, ...] = ("offered", "planned", "committing")


@dataclass(frozen=True)
class StoredItem:
    """One instance of a push, and what is known of it."""

    number: int
    class_name: str
    path: tuple[str, ...]
    root: int
    sha256: str
    source_sha256: str
    action: str = ""
    """The plan's word: create, update, unchanged, conflict, blocked; empty before a plan."""
    reason: str = ""
    decision: str = ""
    error: str = ""


@dataclass(frozen=True)
class StoredPush:
    """One push as the outbox keeps it."""

    id: str
    title: str
    lesson_id: str
    version: str
    made_by: str
    model: str
    state: State
    policy: str
    """What to do about conflicts: ask, replace, keep or copy."""
    scan: str
    place_id: str
    """The place it is for, when one was named or it has begun; empty for any."""
    place_name: str
    reason: str
    created_at: str
    updated_at: str
    milliseconds: int | None = None


_PUSH = tuple(field.name for field in fields(StoredPush))
_ITEM = tuple(field.name for field in fields(StoredItem))
_SELECT = f"SELECT {', '.join(_PUSH)} FROM push"  # noqa: S608
_ADD = f"INSERT INTO push ({', '.join(_PUSH)}) VALUES ({', '.join('?' * len(_PUSH))})"  # noqa: S608
_fields_of = attrgetter(*_ITEM)
_path = msgspec.json.Decoder(tuple[str, ...]).decode
_ADD_ITEM = (
    f"INSERT INTO push_item (push_id, {', '.join(_ITEM)}) "  # noqa: S608
    f"VALUES ({', '.join('?' * (len(_ITEM) + 1))})"
)


def add(
    tx: Transaction, new: StoredPush, items: list[StoredItem], contents: dict[str, bytes]
) -> None:
    """Keep a new push with everything it needs to be sent later."""
    tx.connection.execute(_ADD, astuple(new))
    tx.connection.execute_many(_ADD_ITEM, [(new.id, *_item_row(item)) for item in items])
    tx.connection.execute_many(
        "INSERT OR IGNORE INTO push_content (sha256, content) VALUES (?, ?)",
        list(contents.items()),
    )
    tx.touch(COLLECTION, new.id)


def change(tx: Transaction, push_id: str, **values: object) -> None:
    """Set columns of a push."""
    values["updated_at"] = instants.to_text(tx.now)
    tx.connection.execute(
        f"UPDATE push SET {_assigned(values)} WHERE id = ?",  # noqa: S608
        (*values.values(), push_id),
    )
    tx.touch(COLLECTION, push_id)


def change_item(tx: Transaction, push_id: str, number: int, **values: str) -> None:
    """Set columns of one item of a push."""
    tx.connection.execute(
        f"UPDATE push_item SET {_assigned(values)} WHERE push_id = ? AND number = ?",  # noqa: S608
        (*values.values(), push_id, number),
    )


def _assigned(columns: Iterable[str]) -> str:
    return ", ".join(f"{name} = ?" for name in columns)


def set_plan(tx: Transaction, push_id: str, entries: Sequence[tuple[int, str, str]]) -> None:
    """Keep (number, action, reason) of each item of a plan."""
    tx.connection.execute_many(
        "UPDATE push_item SET action = ?, reason = ? WHERE push_id = ? AND number = ?",
        [(action, reason, push_id, number) for number, action, reason in entries],
    )


def set_errors(tx: Transaction, push_id: str, errors: list[tuple[int, str]]) -> None:
    """Keep (number, error) of items that did not land; an empty error takes an old one away."""
    tx.connection.execute_many(
        "UPDATE push_item SET error = ? WHERE push_id = ? AND number = ?",
        [(error, push_id, number) for number, error in errors],
    )


def put_back(tx: Transaction) -> list[str]:
    """Queue again what was under way when the app ended; the plugin's ledger makes it land once."""
    found: list[str] = tx.connection.execute(
        "SELECT id FROM push WHERE state IN (SELECT value FROM json_each(?))", (dump(UNDER_WAY),)
    ).scalars()
    for push_id in found:
        change(tx, push_id, state="queued")
    return found


def sweep(tx: Transaction, keep: int = 200) -> None:
    """Forget the oldest finished pushes beyond `keep`, and contents that no push needs."""
    old = tx.connection.execute(
        "SELECT id FROM push WHERE state IN ('landed', 'failed', 'undone') "
        "ORDER BY id DESC LIMIT -1 OFFSET ?",
        (keep,),
    ).scalars()
    for push_id in old:
        tx.connection.execute("DELETE FROM push_item WHERE push_id = ?", (push_id,))
        tx.connection.execute("DELETE FROM push WHERE id = ?", (push_id,))
        tx.touch(COLLECTION, push_id)
    tx.connection.execute(
        "DELETE FROM push_content WHERE sha256 NOT IN (SELECT sha256 FROM push_item)"
    )


def get(connection: Connection, push_id: str) -> StoredPush | None:
    """One push, or None."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (push_id,)).first()
    return None if row is None else StoredPush(*row)


def find(connection: Connection, *states: State, limit: int = 100) -> list[StoredPush]:
    """Pushes in any of `states` (all when none is named), the newest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE ?1 = '[]' OR state IN "  # noqa: S608
        "(SELECT value FROM json_each(?1)) ORDER BY id DESC LIMIT ?2",
        (dump(states), limit),
    )
    return [StoredPush(*row) for row in rows]


def items_of(connection: Connection, push_id: str) -> list[StoredItem]:
    """The items of a push, parents first."""
    rows = connection.execute(
        f"SELECT {', '.join(_ITEM)} FROM push_item WHERE push_id = ? ORDER BY number",  # noqa: S608
        (push_id,),
    )
    return [_item(row) for row in rows]


def contents(connection: Connection, hashes: set[str]) -> dict[str, bytes]:
    """Contents by their hashes; one that is not kept is left out."""
    rows = connection.execute(
        "SELECT sha256, content FROM push_content WHERE sha256 IN (SELECT value FROM json_each(?))",
        (dump(sorted(hashes)),),
    )
    return {sha256: bytes(content) for sha256, content in rows}


def last_place(connection: Connection, lesson_id: str) -> str:
    """The place a lesson last landed in; empty when it never did."""
    found = connection.execute(
        "SELECT place_id FROM push WHERE lesson_id = ? AND lesson_id != '' "
        "AND state = 'landed' ORDER BY id DESC LIMIT 1",
        (lesson_id,),
    ).scalar()
    return found or ""


def place_name(connection: Connection, place_id: str) -> str:
    """What a place was called when something was last pushed to it; empty when nothing was."""
    found = connection.execute(
        "SELECT place_name FROM push WHERE place_id = ? AND place_name != '' "
        "ORDER BY id DESC LIMIT 1",
        (place_id,),
    ).scalar()
    return found or ""


def _item_row(item: StoredItem) -> tuple[Any, ...]:
    # A large lesson has thousands: `astuple` would copy each of their values deeply.
    number, class_name, path, *others = _fields_of(item)
    return number, class_name, msgspec.json.encode(path).decode(), *others


def _item(row: tuple[Any, ...]) -> StoredItem:
    number, class_name, path, *others = row
    return StoredItem(number, class_name, _path(path), *others)
