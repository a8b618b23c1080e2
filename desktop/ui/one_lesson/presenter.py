"""What a lesson's page decides: what it shows, and whether it may be approved, exported, pushed."""

import asyncio
import re
from asyncio import wrap_future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.actions import lessons as lesson_actions
from desktop.errors import WrongUse
from desktop.lessons import package as packages
from desktop.lessons.package import InvalidPackage, LessonPackage
from desktop.storage import records
from desktop.studio import rbxmx
from desktop.studio.publish_history import Publish
from desktop.ui.parts import chosen_file, package_words, publishing, pushing
from desktop.ui.parts.publishing import Filled, Publishable
from desktop.ui.parts.pushing import Prepared
from desktop.ui.parts.words import dotted, lesson_tag
from desktop.ui.strings import tr

if TYPE_CHECKING:
    from desktop.services import Services


@dataclass(frozen=True)
class LessonShown:
    """A lesson, ready to read."""

    title: str
    subtitle: str
    summary: str
    package: LessonPackage | None
    tags: tuple[tuple[str, str], ...]
    problem: str
    """Why there is nothing to read, as a sentence."""
    can_approve: bool


class LessonPresenter:
    """Reads and changes one lesson."""

    def __init__(self, services: "Services") -> None:
        self._services = services

    async def load(self, lesson_id: str) -> LessonShown | None:
        """The lesson, or None when it is gone."""
        found = await wrap_future(self._services.ask(records.get, "lessons", lesson_id))
        if found is None or found.seen is None:
            return None
        data, package, problem = found.seen, None, ""
        try:
            package = packages.load(data.get("package") or {})
        except InvalidPackage as invalid:
            problem = (
                tr("This lesson cannot be shown: {why}", why=str(invalid))
                if data.get("package")
                else tr("This lesson has a title, and no content yet.")
            )
        status = str(data.get("status", "draft"))
        waits = tr("not synced yet") if found.dirty else ""
        return LessonShown(
            title=str(data["title"]),
            subtitle=dotted(str(lesson_tag(status, pending=False)), waits),
            summary=package.summary if package else str(data.get("summary", "")),
            package=package,
            tags=package_words.tags(package) if package else (),
            problem=problem,
            can_approve=package is not None and status == "draft",
        )

    async def approve(self, lesson_id: str) -> None:
        """Say that the lesson may be used with students."""
        await wrap_future(self._services.act(lesson_actions.approve_lesson, lesson_id))

    async def prepare(self, lesson_id: str) -> Prepared:
        """What pushing the lesson would do."""
        package, class_ids = await self._package(lesson_id)
        first = next(iter(class_ids), "")
        return await pushing.prepare(self._services, package, lesson_id, first)

    async def push(self, prepared: Prepared, place: str) -> str:
        """Queue what was prepared for the Studio window of `place`; returns the push's id."""
        return await pushing.queue(self._services, prepared, place)

    async def prepare_publish(self, lesson_id: str) -> Publishable:
        """What publishing the lesson would do.

        Raises:
            NotApproved: nobody has said yet that it may be used with students.
        """
        package, class_ids = await self._package(lesson_id)
        first = next(iter(class_ids), "")
        return await publishing.prepare(self._services, package, lesson_id, first)

    async def publish(self, prepared: Publishable, filled: Filled) -> Publish:
        """Send what was prepared to Roblox, as the sheet was filled in."""
        return await publishing.publish(self._services, prepared, filled)

    async def export(self, lesson_id: str, file: Path) -> None:
        """Write the lesson as a Roblox model file.

        Raises:
            WrongUse: the file cannot be written there.
        """
        package, _ = await self._package(lesson_id)
        built = await pushing.build(package, lesson_id)
        content = await asyncio.to_thread(rbxmx.write_build, built)
        await chosen_file.write(file, content)

    @staticmethod
    def file_name(shown: LessonShown | None) -> str:
        """A file name that every system takes."""
        title = shown.title if shown else "lesson"
        return (re.sub(r"[^\w -]+", "", title).strip()[:60] or "lesson") + ".rbxmx"

    async def _package(self, lesson_id: str) -> tuple[LessonPackage, list[str]]:
        found = await wrap_future(self._services.ask(records.get, "lessons", lesson_id))
        if found is None or found.seen is None:
            raise WrongUse(tr("This lesson is no longer here."))
        return packages.load(found.seen.get("package") or {}), found.seen.get("class_ids", [])
