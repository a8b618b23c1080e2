"""The push endpoint's work: each op applied at most once, in order, judged by itself."""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import structlog

from desktop.classroom import instants
from desktop.classroom.records import APPEND_ONLY, COLLECTIONS, SERVER_ONLY
from desktop.school import rules, sight, statements
from desktop.school.database import PASSING
from desktop.school.rules import Rejection
from desktop.school.sight import Actor
from desktop.school.statements import Prepared
from desktop.school.store import Stored, Writing
from desktop.school.tables import account, ledger
from desktop.wire.push import CurrentRecord, Op, OpResult

GROUP = 100
"""Ops of one person that are made durable together; others' come in between."""

log = structlog.get_logger("school.push")

Key = tuple[str, str]


@dataclass(frozen=True)
class Pushed:
    """What became of some ops, and who has to hear of it at which version."""

    results: list[OpResult]
    hearers: frozenset[str]
    version: int


class _NotApplied(Exception):
    """Ends the judging of an op with its result."""

    def __init__(self, result: OpResult) -> None:
        super().__init__(result.outcome)
        self.result = result


def parts(
    now: Callable[[], dt.datetime], actor: Actor, ops: list[Op]
) -> Iterator[Callable[[sa.Connection], Pushed]]:
    """The pieces of work of a push, each for a transaction that is durable before the next begins.

    Each tells what became of its ops, in their order.
    """
    stuck: set[Key] = set()
    for start in range(0, len(ops), GROUP):
        yield functools.partial(_apply, now, actor, ops[start : start + GROUP], stuck)


def _apply(
    now: Callable[[], dt.datetime],
    actor: Actor,
    ops: list[Op],
    stuck: set[Key],
    connection: sa.Connection,
) -> Pushed:
    writing = Writing(connection, now=instants.to_text(now()), by=actor.id)
    judge = _Judge(writing, actor, stuck)
    results = [judge.apply(op) for op in ops]
    writing.finish()
    return Pushed(results, writing.hearers(), writing.version)


