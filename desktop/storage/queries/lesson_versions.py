"""The versions of a lesson, from the journal: what it was after each sitting, and who wrote it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from desktop.classroom import instants
from desktop.storage import history
from desktop.storage.history import Change
from desktop.storage.sql import Connection

SITTING = dt.timedelta(minutes=10)
"""Changes of one person no further apart than this are one version."""


@dataclass(frozen=True)
class Version:
    """A lesson's content as it was for a while."""

    at: str
    who: str
    package: dict[str, Any]


def versions(connection: Connection, lesson_id: str) -> list[Version]:
    """The versions of a lesson, the newest first; the first of them is how it is now."""
    found: list[Version] = []
    for change in history.of(connection, "lessons", lesson_id):
        package = _package_of(change)
        if package is None:
            continue
        if not found and change.field and isinstance(change.old, dict):
            found.append(Version(change.at, "", change.old))
        version = Version(change.at, change.who, package)
        if found and _same_sitting(found[-1], version):
            found[-1] = version
        else:
            found.append(version)
    return found[::-1]


def _package_of(change: Change) -> dict[str, Any] | None:
    """The content that a change left; None where it left none or touched something else."""
    new = change.new
    if not change.field and isinstance(new, dict):
        new = new.get("package")
    elif change.field != "package":
        return None
    return new if isinstance(new, dict) and new else None


def _same_sitting(before: Version, after: Version) -> bool:
    apart = instants.from_text(after.at) - instants.from_text(before.at)
    return before.who == after.who and apart <= SITTING
