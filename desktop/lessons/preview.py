"""A built world as a drawing: what stands where, and how it looks from any side. Pure geometry.

The camera is orthographic: what is far is as large as what is near, so that a plan can be read.
Places and sizes are in studs, X to the right and Z towards whoever comes in, as in Roblox.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from desktop.lessons.instances import Build, CFrame, Color3, EnumItem, Instance, Vector3
from desktop.lessons.package import LessonPackage

ABOVE_DEG = 90.0
FLAT_STUDS = 1.5
"""What ends below this height is walked on; everything else stands on it."""
CORNERS = 12
"""A cylinder is drawn as a prism of so many sides."""
LIGHT = (0.35, 0.85, 0.4)
"""Where the light comes from; its length is about 1."""
DIMMEST = 0.55
ZONE = "Zone."

Point = tuple[float, float]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Solid:
    """One part. `size` is along the world's axes, so a cylinder stands with its height in Y."""

    shape: str
    middle: Vector3
    size: Vector3
    colour: Colour
    see_through: float
    """From 0, solid, to 1, not there."""
    zone: str
    """The id of the zone it stands in; empty for ground and ways."""

    @property
    def bottom(self) -> float:
        """The height of its foot."""
        return self.middle.y - self.size.y / 2

    @property
    def layer(self) -> int:
        """What lies below everything is drawn first: the ground, floors, then what stands there."""
        top = self.middle.y + self.size.y / 2
        return 2 if top > FLAT_STUDS else 1 if self.zone or top > 0 else 0


@dataclass(frozen=True)
class Area:
    """The floor of a zone, and what the lesson calls it; `number` counts along the way."""

    zone: str
    number: int
    title: str
    text: str
    corners: tuple[Vector3, Vector3, Vector3, Vector3]

    @property
    def middle(self) -> Vector3:
        """The middle of the floor."""
        first, _, third, _ = self.corners
        return Vector3((first.x + third.x) / 2, first.y, (first.z + third.z) / 2)


@dataclass(frozen=True)
class Scene:
    """Everything that can be seen of a built lesson."""

    solids: tuple[Solid, ...]
    areas: tuple[Area, ...]

    @cached_property
    def heart(self) -> Vector3:
        """The point that the camera turns around: the middle of all floors."""
        corners = [corner for area in self.areas for corner in area.corners]
        if not corners:
            return Vector3(0.0, 0.0, 0.0)
        xs, zs = [one.x for one in corners], [one.z for one in corners]
        return Vector3((min(xs) + max(xs)) / 2, 0.0, (min(zs) + max(zs)) / 2)


@dataclass(frozen=True)
class Camera:
    """Where one looks from: `turn_deg` around the world, `tilt_deg` above the ground."""

    turn_deg: float = 0.0
    tilt_deg: float = ABOVE_DEG

    @cached_property
    def _axes(self) -> tuple[float, float, float, float]:
        turn, tilt = math.radians(self.turn_deg), math.radians(self.tilt_deg)
        return math.sin(turn), math.cos(turn), math.sin(tilt), math.cos(tilt)

    def see(self, point: Vector3, around: Vector3) -> Point:
        """Where `point` appears: to the right, and down, in studs from the point `around`."""
        sin_turn, cos_turn, sin_tilt, cos_tilt = self._axes
        x, y, z = point.x - around.x, point.y - around.y, point.z - around.z
        return x * cos_turn - z * sin_turn, (x * sin_turn + z * cos_turn) * sin_tilt - y * cos_tilt

    def see_upright(
        self, base: Sequence[Point], low: float, high: float, around: Vector3
    ) -> tuple[list[Point], list[Point]]:
        """Where the corners over `base` (x and z) appear, at the heights `low` and `high`."""
        sin_turn, cos_turn, sin_tilt, cos_tilt = self._axes
        sink, rise = (low - around.y) * cos_tilt, (high - around.y) * cos_tilt
        feet: list[Point] = []
        tops: list[Point] = []
        for at_x, at_z in base:
            x, z = at_x - around.x, at_z - around.z
            across, down = x * cos_turn - z * sin_turn, (x * sin_turn + z * cos_turn) * sin_tilt
            feet.append((across, down - sink))
            tops.append((across, down - rise))
        return feet, tops

    def nearness(self, solid: Solid) -> float:
        """How near the foot of `solid` is, along the ground; the greater, the nearer."""
        sin_turn, cos_turn, _, _ = self._axes
        return solid.middle.x * sin_turn + solid.middle.z * cos_turn

    def faces_us(self, normal: Colour) -> bool:
        """Whether a side that looks along `normal` is seen."""
        sin_turn, cos_turn, sin_tilt, cos_tilt = self._axes
        x, y, z = normal
        return (x * sin_turn + z * cos_turn) * cos_tilt + y * sin_tilt > 1e-6


class Face(NamedTuple):
    """One side of a solid as it appears. A ball has one, with a `radius` around its only point."""

    points: tuple[Point, ...]
    colour: Colour
    see_through: float
    zone: str
    radius: float = 0.0


def scene(package: LessonPackage, build: Build) -> Scene:
    """What is to be seen of `build`, which was made from `package`."""
    solids: list[Solid] = []
    floors: dict[str, Solid] = {}
    for placed in build.placed:
        if placed.service != "Workspace":
            continue
        for path, instance in placed.instance.walk():
            solid = _solid(instance, _zone_of(path))
            if solid is not None:
                solids.append(solid)
                if instance.name == "Floor":
                    floors.setdefault(solid.zone, solid)
    areas = [
        Area(zone.id, number, zone.title, zone.text, _corners(floors[zone.id]))
        for number, zone in enumerate(package.world.zones, 1)
        if zone.id in floors
    ]
    return Scene(tuple(solids), tuple(areas))


