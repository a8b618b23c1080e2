"""What a lesson's folders are called in a place, so that several lessons fit into one."""

import hashlib
import unicodedata

LONGEST = 32
"""Letters of the topic in a folder's name."""


def key(lesson_id: str) -> str:
    """Six letters and digits that stand for a lesson, the same in every version of it."""
    return hashlib.sha256(lesson_id.encode()).hexdigest()[:6]


def folder(topic: str, lesson_id: str) -> str:
    """The name of a lesson's folders: its topic, cut short, and its key.

    The topic rather than the title, which a teacher polishes from version to version: a lesson
    that is called otherwise would land beside its older self.
    """
    plain = "".join(letter if _is_plain(letter) else " " for letter in topic)
    words = unicodedata.normalize("NFC", " ".join(plain.split()))
    if len(words) > LONGEST:
        cut = words[: LONGEST + 1].rfind(" ")
        words = words[: cut if cut > 0 else LONGEST]
    return f"{words or 'Lesson'} {key(lesson_id)}"


def _is_plain(letter: str) -> bool:
    """Letters, their marks, digits and hyphens: what no path and no script reads otherwise.

    Told by the one version of Unicode that every Python carries besides its own, which grows: a
    build would have another name with the next Python. Unicode never normalises otherwise what it
    has once assigned (https://www.unicode.org/policies/stability_policy.html).
    """
    return letter == "-" or unicodedata.ucd_3_2_0.category(letter)[0] in "LMN"
