"""Many new records at once: for the sample, for measuring, and for nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.school import sight, store
from desktop.school.tables import class_teacher, counter, reach, record


@dataclass(frozen=True)
class Made:
    """A new record, when it was made, and by whom ("" is the server)."""

    collection: str
    id: str
    data: dict[str, Any]
    at: str
    by: str


def put_all(connection: sa.Connection, records: Iterable[Made]) -> None:
    """Store many new records at once, in the order given."""
    version = store.current_version(connection)
    rows, scopes, teachers = [], [], []
    for made in records:
        version += 1
        rows.append(
            {
                "collection": made.collection,
                "id": made.id,
                "version": version,
                "changed": version,
                "updated_at": made.at,
                "updated_by": made.by,
                "created_by": made.by,
                "deleted": False,
                "data": msgspec.json.encode(made.data).decode(),
            }
        )
        key = {"collection": made.collection, "record_id": made.id}
        seen = sight.scopes_of_record(made.collection, made.id, made.data, made.by)
        scopes += [{**key, "scope": scope} for scope in sorted(seen)]
        if made.collection == "classes":
            teachers += [
                {"class_id": made.id, "user_id": name} for name in made.data["teacher_ids"]
            ]
    for table, content in ((record, rows), (reach, scopes), (class_teacher, teachers)):
        if content:
            connection.execute(table.insert(), content)
    connection.execute(counter.update().where(counter.c.name == store.VERSION), {"value": version})
