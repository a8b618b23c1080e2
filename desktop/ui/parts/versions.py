"""Earlier versions of a lesson beside the one of now, in words. No Qt."""

from asyncio import wrap_future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.actions import lessons as lesson_actions
from desktop.classroom import instants
from desktop.lessons import comparing, package
from desktop.lessons.comparing import PartDiff
from desktop.lessons.package import InvalidPackage, LessonPackage
from desktop.lessons.schema import PartName
from desktop.storage.queries import lesson_versions
from desktop.ui.parts.words import ago, dotted
from desktop.ui.strings import long_day, mark, tr

if TYPE_CHECKING:
    from desktop.services import Services

PART_WORDS: dict[PartName, str] = {
    "title": mark("Title"),
    "summary": mark("Summary"),
    "objectives": mark("Students will be able to"),
    "standards": mark("Standards"),
    "teacher_notes": mark("For you"),
    "activities": mark("How the lesson goes"),
    "vocabulary": mark("Words"),
    "quiz": mark("Quiz"),
    "world": mark("World"),
    "accommodations": mark("For students who need it another way"),
}
"""What a person calls a part of a lesson."""


@dataclass(frozen=True)
class Earlier:
    """An earlier version: when and by whom, and what became different since."""

    title: str
    package: LessonPackage
    parts: tuple[PartDiff, ...]


async def load(services: "Services", lesson_id: str) -> list[Earlier]:
    """The earlier versions that differ from the lesson of now, the newest first."""
    found = await wrap_future(services.ask(lesson_versions.versions, lesson_id))
    readable: list[tuple[lesson_versions.Version, LessonPackage]] = []
    for version in found:
        try:
            readable.append((version, package.load(version.package)))
        except InvalidPackage:
            continue  # an earlier Companion may have kept what this one would refuse
    if not readable:
        return []
    _, now = readable[0]
    moment = services.clock.now()
    earlier = []
    for version, content in readable[1:]:
        parts = comparing.compare(content, now)
        if parts:
            at = instants.from_text(version.at)
            here = at.astimezone()
            title = dotted(f"{long_day(here.date())}, {here:%H:%M}", ago(at, moment), version.who)
            earlier.append(Earlier(title, content, parts))
    return earlier


async def bring_back(services: "Services", lesson_id: str, version: Earlier) -> None:
    """Make an earlier version the lesson of now; that can be undone like any other change."""
    whole = version.package.model_dump(mode="json")
    await wrap_future(services.act(lesson_actions.save_lesson, whole, lesson_id=lesson_id))


def part_words(part: PartName) -> str:
    """What a person calls a part of a lesson."""
    return tr(PART_WORDS[part])
