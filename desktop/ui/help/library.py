"""The documents that ship with the program, cut into sections that can be found. No Qt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop import resources
from desktop.ui.shell.finding import folded

SOURCE = "en"
GUIDES = {SOURCE: "docs/teachers.md", "es": "docs/teachers.es.md"}
"""The guide in each language of the window."""
NEWS = {SOURCE: "docs/news.md", "es": "docs/news.es.md"}
"""What a teacher would like to know of each version, in each language of the window."""
SECTION_OF = {
    "today": "Your classes",
    "classes": "Your classes",
    "class": "Your classes",
    "leaderboard": "The leaderboard",
    "lessons": "A lesson from one sentence",
    "lesson": "A lesson from one sentence",
    "edit-lesson": "Make it yours",
    "generate": "A lesson from one sentence",
    "studio": "Into Roblox Studio",
    "sync": "With and without a network",
    "settings": "What is on this computer",
    "tasks": "What takes its time",
    "help": "The first minute",
}
"""The section of the English guide that explains a screen."""
NEW = "new"
"""Stands for the list of what is new, where a section could stand."""
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n?", re.MULTILINE)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_VERSION = re.compile(r"^\[?(\d+(?:\.\d+)+)")


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it, in Markdown."""

    title: str
    text: str


def guide(language: str = SOURCE) -> list[Section]:
    """The guide for teachers in `language`, or in English where there is none in it.

    Each has the same sections in the same order. Pictures stay in the documentation on the web.
    """
    file = GUIDES.get(language, GUIDES[SOURCE])
    return sections(_PICTURE.sub("", resources.document(file)))


def explaining(screen: str) -> int:
    """Which section of the guide, in any language, explains a screen; -1: none."""
    titles = [section.title for section in guide()]
    return titles.index(SECTION_OF[screen]) if screen in SECTION_OF else -1


def sections(text: str) -> list[Section]:
    """The sections of a document, each from its heading to the next one."""
    parts = _HEADING.split(text)[1:]
    return [
        Section(title.strip(), body.strip())
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def search(found: Sequence[Section], typed: str) -> list[Section]:
    """The sections that hold every typed word; those with one in their title come first."""
    words = folded(typed).split()
    if not words:
        return list(found)
    fitting = [one for one in found if all(word in folded(f"{one.title} {one.text}")
                                           for word in words)]  # fmt: skip
    return sorted(fitting, key=lambda one: not any(word in folded(one.title) for word in words))


def news(seen: str = "", language: str = SOURCE) -> list[Section]:
    """What changed for a teacher, newest first; with a version, only what came after it.

    Work that is not in a released version yet counts as the newest.
    """
    found = sections(resources.document(NEWS.get(language, NEWS[SOURCE])))
    if not seen:
        return found
    return [one for one in found if _later(one.title, seen)]


def _later(title: str, seen: str) -> bool:
    number = _VERSION.match(title)
    return number is None or _numbers(number[1]) > _numbers(seen)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
