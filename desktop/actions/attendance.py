"""The verb for attendance: one mark for a student, a class and a day."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from desktop.actions import lookup
from desktop.storage import outbox, records
from desktop.storage.transaction import Transaction

State = Literal["present", "absent", "late", "excused"]


def mark(
    tx: Transaction,
    class_id: str,
    student_ids: Iterable[str],
    day: dt.date,
    state: State,
    note: str = "",
) -> None:
    """Mark students for a day; a second mark replaces the first.

    Raises:
        UnknownRecord: the class or a student does not exist; then nobody is marked.
    """
    lookup.need(tx, "classes", class_id)
    for student_id in student_ids:
        lookup.need(tx, "students", student_id)
        key = {"student_id": student_id, "class_id": class_id, "day": day.isoformat()}
        found = records.find(tx.connection, "attendance", key)
        if found:
            outbox.update(tx, "attendance", found[0].id, {"state": state, "note": note})
        else:
            outbox.put_named(tx, "attendance", {**key, "state": state, "note": note})
