"""Every topic the templates can teach, and finding the one that a teacher means."""

import functools
import re

from desktop.lessons.request import LessonRequest, UnclearRequest, folded
from desktop.lessons.schema import Subject
from desktop.lessons.templates import computing, facts, history, mathematics
from desktop.lessons.templates.topic import Topic
from desktop.sentences import say

REACH = 2
"""A topic may be taught this many grades below or above its own, to repeat or to hurry."""


class UnknownTopic(UnclearRequest):
    """No template teaches this; the mend lists what there is for the grade."""


@functools.cache
def topics() -> tuple[Topic, ...]:
    """Every topic, by subject, grade and name. The first call reads the files of their words."""
    return (
        *mathematics.topics(),
        *facts.topics("science"),
        *history.topics(),
        *facts.topics("language"),
        *computing.topics(),
    )


def find(request: LessonRequest) -> Topic:
    """The topic that a request means.

    Raises:
        UnknownTopic: no template knows it, or none for this grade; says what there is.
    """
    named = [topic for topic in topics() if request.subject in (None, topic.subject)]
    found = [topic for topic in named if score(topic, request.topic)]
    if not found:
        raise UnknownTopic(
            say(
                "No template teaches '{topic}', and templates do not make things up.",
                topic=request.topic,
            ),
            mend=_what_there_is(request),
        )
    near = [topic for topic in found if _distance(topic, request.grade_level) <= REACH]
    if not near:
        reach = "; ".join(f"{topic.title}: {_grades(topic)}" for topic in found[:3])
        raise UnknownTopic(
            say(
                "The template for this does not fit {grade}. There is {reach}.",
                grade=grade_name(request.grade_level),
                reach=reach,
            ),
            mend=_what_there_is(request),
        )
    # Of several that fit alike, the first in the catalogue.
    return max(
        near,
        key=lambda topic: (
            score(topic, request.topic),
            -_distance(topic, request.grade_level),
        ),
    )


def for_grade(grade_level: int, subject: Subject | None = None) -> list[Topic]:
    """The topics meant for a grade, in the order of the catalogue."""
    return [
        topic
        for topic in topics()
        if topic.grades[0] <= grade_level <= topic.grades[1] and subject in (None, topic.subject)
    ]


def grade_name(grade_level: int) -> str:
    """`grade 4`, or `kindergarten`."""
    return say("grade {level}", level=grade_level) if grade_level else say("kindergarten")


def score(topic: Topic, sentence: str) -> int:
    """How well a topic fits a sentence: more and longer keywords found in it; 0 is not at all."""
    spaced = f" {_words(sentence)} "
    return sum(len(words) for words in _keywords(topic.id) if f" {words} " in spaced)


@functools.cache
def _keywords(topic_id: str) -> frozenset[str]:
    topic = next(topic for topic in topics() if topic.id == topic_id)
    return frozenset(_words(keyword) for keyword in (topic.title, *topic.keywords))


def _words(text: str) -> str:
    """Plain words without accents and without the ending of the plural."""
    words = re.findall(r"[^\W_]+", folded(text))
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def _distance(topic: Topic, grade_level: int) -> int:
    lowest, highest = topic.grades
    return max(lowest - grade_level, grade_level - highest, 0)


def _grades(topic: Topic) -> str:
    lowest, highest = topic.grades
    if lowest == highest:
        return grade_name(lowest)
    return say("{lowest} to {highest}", lowest=grade_name(lowest), highest=highest)


def _what_there_is(request: LessonRequest) -> str:
    offered = for_grade(request.grade_level, request.subject)
    if not offered:
        names = ", ".join(sorted({topic.title for topic in topics()}))
        return say("The templates teach: {names}.", names=names)
    by_subject: dict[str, list[str]] = {}
    for topic in offered:
        by_subject.setdefault(topic.subject, []).append(topic.title)
    offers = "; ".join(f"{name}: {', '.join(titles)}" for name, titles in by_subject.items())
    return say(
        "For {grade} the templates teach {offers}.",
        grade=grade_name(request.grade_level),
        offers=offers,
    )
