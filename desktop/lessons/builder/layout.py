"""The world of a package as parts: zones along a path, with boards, stations and things."""

from collections.abc import Iterator

from desktop.classroom.questions import Question
from desktop.lessons.builder import activities, paths, props, scenery, shapes
from desktop.lessons.builder.environments import STYLES, Shape, Style
from desktop.lessons.builder.paths import WIDTH, Plot, Rect, Spot, Way
from desktop.lessons.instances import Instance, Value
from desktop.lessons.package import LessonPackage
from desktop.lessons.schema import Checkpoint, Sign, WorldObject

LARGEST_EXHIBIT = 7.0
"""What stands between its neighbours without touching them."""

LARGEST_PART = 2_048.0
ASIDE = 60.0
"""How far the ground reaches beyond the outermost floors, to the sides and behind the spawn."""

BEYOND = 100.0
"""How far the ground reaches beyond the last floor, under activity and landmark."""

BESIDE_A_WAY = 3.5
"""What is kept free on either side of a way: its gate and its lamps stand there."""

SHAPES: dict[str, Shape] = {"block": "Block", "ball": "Ball", "cylinder": "Cylinder"}


def workspace(package: LessonPackage, name: str) -> Instance:
    """Everything that stands in the world, in one folder that says how far it reaches in X."""
    style, kit = STYLES[package.world.environment], props.kit(package.world.environment)
    plots = paths.plots(package.world, style.path)
    ways = paths.ways(plots)
    last = plots[-1]
    edge = (last.x, last.z - last.depth / 2)
    activity = activities.stand(package, edge, style)
    behind = activities.DEPTH if activity else 0.0
    clear = [way.rect.grown(BESIDE_A_WAY) for way in ways]
    if activity:
        clear.append(Rect(last.x, edge[1] - behind / 2, activities.WIDTH, behind).grown(1.0))
    left, right = _reach(plots)
    return Instance(
        "Folder",
        name,
        attributes={"Left": left, "Right": right},
        children=(
            _ground(plots, style),
            _spawn(plots[0]),
            shapes.folder("Ways", tuple(_ways(package, ways, style))),
            shapes.folder("Zones", tuple(_zones(package, plots, ways, clear))),
            *((activity,) if activity else ()),
            scenery.goal(last, style),
            scenery.landmark(kit, last, behind),
        ),
    )


def _reach(plots: list[Plot]) -> tuple[float, float]:
    """Where the world begins and ends in X, with the ground around it."""
    xs = [plot.x for plot in plots]
    half = WIDTH / 2 + ASIDE
    return min(xs) - half, max(xs) + half


def _ways(package: LessonPackage, ways: list[Way], style: Style) -> Iterator[Instance]:
    """Each way with its gate; where puzzles are solved, a wall behind each zone that has some."""
    for number, way in enumerate(ways, 1):
        rect = way.rect
        size = (rect.wide, 1.0, rect.deep)
        yield shapes.part(f"Way.{number}", size, (rect.x, 0.0, rect.z), *style.way)
        yield from scenery.gate(number, way, way.there.zone.title, style)
        if package.world.interaction == "solve" and way.here.zone.question_ids:
            wall = (1.0, 8.0, rect.deep) if way.aside else (rect.wide, 8.0, 1.0)
            yield activities.barrier(way.here.zone.id, wall, (rect.x, 4.5, rect.z), style)


def _zones(
    package: LessonPackage, plots: list[Plot], ways: list[Way], clear: list[Rect]
) -> Iterator[Instance]:
    """Each zone: what the lesson put there first, then what stands around it."""
    style, kit = STYLES[package.world.environment], props.kit(package.world.environment)
    most = scenery.share(len(plots))
    for number, plot in enumerate(plots, 1):
        luck = scenery.chance(package.world.environment, plot.zone.id, package.provenance.seed)
        comes = ways[number - 2] if number > 1 else None
        goes = ways[number - 1] if number <= len(ways) else None
        lesson, places = _zone(package, plot, style, _row_side(comes, goes))
        look = (
            *scenery.trail(plot, comes, goes, style),
            scenery.medallion(plot, number),
            *scenery.within(places, kit, luck),
            *scenery.around(plot, kit, style, clear, luck, most),
        )
        yield shapes.folder(f"Zone.{plot.zone.id}", (*lesson, shapes.folder("Scenery", look)))


def _row_side(comes: Way | None, goes: Way | None) -> int:
    """Where the rows of a zone stand: at its left edge (-1), or at its right where that is free.

    A way may come in from the left (it leads to the right), or go out there.
    """
    enters = comes is not None and comes.aside == 1
    leaves = goes is not None and goes.aside == -1
    return 1 if enters or leaves else -1


def _zone(
    package: LessonPackage, plot: Plot, style: Style, row_side: int
) -> tuple[tuple[Instance, ...], Iterator[Spot]]:
    """The floor of a zone with what the lesson has there, and the places that are left."""
    world, zone = package.world, plot.zone
    spots = iter(paths.spots(plot))
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
            _row(thing, plot, (row_side, place), style)
            for place, thing in enumerate(
                one for one in world.objects if one.zone == zone.id and one.kind == "row"
            )
        ),
        *(
            _checkpoint(one, plot, place)
            for place, one in enumerate(one for one in world.checkpoints if one.zone == zone.id)
        ),
    ]
    return tuple(children), spots


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


def _row(thing: WorldObject, plot: Plot, where: tuple[int, int], style: Style) -> Instance:
    """Posts along an edge, the first one nearest, each with its label towards the middle."""
    side, place = where
    x = plot.x + side * (WIDTH / 2 - 1.0 - place * 3.0)
    facing = shapes.LEFT if side > 0 else shapes.RIGHT
    step = (plot.depth - 8.0) / (len(thing.labels) - 1)
    posts = tuple(
        shapes.part(
            f"Post.{number}",
            (1.0, 4.0, min(step - 0.5, 6.0)),
            (x, 2.5, plot.z + plot.depth / 2 - 4.0 - step * (number - 1)),
            thing.colour,
            solid=False,
            children=(shapes.face((text,), style.ink, facing),),
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


def _ground(plots: list[Plot], style: Style) -> Instance:
    """One large part below everything, so that nobody falls out of the world."""
    left, right = _reach(plots)
    near = max(plot.z + plot.depth / 2 for plot in plots)
    far = min(plot.z - plot.depth / 2 for plot in plots)
    size = (
        min(right - left, LARGEST_PART),
        1.0,
        min(near - far + ASIDE + BEYOND, LARGEST_PART),
    )
    middle = ((left + right) / 2, -0.75, (near + ASIDE + far - BEYOND) / 2)
    return shapes.part("Ground", size, middle, *style.ground)


def _spawn(first: Plot) -> Instance:
    properties: dict[str, Value] = dict(
        shapes.part(
            "Spawn", (8.0, 1.0, 8.0), (first.x, 0.5, first.z + first.depth / 4), "#e8e8e8"
        ).properties
    )
    return Instance("SpawnLocation", "Spawn", {**properties, "Duration": 0, "Neutral": True})
