"""A sample lesson for each topic of the templates: the same ones, to the byte, each time."""

import datetime as dt
from collections.abc import Iterator

from desktop.lessons import templates
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.templates import catalogue

SEED = 1
MADE_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""Stands in every sample, so that none changes from one day to the next."""


def packages(grade_level: int | None = None) -> Iterator[tuple[str, LessonPackage]]:
    """The topic's id and its lesson, for its lowest grade; only those of a grade, if one is given.

    The id is made of letters, digits and hyphens, so that it can be a file's name.
    """
    for topic in catalogue.topics():
        lowest, highest = topic.grades
        if grade_level is not None and not lowest <= grade_level <= highest:
            continue
        request = LessonRequest(
            topic=topic.title,
            subject=topic.subject,
            grade_level=lowest if grade_level is None else grade_level,
        )
        *_, last = templates.generate(request, seed=SEED, now=MADE_AT)
        if last.package is None:
            raise ValueError("the generator ended without a package")
        yield topic.id, last.package
