"""Luau source as tokens, with comments and strings kept apart, for the safety scan.

It judges nothing and never fails: what is no Luau is found by the compiler. Expressions inside
interpolated strings come out as tokens of their own, since code can hide there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "number", "string", "symbol", "comment", "odd"]


@dataclass(frozen=True)
class Token:
    """One token. `text` of a string is its content with simple escapes read; `raw` as written."""

    kind: Kind
    text: str
    line: int
    raw: str = ""


_SPACE = re.compile(r"\s+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(
    r"0[xX][0-9A-Fa-f_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?"
)
_LONG = re.compile(r"\[(=*)\[")
_SYMBOL = re.compile(r"\.\.\.|\.\.=|\.\.|::|->|//=|[=~<>+\-*/%^]=|//|.", re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u\{([0-9A-Fa-f]{1,8})\}|(\d{1,3})|z\s*|(.))", re.DOTALL
)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def lex(source: str) -> Iterator[Token]:
    """Yield the tokens of `source`; line numbers count from 1."""
    yield from _Lexer(source).tokens(until="")


def unescape(raw: str) -> str:
    """The content of a string literal as it will be, so that an escape hides no word."""
    return _ESCAPE.sub(_unescaped, raw)


def _unescaped(found: re.Match[str]) -> str:
    hexadecimal, code, decimal, plain = found.groups()
    if hexadecimal or code:
        number = int(hexadecimal or code, 16)
        return chr(number) if number <= 0x10FFFF else "?"
    if decimal:
        return chr(min(int(decimal), 255))
    return _PLAIN.get(plain, plain) if plain else ""


class _Lexer:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._line = 1

    def tokens(self, until: str) -> Iterator[Token]:
        """Yield tokens up to the end, or to the brace that closes an interpolation."""
        depth = 0
        while self._at < len(self._source):
            char = self._source[self._at]
            if char.isspace():
                found = _SPACE.match(self._source, self._at)
                self._skip(len(found[0]) if found else 1)
            elif until and depth == 0 and char == until:
                return
            else:
                depth += {"{": 1, "}": -1}.get(char, 0)
                yield from self._next(char)

    def _skip(self, count: int) -> str:
        text = self._source[self._at : self._at + count]
        self._line += text.count("\n")
        self._at += count
        return text

    def _next(self, char: str) -> Iterator[Token]:
        if self._source.startswith("--", self._at):
            yield self._comment()
        elif char in "\"'":
            yield self._quoted(char)
        elif char == "`":
            yield from self._interpolated()
        elif _LONG.match(self._source, self._at):
            yield self._long()
        else:
            yield self._word(char)

    def _word(self, char: str) -> Token:
        line = self._line
        kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (("name", _NAME), ("number", _NUMBER))
        for kind, pattern in kinds:
            found = pattern.match(self._source, self._at)
            if found:
                return Token(kind, self._skip(len(found[0])), line)
        if ord(char) > 127 or ord(char) < 32:
            return Token("odd", self._skip(1), line)
        found = _SYMBOL.match(self._source, self._at)
        return Token("symbol", self._skip(len(found[0]) if found else 1), line)

    def _comment(self) -> Token:
        line = self._line
        found = _LONG.match(self._source, self._at + 2)
        if found:
            return Token("comment", self._skip(2) + self._long().raw, line)
        end = self._source.find("\n", self._at)
        length = (end if end >= 0 else len(self._source)) - self._at
        return Token("comment", self._skip(length), line)

    def _long(self) -> Token:
        line = self._line
        found = _LONG.match(self._source, self._at)
        level = found[1] if found else ""
        opening = len(level) + 2
        end = self._source.find(f"]{level}]", self._at + opening)
        stop = end + opening if end >= 0 else len(self._source)
        raw = self._skip(stop - self._at)
        return Token("string", raw[opening : -opening if end >= 0 else None], line, raw)

    def _quoted(self, quote: str) -> Token:
        line = self._line
        end = self._at + 1
        while end < len(self._source) and self._source[end] != quote:
            if self._source[end] == "\n":
                break
            end += 2 if self._source[end] == "\\" else 1
        raw = self._skip(end + 1 - self._at)
        return Token("string", unescape(raw[1:-1]), line, raw)

    def _interpolated(self) -> Iterator[Token]:
        self._skip(1)
        line, parts = self._line, list[str]()
        while self._at < len(self._source) and self._source[self._at] != "`":
            if self._source[self._at] == "\\":
                parts.append(self._skip(2))
            elif self._source[self._at] == "{":
                self._skip(1)
                yield from self.tokens(until="}")
                self._skip(1)
            else:
                parts.append(self._skip(1))
        self._skip(1)
        raw = "".join(parts)
        yield Token("string", unescape(raw), line, f"`{raw}`")
