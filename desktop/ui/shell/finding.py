"""Finding in the palette: what a few typed letters mean, the best first. Knows no Qt."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WHOLE, BEGINS_WORD, INSIDE, SCATTERED = 100, 80, 50, 20
"""How well a typed word fits: the title begins with it, a word does, it stands inside, or its
letters come one after another with gaps."""
RECENT = 30
"""What the latest choice gains; earlier ones gain less."""
LEAST_SCATTERED = 2
"""One letter alone is looked for at the beginning of words or inside, never as a scattered one."""


@dataclass(frozen=True)
class Entry:
    """Something the palette offers."""

    key: str
    """The same for the same thing at every opening, so that it is known again."""
    title: str
    run: Callable[[], object]
    note: str = ""
    """At the far end of the line: the keys of a command, or where something belongs."""
    icon: str = ""
    also: str = ""
    """Other words that find it."""


def folded(text: str) -> str:
    """`text` without case and without marks on its letters: `Ñandú` is `nandu`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def rank(entries: Sequence[Entry], typed: str, recent: Sequence[str] = ()) -> list[Entry]:
    """The entries that fit what is typed, the best first.

    `recent` are the keys of earlier choices, the latest first. With nothing typed they come
    first, and the rest follows in its own order.
    """
    words = folded(typed).split()
    latest = {key: RECENT - at for at, key in enumerate(recent[:RECENT])}
    scored = []
    for at, entry in enumerate(entries):
        fit = _fit(words, entry)
        if fit is not None:
            scored.append((-(fit + latest.get(entry.key, 0)), at, entry))
    scored.sort(key=lambda one: one[:2])
    return [entry for _, _, entry in scored]


def _fit(words: list[str], entry: Entry) -> float | None:
    """How well every typed word fits; None when one does not."""
    title, also = folded(entry.title), folded(entry.also)
    total = 0.0
    for word in words:
        found = _word_fit(word, title) or 0.5 * (_word_fit(word, also) or 0)
        if not found:
            return None
        total += found
    return total / max(1, len(words))


def _word_fit(word: str, text: str) -> float:
    if text.startswith(word):
        return WHOLE
    at = text.find(word)
    while at > 0:
        if not text[at - 1].isalnum():
            return BEGINS_WORD
        later = text.find(word, at + 1)
        if later < 0:
            return INSIDE
        at = later
    return _scattered(word, text)


def _scattered(word: str, text: str) -> float:
    """The letters of `word` in their order, the first at the beginning of a word; 0 when not."""
    if len(word) < LEAST_SCATTERED:
        return 0
    best = 0.0
    for start, letter in enumerate(text):
        if letter == word[0] and (start == 0 or not text[start - 1].isalnum()):
            end = _end_of(word, text, start)
            if end is not None:
                best = max(best, SCATTERED * len(word) / (end - start))
    return best


def _end_of(word: str, text: str, start: int) -> int | None:
    at = start
    for letter in word:
        at = text.find(letter, at) + 1
        if not at:
            return None
    return at
