"""Roblox instances as plain data: what the builder makes, and files and pushes carry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Vector3:
    """A point or size in studs."""

    x: float
    y: float
    z: float


@dataclass(frozen=True)
class Color3:
    """A colour; each part from 0 to 1."""

    r: float
    g: float
    b: float

    @classmethod
    def from_hex(cls, text: str) -> "Color3":
        """Read `#rrggbb`."""
        value = int(text.removeprefix("#"), 16)
        return cls((value >> 16) / 255, (value >> 8 & 255) / 255, (value & 255) / 255)


@dataclass(frozen=True)
class UDim2:
    """A size or place on a screen: scale of the parent and offset in pixels, for x and y."""

    x_scale: float
    x_offset: int
    y_scale: float
    y_offset: int


@dataclass(frozen=True)
class CFrame:
    """A place and a rotation: position, then the 3 by 3 rotation matrix by rows."""

    position: Vector3
    rotation: tuple[float, float, float, float, float, float, float, float, float] = (
        1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0,
    )  # fmt: skip


@dataclass(frozen=True)
class EnumItem:
    """An item of a Roblox enum, as `Enum.Material.Wood`; `value` is its number."""

    enum: str
    name: str
    value: int


@dataclass(frozen=True)
class Int64:
    """A whole number that Roblox keeps in 64 bits (asset ids); a plain int is kept in 32."""

    value: int


Value = str | bool | int | float | Vector3 | Color3 | UDim2 | CFrame | EnumItem | Int64
AttributeValue = str | bool | float | Vector3 | Color3

SCRIPT_CLASSES = frozenset({"Script", "LocalScript", "ModuleScript"})


@dataclass(frozen=True)
class Instance:
    """One instance and everything below it.

    The source of a script is its property `Source`. Children of one parent have distinct
    names, so that a path names one instance. Numbers are what Roblox keeps: properties of
    type float are rounded to 32 bits when they are compared.
    """

    class_name: str
    name: str
    properties: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    attributes: Mapping[str, AttributeValue] = field(default_factory=lambda: MappingProxyType({}))
    tags: tuple[str, ...] = ()
    children: "tuple[Instance, ...]" = ()

    def walk(self, above: tuple[str, ...] = ()) -> "Iterator[tuple[tuple[str, ...], Instance]]":
        """Yield (path, instance) for this instance and all below it, parents first."""
        path = (*above, self.name)
        yield path, self
        for child in self.children:
            yield from child.walk(path)


@dataclass(frozen=True)
class Placed:
    """An instance and the service it belongs under: Workspace, ServerScriptService, ..."""

    service: str
    instance: Instance


@dataclass(frozen=True)
class Build:
    """What a LessonPackage becomes: instances by service, deterministic to the byte."""

    title: str
    lesson_id: str
    package_sha256: str
    placed: tuple[Placed, ...]

    @property
    def instance_count(self) -> int:
        """How many instances there are in all."""
        return sum(1 for placed in self.placed for _ in placed.instance.walk())

    @property
    def scripts(self) -> dict[str, str]:
        """Source by path (`ServerScriptService/Cells 3fa2c1/Answers`)."""
        return {
            "/".join((placed.service, *path)): str(instance.properties.get("Source", ""))
            for placed in self.placed
            for path, instance in placed.instance.walk()
            if instance.class_name in SCRIPT_CLASSES
        }
