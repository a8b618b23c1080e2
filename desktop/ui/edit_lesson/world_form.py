"""The page of the editor that holds the world: the drawing, and the zone that is chosen in it."""

from PySide6.QtWidgets import QWidget

from desktop.lessons.editing import Fields, Path, ids_in, new_id
from desktop.lessons.schema import ENVIRONMENTS, INTERACTIONS
from desktop.ui.edit_lesson.form import Form
from desktop.ui.parts.words import environment
from desktop.ui.strings import mark, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.beside import Beside
from desktop.ui.widgets.boxes import Part, column, holding
from desktop.ui.widgets.labels import label

INTERACTION_WORDS = {
    "explore": mark("Explore: find what is hidden"),
    "solve": mark("Solve: answers open the way"),
    "collaborate": mark("Work together: stations for two"),
    "simulate": mark("Simulate: turn the wheels and see"),
    "create": mark("Create: build in the workshop"),
}
SHAPES = {"block": mark("Block"), "ball": mark("Ball"), "cylinder": mark("Cylinder")}


def manner(form: Form) -> QWidget:
    """Where it plays, and how it is played."""
    environments = [(environment(one), one) for one in ENVIRONMENTS]
    interactions = [(tr(INTERACTION_WORDS[one]), one) for one in INTERACTIONS]
    return Beside(
        form.choice(("world", "environment"), tr("Where it plays"), environments),
        form.choice(("world", "interaction"), tr("How it is played"), interactions),
    )


def zones(form: Form) -> QWidget:
    """The zones in their order, and what stands in them."""
    there: list[Fields] = form.editing.fields["world"]["zones"]
    cards = [_zone(form, at, len(there)) for at in range(len(there))]
    return holding(
        column(
            *cards,
            form.adder(tr("Add a &zone"), ("world", "zones"), lambda: {
                "id": new_id(ids_in(there), "z"), "title": "", "text": "", "question_ids": []}),
            None,
            gap=tokens.SPACE_3,
            margins=(0, 0, 8, 8),
        )
    )  # fmt: skip


def _zone(form: Form, at: int, count: int) -> QWidget:
    path: Path = ("world", "zones", at)
    zone = form.editing.at(path)
    parts: list[Part] = [
        form.line((*path, "title"), tr("What it is called")),
        form.prose((*path, "text"), tr("What is read on arrival")),
        label(_asked(form, zone), "soft", wrap=True),
    ]
    parts += _things(form, zone, "signs")
    parts += _things(form, zone, "objects")
    return form.card(path, count, tr("Zone {number}", number=at + 1), *parts)


def _asked(form: Form, zone: Fields) -> str:
    numbers = {one["id"]: at for at, one in enumerate(form.editing.fields["quiz"], 1)}
    asked = [str(numbers[one]) for one in zone.get("question_ids", ()) if one in numbers]
    if not asked:
        return tr("No question is asked here.")
    return tr("Asked here: {questions}", questions=", ".join(asked))


def _things(form: Form, zone: Fields, kind: str) -> list[Part]:
    """The signs or objects that stand in a zone."""
    there: list[Fields] = form.editing.fields["world"][kind]
    made: list[Part] = []
    for at, thing in enumerate(there):
        if thing["zone"] != zone["id"]:
            continue
        path: Path = ("world", kind, at)
        name = tr("Sign") if kind == "signs" else tr("Object")
        fields: list[Part] = [
            form.line((*path, "title"), name),
            form.prose((*path, "text"), tr("What is written there")),
        ]
        if thing.get("kind") == "exhibit":
            shapes = [(tr(words), key) for key, words in SHAPES.items()]
            fields.append(form.choice((*path, "shape"), tr("Shape"), shapes))
        made.append(form.card(path, 1, name, *fields))
    return made
