"""The world of a template's lesson: cards to read, a row to walk along, stations with questions."""

from typing import Literal

from desktop.classroom.questions import Question
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import Checkpoint, Interaction, Sign, World, WorldObject, Zone
from desktop.lessons.templates.topic import Topic

STATIONS_IN_A_ZONE = 4
SHAPES: tuple[Literal["block", "ball", "cylinder"], ...] = ("block", "ball", "cylinder")
COLOURS = ("#2f6db5", "#d98e04", "#3a8f5c", "#8a5aa8", "#b8543b", "#3f8c99")
HINTS: dict[Interaction, str] = {
    "explore": "Go up to every exhibit on your way: each discovery tells one thing you will need.",
    "solve": "Each right answer opens the next station. The last one here lifts the barrier.",
    "collaborate": "Agree on each answer with a partner. At the end you press together.",
    "simulate": "Before each answer, say what you expect. At the end of the path you test it.",
    "create": "Collect ideas at the exhibits. At the end of the path you build your own example.",
}


def make(topic: Topic, request: LessonRequest, questions: list[Question]) -> World:
    """Lay out welcome, ideas, question stations, and the end."""
    groups = [
        questions[start : start + STATIONS_IN_A_ZONE]
        for start in range(0, len(questions), STATIONS_IN_A_ZONE)
    ]
    stations = [
        Zone(
            id=f"stations-{number}",
            title=f"Stations {number} of {len(groups)}",
            text=HINTS[request.interaction],
            question_ids=[question.id for question in group],
        )
        for number, group in enumerate(groups, 1)
    ]
    welcome = Zone(id="welcome", title=topic.title, text=topic.summary)
    ideas = Zone(id="ideas", title="The main ideas", text="Read the signs and walk along the row.")
    finish = Zone(id="finish", title="The end of the path", text="You have seen it all. Well done.")
    zones = [welcome, ideas, *stations, finish]
    return World(
        environment=request.environment or topic.environment,
        interaction=request.interaction,
        zones=zones,
        objects=_objects(topic, stations),
        checkpoints=[
            Checkpoint(id=f"reach-{zone.id}", zone=zone.id, title=zone.title) for zone in zones[1:]
        ],
        signs=[
            Sign(id=f"card-{number}", zone="ideas", title=title, text=text)
            for number, (title, text) in enumerate(topic.cards, 1)
        ],
    )


def _objects(topic: Topic, stations: list[Zone]) -> list[WorldObject]:
    """The row of the topic, and its words as exhibits, spread over the stations."""
    row = WorldObject(
        id="row", zone="ideas", kind="row", title=topic.row.title, labels=list(topic.row.labels)
    )
    exhibits = [
        WorldObject(
            id=f"word-{number}",
            zone=stations[number % len(stations)].id,
            kind="exhibit",
            title=term,
            text=f"{term}: {meaning}.",
            shape=SHAPES[number % len(SHAPES)],
            colour=COLOURS[number % len(COLOURS)],
        )
        for number, (term, meaning) in enumerate(topic.terms[:6])
    ]
    return [row, *exhibits]
