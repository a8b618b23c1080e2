"""Lessons wished for in numbers: of every subject, grade, world, style and difficulty."""

import dataclasses
import itertools
from typing import get_args

from desktop.classroom.questions import Difficulty
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import ENVIRONMENTS, INTERACTIONS
from desktop.lessons.templates import catalogue
from tests.lessons import made

DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)
QUESTIONS = (5, 8, 12)


@dataclasses.dataclass(frozen=True)
class Wish:
    """One lesson to make: of a topic, at a grade, from a seed, in one of all kinds of world."""

    topic: str
    subject: str
    grade: int
    environment: str
    interaction: str
    difficulty: Difficulty
    questions: int
    seed: int

    def package(self) -> LessonPackage:
        """Make it."""
        fields = {
            "topic": self.topic,
            "subject": self.subject,
            "grade_level": self.grade,
            "environment": self.environment,
            "interaction": self.interaction,
            "difficulty": self.difficulty,
            "quiz": {"questions": self.questions},
        }
        return made.generated(LessonRequest.model_validate(fields), self.seed)


def wishes(count: int) -> list[Wish]:
    """So many lessons, spread over every subject, grade, environment, style and difficulty."""
    pairs = [
        (topic, grade)
        for topic in catalogue.topics()
        for grade in range(topic.grades[0], topic.grades[1] + 1)
    ]
    # A step that shares no divisor with the number of pairs visits each before any comes again.
    step = next(one for one in itertools.count(len(pairs) * 5 // 8) if _coprime(one, len(pairs)))
    found = []
    for seed in range(count):
        topic, grade = pairs[seed * step % len(pairs)]
        found.append(
            Wish(
                topic.title,
                topic.subject,
                grade,
                ENVIRONMENTS[seed % len(ENVIRONMENTS)],
                INTERACTIONS[(seed + seed // 45) % len(INTERACTIONS)],
                DIFFICULTIES[(seed + seed // 36) % len(DIFFICULTIES)],
                QUESTIONS[seed // 4 % len(QUESTIONS)],
                seed,
            )
        )
    return found


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1