def drawn(what: Scene, camera: Camera) -> list[Face]:
    """Every side that is seen, what is farthest first."""
    solids = sorted(what.solids, key=lambda one: (one.layer, camera.nearness(one), one.bottom))
    return [face for solid in solids for face in _faces(solid, camera, what.heart)]


def outline(area: Area, what: Scene, camera: Camera) -> tuple[Point, ...]:
    """The floor of a zone as it appears."""
    return tuple(camera.see(corner, what.heart) for corner in area.corners)


def reach(what: Scene, camera: Camera) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all zones as they appear, with all that stands there."""
    standing = [one for one in what.solids if one.zone or one.layer == 2]
    points = [camera.see(corner, what.heart) for one in standing for corner in _box(one)]
    if not points:
        return -1.0, -1.0, 1.0, 1.0
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def zone_at(faces: Sequence[Face], point: Point) -> str:
    """The zone of what is seen at `point`; empty where that belongs to none."""
    return next((face.zone for face in reversed(faces) if _covers(face, point)), "")


def _zone_of(path: Sequence[str]) -> str:
    return next((name.removeprefix(ZONE) for name in path if name.startswith(ZONE)), "")


def _solid(instance: Instance, zone: str) -> Solid | None:
    read = instance.properties.get
    frame, size, colour = read("CFrame"), read("Size"), read("Color")
    if not (isinstance(frame, CFrame) and isinstance(size, Vector3) and isinstance(colour, Color3)):
        return None
    shape = read("Shape")
    see_through = read("Transparency", 0.0)
    return Solid(
        shape.name if isinstance(shape, EnumItem) else "Block",
        frame.position,
        _along_axes(size, frame),
        (colour.r, colour.g, colour.b),
        float(see_through) if isinstance(see_through, int | float) else 0.0,
        zone,
    )


def _along_axes(size: Vector3, frame: CFrame) -> Vector3:
    """How far a turned part reaches along the axes of the world."""
    r, s = frame.rotation, (size.x, size.y, size.z)
    x, y, z = (sum(abs(r[3 * row + at]) * s[at] for at in range(3)) for row in range(3))
    return Vector3(x, y, z)


def _corners(floor: Solid) -> tuple[Vector3, Vector3, Vector3, Vector3]:
    x, z, top = floor.size.x / 2, floor.size.z / 2, floor.middle.y + floor.size.y / 2
    at = floor.middle
    return (
        Vector3(at.x - x, top, at.z - z),
        Vector3(at.x + x, top, at.z - z),
        Vector3(at.x + x, top, at.z + z),
        Vector3(at.x - x, top, at.z + z),
    )


def _box(solid: Solid) -> Iterator[Vector3]:
    at, size = solid.middle, solid.size
    for x in (-0.5, 0.5):
        for y in (-0.5, 0.5):
            for z in (-0.5, 0.5):
                yield Vector3(at.x + x * size.x, at.y + y * size.y, at.z + z * size.z)


def _faces(solid: Solid, camera: Camera, around: Vector3) -> Iterator[Face]:
    if solid.shape == "Ball":
        radius = min(solid.size.x, solid.size.y, solid.size.z) / 2
        yield _face(solid, (camera.see(solid.middle, around),), (0.0, 1.0, 0.0), radius)
        return
    base = _round_base(solid) if solid.shape == "Cylinder" else _square_base(solid)
    # While somebody turns the world this is all that is done, a thousand times a picture.
    low, high = camera.see_upright(base, solid.bottom, solid.bottom + solid.size.y, around)
    for at, here in enumerate(base):
        after = (at + 1) % len(base)
        normal = _outward(here, base[after])
        if camera.faces_us(normal):
            yield _face(solid, (low[at], low[after], high[after], high[at]), normal)
    yield _face(solid, tuple(high), (0.0, 1.0, 0.0))


def _square_base(solid: Solid) -> list[Point]:
    at, x, z = solid.middle, solid.size.x / 2, solid.size.z / 2
    return [(at.x - x, at.z - z), (at.x + x, at.z - z), (at.x + x, at.z + z), (at.x - x, at.z + z)]


def _round_base(solid: Solid) -> list[Point]:
    at, x, z = solid.middle, solid.size.x / 2, solid.size.z / 2
    angles = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    return [(at.x + x * math.cos(one), at.z + z * math.sin(one)) for one in angles]


def _outward(here: Point, there: Point) -> Colour:
    x, z = there[1] - here[1], here[0] - there[0]
    length = math.hypot(x, z) or 1.0
    return x / length, 0.0, z / length


def _face(
    solid: Solid, points: tuple[Point, ...], normal: Colour, radius: float = 0.0
) -> Face:  # fmt: skip
    towards = LIGHT[0] * normal[0] + LIGHT[1] * normal[1] + LIGHT[2] * normal[2]
    bright = DIMMEST + (1 - DIMMEST) * max(0.0, min(1.0, towards / LIGHT[1]))
    red, green, blue = solid.colour
    shaded = (red * bright, green * bright, blue * bright)
    return Face(points, shaded, solid.see_through, solid.zone, radius)


def _covers(face: Face, point: Point) -> bool:
    if face.radius:
        (x, y), (px, py) = face.points[0], point
        return math.hypot(px - x, py - y) <= face.radius
    return _inside(face.points, point)


def _inside(corners: Sequence[Point], point: Point) -> bool:
    """Whether a convex outline holds `point`: it lies on the same side of every edge."""
    x, y = point
    turns = [
        (bx - ax) * (y - ay) - (by - ay) * (x - ax)
        for (ax, ay), (bx, by) in zip(corners, (*corners[1:], corners[0]), strict=True)
    ]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)
