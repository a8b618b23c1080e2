"""The push outbox: what goes into Studio, how far each push is, and what was sent.

States: draft (kept, not to be sent yet), scanned, queued (waits for a Studio), offered, planned,
committing (in Studio's hands), landed (read back and equal), conflict (waits for the teacher),
failed, undone.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from desktop.classroom import instants
from desktop.storage.tables import metadata
from desktop.storage.transaction import Transaction

State = Literal[
    "draft", "scanned", "queued", "offered", "planned", "committing",
    "landed", "conflict", "failed", "undone",
]  # fmt: skip
COLLECTION = "pushes"
"""What subscribers of the cache hear when a push changed."""
_AT_ONCE = 500
"""Hashes in one question: SQLite takes a bounded number of parameters."""
UNDER_WAY: tuple[State, ...] = ("offered", "planned", "committing")

push = Table(
    "push",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("lesson_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("scan", Text, nullable=False),
    Column("place_id", Text, nullable=False),
    Column("place_name", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("milliseconds", Integer),
)
push_item = Table(
    "push_item",
    metadata,
    Column("push_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("class_name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("root", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("source_sha256", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("error", Text, nullable=False),
)
push_content = Table(
    "push_content",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)


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


def add(
    tx: Transaction, new: StoredPush, items: list[StoredItem], contents: dict[str, bytes]
) -> None:
    """Keep a new push with everything it needs to be sent later."""
    tx.connection.execute(insert(push).values(**new.__dict__))
    if items:
        tx.connection.execute(insert(push_item), [_item_row(new.id, item) for item in items])
    if contents:
        tx.connection.execute(
            insert(push_content).on_conflict_do_nothing(),
            [{"sha256": sha256, "content": content} for sha256, content in contents.items()],
        )
    tx.touch(COLLECTION, new.id)


def change(tx: Transaction, push_id: str, **values: object) -> None:
    """Set columns of a push."""
    values["updated_at"] = instants.to_text(tx.now)
    tx.connection.execute(push.update().where(push.c.id == push_id).values(**values))
    tx.touch(COLLECTION, push_id)


def change_item(tx: Transaction, push_id: str, number: int, **values: str) -> None:
    """Set columns of one item of a push."""
    tx.connection.execute(
        push_item.update()
        .where(push_item.c.push_id == push_id, push_item.c.number == number)
        .values(**values)
    )


def set_plan(tx: Transaction, push_id: str, entries: Sequence[tuple[int, str, str]]) -> None:
    """Keep (number, action, reason) of each item of a plan."""
    rows = [
        {"action": action, "reason": reason, "b_number": number}
        for number, action, reason in entries
    ]
    _set_each(tx, push_id, rows, ("action", "reason"))


def set_errors(tx: Transaction, push_id: str, errors: list[tuple[int, str]]) -> None:
    """Keep (number, error) of items that did not land; an empty error takes an old one away."""
    rows = [{"error": error, "b_number": number} for number, error in errors]
    _set_each(tx, push_id, rows, ("error",))


def _set_each(
    tx: Transaction, push_id: str, rows: list[dict[str, Any]], columns: tuple[str, ...]
) -> None:
    if not rows:
        return
    statement = (
        push_item.update()
        .where(push_item.c.push_id == push_id, push_item.c.number == bindparam("b_number"))
        .values({name: bindparam(name) for name in columns})
    )
    tx.connection.execute(statement, rows)


def put_back(tx: Transaction) -> list[str]:
    """Queue again what was under way when the app ended; the plugin's ledger makes it land once."""
    found = list(tx.connection.scalars(select(push.c.id).where(push.c.state.in_(UNDER_WAY))))
    for push_id in found:
        change(tx, push_id, state="queued")
    return found


def sweep(tx: Transaction, keep: int = 200) -> None:
    """Forget the oldest finished pushes beyond `keep`, and contents that no push needs."""
    old = (
        select(push.c.id)
        .where(push.c.state.in_(("landed", "failed", "undone")))
        .order_by(push.c.id.desc())
        .offset(keep)
    )
    for push_id in list(tx.connection.scalars(old)):
        tx.connection.execute(push_item.delete().where(push_item.c.push_id == push_id))
        tx.connection.execute(push.delete().where(push.c.id == push_id))
        tx.touch(COLLECTION, push_id)
    tx.connection.execute(
        push_content.delete().where(push_content.c.sha256.not_in(select(push_item.c.sha256)))
    )


def get(connection: Connection, push_id: str) -> StoredPush | None:
    """One push, or None."""
    row = connection.execute(select(push).where(push.c.id == push_id)).mappings().first()
    return StoredPush(**row) if row else None


def find(connection: Connection, *states: State, limit: int = 100) -> list[StoredPush]:
    """Pushes in any of `states` (all when none is named), the newest first."""
    statement = select(push).order_by(push.c.id.desc()).limit(limit)
    if states:
        statement = statement.where(push.c.state.in_(states))
    return [StoredPush(**row) for row in connection.execute(statement).mappings()]


def items_of(connection: Connection, push_id: str) -> list[StoredItem]:
    """The items of a push, parents first."""
    rows = connection.execute(
        select(push_item).where(push_item.c.push_id == push_id).order_by(push_item.c.number)
    ).mappings()
    return [_item(dict(row)) for row in rows]


def contents(connection: Connection, hashes: set[str]) -> dict[str, bytes]:
    """Contents by their hashes; one that is not kept is left out."""
    found = {}
    wanted = sorted(hashes)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = connection.execute(
            select(push_content).where(push_content.c.sha256.in_(wanted[start : start + _AT_ONCE]))
        )
        found.update({row.sha256: bytes(row.content) for row in rows})
    return found


def last_place(connection: Connection, lesson_id: str) -> str:
    """The place a lesson last landed in; empty when it never did."""
    found = connection.execute(
        select(push.c.place_id)
        .where(push.c.lesson_id == lesson_id, push.c.state == "landed", push.c.lesson_id != "")
        .order_by(push.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found or ""


def place_name(connection: Connection, place_id: str) -> str:
    """What a place was called when something was last pushed to it; empty when nothing was."""
    found = connection.execute(
        select(push.c.place_name)
        .where(push.c.place_id == place_id, push.c.place_name != "")
        .order_by(push.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    return found or ""


def _item_row(push_id: str, item: StoredItem) -> dict[str, Any]:
    return {**item.__dict__, "push_id": push_id, "path": json.dumps(item.path)}


def _item(row: dict[str, Any]) -> StoredItem:
    row.pop("push_id")
    row["path"] = tuple(json.loads(row["path"]))
    return StoredItem(**row)
