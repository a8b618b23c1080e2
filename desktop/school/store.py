"""Records and their one version counter: every change of a record goes through `Writing`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.classroom.records import COLLECTIONS
from desktop.school import sight
from desktop.school.statements import Prepared, Rows
from desktop.school.tables import class_teacher, counter, left_sight, reach, record

VERSION = "version"
_ORDER = {collection: place for place, collection in enumerate(COLLECTIONS)}


@dataclass(frozen=True)
class Stored:
    """A record as it lies in the table."""

    collection: str
    id: str
    version: int
    changed: int
    updated_at: str
    updated_by: str
    created_by: str
    deleted: bool
    data: dict[str, Any]

    def fits(self, base_version: int) -> bool:
        """Whether a change made on `base_version` was made on this content."""
        return self.changed <= base_version <= self.version


class Writing:
    """One write transaction on the records, by one person (or by the server, as "").

    Keeps the version counter and who has to hear of it; `finish` writes the counter.
    """

    def __init__(self, connection: sa.Connection, *, now: str, by: str) -> None:
        self.connection = connection
        self.now = now
        self.by = by
        self.version = _locked_version(connection)
        self._started = self.version
        self._scopes: set[str] = set()
        self._people: set[str] = set()

    def get(self, collection: str, record_id: str) -> Stored | None:
        """The record, also when it is deleted."""
        return get(self.connection, collection, record_id)

    def put(
        self,
        collection: str,
        record_id: str,
        data: dict[str, Any],
        *,
        current: Stored | None,
        deleted: bool = False,
    ) -> int:
        """Store new content of a record whose row is `current`, and return its version."""
        version = self._next()
        created_by = current.created_by if current else self.by
        row = {
            "collection": collection,
            "id": record_id,
            "version": version,
            "changed": version,
            "updated_at": self.now,
            "updated_by": self.by,
            "created_by": created_by,
            "deleted": deleted,
            "data": msgspec.json.encode(data).decode(),
        }
        if current is None:
            _INSERT.run(self.connection, row)
        else:
            _UPDATE.run(self.connection, _new(row))
        # A deleted record stays in the sight of whoever saw it, so that they hear of it.
        if not deleted:
            after = sight.scopes_of_record(collection, record_id, data, created_by)
            self._move(collection, record_id, after, is_new=current is None)
            if collection == "classes":
                self._change_teachers(record_id, frozenset(data.get("teacher_ids") or []))
        else:
            self._scopes |= sight.scopes_of_stored(self.connection, collection, record_id)
        return version

    def finish(self) -> None:
        """Write the counter; call it last in the transaction."""
        if self.version != self._started:
            _SET_VERSION.run(self.connection, {"new_value": self.version})

    def hearers(self) -> frozenset[str]:
        """Everybody for whom something changed."""
        if self.version == self._started:
            return frozenset()
        return (
            sight.viewers(self.connection, self._scopes)
            | sight.administrators(self.connection)
            | self._people
        )

    def _next(self) -> int:
        self.version += 1
        return self.version

    def _move(
        self, collection: str, record_id: str, after: frozenset[str], *, is_new: bool
    ) -> None:
        before = (
            frozenset()
            if is_new
            else sight.scopes_of_stored(self.connection, collection, record_id)
        )
        self._scopes |= before | after
        if before == after:
            return
        key = {"collection": collection, "record_id": record_id}
        gone, fresh = before - after, after - before
        for scope in gone:
            _LEAVE_SCOPE.run(self.connection, {**_new(key), "new_scope": scope})
        for scope in fresh:
            _ENTER_SCOPE.run(self.connection, {**key, "scope": scope})
        if is_new:
            return
        saw = sight.viewers(self.connection, before)
        sees = sight.viewers(self.connection, after)
        self._take_from_sight(saw - sees, [(collection, record_id)])
        self._give_to_sight(sees - saw, [(collection, record_id)])

    def _change_teachers(self, class_id: str, after: frozenset[str]) -> None:
        before = frozenset(
            self.connection.execute(
                sa.select(class_teacher.c.user_id).where(class_teacher.c.class_id == class_id)
            ).scalars()
        )
        gone, fresh = before - after, after - before
        if not gone and not fresh:
            return
        self._people |= gone | fresh
        scope = sight.class_scope(class_id)
        # Everything seen through the class, and by whom, before the change and after it.
        seen = self._through(scope)
        had = {person: self._visible(person, scope) for person in gone | fresh}
        if gone:
            self.connection.execute(
                class_teacher.delete().where(
                    class_teacher.c.class_id == class_id, class_teacher.c.user_id.in_(gone)
                )
            )
        if fresh:
            self.connection.execute(
                class_teacher.insert(), [{"class_id": class_id, "user_id": p} for p in fresh]
            )
        for person in sorted(gone):
            kept = self._visible(person, scope)
            self._take_from_sight([person], [key for key in seen if key not in kept])
        announce = []
        for person in sorted(fresh):
            gained = [key for key in seen if key not in had[person]]
            self._give_to_sight([person], gained)
            announce += gained
        self._announce(class_id, dict.fromkeys(announce))

    def _through(self, scope: str) -> list[tuple[str, str]]:
        """The records seen through `scope`, parents first."""
        rows = self.connection.execute(
            sa.select(reach.c.collection, reach.c.record_id).where(reach.c.scope == scope)
        )
        return sorted(((row[0], row[1]) for row in rows), key=lambda key: _ORDER[key[0]])

    def _visible(self, user_id: str, scope: str) -> set[tuple[str, str]]:
        """Which of the records seen through `scope` a teacher sees now."""
        scopes = sight.scopes_of_user(self.connection, user_id)
        theirs = reach.alias("theirs")
        rows = self.connection.execute(
            sa.select(reach.c.collection, reach.c.record_id)
            .join(
                theirs,
                sa.and_(
                    theirs.c.collection == reach.c.collection,
                    theirs.c.record_id == reach.c.record_id,
                ),
            )
            .where(reach.c.scope == scope, theirs.c.scope.in_(scopes))
        )
        return {(row[0], row[1]) for row in rows}

    def _take_from_sight(self, people: Iterable[str], keys: list[tuple[str, str]]) -> None:
        """Make `keys` arrive as deleted at `people`."""
        rows: list[dict[str, Any]] = [
            {
                "user_id": person,
                "version": self._next(),
                "collection": collection,
                "record_id": record_id,
                "at": self.now,
            }
            for person in sorted(people)
            for collection, record_id in reversed(keys)
        ]
        self._people |= {row["user_id"] for row in rows}
        if rows:
            self.connection.execute(_FORGET_LEAVING, [_new(row) for row in rows])
            self.connection.execute(left_sight.insert(), rows)

    def _give_to_sight(self, people: Iterable[str], keys: list[tuple[str, str]]) -> None:
        """Forget that `keys` once left the sight of `people`."""
        rows = [
            {"new_user_id": person, "new_collection": collection, "new_record_id": record_id}
            for person in people
            for collection, record_id in keys
        ]
        self._people |= {row["new_user_id"] for row in rows}
        if rows:
            self.connection.execute(_FORGET_LEAVING, rows)

    def _announce(self, class_id: str, keys: Iterable[tuple[str, str]]) -> None:
        """Move old records to the front of the feed, so that a new teacher's cursor meets them.

        Their content stays, and with it `changed`: an edit under way on the old version fits.
        """
        rows = [
            {"new_collection": collection, "new_id": record_id, "new_version": self._next()}
            for collection, record_id in keys
            if (collection, record_id) != ("classes", class_id)
        ]
        if rows:
            self.connection.execute(_ANNOUNCE, rows)


def get(connection: sa.Connection, collection: str, record_id: str) -> Stored | None:
    """Read one record, also when it is deleted."""
    row = _GET.first(connection, {"collection": collection, "id": record_id})
    return None if row is None else stored(row)


def stored(row: Sequence[Any]) -> Stored:
    """A row of `record`, its columns in the table's order, as plain data."""
    collection, record_id, version, changed, at, by, created_by, deleted, data = row
    content = msgspec.json.decode(data)
    return Stored(
        collection, record_id, version, changed, at, by, created_by, bool(deleted), content
    )


