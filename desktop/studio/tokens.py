"""Luau source as tokens, with comments and strings kept apart, for the safety scan.

It judges nothing and never fails: what is no Luau is found by the compiler. The rules are those of
Luau's own lexer (https://github.com/luau-lang/luau, Ast/src/Lexer.cpp) where a difference would
hide code: a carriage return ends a comment, `\\z` goes on over line ends, `\\u{...}` opens no
interpolation. Expressions inside interpolated strings come out as tokens of their own.

A megabyte has to be read between a click and its effect, so one regular expression reads all
plain code at once; only interpolated strings and long brackets with a level are found one by one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal

Kind = Literal["name", "number", "string", "symbol", "comment", "odd"]


@dataclass(frozen=True)
class Token:
    """One token. `text` of a string is its content with simple escapes read; `raw` as written."""

    kind: Kind
    text: str
    line: int
    raw: str = ""


_ESCAPED = r"\\(?:z\s*+|\r\n|(?s:.))"
_COMMENT = r"--(?!\[=*\[)[^\r\n\0]*+|--\[\[(?s:.*?)(?:\]\]|\Z)"
_QUOTED = rf'"(?:[^"\\\r\n]++|{_ESCAPED})*+"?|' rf"'(?:[^'\\\r\n]++|{_ESCAPED})*+'?"
_LONG = r"\[\[(?s:.*?)(?:\]\]|\Z)"
_CODE = re.compile(
    rf"(?:\s++|{_COMMENT})*+([A-Za-z_][A-Za-z0-9_]*+|{_QUOTED}|{_LONG}"
    r"|\.?[0-9][0-9._]*+(?:[eE][+-]?)?+[A-Za-z0-9_]*+"
    r"|\.\.\.|\.\.=?|::|->|//=|[=~<>+\-*/%^]=|//|[^\s]|\Z)"
)
"""Every token but interpolated strings and long brackets with a level, and what stands before it.

It fails nowhere, so that no text makes it slow; at the end it finds an empty token.
"""
_LANDMARK = re.compile(rf"{_COMMENT}|{_QUOTED}|{_LONG}|(?:--)?\[=++\[|[`{{}}]")
"""What has to be looked at to know where those two begin and end."""
_PIECE = re.compile(r"(?:[^`\\{]++|\\u\{|" + _ESCAPED + r")*+")
_UNESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,8})\}|(\d{1,3})|z\s*|(.))", re.DOTALL
)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_LEVELLED = re.compile(r"\[(=+)\[(.*)\]\1\]|\[=+\[(.*)", re.DOTALL)

Span = tuple[int, int]


@dataclass(frozen=True)
class _Whole:
    """A token that the expression for plain code cannot read; `raw` is as written."""

    start: int
    raw: str


class Code:
    """The tokens of a source without its comments, as they are written.

    `raws` are their texts, in order; an interpolated string follows its expressions. `kind`,
    `text` and `line` say more of one.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts = list(_parts(source))
        self.raws: list[str] = []
        for part in self._parts:
            self.raws += [part.raw] if isinstance(part, _Whole) else self._plain(part)

    def line(self, index: int) -> int:
        """The line that token `index` begins in, from 1."""
        return bisect_right(self._line_starts, self._starts[index])

    def tokens(self) -> Iterator[Token]:
        """Every token with all there is to know of it."""
        for index, raw in enumerate(self.raws):
            yield Token(kind_of(raw), text_of(raw), self.line(index), raw)

    def _plain(self, part: Span) -> Iterator[str]:
        return filter(None, _CODE.findall(self._source, *part))

    @cached_property
    def _starts(self) -> Sequence[int]:
        """Where each token begins. Made only when something was found: it takes a while."""
        starts: list[int] = []
        for part in self._parts:
            if isinstance(part, _Whole):
                starts.append(part.start)
            else:
                found = _CODE.finditer(self._source, *part)
                starts += [each.start(1) for each in found if each[1]]
        return starts

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        lengths = (len(line) + 1 for line in self._source.split("\n"))
        return list(accumulate(lengths, initial=0))


