"""What is known of a student or a class: handed out whole, erased for good, kept no longer."""

import datetime as dt
import io
import json
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.classroom import instants
from desktop.classroom.records import COLLECTIONS
from desktop.errors import CompanionError
from desktop.school import sight, store
from desktop.school.problems import Fault
from desktop.school.sight import Actor, class_scope
from desktop.school.store import Stored, Writing
from desktop.school.tables import game_award, reach, record
from desktop.wire.privacy import Whose

RETENTION = "retention.toml"
RETENTION_BATCH = 500
SHARED = frozenset({"students", "lessons", "announcements"})
"""Collections whose records can be of several classes: one class's end is not theirs."""

README = """Everything that the school server holds about this {what}, one file for each kind of
record. Times are in UTC. Made at {at}.
"""


class RetentionUnreadable(CompanionError):
    """The file of the retention periods cannot be understood."""


@dataclass(frozen=True)
class Subject:
    """Whose record it is, checked: of this person's classes."""

    what: str
    id: str


def subject_of(connection: sa.Connection, actor: Actor, whose: Whose, *, whole: bool) -> Subject:
    """Whose record is meant, if this person may do that; `whole` wants all of their classes.

    Raises:
        Fault: 422 when not exactly one is named; 404 for nobody of theirs; 403 when a student
            is in the class of somebody else too, whose records are not theirs to erase.
    """
    if (whose.student_id is None) == (whose.class_id is None):
        raise Fault(422, "invalid_request", "Name either a student or a class.")
    student = whose.student_id is not None
    subject = Subject("student" if student else "class", whose.student_id or whose.class_id or "")
    collection = "students" if student else "classes"
    found = store.get(connection, collection, subject.id)
    scopes = sight.scopes_of_stored(connection, collection, subject.id)
    mine = sight.scopes_of_user(connection, actor.id)
    # What was deleted can still be handed out and erased: its content is still here.
    if found is None or not (actor.sees_all or scopes & mine):
        raise Fault(404, "not_found", "There is no such student or class of yours.")
    if whole and not actor.sees_all and scopes - mine:
        detail = "This student is in the class of somebody else too. Ask an administrator."
        raise Fault(403, "forbidden", detail)
    return subject


def export(connection: sa.Connection, actor: Actor, subject: Subject, now: str) -> bytes:
    """The whole record as a zip, as far as this person sees it."""
    mine = sight.scopes_of_user(connection, actor.id)
    by_collection: dict[str, list[dict[str, Any]]] = {}
    for one in _about(connection, subject):
        scopes = sight.scopes_of_stored(connection, one.collection, one.id)
        if actor.sees_all or scopes & mine:
            told = {"id": one.id, "updated_at": one.updated_at, "deleted": one.deleted}
            by_collection.setdefault(one.collection, []).append({**told, "data": one.data})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README.format(what=subject.what, at=now))
        for collection, rows in by_collection.items():
            text = json.dumps(rows, ensure_ascii=False, indent=1)
            archive.writestr(f"{collection}.json", text)
    return packed.getvalue()


def erase(writing: Writing, subject: Subject) -> int:
    """Empty every record of a student or a class, and say how many."""
    connection = writing.connection
    count = 0
    for one in _about(connection, subject):
        if subject.what == "class" and one.collection in SHARED:
            count += _take_out(writing, one, subject.id)
        else:
            count += _empty(writing, one)
    of = game_award.c.student_id if subject.what == "student" else game_award.c.class_id
    connection.execute(game_award.delete().where(of == subject.id))
    return count


def retention(folder: Path) -> dict[str, int]:
    """How many days each collection is kept; nothing is listed that is kept for ever.

    Raises:
        RetentionUnreadable: the file is there and does not fit.
    """
    file = folder / RETENTION
    mend = 'Write lines like "progress_events = 400": a collection and the days it is kept.'
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise RetentionUnreadable(f"{file} cannot be read.", mend=mend) from error
    for name, days in found.items():
        if name not in COLLECTIONS or type(days) is not int or days < 1:
            raise RetentionUnreadable(f"In {file}, '{name}' does not fit.", mend=mend)
    return found


def forget_old(writing: Writing, collection: str, days: int, now: dt.datetime) -> int:
    """Empty some records of a collection that have been kept for longer than `days`."""
    oldest = instants.to_text(now - dt.timedelta(days=days))
    query = (
        sa.select(record)
        .where(
            record.c.collection == collection,
            record.c.updated_at < oldest,
            sa.or_(record.c.deleted.is_(False), record.c.data != "{}"),
        )
        .limit(RETENTION_BATCH)
    )
    rows = writing.connection.execute(query).all()
    return sum(_empty(writing, store.stored(row)) for row in rows)


def _about(connection: sa.Connection, subject: Subject) -> Iterator[Stored]:
    """The records of a student or a class, deleted ones too, in version order."""
    if subject.what == "student":
        # Written by us without spaces; whether it really is that field is looked at below.
        named = record.c.data.contains(f'"student_id":{json.dumps(subject.id)}', autoescape=True)
        own = sa.and_(record.c.collection == "students", record.c.id == subject.id)
        query = sa.select(record).where(sa.or_(own, named))
    else:
        here = sa.and_(reach.c.collection == record.c.collection, reach.c.record_id == record.c.id)
        query = sa.select(record).join(reach, here)
        query = query.where(reach.c.scope == class_scope(subject.id))
    for row in connection.execute(query.order_by(record.c.version)).all():
        one = store.stored(row)
        if subject.what == "class" or subject.id in (one.id, one.data.get("student_id")):
            yield one


def _take_out(writing: Writing, one: Stored, class_id: str) -> int:
    """Take a class out of a record of several; a student who was only there goes whole."""
    left = [name for name in one.data.get("class_ids") or [] if name != class_id]
    if not left and one.collection == "students":
        return sum(
            _empty(writing, r) for r in _about(writing.connection, Subject("student", one.id))
        )
    if one.deleted:
        return 0
    writing.put(one.collection, one.id, {**one.data, "class_ids": left}, current=one)
    return 1


def _empty(writing: Writing, one: Stored) -> int:
    current = writing.get(one.collection, one.id)
    if current is None or (current.deleted and not current.data):
        return 0
    writing.put(one.collection, one.id, {}, current=current, deleted=True)
    return 1
