"""Versions of a lesson: every content it ever had here, from the journal, newest first."""

from dataclasses import dataclass
from typing import Any

from desktop.storage import history
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class LessonVersion:
    """The content that a lesson had from one moment on."""

    number: int
    """Counted from 1, the oldest."""
    seq: int
    """Its line in the journal."""
    at: str
    who: str
    origin: str
    """`this computer` or `server`."""
    package: dict[str, Any]
    """The LessonPackage as JSON, which `desktop.lessons.package.load` reads."""


def versions(connection: Connection, lesson_id: str) -> tuple[LessonVersion, ...]:
    """Every content of a lesson that this computer has seen, the newest first."""
    found: list[LessonVersion] = []
    for change in history.of(connection, "lessons", lesson_id):
        package = _content(change)
        if package and (not found or found[-1].package != package):
            found.append(
                LessonVersion(
                    len(found) + 1, change.seq, change.at, change.who, change.origin, package
                )
            )
    return tuple(reversed(found))


def _content(change: history.Change) -> dict[str, Any] | None:
    """The package that a line of the journal tells of, or None."""
    if change.field == "package" and isinstance(change.new, dict):
        return change.new
    if not change.field and isinstance(change.new, dict):
        whole = change.new.get("package")
        return whole if isinstance(whole, dict) else None
    return None
