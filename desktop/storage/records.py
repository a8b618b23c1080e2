"""Records as the cache keeps them: reading them, and the one statement that writes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.storage import word_index
from desktop.storage.sql import Connection

Json = Any
"""A value of JSON: what a field may hold."""

_encode = msgspec.json.Encoder().encode

TOMBSTONE = "null"
"""The base of a record that the server holds as deleted while something here still waits.

Where it is known what the server held before, the base is that, alone in a list.
"""


@dataclass(frozen=True)
class StoredRecord:
    """One record: what the server last said, and what the teacher sees."""

    collection: str
    id: str
    version: int
    """The server's; 0 while the server has never seen the record."""
    base: dict[str, Any] | None
    """What the server last said; None when it holds nothing, or holds it as deleted."""
    local: dict[str, Any]
    deleted: bool
    dirty: bool
    """Something of it is not on the server."""
    updated_at: str = ""
    updated_by: str = ""
    before: dict[str, Any] | None = None
    """While `base` is None: what the server held before it said 'deleted', where that is known.

    When somebody brings the record back, it is what both sides started from.
    """

    @property
    def seen(self) -> dict[str, Any] | None:
        """What the teacher sees: None when they deleted it."""
        return None if self.deleted else self.local

    @property
    def last_held(self) -> dict[str, Any] | None:
        """What the server holds or, where it holds nothing any more, held at last."""
        return self.before if self.base is None else self.base


_COLUMNS = "collection, id, version, base, local, deleted, dirty, updated_at, updated_by"

_PARENT = {
    "assessments": "lesson_id",
    "submissions": "assessment_id",
    "badge_awards": "badge_id",
    "progress_events": "lesson_id",
}
_AT = {
    "lessons": "due_at",
    "assessments": "due_at",
    "submissions": "submitted_at",
    "xp_awards": "awarded_at",
    "badge_awards": "awarded_at",
    "attendance": "day",
    "progress_events": "at",
    "announcements": "published_at",
    "messages": "sent_at",
}
_STATUS = {"attendance": "state", "progress_events": "kind", "xp_awards": "source"}
_AMOUNT = {"submissions": "score", "xp_awards": "xp"}

PUT = """
    INSERT INTO record (collection, id, version, base, local, deleted, dirty, updated_at,
        updated_by, class_id, student_id, parent_id, at, name, status, amount)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (collection, id) DO UPDATE SET version = excluded.version, base = excluded.base,
        local = excluded.local, deleted = excluded.deleted, dirty = excluded.dirty,
        updated_at = excluded.updated_at, updated_by = excluded.updated_by,
        class_id = excluded.class_id, student_id = excluded.student_id,
        parent_id = excluded.parent_id, at = excluded.at, name = excluded.name,
        status = excluded.status, amount = excluded.amount
"""
"""Writes a row of `row_of`."""


def dump(value: Json) -> str:
    """JSON text of a value."""
    return _encode(value).decode()


def load(text: str) -> Json:
    """The value of JSON text."""
    return msgspec.json.decode(text)


def parsed(row: Iterable[Json], *places: int) -> list[Json]:
    """The values of a row, with the JSON text at `places` read."""
    return [load(value) if place in places else value for place, value in enumerate(row)]


def get(connection: Connection, collection: str, id: str) -> StoredRecord | None:  # noqa: A002
    """One record, also when it is deleted; None when the cache has never heard of it."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM record WHERE collection = ? AND id = ?",  # noqa: S608
        (collection, id),
    ).first()
    return None if row is None else stored(row)


def get_many(
    connection: Connection, names: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], StoredRecord]:
    """Those of the records `names` (collection, id) that the cache knows."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM record WHERE (collection, id) IN "  # noqa: S608
        "(SELECT value ->> 0, value ->> 1 FROM json_each(?))",
        (dump(list(names)),),
    )
    return {(row[0], row[1]): stored(row) for row in rows}


def find(
    connection: Connection,
    collection: str,
    where: Mapping[str, object] = {},
    *,
    pending: bool = False,
    limit: int | None = None,
) -> list[StoredRecord]:
    """The records of a collection that are not deleted, oldest first.

    `where` compares fields; a list field matches when it contains the value. `pending` keeps
    those with something that is not on the server, deleted ones too.
    """
    conditions, values = ["collection = ?"], [collection]
    parameters: list[Any] = list(values)
    conditions.append("dirty = 1" if pending else "deleted = 0")
    for field, value in where.items():
        condition, needed = _condition(field, value)
        conditions.append(condition)
        parameters += needed
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM record WHERE {' AND '.join(conditions)} "  # noqa: S608
        "ORDER BY seq LIMIT ?",
        (*parameters, -1 if limit is None else limit),
    )
    return [stored(row) for row in rows]


_OF_CLASS = (
    "id IN (SELECT m.id FROM membership m "
    "WHERE m.collection = record.collection AND m.class_id = ?)"
)


def _condition(field: str, value: object) -> tuple[str, list[Any]]:
    if field in ("id", "class_id", "student_id"):
        return f"{field} = ?", [value]
    if field == "class_ids":
        return _OF_CLASS, [value]
    path = "$." + dump(field)
    return (
        "EXISTS (SELECT 1 FROM json_each(local, ?) one WHERE one.atom IS ?)",
        [path, value],
    )