def current_version(connection: sa.Connection) -> int:
    """The version of the latest change in the school."""
    return _counted(_VERSION.rows(connection, {}))


def _locked_version(connection: sa.Connection) -> int:
    return _counted(_VERSION_LOCKED.rows(connection, {}))


def _counted(rows: Rows) -> int:
    [(value,)] = rows
    return int(value)


def _new(row: dict[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in row.items()}


def _is(column: "sa.Column[Any]") -> sa.ColumnElement[bool]:
    return column == sa.bindparam(f"new_{column.name}")


_GET = Prepared(
    sa.select(record).where(
        record.c.collection == sa.bindparam("collection"), record.c.id == sa.bindparam("id")
    )
)
_INSERT = Prepared(record.insert())
_UPDATE = Prepared(
    record.update()
    .where(_is(record.c.collection), _is(record.c.id))
    .values(
        {
            name: sa.bindparam(f"new_{name}")
            for name in ("version", "changed", "updated_at", "updated_by", "deleted", "data")
        }
    )
)
_ANNOUNCE = (
    record.update()
    .where(_is(record.c.collection), _is(record.c.id), record.c.deleted.is_(False))
    .values(version=sa.bindparam("new_version"))
)
_ENTER_SCOPE = Prepared(reach.insert())
_LEAVE_SCOPE = Prepared(
    reach.delete().where(_is(reach.c.collection), _is(reach.c.record_id), _is(reach.c.scope))
)
_FORGET_LEAVING = left_sight.delete().where(
    _is(left_sight.c.user_id), _is(left_sight.c.collection), _is(left_sight.c.record_id)
)
_counter = sa.select(counter.c.value).where(counter.c.name == VERSION)
_VERSION = Prepared(_counter)
_VERSION_LOCKED = Prepared(_counter.with_for_update())
_SET_VERSION = Prepared(
    counter.update().where(counter.c.name == VERSION).values(value=sa.bindparam("new_value"))
)
