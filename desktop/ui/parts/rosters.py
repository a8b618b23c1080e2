"""Bringing a class list in: what a file would change, in words, and changing it. No Qt."""

import asyncio
from asyncio import wrap_future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.actions import roster_import, undo
from desktop.classroom.roster import reading
from desktop.ui.parts import handed_files
from desktop.ui.strings import mark, plural, tr
from desktop.ui.widgets.cells import Row, Tag

if TYPE_CHECKING:
    from desktop.services import Services

BIGGEST_FILE = 20_000_000
WHAT_HAPPENS: dict[roster_import.What, tuple[str, str]] = {
    "create": (mark("New"), "good"),
    "update": (mark("Changes"), "accent"),
    "match": (mark("Already here"), "plain"),
    "skip": (mark("Left out"), "warn"),
}


@dataclass(frozen=True)
class RosterPreview:
    """What importing a file would do."""

    plan: roster_import.ImportPlan
    words: str
    button: str
    counts: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]
    rows: tuple[Row, ...]
    changes: int

    @property
    def new_classes(self) -> tuple[str, ...]:
        """The classes that would be made."""
        return tuple(group.name for group in self.plan.classes if group.class_id is None)


@dataclass(frozen=True)
class BroughtIn:
    """What came of an import."""

    words: str
    step: int
    """The step of the history, for its undo."""
    class_ids: tuple[str, ...]


async def look_into(services: "Services", file: str, class_id: str = "") -> RosterPreview:
    """What importing `file` would do; nothing is changed.

    Without a class, the classes that the file names are made, or one that is called like it.

    Raises:
        UnreadableRoster: the file is no class list; the sentence says what it is.
        WrongUse: the file cannot be opened.
    """
    name = Path(file).name
    data = await asyncio.to_thread(handed_files.content, Path(file), BIGGEST_FILE)
    roster = await asyncio.to_thread(reading.read, data)
    plan = await wrap_future(
        services.ask(
            roster_import.plan, roster, class_id=class_id or None, otherwise=_title(Path(file))
        )
    )
    return preview(plan, name)


async def bring_in(services: "Services", shown: RosterPreview) -> BroughtIn:
    """Do what was previewed."""
    done = await wrap_future(services.act(undo.recorded, roster_import.apply, shown.plan))
    words = plural("{count} student brought in.", "{count} students brought in.", shown.changes)
    return BroughtIn(words, done.step, tuple(done.result))


def preview(plan: roster_import.ImportPlan, name: str) -> RosterPreview:
    """An import plan in words."""
    changes = plan.count("create") + plan.count("update")
    return RosterPreview(
        plan=plan,
        words=tr("This is what {name} would change. Nothing is saved yet.", name=name),
        button=plural("&Import {count} student", "&Import {count} students", changes)
        if changes
        else tr("Nothing to import"),
        counts=tuple(
            (f"{tr(words)}: {plan.count(what)}", tone)
            for what, (words, tone) in WHAT_HAPPENS.items()
            if plan.count(what)
        ),
        problems=plan.problems,
        rows=tuple(
            (step.name, str(step.fields.get("email", "")), _what(step.what))
            for step in plan.steps
            if step.name  # a row without a name is told of among the problems
        ),
        changes=changes,
    )


def _what(what: roster_import.What) -> Tag:
    words, tone = WHAT_HAPPENS[what]
    return Tag(tr(words), tone)


def _title(file: Path) -> str:
    """`class-list_5b.csv` makes a class called `class list 5b`."""
    return " ".join(file.stem.replace("_", " ").replace("-", " ").split()) or tr("New class")
