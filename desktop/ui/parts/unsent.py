"""What the server does not have, named in words, and written to a file. No Qt."""

from asyncio import wrap_future
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.storage.queries import unsent_export
from desktop.storage.queries.unsent_export import Entry
from desktop.ui.parts import chosen_file
from desktop.ui.strings import plural, shown

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
    for suffix, text in ((".json", found.as_json()), (".txt", found.as_text())):
        await chosen_file.write(file.with_suffix(suffix), text.encode(), private=True)
    return plural("{count} change is in {name}.", "{count} changes are in {name}.",
                  len(found.entries), name=file.with_suffix(".txt").name)  # fmt: skip
