"""What a template knows of one topic: its words, its cards, and how to draw questions about it."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop.classroom.questions import QuestionKind
from desktop.lessons.schema import Bloom, Environment, Subject


@dataclass(frozen=True)
class Draft:
    """A question without its id and without an order of choices.

    `level` is 1 to 3. For ordering, `right` is the order; for matching, `left` are the things
    and `right` their partners.
    """

    kind: QuestionKind
    level: int
    prompt: str
    right: str | tuple[str, ...]
    wrong: tuple[str, ...] = ()
    why: str = ""
    left: tuple[str, ...] = ()


Source = Callable[[random.Random, int], Draft]
"""Draws one question from chance, for a grade."""


@dataclass(frozen=True)
class Row:
    """Things in an order that can be walked along: marks, dates, links of a chain."""

    title: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """One thing the templates can teach.

    `drafts` draws questions for (chance, grade): all it has, or without end where it is
    parametric. `keywords` are what a sentence may call it, in English and Spanish.
    """

    id: str
    subject: Subject
    title: str
    grades: tuple[int, int]
    keywords: tuple[str, ...]
    summary: str
    objectives: tuple[tuple[Bloom, str], ...]
    terms: tuple[tuple[str, str], ...]
    cards: tuple[tuple[str, str], ...]
    drafts: Callable[[random.Random, int], Iterator[Draft]]
    row: Row
    environment: Environment = "classroom"
    discuss: str = "Where do you meet this outside school? Share one example with a partner."


def endless(*sources: Source) -> Callable[[random.Random, int], Iterator[Draft]]:
    """Draw from each of `sources` in turn, for ever."""

    def drafts(chance: random.Random, grade: int) -> Iterator[Draft]:
        while True:
            for source in sources:
                yield source(chance, grade)

    return drafts


def choose(level: int, prompt: str, right: object, wrong: Iterable[object], why: str) -> Draft:
    """A multiple-choice question; of `wrong`, the first three that differ from all others stay."""
    answer = str(right)
    others = [text for text in dict.fromkeys(str(one) for one in wrong) if text != answer]
    return Draft("multiple_choice", level, prompt, answer, tuple(others[:3]), why)


def write(level: int, prompt: str, right: object, why: str, *also: object) -> Draft:
    """A question answered in writing; `also` are other spellings that count."""
    spellings = tuple(dict.fromkeys(str(one) for one in (right, *also)))
    return Draft("short_answer", level, prompt, spellings, (), why)


def judge(level: int, statement: str, truth: bool, why: str) -> Draft:
    """True or false."""
    return Draft("true_false", level, f"True or false? {statement}", str(truth).lower(), (), why)


def order(level: int, prompt: str, right: Sequence[object], why: str) -> Draft:
    """Put things in order; `right` is the order."""
    return Draft("ordering", level, prompt, tuple(str(one) for one in right), (), why)


def match(level: int, prompt: str, pairs: Sequence[tuple[str, str]], why: str) -> Draft:
    """Find each thing's partner."""
    left, right = zip(*pairs, strict=True)
    return Draft("matching", level, prompt, tuple(right), (), why, left=tuple(left))
