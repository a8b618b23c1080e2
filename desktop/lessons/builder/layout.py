"""The world of a package as parts: zones along a path, with boards, stations and things."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.classroom.questions import Question
from desktop.lessons.builder import activities, shapes
from desktop.lessons.builder.environments import STYLES, Path, Shape, Style
from desktop.lessons.instances import Instance, Value
from desktop.lessons.package import LessonPackage
from desktop.lessons.schema import Checkpoint, Sign, World, WorldObject, Zone

WIDTH = 48.0
GAP = 10.0
ROW_STEP = 9.0
FREE = 6.0
"""Half of the strip across the middle that stays free, for ways that leave to the side."""

COLUMN = 16.0
LARGEST_EXHIBIT = 7.0
"""What stands between its neighbours without touching them."""

LARGEST_PART = 2_048.0
MARGIN = 120.0
"""How much wider and longer the ground is than what stands on it."""


Spot = tuple[float, float]
SHAPES: dict[str, Shape] = {"block": "Block", "ball": "Ball", "cylinder": "Cylinder"}


@dataclass(frozen=True)
class Plot:
    """Where a zone lies: its middle and its depth."""

    zone: Zone
    x: float
    z: float
    depth: float


def workspace(package: LessonPackage, name: str) -> Instance:
    """Everything that stands in the world, in one folder that says how far it reaches in X."""
    style = STYLES[package.world.environment]
    plots = _plots(package.world, style.path)
    zones = tuple(_zone(package, plot, style) for plot in plots)
    ways = tuple(
        _way(number, here, there, style)
        for number, (here, there) in enumerate(itertools.pairwise(plots), 1)
    )
    ground = _ground(plots, style)
    spawn = _spawn(plots[0])
    barriers = tuple(_barriers(package, plots, style))
    activity = activities.stand(package, (plots[-1].x, plots[-1].z - plots[-1].depth / 2), style)
    left, right = _reach(plots)
    return Instance(
        "Folder",
        name,
        attributes={"Left": left, "Right": right},
        children=(
            ground,
            spawn,
            shapes.folder("Ways", ways + barriers),
            shapes.folder("Zones", zones),
            *((activity,) if activity else ()),
        ),
    )


def _reach(plots: list[Plot]) -> tuple[float, float]:
    """Where the world begins and ends in X, with the ground around it."""
    xs = [plot.x for plot in plots]
    half = (WIDTH + MARGIN) / 2
    return min(xs) - half, max(xs) + half


def _plots(world: World, path: Path) -> list[Plot]:
    plots: list[Plot] = []
    for number, zone in enumerate(world.zones):
        depth = _depth(_things_in(world, zone))
        if not plots:
            plots.append(Plot(zone, 0.0, 0.0, depth))
            continue
        last = plots[-1]
        if _turns(path, number):
            plots.append(Plot(zone, last.x + WIDTH + GAP, last.z, depth))
        else:
            plots.append(Plot(zone, last.x, last.z - (last.depth + depth) / 2 - GAP, depth))
    return plots


def _turns(path: Path, number: int) -> bool:
    """Whether the way into zone `number` goes to the right instead of straight on."""
    return (path == "stairs" and number % 2 == 0) or (path == "meander" and number % 3 == 2)


def _things_in(world: World, zone: Zone) -> int:
    signs = sum(1 for sign in world.signs if sign.zone == zone.id)
    exhibits = sum(1 for one in world.objects if one.zone == zone.id and one.kind == "exhibit")
    return 1 + signs + exhibits + len(zone.question_ids)


def _depth(things: int) -> float:
    rows = max(4, -(-things // 2))
    return 2 * (FREE + ROW_STEP * -(-rows // 2))


def _spots(plot: Plot) -> Iterator[Spot]:
    """Places for things, two to a row, from the far end to the near one."""
    rows = round((plot.depth / 2 - FREE) / ROW_STEP)
    far = [-FREE - ROW_STEP * (row + 0.5) for row in reversed(range(rows))]
    near = [FREE + ROW_STEP * (row + 0.5) for row in range(rows)]
    for z in (*far, *near):
        for x in (-COLUMN, COLUMN):
            yield plot.x + x, plot.z + z


def _zone(package: LessonPackage, plot: Plot, style: Style) -> Instance:
    world, zone = package.world, plot.zone
    spots = _spots(plot)
    questions = {question.id: question for question in package.quiz}
    numbers = {question.id: number for number, question in enumerate(package.quiz, 1)}
    children = [
        _floor(plot, style),
        _board("Title", (zone.title, zone.text), next(spots), style),
        *(_sign(sign, next(spots), style) for sign in world.signs if sign.zone == zone.id),
        *(_station(questions[one], numbers[one], next(spots), style) for one in zone.question_ids),
        *(
            _exhibit(thing, next(spots), style)
            for thing in world.objects
            if thing.zone == zone.id and thing.kind == "exhibit"
        ),
        *(
            _row(thing, plot, place, style)
            for place, thing in enumerate(
                one for one in world.objects if one.zone == zone.id and one.kind == "row"
            )
        ),
        *(
            _checkpoint(one, plot, place)
            for place, one in enumerate(one for one in world.checkpoints if one.zone == zone.id)
        ),
        *_scenery(plot, style),
    ]
    return shapes.folder(f"Zone.{zone.id}", tuple(children))


def _floor(plot: Plot, style: Style) -> Instance:
    colour, stuff = style.floor
    return shapes.part("Floor", (WIDTH, 1.0, plot.depth), (plot.x, 0.0, plot.z), colour, stuff)


def _board(name: str, texts: tuple[str, str], spot: Spot, style: Style) -> Instance:
    shown = tuple(text for text in texts if text)
    return shapes.part(
        name,
        (12.0, 8.0, 1.0),
        (spot[0], 5.0, spot[1]),
        style.board,
        children=(shapes.face(shown, style.ink),),
    )


def _sign(sign: Sign, spot: Spot, style: Style) -> Instance:
    return _board(f"Sign.{sign.id}", (sign.title, sign.text), spot, style)


def _station(question: Question, number: int, spot: Spot, style: Style) -> Instance:
    return shapes.part(
        f"Station.{question.id}",
        (5.0, 6.0, 2.0),
        (spot[0], 3.5, spot[1]),
        style.board,
        attributes={"QuestionId": question.id},
        children=(
            shapes.face((f"Question {number}",), style.ink),
            shapes.prompt("Answer", f"Question {number}"),
        ),
    )


def _exhibit(thing: WorldObject, spot: Spot, style: Style) -> Instance:
    shape, size = SHAPES[thing.shape], min(thing.size, LARGEST_EXHIBIT)
    return shapes.part(
        f"Exhibit.{thing.id}",
        (size, size, size),
        (spot[0], size / 2 + 0.5, spot[1]),
        thing.colour,
        shape=shape,
        attributes={"ExhibitId": thing.id},
        children=(shapes.floating(thing.title, style.ink), shapes.prompt("Look", thing.title)),
    )


def _row(thing: WorldObject, plot: Plot, place: int, style: Style) -> Instance:
    """Posts along the left edge, the first one nearest, each with its label to the right."""
    x = plot.x - WIDTH / 2 + 1.0 + place * 3.0
    step = (plot.depth - 8.0) / (len(thing.labels) - 1)
    posts = tuple(
        shapes.part(
            f"Post.{number}",
            (1.0, 4.0, min(step - 0.5, 6.0)),
            (x, 2.5, round(plot.z + plot.depth / 2 - 4.0 - step * (number - 1), 3)),
            thing.colour,
            solid=False,
            children=(shapes.face((text,), style.ink, shapes.RIGHT),),
        )
        for number, text in enumerate(thing.labels, 1)
    )
    return shapes.folder(f"Row.{thing.id}", posts)


def _checkpoint(checkpoint: Checkpoint, plot: Plot, place: int) -> Instance:
    """A mat across the near end, walked over on the way in."""
    return shapes.part(
        f"Checkpoint.{checkpoint.id}",
        (10.0, 1.0, 4.0),
        (plot.x, 0.25, plot.z + 2.0 - place * 5.0),
        "#f2c14e",
        solid=False,
        attributes={"CheckpointId": checkpoint.id},
    )


def _scenery(plot: Plot, style: Style) -> Iterator[Instance]:
    for side, x in (("Left", -1.0), ("Right", 1.0)):
        for number, piece in enumerate(style.scenery, 1):
            at = (plot.x + x * (WIDTH / 2 + 5.0), piece.above, plot.z + x * plot.depth / 4)
            yield shapes.part(
                f"Scenery.{side}{number}",
                piece.size,
                at,
                piece.colour,
                piece.material,
                shape=piece.shape,
            )


def _way(number: int, here: Plot, there: Plot, style: Style) -> Instance:
    colour, stuff = style.way
    size = (10.0, 1.0, GAP) if here.x == there.x else (GAP, 1.0, 10.0)
    x, z = _between(here, there)
    return shapes.part(f"Way.{number}", size, (x, 0.0, z), colour, stuff)


def _between(here: Plot, there: Plot) -> Spot:
    """The middle of the way from one plot to the next."""
    if here.x == there.x:
        return here.x, here.z - here.depth / 2 - GAP / 2
    return here.x + WIDTH / 2 + GAP / 2, here.z


def _barriers(package: LessonPackage, plots: list[Plot], style: Style) -> Iterator[Instance]:
    """Where puzzles are solved, a wall behind each zone that has some."""
    if package.world.interaction != "solve":
        return
    for here, there in itertools.pairwise(plots):
        if here.zone.question_ids:
            size = (10.0, 8.0, 1.0) if here.x == there.x else (1.0, 8.0, 10.0)
            x, z = _between(here, there)
            yield activities.barrier(here.zone.id, size, (x, 4.5, z), style)


def _ground(plots: list[Plot], style: Style) -> Instance:
    """One large part below everything, so that nobody falls out of the world."""
    left, right = _reach(plots)
    near = max(plot.z + plot.depth / 2 for plot in plots)
    far = min(plot.z - plot.depth / 2 for plot in plots)
    size = (
        min(right - left, LARGEST_PART),
        1.0,
        min(near - far + MARGIN, LARGEST_PART),
    )
    colour, stuff = style.ground
    middle = ((left + right) / 2, -0.75, (near + far) / 2)
    return shapes.part("Ground", size, middle, colour, stuff)


def _spawn(first: Plot) -> Instance:
    properties: dict[str, Value] = dict(
        shapes.part(
            "Spawn", (8.0, 1.0, 8.0), (first.x, 0.5, first.z + first.depth / 4), "#e8e8e8"
        ).properties
    )
    return Instance("SpawnLocation", "Spawn", {**properties, "Duration": 0, "Neutral": True})
