"""The data of a package as the place's own modules: what students may see, and what not."""

import hashlib
from collections.abc import Sequence

from desktop.classroom.questions import Question
from desktop.lessons.builder import activities
from desktop.lessons.builder.environments import STYLES
from desktop.lessons.builder.literal import Data, module
from desktop.lessons.package import LessonPackage


def content(package: LessonPackage, key: str) -> str:
    """The module `Content`: texts, questions without their answers, zones, light.

    `key` tells the lesson from others in the same place.
    """
    style = STYLES[package.world.environment]
    data: dict[str, Data] = {
        "key": key,
        "activity": activities.settings(package),
        "title": package.title,
        "summary": package.summary,
        "order": [question.id for question in package.quiz],
        "questions": {question.id: _question(question) for question in package.quiz},
        "zones": _zones(package),
        "checkpoints": [{"id": one.id, "title": one.title} for one in package.world.checkpoints],
        "exhibits": {
            thing.id: {"title": thing.title, "text": thing.text}
            for thing in package.world.objects
            if thing.kind == "exhibit"
        },
        "lighting": {
            "clock": style.light.clock,
            "brightness": style.light.brightness,
            "ambient": style.light.ambient,
            "air": style.light.air,
            "density": style.light.density,
            "haze": style.light.haze,
        },
    }
    return module(data, "What this lesson says and asks. Written by the Companion.")


def answers(package: LessonPackage) -> str:
    """The module `Answers`, which stays on the server: right answers, points, explanations."""
    data: dict[str, Data] = {
        question.id: {
            "kind": question.kind,
            "answer": question.answer,
            "points": question.points,
            "explanation": question.explanation,
        }
        for question in package.quiz
    }
    return module(data, "The right answers. They stay on the server, out of sight.")


def _question(question: Question) -> dict[str, Data]:
    shown: dict[str, Data] = {
        "id": question.id,
        "kind": question.kind,
        "prompt": question.prompt,
        "choices": question.choices,
    }
    if question.kind == "matching":
        shown["partners"] = mixed(question.answer)
    return shown


def mixed(partners: Sequence[str]) -> list[str]:
    """Partners in an order that tells nothing, and is the same in every build."""
    return sorted(partners, key=lambda text: hashlib.sha256(text.encode()).digest())


def _zones(package: LessonPackage) -> list[Data]:
    """Zones, and which objective is reached when all questions of a zone are right."""
    objectives = iter(package.objectives)
    zones: list[Data] = []
    for zone in package.world.zones:
        objective = next(objectives, None) if zone.question_ids else None
        zones.append(
            {
                "id": zone.id,
                "title": zone.title,
                "questions": zone.question_ids,
                "objective": objective.id if objective else "",
            }
        )
    return zones
