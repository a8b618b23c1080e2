"""Where the zones of a world lie, and the ways that join them: pure geometry, in studs."""

import itertools
from dataclasses import dataclass
from typing import Literal

from desktop.lessons.schema import World, Zone

Path = Literal["straight", "stairs", "meander", "snake"]

WIDTH = 48.0
GAP = 26.0
"""Between two floors: a margin on either side, and a few studs between the borders."""

MARGIN = 9.0
"""From a floor to the border around its zone; scenery stands here."""

WAY_WIDTH = 10.0
ROW_STEP = 9.0
FREE = 6.0
"""Half of the strip across the middle that stays free, for ways that leave to the side."""

COLUMN = 16.0
"""How far from the middle the two columns of things stand."""

Spot = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    """A piece of the ground: its middle and its size along X and Z."""

    x: float
    z: float
    wide: float
    deep: float

    def meets(self, other: "Rect") -> bool:
        """Whether the two share more than an edge."""
        return (
            abs(self.x - other.x) < (self.wide + other.wide) / 2
            and abs(self.z - other.z) < (self.deep + other.deep) / 2
        )

    def grown(self, by: float) -> "Rect":
        """The same with `by` studs more on every side."""
        return Rect(self.x, self.z, self.wide + 2 * by, self.deep + 2 * by)


@dataclass(frozen=True)
class Plot:
    """Where a zone lies: its middle and its depth."""

    zone: Zone
    x: float
    z: float
    depth: float

    @property
    def floor(self) -> Rect:
        """What is walked on."""
        return Rect(self.x, self.z, WIDTH, self.depth)


@dataclass(frozen=True)
class Way:
    """What joins two zones: straight on (towards -Z), or to a side (`aside` is 1 to the right)."""

    here: Plot
    there: Plot

    @property
    def aside(self) -> int:
        """1 to the right, -1 to the left, 0 straight on."""
        return (self.there.x > self.here.x) - (self.there.x < self.here.x)

    @property
    def rect(self) -> Rect:
        """What is walked on."""
        here, there = self.here, self.there
        if self.aside:
            length = abs(there.x - here.x) - WIDTH
            return Rect((here.x + there.x) / 2, here.z, length, WAY_WIDTH)
        near, far = here.z - here.depth / 2, there.z + there.depth / 2
        return Rect(here.x, (near + far) / 2, WAY_WIDTH, near - far)


def plots(world: World, path: Path) -> list[Plot]:
    """The zones of a world along a path."""
    sizes = [(zone, _depth(_things_in(world, zone))) for zone in world.zones]
    return _snake(sizes) if path == "snake" else _onward(sizes, path)


def ways(found: list[Plot]) -> list[Way]:
    """The ways from each zone to the next."""
    return [Way(here, there) for here, there in itertools.pairwise(found)]


def spots(plot: Plot) -> list[Spot]:
    """Places for things, two to a row, from the far end to the near one."""
    rows = round((plot.depth / 2 - FREE) / ROW_STEP)
    far = [-FREE - ROW_STEP * (row + 0.5) for row in reversed(range(rows))]
    near = [FREE + ROW_STEP * (row + 0.5) for row in range(rows)]
    return [(plot.x + x, plot.z + z) for z in (*far, *near) for x in (-COLUMN, COLUMN)]


def _onward(sizes: list[tuple[Zone, float]], path: Path) -> list[Plot]:
    """Straight on, with turns to the right where the path has them."""
    found: list[Plot] = []
    for number, (zone, depth) in enumerate(sizes):
        if not found:
            found.append(Plot(zone, 0.0, 0.0, depth))
            continue
        last = found[-1]
        if _turns(path, number):
            found.append(Plot(zone, last.x + WIDTH + GAP, last.z, depth))
        else:
            found.append(Plot(zone, last.x, last.z - (last.depth + depth) / 2 - GAP, depth))
    return found


def _turns(path: Path, number: int) -> bool:
    """Whether the way into zone `number` goes to the right instead of straight on."""
    return (path == "stairs" and number % 2 == 0) or (path == "meander" and number % 3 == 2)


def _snake(sizes: list[tuple[Zone, float]]) -> list[Plot]:
    """Rows of two, to the right in one row and back to the left in the next."""
    found: list[Plot] = []
    near = sizes[0][1] / 2
    for start in range(0, len(sizes), 2):
        row = sizes[start : start + 2]
        deepest = max(depth for _, depth in row)
        z = near - deepest / 2 if start else 0.0
        for place, (zone, depth) in enumerate(row):
            column = place if start % 4 == 0 else 1 - place
            found.append(Plot(zone, column * (WIDTH + GAP), z, depth))
        near = z - deepest / 2 - GAP
    return found


def _things_in(world: World, zone: Zone) -> int:
    signs = sum(1 for sign in world.signs if sign.zone == zone.id)
    exhibits = sum(1 for one in world.objects if one.zone == zone.id and one.kind == "exhibit")
    return 1 + signs + exhibits + len(zone.question_ids)


def _depth(things: int) -> float:
    rows = max(4, -(-things // 2))
    return 2 * (FREE + ROW_STEP * -(-rows // 2))
