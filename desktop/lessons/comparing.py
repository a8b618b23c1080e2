"""Two versions of a lesson side by side: which parts differ, and in which lines."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.classroom.questions import Question
from desktop.lessons import parts, quiz_round
from desktop.lessons.package import LessonPackage
from desktop.lessons.schema import PartName, Sign, WorldObject


@dataclass(frozen=True)
class Line:
    """A line of both versions; None where one of them has nothing beside the other."""

    before: str | None
    after: str | None

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.before != self.after


@dataclass(frozen=True)
class PartDiff:
    """A part that is not the same in both versions."""

    part: PartName
    lines: tuple[Line, ...]
    """All of it, those that are alike too."""


def compare(before: LessonPackage, after: LessonPackage) -> tuple[PartDiff, ...]:
    """The parts that differ, in the order in which a lesson is read."""
    return tuple(
        PartDiff(part, tuple(_side_by_side(lines_of(before, part), lines_of(after, part))))
        for part in parts.changed(before, after)
    )


def lines_of(package: LessonPackage, part: PartName) -> list[str]:
    """A part as lines to read."""
    match part:
        case "title":
            return [package.title]
        case "summary":
            return package.summary.splitlines()
        case "teacher_notes":
            return package.teacher_notes.splitlines()
        case "objectives":
            return [one.text for one in package.objectives]
        case "standards":
            return [f"{one.code}: {one.description}".rstrip(": ") for one in package.standards]
        case "activities":
            return [
                f"{one.title} ({one.minutes} min): {one.description}".rstrip(": ")
                for one in package.activities
            ]
        case "vocabulary":
            return [f"{one.term}: {one.definition}" for one in package.vocabulary]
        case "accommodations":
            return list(package.accommodations)
        case "quiz":
            return [line for one in package.quiz for line in _question(one)]
        case "world":
            return list(_world(package))


def _question(question: Question) -> list[str]:
    choices = f" ({', '.join(question.choices)})" if question.choices else ""
    return [f"{question.prompt}{choices} → {quiz_round.solution(question)}"]


def _world(package: LessonPackage) -> Iterator[str]:
    world = package.world
    yield f"{world.environment}, {world.interaction}"
    for zone in world.zones:
        yield f"{zone.title}: {zone.text}".rstrip(": ")
        things: list[Sign | WorldObject] = [*world.signs, *world.objects]
        for thing in things:
            if thing.zone == zone.id:
                yield f"{thing.title}: {thing.text}".rstrip(": ")


def _side_by_side(before: list[str], after: list[str]) -> Iterator[Line]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            yield from (Line(text, text) for text in before[a:b])
            continue
        left: list[str | None] = [*before[a:b], *[None] * max(0, (d - c) - (b - a))]
        right: list[str | None] = [*after[c:d], *[None] * max(0, (b - a) - (d - c))]
        yield from (Line(one, other) for one, other in zip(left, right, strict=True))
