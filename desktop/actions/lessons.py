"""Verbs for the lesson library: keep a lesson, approve it, give it to classes, put it away."""

from collections.abc import Mapping, Sequence

from desktop.actions import lookup
from desktop.storage import outbox, records
from desktop.storage.records import Json
from desktop.storage.transaction import Transaction

LONGEST_TITLE = 200
_OF_THE_CONTENT = ("subject", "grade_level", "summary", "tags")
"""What a copy of a lesson has from it, besides its package."""


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


def restore_lesson(tx: Transaction, lesson_id: str) -> None:
    """Take a lesson out of the archive, as a draft: somebody looks at it before pupils do."""
    lookup.need(tx, "lessons", lesson_id)
    outbox.update(tx, "lessons", lesson_id, {"status": "draft"})


def duplicate_lesson(tx: Transaction, lesson_id: str, title: str) -> str:
    """Make a draft like a lesson under another title, given to no class; returns its id."""
    lesson = lookup.need(tx, "lessons", lesson_id).local
    title = title[:LONGEST_TITLE]
    fields = {name: lesson[name] for name in _OF_THE_CONTENT if name in lesson}
    package = lesson.get("package")
    if package is not None:
        fields["package"] = {**package, "title": title}
    return outbox.create(tx, "lessons", {**fields, "title": title, "status": "draft"}).id


def tag_lesson(
    tx: Transaction, lesson_id: str, add: Sequence[str] = (), remove: Sequence[str] = ()
) -> None:
    """Put a teacher's own words on a lesson, and take others off; the others stay."""
    lesson = lookup.need(tx, "lessons", lesson_id)
    before = lesson.local.get("tags") or []
    after = [tag for tag in dict.fromkeys((*before, *add)) if tag not in remove]
    if after != before:
        outbox.update(tx, "lessons", lesson_id, {"tags": after})


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
