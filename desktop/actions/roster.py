"""Verbs for the roster: enrol and unenrol students, one by one or from a file."""

from collections.abc import Sequence

from desktop.actions import lookup
from desktop.actions.roster_import import apply
from desktop.actions.roster_import import plan as import_plan
from desktop.sentences import say
from desktop.storage import outbox
from desktop.storage.errors import InvalidEdit
from desktop.storage.records import Json
from desktop.storage.transaction import Transaction

__all__ = ["apply", "change_student", "enrol", "import_plan", "unenrol"]


def enrol(tx: Transaction, class_id: str, student_id: str | None = None, **fields: Json) -> str:
    """Put a student into a class and return their id.

    `student_id` names one who is known; otherwise one is made of `fields`, which are those of
    `desktop.classroom.records.Student`.

    Raises:
        UnknownRecord: the class or the student does not exist.
        InvalidEdit: a new student has no name, or a field does not fit.
    """
    lookup.need(tx, "classes", class_id)
    if student_id is None:
        if not (str(fields.get("given_name") or "") + str(fields.get("family_name") or "")).strip():
            raise InvalidEdit(say("A student needs a name."))
        return outbox.create(tx, "students", {**fields, "class_ids": [class_id]}).id
    classes: Sequence[str] = lookup.need(tx, "students", student_id).local.get("class_ids", ())
    patch = {**fields, "class_ids": [*dict.fromkeys((*classes, class_id))]}
    return outbox.update(tx, "students", student_id, patch).id


def unenrol(tx: Transaction, class_id: str, student_id: str) -> None:
    """Take a student out of a class; their work and their other classes stay.

    Raises:
        UnknownRecord: the student does not exist.
    """
    classes: Sequence[str] = lookup.need(tx, "students", student_id).local.get("class_ids", ())
    left = [other for other in classes if other != class_id]
    outbox.update(tx, "students", student_id, {"class_ids": left})


def change_student(tx: Transaction, student_id: str, **fields: Json) -> None:
    """Change what is known about a student: name, e-mail, Roblox name, alias, note."""
    lookup.need(tx, "students", student_id)
    outbox.update(tx, "students", student_id, fields)