def lex(source: str) -> Iterator[Token]:
    """Yield the tokens of `source` without its comments; line numbers count from 1."""
    yield from Code(source).tokens()


def kind_of(raw: str) -> Kind:
    """What kind of token is written as `raw`."""
    first = raw[0]
    if first in "\"'`" or raw[:2] in {"[[", "[="}:
        return "string"
    if "a" <= first <= "z" or "A" <= first <= "Z" or first == "_":
        return "name"
    if "0" <= first <= "9" or (first == "." and raw[1:2].isdigit()):
        return "number"
    return "symbol" if " " < first <= "~" else "odd"


def text_of(raw: str) -> str:
    """A string's content as it will be, so that an escape hides no word; else `raw` itself."""
    first = raw[0]
    if first in "\"'`":
        return unescape(raw[1:-1])
    if raw[:2] == "[[":
        return raw[2:-2]
    if raw[:2] == "[=":
        found = _LEVELLED.fullmatch(raw)
        return (found[2] or found[3] or "") if found else raw
    return raw


def unescape(raw: str) -> str:
    """The content of a string literal as it will be."""
    return _UNESCAPE.sub(_unescaped, raw) if "\\" in raw else raw


def _unescaped(found: re.Match[str]) -> str:
    hexadecimal, code, decimal, plain = found.groups()
    if hexadecimal or code:
        number = int(hexadecimal or code, 16)
        return chr(number) if number <= 0x10FFFF else "?"
    if decimal:
        return chr(min(int(decimal), 255))
    return _PLAIN.get(plain, plain) if plain else ""


def _parts(source: str) -> Iterator[Span | _Whole]:
    """The source as stretches of plain code, and the tokens between them that are not plain."""
    if "`" in source or "[=" in source:
        yield from _Cutter(source).parts()
    else:
        yield 0, len(source)


class _Cutter:
    """Finds interpolated strings and long brackets with a level."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._open: list[tuple[int, list[str]]] = []
        """Strings whose interpolation is being read: where each begins, and its pieces so far."""
        self._braces: list[int] = [0]
        """Braces open in the code outside, and in each interpolation."""

    def parts(self) -> Iterator[Span | _Whole]:
        """See `_parts`."""
        code_from = 0
        while (found := _LANDMARK.search(self._source, self._at)) is not None:
            mark = found[0]
            self._at = found.end()
            part: _Whole | None = None
            if mark == "{":
                self._braces[-1] += 1
                continue
            if mark == "}" and (self._braces[-1] or not self._open):
                self._braces[-1] -= 1
                continue
            if mark == "`":
                self._open.append((found.start(), []))
                part = self._piece()
            elif mark == "}":
                self._braces.pop()
                part = self._piece()
            elif mark.endswith("[") and "[=" in mark:
                part = self._levelled(found.start(), mark)
            else:
                continue  # a comment or a string, which is plain code
            yield code_from, found.start()
            code_from = self._at
            if part is not None:
                yield part
        yield code_from, len(self._source)
        for start, pieces in reversed(self._open):
            yield _Whole(start, f"`{''.join(pieces)}`")

    def _piece(self) -> _Whole | None:
        """Read on in an interpolated string; returns it when it ends here."""
        found = _PIECE.match(self._source, self._at)
        text = found[0] if found else ""
        start, pieces = self._open[-1]
        pieces.append(text)
        end = self._at + len(text)
        self._at = min(end + 1, len(self._source))
        if self._source[end : end + 1] == "{":
            self._braces.append(0)
            return None
        self._open.pop()
        return _Whole(start, f"`{''.join(pieces)}`")

    def _levelled(self, start: int, mark: str) -> _Whole | None:
        """Read a long bracket to its end; None when it is a comment."""
        end = self._source.find(f"]{mark.strip('-[')}]", self._at)
        closing = len(mark.lstrip("-"))
        self._at = end + closing if end >= 0 else len(self._source)
        return None if mark[0] == "-" else _Whole(start, self._source[start : self._at])