class _Judge:
    """Judges and applies ops within one transaction."""

    def __init__(self, writing: Writing, actor: Actor, stuck: set[Key]) -> None:
        self._writing = writing
        self._connection = writing.connection
        self._actor = actor
        self._stuck = stuck
        self._taught: dict[str, bool] = {}
        self._parents: dict[Key, str] = {}

    def apply(self, op: Op) -> OpResult:
        """The result of one op; a fault of ours in one op undoes that op alone."""
        key = (op.collection, op.id)
        before = self._writing.version
        statements.execute(self._connection, "SAVEPOINT op")
        try:
            result = self._judged(op, key)
        except _NotApplied as end:
            result = end.result
        except PASSING:
            raise
        except sa.exc.DataError:  # a character or a length that the database has no room for
            self._undo(before)
            result = _rejected(op, Rejection("invalid_value", "A value here cannot be kept."))
        except Exception:  # a defect in the handling of one op must not stop the others
            log.exception("push.op_failed", collection=op.collection, kind=op.kind)
            self._undo(before)
            result = _rejected(op, Rejection("server_fault", "The server could not apply this."))
        statements.execute(self._connection, "RELEASE SAVEPOINT op")
        if result.outcome not in ("applied", "duplicate"):
            self._stuck.add(key)
        return result

    def _undo(self, version: int) -> None:
        """Take back what one op did."""
        statements.execute(self._connection, "ROLLBACK TO SAVEPOINT op")
        self._writing.version = version
        self._taught.clear()
        self._parents.clear()

    def _judged(self, op: Op, key: Key) -> OpResult:
        known = _KNOWN.first(self._connection, {"user": self._actor.id, "op": op.op_id})
        if known is not None:
            *whose, version = known
            if tuple(whose) != key:
                raise _no(op, "op_id_reused", "This op_id belongs to another change.")
            return OpResult(op_id=op.op_id, outcome="duplicate", version=version)
        if key in self._stuck:
            detail = "An earlier change of the same record did not apply."
            raise _NotApplied(OpResult(op_id=op.op_id, outcome="held", detail=detail))
        self._check_kind(op)
        current = self._writing.get(*key)
        if current is not None and not self._sees(sight.scopes_of_stored(self._connection, *key)):
            raise _forbidden(op, "This record belongs to somebody else's class.")
        version = self._changed(op, current)
        _REMEMBER.run(
            self._connection,
            {
                "user_id": self._actor.id,
                "op_id": op.op_id,
                "collection": op.collection,
                "record_id": op.id,
                "version": version,
                "at": self._writing.now,
            },
        )
        return OpResult(op_id=op.op_id, outcome="applied", version=version)

    def _check_kind(self, op: Op) -> None:
        if op.collection not in COLLECTIONS:
            raise _no(op, "unknown_collection", f"There is no collection {op.collection[:40]}.")
        if op.collection in SERVER_ONLY:
            raise _no(op, "server_only", "Only the server writes these records.")
        if op.collection in APPEND_ONLY and op.kind not in ("append", "create"):
            raise _no(op, "append_only", "These records are added and never changed.")
        if op.collection not in APPEND_ONLY and op.kind == "append":
            raise _no(op, "wrong_kind", "Records of this collection are created, not appended.")
        if not op.id.isprintable():
            raise _no(op, "invalid_id", "An id has visible characters only.")
        fault = rules.faults_of_patch(op.patch)
        if fault:
            raise _NotApplied(_rejected(op, fault))

    def _changed(self, op: Op, current: Stored | None) -> int:
        """Apply an op that came through the first checks, and return the record's version."""
        new = op.kind in ("create", "append")
        if current is None and not new:
            raise _no(op, "not_found", "There is no such record.")
        if current is not None and new and not (current.deleted and current.fits(op.base_version)):
            raise self._conflict(op, current)
        if current is not None and current.deleted and op.kind == "delete":
            return current.version
        if current is not None and not current.fits(op.base_version):
            raise self._conflict(op, current)
        if op.kind == "delete":
            if current is None:  # settled above; said again for the type checker
                raise _no(op, "not_found", "There is no such record.")
            self._check_shared(op, current)
            return self._put(op, current.data, current, deleted=True)
        old = current.data if current is not None and not new else {}
        data = self._filled(op, {**old, **op.patch}, current)
        fault = rules.faults_of_data(op.collection, data, op.patch)
        if fault:
            raise _NotApplied(_rejected(op, fault))
        self._check_parents(op, old, data)
        self._check_people(op, old, data)
        return self._put(op, data, current, deleted=False)

    def _put(self, op: Op, data: dict[str, Any], current: Stored | None, *, deleted: bool) -> int:
        self._parents.pop((op.collection, op.id), None)
        if op.collection == "classes":
            self._parents.clear()
            self._taught.clear()
        return self._writing.put(op.collection, op.id, data, current=current, deleted=deleted)

    def _filled(self, op: Op, data: dict[str, Any], current: Stored | None) -> dict[str, Any]:
        """What the server adds to a new record: its teacher, its author."""
        if current is None and op.collection == "classes" and self._actor.role == "teacher":
            teachers = data.get("teacher_ids", [])
            if isinstance(teachers, list) and self._actor.id not in teachers:
                data["teacher_ids"] = [*teachers, self._actor.id]
        author = rules.AUTHORS.get(op.collection)
        if author and not data.get(author):
            data[author] = self._actor.id
        return data

    def _check_parents(self, op: Op, old: dict[str, Any], data: dict[str, Any]) -> None:
        """Every record that is newly named is there and in sight; so is every class let go."""
        before = set(rules.parents_of(op.collection, old))
        after = set(rules.parents_of(op.collection, data))
        for field, collection, parent in sorted(after - before):
            match self._parent(collection, parent):
                case "missing" | "deleted" if (collection, parent) in self._stuck:
                    detail = "A record that this one needs did not apply."
                    raise _NotApplied(OpResult(op_id=op.op_id, outcome="held", detail=detail))
                case "missing":
                    raise _no(op, "parent_missing", f"{field} names a record that is not there.")
                case "deleted":
                    raise _no(op, "parent_deleted", f"{field} names a record that was deleted.")
                case "foreign":
                    raise _forbidden(op, f"{field} names a record of somebody else's class.")
        for field, collection, parent in sorted(before - after):
            if self._parent(collection, parent) == "foreign":
                raise _forbidden(op, f"{field} lets go of a record of somebody else's class.")

    def _check_shared(self, op: Op, current: Stored) -> None:
        """What others' classes use too is deleted only by whoever made it."""
        author = rules.AUTHORS.get(op.collection)
        if author and current.data.get(author) == self._actor.id:
            return
        for _, collection, parent in rules.parents_of(op.collection, current.data):
            if collection == "classes" and self._parent(collection, parent) == "foreign":
                raise _forbidden(op, "This record belongs to somebody else's class too.")

    def _parent(self, collection: str, record_id: str) -> str:
        key = (collection, record_id)
        if key not in self._parents:
            found = self._writing.get(collection, record_id)
            if found is None:
                self._parents[key] = "missing"
            elif not self._sees(sight.scopes_of_stored(self._connection, collection, record_id)):
                self._parents[key] = "foreign"
            else:
                self._parents[key] = "deleted" if found.deleted else "there"
        return self._parents[key]

    def _check_people(self, op: Op, old: dict[str, Any], data: dict[str, Any]) -> None:
        """Nobody writes in another's name, and every class has a teacher."""
        author = rules.AUTHORS.get(op.collection)
        if (
            author
            and data.get(author) not in (old.get(author), self._actor.id)
            and not self._actor.sees_all
        ):
            raise _forbidden(op, f"{author} can only be yourself.")
        if op.collection != "classes":
            return
        before, after = set(old.get("teacher_ids", [])), set(data.get("teacher_ids", []))
        if before == after:
            return
        if not after and not self._actor.sees_all:
            raise _no(op, "class_without_teacher", "A class keeps at least one teacher.")
        if after - before - self._teachers(after - before):
            raise _no(op, "unknown_teacher", "teacher_ids names somebody who is no teacher here.")

    def _teachers(self, ids: Iterable[str]) -> set[str]:
        found = sa.select(account.c.id).where(
            account.c.id.in_(list(ids)), account.c.role.in_(["teacher", "admin"])
        )
        return set(self._connection.execute(found).scalars())

    def _sees(self, scopes: frozenset[str]) -> bool:
        if self._actor.sees_all or sight.user_scope(self._actor.id) in scopes:
            return True
        # What the school itself set up is seen by all and changed by administrators.
        return any(self._teaches(class_id) for class_id in sight.classes_in(scopes))

    def _teaches(self, class_id: str) -> bool:
        if class_id not in self._taught:
            taught = sight.teaches(self._connection, self._actor.id, class_id)
            self._taught[class_id] = taught
        return self._taught[class_id]

    def _conflict(self, op: Op, current: Stored) -> _NotApplied:
        author = self._connection.execute(_NAME, {"user": current.updated_by}).scalar()
        shown = CurrentRecord(
            id=current.id,
            collection=current.collection,
            version=current.version,
            updated_at=current.updated_at,
            deleted=current.deleted,
            data={} if current.deleted else current.data,
            updated_by=author or "",
        )
        return _NotApplied(OpResult(op_id=op.op_id, outcome="conflict", current=shown))


def _no(op: Op, code: str, detail: str) -> _NotApplied:
    return _NotApplied(_rejected(op, Rejection(code, detail)))


def _rejected(op: Op, why: Rejection) -> OpResult:
    return OpResult(
        op_id=op.op_id,
        outcome="rejected",
        code=why.code,
        detail=why.detail,
        errors=list(why.errors),
    )


def _forbidden(op: Op, detail: str) -> _NotApplied:
    return _NotApplied(
        OpResult(op_id=op.op_id, outcome="forbidden", code="forbidden", detail=detail)
    )


_KNOWN = Prepared(
    sa.select(ledger.c.collection, ledger.c.record_id, ledger.c.version).where(
        ledger.c.user_id == sa.bindparam("user"), ledger.c.op_id == sa.bindparam("op")
    )
)
_REMEMBER = Prepared(ledger.insert())
_NAME = sa.select(account.c.display_name).where(account.c.id == sa.bindparam("user"))
