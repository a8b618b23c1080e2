"""Builds for tests of the Studio road, and waiting for what they bring about."""

import asyncio
import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from desktop.lessons import builder, request, templates
from desktop.lessons.instances import (
    Build,
    CFrame,
    Color3,
    EnumItem,
    Instance,
    Placed,
    UDim2,
    Value,
    Vector3,
)
from desktop.lessons.package import LessonPackage


def script(name: str, source: str, class_name: str = "Script") -> Instance:
    return Instance(class_name, name, {"Source": source})


def folder(name: str, *children: Instance) -> Instance:
    return Instance("Folder", name, children=children)


def placed(instance: Instance, service: str = "ServerScriptService") -> Placed:
    return Placed(service, instance)


def scripts(*sources: str, title: str = "Fractions") -> Build:
    """A lesson of scripts only, named A, B, C and so on."""
    made = [script(chr(ord("A") + number), source) for number, source in enumerate(sources)]
    return Build(
        title, "lesson-1", "ab" * 32, (Placed("ServerScriptService", folder("Lesson", *made)),)
    )


def lesson(main: str = "print('fractions')") -> Build:
    """A small lesson with every kind of value: scripts, parts, a screen, attributes, tags."""
    part: dict[str, Value] = {
        "Anchored": True,
        "Size": Vector3(4.2, 1.1, 2.0),
        "CFrame": CFrame(Vector3(1.1, 2.2, -3.3), (0.0, 0.0, 1.0, 0.0, 1.0, 0.0, -1.0, 0.0, 0.0)),
        "Color": Color3.from_hex("#3a7bd5"),
        "Material": EnumItem("Material", "Wood", 512),
        "Transparency": 0.1,
    }
    label: dict[str, Value] = {
        "Text": "½ + ¼ = ?",
        "Size": UDim2(0.5, 10, 0.25, -4),
        "TextColor3": Color3(0.123, 0.456, 0.789),
        "ZIndex": 3,
    }
    prompt = Instance("ProximityPrompt", "Ask", {"ActionText": "Ask", "HoldDuration": 0.25})
    world = Instance(
        "Model",
        "Lesson",
        attributes={"Note": "a, b", "Points": 3.0, "Right": True, "At": Vector3(1.5, 2.5, 3.5)},
        tags=("Checkpoint", "World"),
        children=(Instance("Part", "Line", part, {"CheckpointId": "c1"}, ("Line",), (prompt,)),),
    )
    screen = Instance("ScreenGui", "Lesson", children=(Instance("TextLabel", "Question", label),))
    return Build(
        "Fractions",
        "lesson-1",
        "ab" * 32,
        (
            Placed("Workspace", world),
            Placed(
                "ServerScriptService",
                folder("Lesson", script("Main", main), script("Quiz", "return 1", "ModuleScript")),
            ),
            Placed("StarterGui", screen),
        ),
    )


async def until(check: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until `check` holds; a TimeoutError when it does not in time."""
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110  (what is looked at has no event of its own)
            await asyncio.sleep(0.01)


class Askable(Protocol):
    async def ask(self, do: str, **details: object) -> Any: ...


async def until_asked(studio: Askable, button: str, seconds: float = 20.0) -> None:
    """Wait until the plugin's panel shows a button of that name."""
    async with asyncio.timeout(seconds):
        while all(  # noqa: ASYNC110  (another process)
            each["name"] != button for each in await studio.ask("widget")
        ):
            await asyncio.sleep(0.02)


def chance() -> random.Random:
    return random.Random(3)


SENTENCES = ("fractions on a number line, grade 4", "cells, grade 7")


@dataclass(frozen=True)
class Generated:
    """A lesson of the templates, and its place."""

    package: LessonPackage
    build: Build


def generated(sentence: str) -> Generated:
    """A real lesson, whose id is its sentence."""
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    *_, last = templates.generate(request.from_sentence(sentence), seed=1, now=now)
    assert last.package is not None
    return Generated(last.package, builder.build(last.package, lesson_id=sentence, telemetry=None))
