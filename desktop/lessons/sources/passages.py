"""Cuts a text into passages short enough to be cited, at paragraphs and ends of sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 1_200
"""Letters of one passage: about a printed paragraph or two."""
SHORTEST = 200
"""Shorter paragraphs (headings, list items) are joined with what follows."""
MOST = 100

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SENTENCE_END = re.compile(r"(?<=[.!?…。])\s+")


@dataclass(frozen=True)
class Cut:
    """Passages with their pages; `left_out` says that there was more."""

    passages: list[tuple[int | None, str]]
    left_out: bool


def cut(pages: Iterable[tuple[int | None, str]]) -> Cut:
    """The passages of a text, page by page; a passage never crosses a page."""
    found: list[tuple[int | None, str]] = []
    for page, text in pages:
        for passage in _of_page(text):
            if len(found) == MOST:
                return Cut(found, left_out=True)
            found.append((page, passage))
    return Cut(found, left_out=False)


def printable(text: str) -> str:
    """Without what no board can show."""
    return _UNPRINTABLE.sub("", text)


def _of_page(text: str) -> Iterator[str]:
    clean = printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    waiting = ""
    for block in re.split(r"\n\s*\n", clean):
        paragraph = " ".join(block.split())
        if not paragraph:
            continue
        if waiting and len(waiting) + len(paragraph) >= LONGEST:
            yield waiting
            waiting = ""
        waiting = f"{waiting} {paragraph}".strip()
        if len(waiting) > LONGEST:
            *whole, waiting = _shortened(waiting)
            yield from whole
        if len(waiting) >= SHORTEST:
            yield waiting
            waiting = ""
    if waiting:
        yield waiting


def _shortened(paragraph: str) -> list[str]:
    """Pieces of at most LONGEST letters, ending where a sentence does, if one does."""
    pieces = [""]
    for sentence in _SENTENCE_END.split(paragraph):
        if pieces[-1] and len(pieces[-1]) + len(sentence) >= LONGEST:
            pieces.append("")
        pieces[-1] = f"{pieces[-1]} {sentence}".strip()
    return [
        piece[start : start + LONGEST]
        for piece in pieces
        for start in range(0, len(piece), LONGEST)
    ]
