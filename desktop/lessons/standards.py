"""Curriculum standards: whether a code stands in a published list, and what field it is about."""

import functools
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from desktop.lessons.schema import Standard

FILE = "standards.toml"
_ITEM = re.compile(r"(?:(?P<cluster>[A-Z])\.)?(?P<first>\d+)(?:-(?P<last>\d+))?(?P<letters>[a-z]*)")
_BRACES = re.compile(r"\{(?P<choices>[^}]*)\}")


@dataclass(frozen=True)
class Listed:
    """One code of a published list. `description` is our own and names the field only."""

    code: str
    description: str
    published_in: str
    source: str
    """Where the list is published."""


def find(code: str) -> Listed | None:
    """The standard that `code` names, however it is written, or None when no list has it."""
    return _listed().get(_key(code))


def mark(given: Standard) -> Standard:
    """The same standard, `verified` exactly when its code stands in a list.

    What a file or a model says about `verified` counts for nothing: the list alone does.
    """
    listed = find(given.code)
    if listed is None:
        return given.model_copy(update={"verified": False})
    description = given.description or listed.description
    return given.model_copy(update={"verified": True, "description": description})


def from_codes(codes: Iterable[str]) -> list[Standard]:
    """Standards from bare codes, each once and marked."""
    return [mark(Standard(code=code)) for code in dict.fromkeys(codes)]


def published() -> list[str]:
    """Every code that is known, as its publisher writes it."""
    return list(dict.fromkeys(listed.code for listed in _listed().values()))


def _key(code: str) -> str:
    """How a code is compared: publishers write HSA-REI.B.3 and HSA.REI.B.3, 3a and 3.A."""
    plain = "".join(code.split()).casefold().replace("-", ".")
    return re.sub(r"(?<=\d)\.(?=[a-z]$)", "", plain)


@functools.cache
def _listed() -> Mapping[str, Listed]:
    text = resources.files("desktop.lessons").joinpath(FILE).read_text(encoding="utf-8")
    known: dict[str, Listed] = {}
    for document in tomllib.loads(text)["list"]:
        for stem, items in document["codes"].items():
            for group in _groups(stem):
                for tail in _tails(items):
                    _add(known, document, group, tail)
    return known


def _add(known: dict[str, Listed], document: Mapping[str, Any], group: str, tail: str) -> None:
    short = f"{group}{document['between']}{tail}"
    listed = Listed(
        code=short,
        description=_description(document, group),
        published_in=document["name"],
        source=document["source"],
    )
    for prefix in ("", document["prefix"], *document["also"]):
        known[_key(prefix + short)] = listed


def _description(document: Mapping[str, Any], group: str) -> str:
    pieces = re.split(r"[.-]", group)
    field = next(document["fields"][piece] for piece in pieces if piece in document["fields"])
    grade = group
    for piece in (one for one in pieces if one in document["fields"]):
        grade = grade.replace(piece, "")
    grade = grade.strip(".-")
    return f"{document['subject']}: {field}{_in_grade(grade)}"


def _in_grade(grade: str) -> str:
    named = {"K": "kindergarten", "MS": "middle school", "HS": "high school"}
    if grade in named:
        return f", {named[grade]}"
    return f", grade {grade}" if grade[:1].isdigit() else ""


def _groups(stem: str) -> Iterator[str]:
    """`RL.{K,1}` gives `RL.K` and `RL.1`."""
    found = _BRACES.search(stem)
    if found is None:
        yield stem
        return
    for choice in found["choices"].split(","):
        yield stem[: found.start()] + choice + stem[found.end() :]


def _tails(items: str) -> Iterator[str]:
    """`A.1-2 B.3ab` gives A.1, A.2, B.3, B.3a and B.3b."""
    for item in items.split():
        parsed = _ITEM.fullmatch(item)
        if parsed is None:
            raise ValueError(f"{FILE}: {item}")
        cluster = f"{parsed['cluster']}." if parsed["cluster"] else ""
        first = int(parsed["first"])
        numbers = range(first, int(parsed["last"] or first) + 1)
        letters = ("", *parsed["letters"])
        for number, letter in itertools.product(numbers, letters):
            yield f"{cluster}{number}{letter}"
