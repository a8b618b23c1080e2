"""Two values side by side: which words, entries or answers differ. No Qt."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

CONTEXT = 60
"""So many characters of what is alike stand around what differs."""


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and whether the other side has them too."""

    text: str
    differs: bool


def of_texts(mine: str, theirs: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; long stretches that are alike are cut short."""
    left, right = _words(mine), _words(theirs)
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    one: list[Piece] = []
    other: list[Piece] = []
    for what, a, b, c, d in matcher.get_opcodes():
        differs = what != "equal"
        for pieces, text in ((one, "".join(left[a:b])), (other, "".join(right[c:d]))):
            if text:
                pieces.append(Piece(text if differs else _short(text), differs))
    return tuple(one), tuple(other)


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _short(text: str) -> str:
    return text if len(text) <= 2 * CONTEXT else f"{text[:CONTEXT]}… …{text[-CONTEXT:]}"


def of_entries(own: object, other: object) -> list[str] | None:
    """What a list or a set of values by name has that the other side has not, or has otherwise.

    None where the values are of no such kind.
    """
    if isinstance(own, list) and isinstance(other, list):
        return [_named(one) for one in own if one not in other]
    if isinstance(own, Mapping) and isinstance(other, Mapping):
        return [
            f"{key}: {_named(value)}"
            for key, value in own.items()
            if key not in other or other[key] != value
        ]
    return None


def _named(entry: object) -> str:
    if isinstance(entry, Mapping):
        for key in ("prompt", "title", "name", "text", "id"):
            if entry.get(key):
                return str(entry[key])
        return "…"
    if isinstance(entry, float) and entry == int(entry):
        return str(int(entry))
    return str(entry)
