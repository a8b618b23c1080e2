"""How a lesson is played besides its questions: what an interaction needs in world and data."""

from collections.abc import Iterator

from desktop.lessons.builder import shapes
from desktop.lessons.builder.environments import Style
from desktop.lessons.builder.literal import Data
from desktop.lessons.instances import Instance
from desktop.lessons.package import LessonPackage

WIDTH, DEPTH = 48.0, 30.0
"""The floor of an activity in studs; it lies at the far end of the last zone."""

STEPS = tuple(str(number) for number in range(1, 9))
"""What the marker of an experiment moves along when the lesson has no row of its own."""

TALLEST = 12.0
RAIL = 20.0
"""How far the slider of an experiment goes, in studs."""

PALETTE = (("red", "#c8553d"), ("yellow", "#e0b030"), ("blue", "#2f6db5"))
TILES = tuple((x, z) for z in (-10.0, -4.0, 2.0) for x in (-6.0, 0.0, 6.0))
TEXTS = {
    "collaborate": ("Together", "Two partners press both buttons within ten seconds."),
    "simulate": ("Experiment", "Predict where the marker stops with More and Less. Then run it."),
    "create": ("Workshop", "Pick a colour, place blocks on the tiles, and hand them in."),
}

At = tuple[float, float]


def settings(package: LessonPackage) -> dict[str, Data]:
    """What the module Activity has to know; `id` names its objective in reports."""
    world = package.world
    told: dict[str, Data] = {"id": world.interaction}
    match world.interaction:
        case "explore":
            told["exhibits"] = [one.id for one in world.objects if one.kind == "exhibit"]
        case "solve":
            zones = [zone for zone in world.zones if zone.question_ids]
            told["order"] = [one for zone in zones for one in zone.question_ids]
            told["barriers"] = [{"zone": zone.id, "questions": zone.question_ids} for zone in zones]
        case "simulate":
            rows = [one.labels for one in world.objects if one.kind == "row"]
            told["labels"] = rows[0] if rows else STEPS
        case "create":
            told["palette"] = [{"name": name, "colour": colour} for name, colour in PALETTE]
    return told


def barrier(zone_id: str, size: tuple[float, float, float], at: tuple[float, float, float],
            style: Style) -> Instance:  # fmt: skip
    """A wall across a way, which lifts for whoever has solved the zone before it."""
    return shapes.part(f"Barrier.{zone_id}", size, at, style.board, attributes={"Barrier": zone_id})


def stand(package: LessonPackage, edge: tuple[float, float], style: Style) -> Instance | None:
    """The place of the activity behind `edge`, the middle of the far side; None without one."""
    kind = package.world.interaction
    if kind not in TEXTS:
        return None
    middle = (edge[0], edge[1] - DEPTH / 2)
    colour, stuff = style.floor
    floor = shapes.part("Platform", (WIDTH, 1.0, DEPTH), (middle[0], 0.0, middle[1]), colour, stuff)
    board = shapes.part(
        "Sign",
        (12.0, 8.0, 1.0),
        (middle[0] - 17.0, 5.0, middle[1] - 13.0),
        style.board,
        children=(shapes.face(TEXTS[kind], style.ink),),
    )
    things = {"collaborate": _partners, "simulate": _console, "create": _workshop}[kind]
    return shapes.folder("Activity", (floor, board, *things(middle, style)))


def _button(
    name: str, action: str, words: str, at: At, colour: str, style: Style, *, written: bool = True
) -> Instance:
    """What is pressed; without writing, its colour or its prompt says what it is."""
    face = (shapes.face((words,), style.ink),) if written else ()
    return shapes.part(
        f"Button.{name}",
        (3.0, 4.0, 2.0),
        (at[0], 2.5, at[1]),
        colour,
        attributes={"Button": name},
        children=(*face, shapes.prompt(action, words)),
    )


def _partners(middle: At, style: Style) -> Iterator[Instance]:
    x, z = middle
    yield _button("left", "Press", "Left partner", (x - 10.0, z), "#2f6db5", style)
    yield _button("right", "Press", "Right partner", (x + 10.0, z), "#b8543b", style)


def _console(middle: At, style: Style) -> Iterator[Instance]:
    x, z = middle
    for name, words, aside in (("less", "Less", -6.0), ("run", "Run", 0.0), ("more", "More", 6.0)):
        yield _button(name, words, words, (x + aside, z + 4.0), style.board, style)
    yield shapes.part("Rail", (RAIL, 0.6, 1.0), (x, 2.0, z - 3.0), "#8d99a8", "Metal")
    yield shapes.part(
        "Knob",
        (1.4, 2.4, 2.4),
        (x - RAIL / 2, 2.0, z - 3.0),
        "#0072b2",
        attributes={"Slider": RAIL},
    )
    yield shapes.part(
        "Gauge",
        (3.0, 1.0, 3.0),
        (x, 1.0, z - 8.0),
        "#d98e04",
        attributes={"Gauge": TALLEST},
    )


def _workshop(middle: At, style: Style) -> Iterator[Instance]:
    x, z = middle
    for place, (name, colour) in enumerate(PALETTE):
        at = (x + 14.0, z - 9.0 + 6.0 * place)
        yield _button(name, "Pick", name.capitalize(), at, colour, style, written=False)
    yield _button("undo", "Take back", "Block", (x - 14.0, z), style.board, style, written=False)
    yield _button("submit", "Hand in", "Hand in", (x - 14.0, z + 6.0), style.board, style)
    for number, (across, along) in enumerate(TILES, 1):
        yield shapes.part(
            f"Tile.{number}",
            (5.0, 0.5, 5.0),
            (x + across, 0.75, z + along),
            "#e8e8e8",
            attributes={"Button": f"tile-{number}"},
            children=(shapes.prompt("Place", f"Tile {number}"),),
        )
