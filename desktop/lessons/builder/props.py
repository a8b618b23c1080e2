"""What stands in the nine environments: trees, benches, statues, read from the files in `kits`."""

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from desktop.lessons.builder.environments import Shape

SHAPES: dict[str, Shape] = {"block": "Block", "ball": "Ball", "cylinder": "Cylinder"}


@dataclass(frozen=True)
class Piece:
    """One part of a prop; `at` is the middle of its foot, seen from the prop's own foot. Studs."""

    shape: Shape
    size: tuple[float, float, float]
    """Width, height and depth; of a cylinder its height first, as Roblox has it."""
    at: tuple[float, float, float]
    colour: str
    material: str
    see_through: float = 0.0


@dataclass(frozen=True)
class Prop:
    """A thing of a few pieces that fits into a square of twice `radius`."""

    name: str
    radius: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Kit:
    """The things of an environment: `around` a zone, `within` it, and its far `landmark`."""

    around: tuple[Prop, ...]
    within: tuple[Prop, ...]
    landmark: Prop


@functools.cache
def kit(environment: str) -> Kit:
    """What stands in an environment. The first call reads its file."""
    file = resources.files("desktop.lessons.builder").joinpath("kits", f"{environment}.toml")
    fields = tomllib.loads(file.read_text(encoding="utf-8"))
    return Kit(
        around=tuple(_prop(one) for one in fields["around"]),
        within=tuple(_prop(one) for one in fields["within"]),
        landmark=_prop(fields["landmark"]),
    )


def _prop(fields: dict[str, Any]) -> Prop:
    pieces = tuple(_piece(*one) for one in fields["pieces"])
    return Prop(fields["name"], float(fields["radius"]), pieces)


def _piece(
    shape: str, size: list[float], at: list[float], colour: str, material: str,
    see_through: float = 0.0,
) -> Piece:  # fmt: skip
    match shape, [float(one) for one in size]:
        case "cylinder", [across, height]:
            whole = (height, across, across)
        case "ball", [across]:
            whole = (across, across, across)
        case _, [width, height, depth]:
            whole = (width, height, depth)
    x, y, z = (float(one) for one in at)
    return Piece(SHAPES[shape], whole, (x, y, z), colour, material, see_through)
