"""What a world has besides the lesson: borders, gates, lamps, things around zones, a landmark.

All of it keeps off what students read, walk on and use. Where things stand is drawn from the
lesson's seed and the zone's id, so a new version of a lesson keeps its trees.
"""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence

from desktop.lessons.builder import shapes
from desktop.lessons.builder.environments import Border, Look, Shape, Style
from desktop.lessons.builder.paths import MARGIN, Plot, Rect, Spot, Way
from desktop.lessons.builder.props import Kit, Piece, Prop
from desktop.lessons.instances import Color3, Instance

MOST_AROUND = 16
MOST_IN_ALL = 130
"""Things of the scenery around all zones of a world; many zones share them."""

TRIES = 40
"""Places tried for each thing before it is left out."""

STEP = 0.5
"""Things are put down in steps of this many studs."""

SIZES = (0.85, 1.0, 1.15)
TOP = 0.5
"""Where a floor ends and things begin."""

APRON_TOP = 0.25
TRAIL_WIDTH = 8.0
MEDALLION = 12.0
"""Across the disc in the middle of each floor."""

CLEAR = 9.0
"""What hangs above a way hangs at least this high."""

FAR = 16.0
"""From what the last zone has behind it to the landmark."""

ACCENTS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""A colour for each zone besides its number, told apart by colour-blind people too.

From M. Okabe and K. Ito, "Color Universal Design" (2008).
"""

SIDES = {0: shapes.BACK, 1: shapes.LEFT, -1: shapes.RIGHT}
"""The face of a gate that looks at who comes, by where the way leads."""


def accent(number: int) -> str:
    """The colour of zone `number`, counted from 1."""
    return ACCENTS[(number - 1) % len(ACCENTS)]


def chance(*words: object) -> random.Random:
    """Chance of our own for `words`; its `random()` is the same on every computer."""
    told = hashlib.sha256("\n".join(map(str, words)).encode()).digest()
    return random.Random(int.from_bytes(told[:8], "big"))  # noqa: S311  (repeatable on purpose)


def around(
    plot: Plot, kit: Kit, style: Style, clear: Sequence[Rect], luck: random.Random, most: int
) -> Iterator[Instance]:
    """A zone's apron and border, and things between its floor and its border."""
    whole = plot.floor.grown(MARGIN)
    size = (whole.wide, 1.0, whole.deep)
    at = (plot.x, APRON_TOP - 0.5, plot.z)
    yield shapes.part("Apron", size, at, *style.apron)
    yield from _border(whole, style.border, clear)
    taken = [plot.floor.grown(0.5), *clear]
    for number, (prop, spot, scale) in enumerate(
        _scattered(kit.around, whole.grown(-1.2), taken, luck, most), 1
    ):
        yield from _stand(prop, number, spot, APRON_TOP, scale)


def within(places: Iterable[Spot], kit: Kit, luck: random.Random) -> Iterator[Instance]:
    """Something on each place of a floor that the lesson left empty."""
    for number, spot in enumerate(places, 1):
        prop = kit.within[int(luck.random() * len(kit.within))]
        yield from _stand(prop, number, spot, TOP, 1.0, "Inside ")


