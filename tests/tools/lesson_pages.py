"""Writes `docs/lessons.md`: six generated lessons, each with a picture of its world.

    python -m tests.tools.lesson_pages

The text comes from the lessons themselves, so that it cannot say what they do not.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from desktop.lessons import quiz_play
from desktop.lessons.builder import budget, build
from desktop.lessons.instances import Build
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import from_sentence
from desktop.lessons.schema import Environment, Interaction
from tests.lessons import made

DOCS = Path(__file__).parents[2] / "docs"
SIZE = (1000, 620)
TURN_DEG, TILT_DEG = -28.0, 32.0
"""The three-quarter view of the pictures: along the way, with the landmark behind."""

HEAD = """# Six generated lessons

What one sentence becomes without any AI: a plan, a quiz with answers that are right by
construction, and a world to walk through. The pictures are the app's own drawing of each world
from the side. Here are parts of each plan and quiz; the app shows all of it, and everything can
be changed there.

The same sentence, wishes and seed always make the same lesson, to the byte. This page is written by
`python -m tests.tools.lesson_pages`.
"""
STYLES: dict[Interaction, str] = {
    "explore": "students find every exhibit",
    "solve": "each right answer opens the next station, and a zone's last one lifts the barrier",
    "collaborate": "two partners press together at the end",
    "simulate": "students predict an experiment and then run it",
    "create": "students build in a workshop at the end",
}


@dataclass(frozen=True)
class Example:
    """One lesson of the page."""

    name: str
    sentence: str
    environment: Environment
    interaction: Interaction

    def package(self) -> LessonPackage:
        """Make it."""
        wishes = {"environment": self.environment, "interaction": self.interaction}
        return made.generated(from_sentence(self.sentence).model_copy(update=wishes), seed=7)


EXAMPLES = (
    Example("fractions", "fractions on a number line, grade 4", "outdoor", "explore"),
    Example("matter", "states of matter, grade 5", "laboratory", "simulate"),
    Example("rome", "ancient Rome, grade 6", "historical", "solve"),
    Example("language", "figurative language, grade 5", "fantasy", "create"),
    Example("planets", "the solar system, grade 5", "space_station", "collaborate"),
    Example("algorithms", "algorithms, grade 6", "futuristic", "explore"),
)


def page() -> str:
    """The text of the page."""
    sections = []
    for one in EXAMPLES:
        lesson = one.package()
        sections.append(_section(one, lesson, build(lesson, lesson_id=one.name, telemetry=None)))
    return "\n".join([HEAD, *sections])


def _section(example: Example, lesson: LessonPackage, place: Build) -> str:
    cost = budget.measure(place)
    environment = example.environment.replace("_", " ")
    easy, hard = lesson.quiz[0], lesson.quiz[-1]
    lines = [
        f"## {lesson.title}",
        "",
        f"> {example.sentence}",
        "",
        f"![The world of this lesson: {environment}](images/lesson-{example.name}.png)",
        "",
        f"World *{environment}*, style *{example.interaction}*: {STYLES[example.interaction]}.",
        f"{cost.instances} instances, {cost.parts_in_view} parts in view.",
        "",
        "**Objectives**",
        "",
        *(f"* {one.text} ({one.bloom})" for one in lesson.objectives),
        "",
        f"**Plan** ({lesson.timing.minutes} minutes)",
        "",
        *(
            f"{number}. {one.title}, {one.minutes} min"
            for number, one in enumerate(lesson.activities, 1)
        ),
        "",
        f"**Quiz**, the first and the last of {len(lesson.quiz)} questions",
        "",
    ]
    for question in (easy, hard):
        right = quiz_play.right_answer(question)
        lines.append(f"* {question.prompt}")
        if question.choices:
            lines.append(f"  Choices: {', '.join(question.choices)}.")
        told = right if isinstance(right, str) else ", ".join(right)
        lines.append(f"  Answer: **{told}**. {question.explanation}")
    return "\n".join([*lines, ""])


def pictures(out: Path) -> None:
    """Draw each world with the app's own view."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop.lessons import preview
    from desktop.ui.parts.world_view import WorldView

    keep = QApplication.instance() or QApplication([])
    for one in EXAMPLES:
        lesson = one.package()
        view = WorldView()
        view.resize(*SIZE)
        view.show_scene(preview.scene(lesson, build(lesson, lesson_id=one.name, telemetry=None)))
        view.look("free")
        view._turn, view._tilt = TURN_DEG, TILT_DEG
        view._look_anew()
        view.grab().save(str(out / f"lesson-{one.name}.png"))
    del keep


def main() -> int:
    """Write the page and its pictures."""
    (DOCS / "lessons.md").write_text(page(), encoding="utf-8")
    pictures(DOCS / "images")
    return 0


if __name__ == "__main__":
    sys.exit(main())
