"""What the five sample classes learn, week by week, from the lesson templates."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.lessons import templates
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import Subject
from desktop.lessons.templates import catalogue
from desktop.lessons.templates.topic import Topic

WEEKS = 10
"""Weeks of the term that lie behind."""
NEAR_GRADES = 1


@dataclass(frozen=True)
class Course:
    """A class of the sample school. `weekday` 0 is Monday: the day of its weekly lesson."""

    name: str
    subject: Subject
    grade_level: int
    room: str
    weekday: int
    hour: int
    teachers: int
    """How many of the sample teachers teach it."""


COURSES = (
    Course("Mathematics 4A", "mathematics", 4, "12", 0, 8, 1),
    Course("Science 5B", "science", 5, "Laboratory 2", 1, 9, 2),
    Course("Mathematics 6C", "mathematics", 6, "14", 2, 10, 1),
    Course("History 7A", "history", 7, "21", 3, 9, 2),
    Course("English 8B", "language", 8, "Library", 4, 8, 1),
)


def packages(course: Course, *, seed: int, now: dt.datetime) -> list[LessonPackage]:
    """A lesson for each week of the term, and one for the week to come."""
    topics = _topics(course)
    made = []
    for week in range(WEEKS + 1):
        topic = topics[week % len(topics)]
        request = LessonRequest(
            topic=topic.title, subject=topic.subject, grade_level=_grade(course, topic)
        )
        made.append(_last(templates.generate(request, seed=seed + week, now=now)))
    return made


def _topics(course: Course) -> list[Topic]:
    """What is meant for the class's grade, or for the grade beside it, in the catalogue's order."""
    near = [
        topic
        for topic in catalogue.topics()
        if topic.subject == course.subject
        and abs(_grade(course, topic) - course.grade_level) <= NEAR_GRADES
    ]
    return near or list(catalogue.topics())


def _grade(course: Course, topic: Topic) -> int:
    """The class's grade, or the nearest one that the topic is for."""
    lowest, highest = topic.grades
    return min(max(course.grade_level, lowest), highest)


def _last(stages: Iterator[templates.Stage]) -> LessonPackage:
    *_, last = stages
    if last.package is None:
        raise ValueError("the generator ended without a package")
    return last.package
