"""From a lesson to a push: built beside the window, scanned, and queued for Studio. No Qt."""

import asyncio
from typing import TYPE_CHECKING

from desktop.lessons import builder
from desktop.lessons.instances import Build
from desktop.lessons.package import LessonPackage

if TYPE_CHECKING:
    from desktop.services import Services


async def build(services: "Services", package: LessonPackage, lesson_id: str) -> Build:
    """The lesson as instances and scripts."""
    return await asyncio.to_thread(
        builder.build, package, lesson_id=lesson_id, telemetry=None
    )


async def push(
    services: "Services", package: LessonPackage, lesson_id: str, class_id: str
) -> str:
    """Queue a lesson for Studio; returns the push's id.

    Raises:
        ScanRefused: the safety scan found something that may not go into a place.
    """
    made = await build(services, package, lesson_id)
    return await services.studio.queue(made)
