"""Verbs for the lesson library: keep a lesson, approve it, give it to classes, put it away."""

from collections.abc import Mapping, Sequence

from desktop.actions import lookup
from desktop.storage import outbox, records
from desktop.storage.records import Json
from desktop.storage.transaction import Transaction


def save_lesson(
    tx: Transaction,
    package: Mapping[str, Json],
    *,
    class_ids: Sequence[str] = (),
    lesson_id: str | None = None,
) -> str:
    """Keep a LessonPackage in the library, or as the new content of `lesson_id`.

    `package` is JSON that `desktop.lessons.package` has accepted. A lesson whose content
    changes is a draft again. Returns the lesson's id.

    Raises:
        InvalidEdit: the package has no title, or a field does not fit.
        UnknownRecord: a class, or the lesson that is to change, does not exist.
    """
    for class_id in class_ids:
        lookup.need(tx, "classes", class_id)
    fields: dict[str, Json] = {
        "title": package.get("title", ""),
        "subject": package.get("subject", ""),
        "grade_level": package.get("grade_level"),
        "summary": package.get("summary", ""),
        "package": dict(package),
        "status": "draft",
    }
    if lesson_id is None:
        return outbox.create(tx, "lessons", {**fields, "class_ids": list(class_ids)}).id
    lesson = lookup.need(tx, "lessons", lesson_id)
    if class_ids:
        fields["class_ids"] = [*dict.fromkeys((*lesson.local.get("class_ids", ()), *class_ids))]
    if records.dump(lesson.local.get("package")) == records.dump(fields["package"]):
        del fields["status"]
    return outbox.update(tx, "lessons", lesson_id, fields).id


def approve_lesson(tx: Transaction, lesson_id: str) -> None:
    """Say that a lesson may be used with students."""
    lookup.need(tx, "lessons", lesson_id)
    outbox.update(tx, "lessons", lesson_id, {"status": "approved"})


def archive_lesson(tx: Transaction, lesson_id: str) -> None:
    """Put a lesson away; it stays in the library's archive."""
    lookup.need(tx, "lessons", lesson_id)
    outbox.update(tx, "lessons", lesson_id, {"status": "archived"})


def assign_lesson(
    tx: Transaction, lesson_id: str, class_ids: Sequence[str], due_at: str | None = None
) -> None:
    """Give a lesson to classes, besides those that have it; `due_at` is RFC 3339 in UTC."""
    lesson = lookup.need(tx, "lessons", lesson_id)
    for class_id in class_ids:
        lookup.need(tx, "classes", class_id)
    together = [*dict.fromkeys((*lesson.local.get("class_ids", ()), *class_ids))]
    patch: dict[str, Json] = {"class_ids": together}
    if due_at is not None:
        patch["due_at"] = due_at
    outbox.update(tx, "lessons", lesson_id, patch)