def share(zones: int) -> int:
    """How many things stand around each of so many zones."""
    return max(3, min(MOST_AROUND, MOST_IN_ALL // zones))


def trail(plot: Plot, way_in: Way | None, way_out: Way | None, style: Style) -> Iterator[Instance]:
    """The path across a floor: from where one comes in to the medallion, and on to the way out."""
    x, z, half = plot.x, plot.z, plot.depth / 2
    reach = plot.floor.wide / 2
    ends: list[tuple[str, int, int]] = []
    if way_in is not None:
        ends.append(("in", -way_in.aside, 0 if way_in.aside else 1))
    if way_out is not None:
        ends.append(("out", way_out.aside, 0 if way_out.aside else -1))
    for name, dx, dz in ends:
        edge = reach if dx else half
        long, middle = edge - MEDALLION / 2, (edge + MEDALLION / 2) / 2
        size = (long, 0.2, TRAIL_WIDTH) if dx else (TRAIL_WIDTH, 0.2, long)
        at = (x + dx * middle, TOP, z + dz * middle)
        yield shapes.part(f"Trail.{name}", size, at, *style.way)


def medallion(plot: Plot, number: int) -> Instance:
    """A disc in the middle of a floor, in the colour of the zone."""
    size, at = (0.2, MEDALLION, MEDALLION), (plot.x, TOP + 0.05, plot.z)
    return shapes.part("Medallion", size, at, accent(number), shape="Cylinder")


def gate(number: int, way: Way, title: str, style: Style) -> Iterator[Instance]:
    """The gate at the beginning of a way, with the name of the zone behind it, and lamps."""
    rect, side = way.rect, way.aside
    along, across = (side, 0) if side else (0, -1), (0, 1) if side else (1, 0)
    begin = (rect.wide if side else rect.deep) / 2 - 2.0

    def at(forward: float, aside: float) -> Spot:
        return (
            rect.x + along[0] * forward + across[0] * aside,
            rect.z + along[1] * forward + across[1] * aside,
        )

    def flat(long: float, high: float, thick: float) -> tuple[float, float, float]:
        return (thick, high, long) if side else (long, high, thick)

    look: Look = style.border.post
    for place, aside in (("left", -6.4), ("right", 6.4)):
        x, z = at(-begin, aside)
        shape: Shape = "Cylinder" if style.border.round else "Block"
        size = (12.0, 1.6, 1.6) if shape == "Cylinder" else (1.6, 12.0, 1.6)
        yield shapes.part(f"Gate.{number}.{place}", size, (x, 6.0, z), *look, shape=shape)
        for lamp, forward in enumerate((-begin + 7.0, begin), 1):
            x, z = at(forward, aside)
            yield from _lamp(f"{number}.{place}.{lamp}", (x, z), style)
    x, z = at(-begin, 0.0)
    yield shapes.part(
        f"Gate.{number}.sign",
        flat(14.4, 3.0, 1.0),
        (x, CLEAR + 1.5, z),
        style.board,
        children=(shapes.face((f"{number + 1}  {title}",), style.ink, SIDES[side]),),
    )
    bar = flat(14.4, 0.6, 1.2)
    yield shapes.part(f"Gate.{number}.colour", bar, (x, CLEAR + 3.3, z), accent(number + 1))


def _lamp(name: str, spot: Spot, style: Style) -> Iterator[Instance]:
    x, z = spot
    yield shapes.part(f"Post.{name}", (5.0, 0.6, 0.6), (x, 2.5, z), *style.border.post,
                      shape="Cylinder")  # fmt: skip
    light = Instance(
        "PointLight",
        "Light",
        {"Brightness": 0.8, "Color": Color3.from_hex(style.lamp), "Range": 16.0},
    )
    yield shapes.part(f"Lamp.{name}", (1.5, 1.5, 1.5), (x, 5.6, z), style.lamp, "Neon",
                      shape="Ball", children=(light,))  # fmt: skip


def goal(plot: Plot, style: Style) -> Instance:
    """A cup on a podium at the end of the way."""
    x, z = plot.x, plot.z - plot.depth / 2 + 5.0
    gold = ("#e8b84a", "Metal")
    return shapes.folder(
        "Goal",
        (
            shapes.part("Podium", (1.2, 7.0, 7.0), (x, 1.1, z), *style.way, shape="Cylinder"),
            shapes.part("Plinth", (2.0, 2.6, 2.6), (x, 2.7, z), *style.border.post,
                        shape="Cylinder"),
            shapes.part("Stem", (1.6, 0.8, 0.8), (x, 4.5, z), *gold, shape="Cylinder"),
            shapes.part("Cup", (3.0, 3.0, 3.0), (x, 6.5, z), *gold, shape="Ball"),
        ),
    )  # fmt: skip


def landmark(kit: Kit, last: Plot, behind: float) -> Instance:
    """A tall thing on the axis of the last zone, seen from the first: that way it goes."""
    far = last.z - last.depth / 2 - behind - FAR - kit.landmark.radius
    return shapes.folder("Landmark", tuple(_stand(kit.landmark, 1, (last.x, far), -0.25, 1.0)))


def _border(whole: Rect, border: Border, clear: Sequence[Rect]) -> Iterator[Instance]:
    """Posts and panels along the four edges, but not across `clear`."""
    corners = ((-1, -1, 1, 0), (1, -1, 0, 1), (1, 1, -1, 0), (-1, 1, 0, -1))
    count = 0
    for cx, cz, dx, dz in corners:
        length = whole.wide if dx else whole.deep
        pieces = max(1, round(length / border.step))
        step = length / pieces
        x0, z0 = whole.x + cx * whole.wide / 2, whole.z + cz * whole.deep / 2
        for piece in range(pieces):
            count += 1
            x, z = x0 + dx * step * piece, z0 + dz * step * piece
            post = Rect(x, z, border.wide, border.wide)
            if not any(post.meets(one) for one in clear):
                yield from _post(count, (x, z), border)
            middle = (x + dx * step / 2, z + dz * step / 2)
            run = Rect(*middle, step if dx else 1.0, 1.0 if dx else step)
            if not any(run.meets(one) for one in clear):
                yield from _panels(count, middle, step, border, turned=not dx)


def _post(number: int, spot: Spot, border: Border) -> Iterator[Instance]:
    height = border.heights[number % len(border.heights)]
    x, z = spot
    if border.round:
        size, shape = (height, border.wide, border.wide), "Cylinder"
    else:
        size, shape = (border.wide, height, border.wide), "Block"
    yield shapes.part(f"Border.{number}", size, (x, height / 2, z), *border.post,
                      shape="Cylinder" if shape == "Cylinder" else "Block")  # fmt: skip
    if border.cap is not None:
        across, look = border.cap
        yield shapes.part(f"Cap.{number}", (across, across, across),
                          (x, height + across / 4, z), *look, shape="Ball")  # fmt: skip


def _panels(
    number: int, spot: Spot, length: float, border: Border, *, turned: bool
) -> Iterator[Instance]:
    for place, panel in enumerate(border.panels, 1):
        wide, deep = (panel.thick, length) if turned else (length, panel.thick)
        at = (spot[0], panel.bottom + panel.height / 2, spot[1])
        yield shapes.part(
            f"Panel.{number}.{place}",
            (wide, panel.height, deep),
            at,
            *panel.look,
            see_through=panel.see_through,
        )


def _scattered(
    props: Sequence[Prop], ring: Rect, taken: list[Rect], luck: random.Random, most: int
) -> Iterator[tuple[Prop, Spot, float]]:
    """Up to `most` things inside `ring` that touch neither each other nor what is `taken`."""
    occupied = list(taken)
    placed = 0
    for turn in range(most * TRIES):
        if placed == most:
            return
        prop = props[(placed + turn // TRIES) % len(props)]
        scale = SIZES[int(luck.random() * len(SIZES))]
        half = prop.radius * scale
        x = ring.x + _on_grid((luck.random() - 0.5) * (ring.wide - 2 * half))
        z = ring.z + _on_grid((luck.random() - 0.5) * (ring.deep - 2 * half))
        square = Rect(x, z, 2 * half, 2 * half)
        if not any(square.meets(one) for one in occupied):
            occupied.append(square.grown(0.3))
            placed += 1
            yield prop, (x, z), scale


def _on_grid(studs: float) -> float:
    return round(studs / STEP) * STEP


def _stand(
    prop: Prop, number: int, spot: Spot, foot: float, scale: float, before: str = ""
) -> Iterator[Instance]:
    for place, piece in enumerate(prop.pieces, 1):
        width, height, depth = (one * scale for one in piece.size)
        tall = width if piece.shape == "Cylinder" else height
        dx, bottom, dz = (one * scale for one in piece.at)
        at = (spot[0] + dx, foot + bottom + tall / 2, spot[1] + dz)
        yield shapes.part(
            f"{before}{prop.name} {number}.{place}",
            (width, height, depth),
            at,
            piece.colour,
            piece.material,
            shape=piece.shape,
            solid=_is_solid(piece),
            see_through=piece.see_through,
        )


def _is_solid(piece: Piece) -> bool:
    """Glass and leaves stop nobody, and hold nobody."""
    return piece.see_through == 0.0 and piece.material != "LeafyGrass"
