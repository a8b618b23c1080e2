"""Links into the window, `toolboxai://class/ID`: read as what anybody may have written. No Qt.

A link only ever goes somewhere; none changes anything, signs in, or names a file or server.
"""

import re
from dataclasses import dataclass

from desktop.errors import WrongUse
from desktop.ui.routes import PLACES
from desktop.ui.strings import tr

SCHEME = "toolboxai"
LONGEST = 512
RECORDS = {
    "class": "classes",
    "lesson": "lessons",
    "student": "students",
    "assessment": "assessments",
}
"""Links to a record, and its collection."""
_SCREENS = frozenset(place.screen for place in PLACES)
_LINK = re.compile(rf"{SCHEME}://([a-z]{{1,20}})(?:/([0-9A-Za-z_-]{{1,64}}))?/?", re.IGNORECASE)


@dataclass(frozen=True)
class Link:
    """Where a link leads: a screen, or a record of a collection."""

    screen: str = ""
    collection: str = ""
    id: str = ""


def is_link(text: str) -> bool:
    """Whether `text` is meant as a link of ours, good or bad."""
    return text[: len(SCHEME) + 1].casefold() == f"{SCHEME}:"


def parse(text: str) -> Link:
    """Where `text` leads.

    Raises:
        WrongUse: it leads nowhere; the sentence says what a link looks like.
    """
    found = _LINK.fullmatch(text) if len(text) <= LONGEST else None
    if found is not None:
        what, id_ = found[1].casefold(), found[2] or ""
        if what in RECORDS and id_:
            return Link(collection=RECORDS[what], id=id_)
        if what in _SCREENS and not id_:
            return Link(screen=what)
    raise WrongUse(
        tr("This link leads nowhere in the Companion. A link looks like toolboxai://sync, or like "
           "toolboxai://class/ followed by the class's id.")
    )  # fmt: skip


def of_record(collection: str, id: str) -> str:  # noqa: A002
    """The link to a record, or "" where there is none."""
    words = {name: word for word, name in RECORDS.items()}
    return f"{SCHEME}://{words[collection]}/{id}" if collection in words else ""
