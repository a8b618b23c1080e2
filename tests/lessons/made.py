"""Lessons that the tests start from."""

import datetime as dt
import functools
import json
from typing import Any

from desktop.lessons import templates
from desktop.lessons.package import LessonPackage, dump
from desktop.lessons.request import LessonRequest, QuizRequest, from_sentence

NOW = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


def generated(request: LessonRequest, seed: int = 1) -> LessonPackage:
    """The package at the end of a generation."""
    *_, last = templates.generate(request, seed=seed, now=NOW)
    assert last.package is not None
    return last.package


@functools.cache
def fractions(questions: int = 8) -> LessonPackage:
    """Fractions on a number line, grade 4."""
    request = from_sentence("fractions on a number line, grade 4")
    return generated(request.model_copy(update={"quiz": QuizRequest(questions=questions)}))


def fields() -> dict[str, Any]:
    """The same lesson as plain data, to be spoiled."""
    return json.loads(dump(fractions()))
