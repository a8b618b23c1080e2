"""What the server does not have, named in words, and written to a file. No Qt."""

import asyncio
import os
from asyncio import wrap_future
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import WrongUse
from desktop.storage.queries import unsent_export
from desktop.storage.queries.unsent_export import Entry
from desktop.ui.strings import plural, shown, tr

if TYPE_CHECKING:
    from desktop.workspaces import Workspace

NAMED = 6
"""So many changes are named one by one; the rest is counted."""


@dataclass(frozen=True)
class Named:
    """Unsent changes, as they are named before something would lose them."""

    count: int = 0
    lines: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """How many there are, as a sentence."""
        return plural("{count} change is only on this computer:",
                      "{count} changes are only on this computer:", self.count)  # fmt: skip


def named(entries: Sequence[Entry]) -> Named:
    """Each record of `entries` once: the first ones in words, and how many more there are."""
    about: dict[tuple[str, str], str] = {}
    for one in entries:  # a change that waits for a decision is there twice
        about.setdefault((one.collection, one.id), shown(one.about))
    lines = list(about.values())[:NAMED]
    if len(about) > NAMED:
        lines.append(plural("and {count} more", "and {count} more", len(about) - NAMED))
    return Named(len(about), tuple(lines))


async def export(services: "Workspace", file: Path, student_id: str = "") -> str:
    """Write what the server does not have, or just what is about one student.

    It goes to `file` as JSON and, readable, beside it. Returns what to say.

    Raises:
        WrongUse: the file cannot be written.
    """
    found = await wrap_future(services.ask(unsent_export.everything, student_id))
    try:
        await asyncio.to_thread(_write, file.with_suffix(".json"), found.as_json())
        await asyncio.to_thread(_write, file.with_suffix(".txt"), found.as_text())
    except OSError as error:
        raise WrongUse(
            tr("{name} could not be written: {why}.", name=file.name, why=error.strerror)
        ) from error
    return plural("{count} change is in {name}.", "{count} changes are in {name}.",
                  len(found.entries), name=file.with_suffix(".txt").name)  # fmt: skip


def _write(file: Path, text: str) -> None:
    """Only its owner may read it: it holds pupils' names."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w",
                   encoding="utf-8") as out:  # fmt: skip
        out.write(text)
