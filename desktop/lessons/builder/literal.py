"""Plain data as Luau source: nothing in a text can ever become code."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence

Data = str | bool | int | float | None | Sequence["Data"] | Mapping[str, "Data"]

LINE = 100
"""Letters of a text on one line; a longer one is joined from several."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)
"""Letters that do not show themselves: controls, direction marks, private use, tags.

A list of our own rather than Unicode's categories, which grow with each version of Python.
"""

_KEYWORDS = frozenset(
    (
        "and", "break", "continue", "do", "else", "elseif", "end", "export", "false", "for",
        "function", "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true",
        "type", "until", "while",
    )
)  # fmt: skip


def module(value: Data, comment: str) -> str:
    """A whole ModuleScript that returns `value`; `comment` is ours, never a teacher's text."""
    return f"--!strict\n-- {comment}\n\nreturn {literal(value)}\n"


def literal(value: Data, depth: int = 0) -> str:
    """Write `value` as a Luau expression. Keys are sorted, so the same data is the same text.

    Raises:
        ValueError: a number is infinite or none at all.
    """
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, str):
        return text(value, depth)
    return _table(value, depth)


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value} has no literal")
    whole = int(value)
    return str(whole) if whole == value and abs(whole) < 2**53 else repr(float(value))


def _table(value: "Sequence[Data] | Mapping[str, Data]", depth: int) -> str:
    if not value:
        return "{}"
    if isinstance(value, Mapping):
        entries = [f"{_key(key)} = {literal(value[key], depth + 1)}" for key in sorted(value)]
    else:
        entries = [literal(one, depth + 1) for one in value]
    inner = "\t" * (depth + 1)
    return "{\n" + "".join(f"{inner}{entry},\n" for entry in entries) + "\t" * depth + "}"


def _key(key: str) -> str:
    plain = key.isascii() and key.isidentifier() and key not in _KEYWORDS
    return key if plain else f"[{quoted(key)}]"


def text(value: str, depth: int) -> str:
    """A text, joined from several lines when it is long."""
    if len(value) <= LINE:
        return quoted(value)
    joint = "\n" + "\t" * (depth + 1) + ".. "
    return joint.join(quoted(piece) for piece in _pieces(value))


def _pieces(value: str) -> Iterator[str]:
    """Cut after a space where there is one, so that the pieces can be read."""
    while len(value) > LINE:
        cut = value.rfind(" ", 0, LINE) + 1 or LINE
        yield value[:cut]
        value = value[cut:]
    if value:
        yield value


def quoted(value: str) -> str:
    """One text in double quotes. Whatever does not show itself is written as its number.

    Half of a surrogate pair is no letter and becomes U+FFFD.
    """
    return '"' + "".join(_letter(letter) for letter in value) + '"'


def _letter(letter: str) -> str:
    escaped = _ESCAPES.get(letter)
    if escaped:
        return escaped
    if "\ud800" <= letter <= "\udfff":
        return "\\u{FFFD}"
    return f"\\u{{{ord(letter):X}}}" if _HIDDEN.match(letter) else letter
