"""How hard a text is to read: the Flesch-Kincaid grade level, for English prose."""

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyphen

FEWEST_WORDS = 100
"""The formula was made for passages of about this length; below, it says nothing."""

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SENTENCE = re.compile(r"[^.!?]*[A-Za-z][^.!?]*(?:[.!?]+|$)")


def grade(text: str) -> float | None:
    """The school grade of the United States that reads `text` with ease; None for too few words.

    J. P. Kincaid and others, "Derivation of new readability formulas for Navy enlisted
    personnel" (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59. Syllables are
    counted by the hyphenation of American English, which knows a few less than the ear.
    """
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(map(syllables_in, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def syllables_in(word: str) -> int:
    """About how many syllables an English word has; at least one."""
    return len(_hyphenation().positions(word.lower())) + 1


@functools.cache
def _hyphenation() -> "pyphen.Pyphen":
    import pyphen

    return pyphen.Pyphen(lang="en_US", left=1, right=2)
