"""A lesson looked at before it goes anywhere: its world as a drawing, and all it is made of. No Qt.

Everything here shows what the builder really makes: what is seen is what is pushed.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.lessons import builder, preview
from desktop.lessons.instances import (
    SCRIPT_CLASSES,
    Build,
    CFrame,
    Color3,
    EnumItem,
    Instance,
    Int64,
    UDim2,
    Vector3,
)
from desktop.lessons.package import LessonPackage
from desktop.lessons.preview import Scene
from desktop.ui.strings import plural, tr

NO_LESSON = "preview"
"""Stands for the id of a lesson that is not in the library yet."""
SOURCE = "Source"


@dataclass(frozen=True)
class Thing:
    """One instance with what a person may want to know of it."""

    name: str
    kind: str
    """Its class in Roblox."""
    source: str | None
    """The Luau of a script, else None."""
    facts: tuple[tuple[str, str], ...]
    """Properties and attributes, by name."""
    inside: "tuple[Thing, ...]"


@dataclass(frozen=True)
class Look:
    """What a lesson becomes."""

    scene: Scene
    services: tuple[Thing, ...]
    size: str
    """How much it is, in words."""


async def look(package: LessonPackage, lesson_id: str = NO_LESSON) -> Look:
    """Build `package` beside the window, and look at it."""
    return await asyncio.to_thread(_look, package, lesson_id)


def _look(package: LessonPackage, lesson_id: str) -> Look:
    build = builder.build(package, lesson_id=lesson_id, telemetry=None)
    return Look(preview.scene(package, build), _services(build), _size(build))


def _services(build: Build) -> tuple[Thing, ...]:
    by_name: dict[str, list[Thing]] = {}
    for placed in build.placed:
        by_name.setdefault(placed.service, []).append(_thing(placed.instance))
    return tuple(
        Thing(name, tr("Service"), None, (), tuple(inside)) for name, inside in by_name.items()
    )


def _thing(instance: Instance) -> Thing:
    properties = {key: one for key, one in instance.properties.items() if key != SOURCE}
    is_script = instance.class_name in SCRIPT_CLASSES
    return Thing(
        instance.name,
        instance.class_name,
        str(instance.properties.get(SOURCE, "")) if is_script else None,
        (*_facts(properties), *_facts(instance.attributes)),
        tuple(_thing(child) for child in instance.children),
    )


def _facts(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _written(value)) for name, value in sorted(values.items()))


def _written(value: object) -> str:
    """A value as Studio's property window writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Vector3(x, y, z) | CFrame(position=Vector3(x, y, z)):
            return f"{x:g}, {y:g}, {z:g}"
        case Color3(r, g, b):
            return f"{round(r * 255)}, {round(g * 255)}, {round(b * 255)}"
        case UDim2(x_scale, x_offset, y_scale, y_offset):
            return f"{{{x_scale:g}, {x_offset}}}, {{{y_scale:g}, {y_offset}}}"
        case EnumItem(name=name):
            return name
        case Int64(number):
            return str(number)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _size(build: Build) -> str:
    scripts = build.scripts
    lines = sum(source.count("\n") + 1 for source in scripts.values())
    return tr(
        "{things}, of these {scripts} with {lines}",
        things=plural("{count} object", "{count} objects", build.instance_count),
        scripts=plural("{count} script", "{count} scripts", len(scripts)),
        lines=plural("{count} line", "{count} lines", lines),
    )
