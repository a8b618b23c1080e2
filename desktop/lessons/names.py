"""Keeps students' names out of what is sent to an AI provider, unless their teacher allows it.

Words that can only be a student (full names, user names, e-mail addresses) are taken out wherever
they stand. A given name alone may be a word as well (Rose, Mark), so it is taken out only where a
teacher writes about their students: in notes, accommodations, objectives and instructions.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.lessons.request import LessonRequest

SOMEBODY = "a student"
SHORTEST = 3
"""Letters; a shorter name would hit words everywhere."""


@dataclass(frozen=True)
class Pupil:
    """Whom a text may name."""

    given_name: str = ""
    family_name: str = ""
    user_name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Hidden:
    """A request without names, and how many places were changed."""

    request: LessonRequest
    places: int


class Names:
    """The names of a roster, ready to be looked for."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        people = list(pupils)
        self._certain = _pattern(_certain(people), re.IGNORECASE)
        given = {pupil.given_name.strip() for pupil in people}
        self._given = _pattern([name for name in given if len(name) >= SHORTEST], 0)

    def hide(self, text: str, *, about_students: bool) -> tuple[str, int]:
        """The text without names, and how many there were."""
        changed, found = self._certain.subn(SOMEBODY, text)
        if about_students:
            changed, more = self._given.subn(SOMEBODY, changed)
            found += more
        return changed, found

    def hide_in(self, request: LessonRequest) -> Hidden:
        """The request without names."""
        places = 0

        def clean(text: str, *, about: bool) -> str:
            nonlocal places
            changed, found = self.hide(text, about_students=about)
            places += found
            return changed

        def lines(texts: Sequence[str]) -> list[str]:
            return [clean(text, about=True)[:500] for text in texts]

        sources = [
            source.model_copy(
                update={
                    "title": clean(source.title, about=False)[:200],
                    "passages": [
                        passage.model_copy(
                            update={"text": clean(passage.text, about=False)[:2_000]}
                        )
                        for passage in source.passages
                    ],
                }
            )
            for source in request.sources
        ]
        changed = request.model_copy(
            update={
                "topic": clean(request.topic, about=False)[:300],
                "notes": clean(request.notes, about=True)[:4_000],
                "objectives": lines(request.objectives),
                "accommodations": lines(request.accommodations),
                "sources": sources,
            }
        )
        return Hidden(changed, places)


def _certain(pupils: Iterable[Pupil]) -> list[str]:
    """What can only be a student."""
    words: list[str] = []
    for pupil in pupils:
        given, family = pupil.given_name.strip(), pupil.family_name.strip()
        if given and family:
            words += [f"{given} {family}", f"{family}, {given}", f"{family} {given}"]
        words += [pupil.user_name.strip(), pupil.email.strip()]
    return [word for word in dict.fromkeys(words) if len(word) >= SHORTEST]


def _pattern(words: Iterable[str], flags: int) -> re.Pattern[str]:
    """Any of the words, whole; the longest first. Spaces may be any white space."""
    longest_first = sorted(set(words), key=len, reverse=True)
    parts = [r"\s+".join(re.escape(piece) for piece in word.split()) for word in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)", flags)
