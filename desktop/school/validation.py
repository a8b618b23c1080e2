"""Reads a whole school and says what does not fit: fields, lost parents, versions, sight."""

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.classroom.records import check
from desktop.school import rules, sight, store
from desktop.school.database import Database
from desktop.school.tables import class_teacher, reach, record

MOST_PROBLEMS = 100

Key = tuple[str, str]


def validate(database: Database) -> dict[str, Any]:
    """Whether all is well, how many records there are, and the first of the problems."""
    with database.read() as connection:
        problems = [*_of_records(connection), *_of_versions(connection)]
        problems += [("", "", line) for line in integrity(connection) if line != "ok"]
        live = sa.select(sa.func.count()).where(record.c.deleted.is_(False))
        count = connection.execute(live).scalar_one()
    told = [
        {"collection": collection, "id": record_id, "problem": problem}
        for collection, record_id, problem in problems[:MOST_PROBLEMS]
    ]
    return {
        "ok": not problems,
        "records": count,
        "problems": told,
        "problem_count": len(problems),
    }


def integrity(connection: sa.Connection) -> list[str]:
    """What SQLite says of its file; a database server looks after its own files."""
    if connection.dialect.name != "sqlite":
        return ["ok"]
    return [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars()]


def _of_records(connection: sa.Connection) -> Iterator[tuple[str, str, str]]:
    there = {(r[0], r[1]) for r in connection.execute(sa.select(record.c.collection, record.c.id))}
    seen = _by_key(connection, sa.select(reach.c.collection, reach.c.record_id, reach.c.scope))
    teachers = _by_key(
        connection,
        sa.select(sa.literal("classes"), class_teacher.c.class_id, class_teacher.c.user_id),
    )
    live = sa.select(record.c.collection, record.c.id, record.c.data, record.c.created_by)
    for row in connection.execute(live.where(record.c.deleted.is_(False))):
        key = (row.collection, row.id)
        try:
            data = msgspec.json.decode(row.data, type=dict[str, Any])
        except msgspec.MsgspecError:
            yield (*key, "The content cannot be read.")
            continue
        for fault in _faults(row.collection, data, there):
            yield (*key, fault)
        wanted = sight.scopes_of_record(row.collection, row.id, data, row.created_by)
        if seen.get(key, set()) != wanted:
            yield (*key, "It is not seen by the people who should see it.")
        if row.collection == "classes":
            taught = set(data.get("teacher_ids") or [])
            if teachers.get(key, set()) != taught:
                yield (*key, "Its teachers are not the ones who are let in.")


def _of_versions(connection: sa.Connection) -> Iterator[tuple[str, str, str]]:
    latest = store.current_version(connection)
    ahead = sa.select(record.c.collection, record.c.id, record.c.version).where(
        sa.or_(record.c.version > latest, record.c.changed > record.c.version)
    )
    for row in connection.execute(ahead):
        yield row.collection, row.id, f"Its version {row.version} is one that was never given."


def _by_key(connection: sa.Connection, query: sa.Select[Any]) -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = {}
    for collection, record_id, value in connection.execute(query):
        found.setdefault((collection, record_id), set()).add(value)
    return found


def _faults(collection: str, data: dict[str, Any], there: set[Key]) -> Iterator[str]:
    try:
        check(collection, data)
    except (KeyError, msgspec.ValidationError) as error:
        yield str(error)
        return
    for field, parent, record_id in rules.parents_of(collection, data):
        if (parent, record_id) not in there:
            yield f"{field} names {record_id}, which is not in {parent}"
