"""Lessons out to files and in from them: what a file holds, and keeping it. No Qt."""

import asyncio
import re
from asyncio import wrap_future
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.actions.lessons import save_lesson
from desktop.errors import WrongUse
from desktop.lessons import package as packages
from desktop.lessons import sharing
from desktop.lessons.package import LessonPackage
from desktop.lessons.sharing import Shared
from desktop.storage.queries import lessons as queries
from desktop.ui.parts import chosen_file, handed_files
from desktop.ui.strings import tr

if TYPE_CHECKING:
    from desktop.services import Services
    from desktop.ui.parts.undoing import Undoing

LONGEST_FILE_NAME = 60


@dataclass(frozen=True)
class LessonPreview:
    """What taking a file in would do; nothing is changed yet."""

    package: LessonPackage
    words: str
    signed: str
    """Who signed it, or that nobody did."""
    tone: str
    warning: str
    """What to think of before, or ""."""


async def look_into(services: "Services", file: Path) -> LessonPreview:
    """What is in `file`.

    Raises:
        Refused: it is no lesson, or was changed since it was signed; the sentence says which.
        WrongUse: it is too large, or cannot be opened.
    """
    data = await asyncio.to_thread(handed_files.content, file, sharing.MAX_FILE_BYTES)
    shared = await asyncio.to_thread(sharing.read, data)
    title = shared.package.title
    found = await wrap_future(services.ask(queries.lesson_library, archived=None))
    known = any(one.title == title for one in found)
    return LessonPreview(
        package=shared.package,
        words=tr("“{title}” from {name} becomes a draft in your library. Nothing is saved yet.",
                 title=title, name=file.name),
        signed=signed_by(shared),
        tone="good" if shared.fingerprint else "warn",
        warning=tr("You have a lesson with this title already. Both will be kept.")
        if known
        else "",
    )  # fmt: skip


def signed_by(shared: Shared) -> str:
    """Who signed a lesson, in the teacher's language."""
    if not shared.fingerprint:
        return tr("Not signed: nobody can tell who made it, or whether it was changed.")
    author = shared.author or tr("somebody without a name")
    return tr("Signed by {name}, key {key}; not changed since.",
              name=author, key=shared.fingerprint)  # fmt: skip


async def take_in(undoing: "Undoing", shown: LessonPreview) -> str:
    """Keep what was previewed, as a draft; returns the lesson's id."""
    fields = shown.package.model_dump(mode="json")
    done = await wrap_future(undoing.act(save_lesson, fields))
    undoing.done(tr("“{title}” is in your library.", title=shown.package.title), done.step)
    return done.result


async def share(services: "Services", files: Sequence[tuple[str, Path]]) -> str:
    """Write lessons, each into its file; returns the fingerprint of the key that signed them.

    Raises:
        CompanionError: a file cannot be written, or the key does not open.
    """
    from desktop.giving_out import share_lesson

    fingerprint = ""
    for lesson_id, file in files:
        found = await wrap_future(services.ask(queries.lesson, lesson_id))
        if found.package is None:
            raise WrongUse(
                tr("“{title}” has no content yet, so it was not shared.", title=found.row.title)
            )
        package = packages.load(found.package)
        content, fingerprint = await asyncio.to_thread(
            share_lesson, services.settings, services.account, package
        )
        await chosen_file.write(file, content)
    return fingerprint


def shared_words(name: str, fingerprint: str) -> str:
    """What was written, and whether it is signed."""
    if fingerprint:
        return tr("Saved as {name}, signed with your key {key}.", name=name, key=fingerprint)
    return tr("Saved as {name}. It is not signed: this computer has no keyring for a key.",
              name=name)  # fmt: skip


def file_names(titles: Sequence[str]) -> list[str]:
    """A file name for each lesson, that every system takes and no other lesson has."""
    taken: set[str] = set()
    names = []
    for title in titles:
        plain = re.sub(r"[^\w -]+", "", title).strip()[:LONGEST_FILE_NAME].strip() or "lesson"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain} {number}"
        taken.add(name.casefold())
        names.append(name + sharing.SUFFIX)
    return names
