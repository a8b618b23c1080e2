"""Languages that nobody speaks: what a translation does to the window, and what escapes one.

German's words are longer and have accents; Arabic's run from right to left. Both keep the gaps that
values fill, and access keys. In German every sentence stands in brackets, so that a sentence that
was never translated can be told from one that was.
"""

import re
from collections.abc import Callable

OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.4
"""German needs so much more room than English, by the rule of thumb of those who translate."""
_GAP = re.compile(r"(\{[^}]*\})")
_ACCENTS = str.maketrans("aouAOUsy", "äöüÄÖÜßÿ")
_ARABIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "ابجدهوزحطيكلمنسعفصقرشتثخذض", strict=True))


def german(text: str, _count: int) -> str:
    """`text` with every word longer and accented, in brackets."""
    return OPEN + _outside_gaps(text, _longer) + CLOSE


def arabic(text: str, _count: int) -> str:
    """`text` in the letters of Arabic."""
    return _outside_gaps(text, lambda part: "".join(_ARABIC.get(one.lower(), one) for one in part))


def _longer(part: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda found: _long_word(found.group()), part)


def _long_word(word: str) -> str:
    accented = word.translate(_ACCENTS)
    more = max(1, round(len(word) * LONGER)) if len(word) > 3 else 0
    return accented + ("en" * more)[:more]


def _outside_gaps(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if at % 2 else change(part) for at, part in enumerate(_GAP.split(text)))


def untranslated(text: str) -> str:
    """What of `text` stands in no brackets: data, or a sentence that escaped."""
    depth, rest = 0, []
    for one in text:
        depth += {OPEN: 1, CLOSE: -1}.get(one, 0)
        if depth == 0 and one != CLOSE:
            rest.append(one)
    return "".join(rest).strip()


def words(text: str) -> set[str]:
    """The words of `text`, in small letters and without access keys."""
    return set(re.findall(r"[^\W\d_]{3,}", text.replace("&", "").casefold()))
