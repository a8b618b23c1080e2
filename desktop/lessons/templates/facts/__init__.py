"""What the topics say, read from the data files beside this module; and questions about facts."""

import functools
import itertools
import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Any

from desktop.lessons.schema import Subject
from desktop.lessons.templates.topic import (
    Draft,
    Row,
    Source,
    Topic,
    choose,
    endless,
    judge,
    match,
    order,
    write,
)

MATCHED = 4
"""Terms in one matching question."""


Drafts = Callable[[random.Random, int], Iterator[Draft]]


@functools.cache
def topics(subject: Subject) -> tuple[Topic, ...]:
    """The topics of a subject whose questions are facts, by grade and then by name."""
    found = [
        _topic(fields, subject, _drafts(fields)) for fields in _files(subject) if "choose" in fields
    ]
    return _sorted(found)


def parametric(subject: Subject, sources: Mapping[str, tuple[Source, ...]]) -> tuple[Topic, ...]:
    """The topics of a subject whose questions are drawn by `sources`, by the id of the topic."""
    return _sorted(
        [
            _topic(fields, subject, endless(*sources[fields["id"]]))
            for fields in _files(subject)
            if fields["id"] in sources
        ]
    )


def _sorted(found: list[Topic]) -> tuple[Topic, ...]:
    return tuple(sorted(found, key=lambda topic: (topic.grades, topic.id)))


def _files(subject: Subject) -> list[dict[str, Any]]:
    folder = resources.files(__name__).joinpath(subject)
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]


def _topic(fields: dict[str, Any], subject: Subject, drafts: Drafts) -> Topic:
    row_title, *labels = fields["row"]
    return Topic(
        id=fields["id"],
        subject=subject,
        title=fields["title"],
        grades=(fields["grades"][0], fields["grades"][1]),
        keywords=tuple(fields["keywords"]),
        summary=fields["summary"],
        objectives=tuple((bloom, text) for bloom, text in fields["objectives"]),
        terms=tuple((term, meaning) for term, meaning in fields["terms"]),
        cards=tuple((title, text) for title, text in fields["cards"]),
        drafts=drafts,
        row=Row(row_title, tuple(labels)),
        environment=fields["environment"],
        discuss=fields["discuss"],
    )


def _drafts(fields: dict[str, Any]) -> Drafts:
    def drafts(chance: random.Random, grade: int) -> Iterator[Draft]:  # noqa: ARG001
        pools = [
            [choose(level, ask, right, wrong, why)
             for level, ask, right, *wrong, why in fields["choose"]],
            [judge(level, said, truth, why)
             for truth, key in ((True, "true"), (False, "false"))
             for level, said, why in fields[key]],
            [write(level, ask, right, why, *also)
             for level, ask, why, right, *also in fields.get("write", [])]
            + [order(level, ask, right, why)
               for level, ask, why, *right in fields.get("order", [])]
            + _matches(fields, chance),
            _word_questions(fields, chance),
        ]  # fmt: skip
        mixed = [chance.sample(pool, len(pool)) for pool in pools]
        for drawn in itertools.zip_longest(*mixed):
            yield from (draft for draft in drawn if draft is not None)

    return drafts


def _word_questions(fields: dict[str, Any], chance: random.Random) -> list[Draft]:
    """For each term: which word has this meaning? The other terms are the wrong choices."""
    terms = [term for term, _ in fields["terms"]]
    return [
        choose(
            1,
            f"Which word or name fits: {meaning}?",
            term,
            chance.sample([other for other in terms if other != term], len(terms) - 1),
            f"{term[:1].upper()}{term[1:]}: {meaning}.",
        )
        for term, meaning in fields["terms"]
    ]


def _matches(fields: dict[str, Any], chance: random.Random) -> list[Draft]:
    pairs = chance.sample([(term, meaning) for term, meaning in fields["terms"]], MATCHED)
    told = " ".join(f"{term}: {meaning}." for term, meaning in pairs)
    return [match(2, "Match each word or name with what fits it.", pairs, told)]
