"""The change feed: what a person may see, in version order, from their cursor on."""

import functools
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.school import facts, sight, store
from desktop.school.problems import Fault
from desktop.school.sight import Actor
from desktop.school.tables import account, left_sight, record
from desktop.wire.feed import EndOfPage

PAGE_BYTES = 3_500_000
"""A page ends early at this size: a few hundred lessons with worlds are many megabytes."""

_encode = msgspec.json.Encoder().encode
_CURSOR = re.compile(r"([0-9a-f]{8,32})\.([0-9a-f]{8})\.(\d{1,18})")


class _Line(msgspec.Struct):
    """A `ChangedRecord` whose data is already JSON."""

    id: str
    collection: str
    version: int
    updated_at: str
    deleted: bool
    data: msgspec.Raw
    updated_by: str


@dataclass(frozen=True)
class Page:
    """A page of the feed as NDJSON."""

    body: bytes
    records: int


def page(
    connection: sa.Connection, actor: Actor, cursor: str, limit: int, collections: list[str]
) -> Page:
    """The records that changed for `actor` after `cursor`, at most `limit` of them.

    Raises:
        Fault: 410 `cursor_expired` when the cursor is of another life of this school or of
            another person: the client takes a new snapshot.
    """
    epoch, latest, after = _position(connection, actor, cursor)
    names: dict[str, str] = {"": ""}
    lines: list[bytes] = []
    size, last = 0, after
    has_more = False
    for line in _merged(connection, actor, after, limit + 1, collections):
        if len(lines) == limit or size > PAGE_BYTES:
            has_more = True
            break
        line.updated_by = _name(connection, line.updated_by, names)
        text = _encode(line)
        lines.append(text)
        size += len(text)
        last = line.version
    lines.append(_end(epoch, actor, last if has_more else latest, has_more=has_more))
    return Page(b"\n".join(lines) + b"\n", len(lines) - 1)


def nothing_new(connection: sa.Connection, actor: Actor, cursor: str) -> Page | None:
    """The empty page, if nothing at all changed in the school since `cursor`.

    Most polls end here, without asking what this person may see.

    Raises:
        Fault: 410 `cursor_expired`, as for a page.
    """
    epoch, latest, after = _position(connection, actor, cursor)
    if after != latest:
        return None
    return Page(_end(epoch, actor, latest, has_more=False) + b"\n", 0)


def _end(epoch: str, actor: Actor, position: int, *, has_more: bool) -> bytes:
    cursor = f"{epoch}.{_mark(actor)}.{position}"
    return _encode(EndOfPage(cursor=cursor, has_more=has_more))


def _position(connection: sa.Connection, actor: Actor, cursor: str) -> tuple[str, int, int]:
    """The school's epoch and latest version, and the version that the cursor stands at."""
    epoch = facts.get(connection, facts.EPOCH)
    latest = store.current_version(connection)
    return epoch, latest, _after(cursor, epoch, actor, latest)


def _after(cursor: str, epoch: str, actor: Actor, latest: int) -> int:
    if not cursor:
        return 0
    found = _CURSOR.fullmatch(cursor)
    if found is None or found[1] != epoch or found[2] != _mark(actor) or int(found[3]) > latest:
        raise Fault(410, "cursor_expired", "This cursor is no longer known; start a new snapshot.")
    return int(found[3])


def _mark(actor: Actor) -> str:
    """Ties a cursor to a person and to their kind of sight."""
    return f"{zlib.crc32((actor.id + actor.role).encode()):08x}"


def _merged(
    connection: sa.Connection, actor: Actor, after: int, limit: int, collections: list[str]
) -> Iterator[_Line]:
    """Records in sight and records that left it, in version order."""
    seen, gone = _questions(actor.sees_all, bool(collections))
    asked = {"user": actor.id, "after": after, "most": limit, "collections": collections}
    lines = _lines(connection, seen, asked)
    left = _lines(connection, gone, asked)
    if not left:
        return iter(lines)
    return iter(sorted(lines + left, key=lambda line: line.version))


@functools.cache
def _questions(sees_all: bool, narrowed: bool) -> "tuple[sa.Select[Any], sa.Select[Any]]":
    """What is asked for a page: built once, because building takes longer than asking."""
    after: sa.BindParameter[int] = sa.bindparam("after")
    user: sa.BindParameter[str] = sa.bindparam("user")
    seen = sa.select(
        record.c.id,
        record.c.collection,
        record.c.version,
        record.c.updated_at,
        record.c.deleted,
        record.c.data,
        record.c.updated_by,
    ).where(record.c.version > after)
    gone = sa.select(
        left_sight.c.record_id.label("id"),
        left_sight.c.collection,
        left_sight.c.version,
        left_sight.c.at.label("updated_at"),
        sa.true().label("deleted"),
        sa.literal("{}").label("data"),
        sa.literal("").label("updated_by"),
    ).where(left_sight.c.user_id == user, left_sight.c.version > after)
    if not sees_all:
        seen = seen.where(sight.seen_by(user))
    if narrowed:
        wanted: sa.BindParameter[list[str]] = sa.bindparam("collections", expanding=True)
        seen = seen.where(record.c.collection.in_(wanted))
        gone = gone.where(left_sight.c.collection.in_(wanted))
    most: sa.BindParameter[int] = sa.bindparam("most", type_=sa.Integer)
    return (
        seen.order_by(record.c.version).limit(most),
        gone.order_by(left_sight.c.version).limit(most),
    )


def _lines(connection: sa.Connection, query: sa.Select[Any], asked: dict[str, Any]) -> list[_Line]:
    return [
        _Line(
            id=row[0],
            collection=row[1],
            version=row[2],
            updated_at=row[3],
            deleted=row[4],
            data=msgspec.Raw(b"{}" if row[4] else row[5].encode()),
            updated_by=row[6],
        )
        for row in connection.execute(query, asked)
    ]


def _name(connection: sa.Connection, user_id: str, names: dict[str, str]) -> str:
    """The display name of whoever changed a record; looked up once a page."""
    if user_id not in names:
        names[user_id] = connection.execute(_NAME, {"user": user_id}).scalar() or ""
    return names[user_id]


_NAME = sa.select(account.c.display_name).where(account.c.id == sa.bindparam("user"))
