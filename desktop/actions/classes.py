"""Verbs for classes: make one, change it, put it away."""

from desktop.actions import lookup
from desktop.storage import outbox
from desktop.storage.records import Json
from desktop.storage.transaction import Transaction


def create_class(tx: Transaction, name: str, **fields: Json) -> str:
    """Make a class and return its id; `fields` are those of `desktop.classroom.records.Class`."""
    return outbox.create(tx, "classes", {**fields, "name": name.strip()}).id


def change_class(tx: Transaction, class_id: str, **fields: Json) -> None:
    """Change what is known about a class: its name, room, subject, time zone."""
    outbox.update(tx, "classes", class_id, fields)


def archive_class(tx: Transaction, class_id: str, *, archived: bool = True) -> None:
    """Put a class away, or bring it back; nothing of it is lost."""
    lookup.need(tx, "classes", class_id)
    outbox.update(tx, "classes", class_id, {"archived": archived})