def stored(row: Sequence[Any]) -> StoredRecord:
    """A record from the columns in the order this module selects them."""
    collection, id_, version, base, local, deleted, dirty, updated_at, updated_by = row
    data = load(local)
    found = None if base is None else load(base)
    return StoredRecord(
        collection=collection,
        id=id_,
        version=version,
        base=_base(version, base, found, data, bool(deleted)),
        local=data,
        deleted=bool(deleted),
        dirty=bool(dirty),
        updated_at=updated_at,
        updated_by=updated_by,
        before=found[0] if isinstance(found, list) else None,
    )


def _base(
    version: int, base: str | None, found: Json, local: dict[str, Any], deleted: bool
) -> dict[str, Any] | None:
    if base is not None:
        return found if isinstance(found, dict) else None
    return None if version == 0 or deleted else local


def _base_column(record: StoredRecord) -> str | None:
    if record.version == 0:
        return None
    if record.base is None and record.before is not None:
        return dump([record.before])
    if not record.dirty:
        return None
    return TOMBSTONE if record.base is None else dump(record.base)


def row_of(record: StoredRecord) -> tuple[Any, ...]:
    """The driver's tuple for `PUT`."""
    collection, local = record.collection, record.local
    return (
        collection,
        record.id,
        record.version,
        _base_column(record),
        dump(local),
        record.deleted,
        record.dirty,
        record.updated_at,
        record.updated_by,
        *typed(collection, local),
    )


def typed(collection: str, data: Mapping[str, Any]) -> tuple[Any, ...]:
    """class_id, student_id, parent_id, at, name, status and amount of a record's data."""
    return (
        _text(data.get("class_id")),
        _text(data.get("student_id")),
        _text(data.get(_PARENT.get(collection, ""))),
        _text(data.get(_AT.get(collection, ""))),
        _name(collection, data),
        _status(collection, data),
        _amount(collection, data),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _name(collection: str, data: Mapping[str, Any]) -> str | None:
    if collection == "students":
        return " ".join(filter(None, map(_text, (data.get("family_name"), data.get("given_name")))))
    return _text(data.get("name")) or _text(data.get("title"))


def _status(collection: str, data: Mapping[str, Any]) -> str | None:
    if collection == "classes":
        return "archived" if data.get("archived") is True else "active"
    return _text(data.get(_STATUS.get(collection, "status")))


def _amount(collection: str, data: Mapping[str, Any]) -> float | None:
    if collection == "progress_events":
        inner = data.get("data")
        right = inner.get("correct") if isinstance(inner, dict) else None
        return float(right) if isinstance(right, bool) else None
    value = data.get(_AMOUNT.get(collection, ""))
    return float(value) if isinstance(value, int | float) else None


def put(connection: Connection, record: StoredRecord) -> None:
    """Write one record, and which classes it belongs to."""
    put_all(connection, [record])


def put_all(connection: Connection, written: Sequence[StoredRecord]) -> None:
    """Write records, and which classes they belong to; the fast way in for a page."""
    if not written:
        return
    rows = [row_of(record) for record in written]
    renamed = _renamed(connection, rows)
    word_index.forget(connection.execute, renamed)
    connection.execute_many(PUT, rows)
    word_index.learn(connection.execute, renamed)
    members = [record for record in written if record.collection in WITH_CLASSES]
    if members:
        _put_membership(connection, members)


def _renamed(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """The records whose words in the index change with these rows: most edits change none."""
    wanted = {(row[0], row[1]): None if row[_DELETED] else row[_NAME] for row in rows
              if row[0] in word_index.COLLECTIONS}  # fmt: skip
    if not wanted:
        return []
    known = {
        (collection, id_): name
        for collection, id_, name in connection.execute(
            "SELECT searchable.collection, searchable.id, searchable.name FROM json_each(?) AS one "
            "CROSS JOIN searchable ON searchable.collection = one.value ->> 0 "
            "AND searchable.id = one.value ->> 1",
            (dump(list(wanted)),),
        )
    }
    return [record for record, words in wanted.items() if known.get(record) != words]


_DELETED, _NAME = 5, 13
"""Where a row of `row_of` says whether the record is deleted, and what it is called."""

WITH_CLASSES = frozenset({"students", "lessons", "announcements"})
"""Collections whose records name their classes in `class_ids`."""


def _put_membership(connection: Connection, members: Sequence[StoredRecord]) -> None:
    connection.execute_many(
        "DELETE FROM membership WHERE collection = ? AND id = ?",
        [(record.collection, record.id) for record in members],
    )
    rows = [
        (record.collection, class_id, record.id)
        for record in members
        if not record.deleted
        for class_id in record.local.get("class_ids") or ()
        if isinstance(class_id, str)
    ]
    connection.execute_many(
        "INSERT OR IGNORE INTO membership (collection, class_id, id) VALUES (?, ?, ?)", rows
    )


def forget(connection: Connection, collection: str, id: str) -> None:  # noqa: A002
    """Remove a record without a trace: for one that was made and deleted before it was sent."""
    word_index.forget(connection.execute, [(collection, id)])
    for table in ("record", "membership"):
        connection.execute(
            f"DELETE FROM {table} WHERE collection = ? AND id = ?",  # noqa: S608
            (collection, id),
        )
