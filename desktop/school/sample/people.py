"""Who is in the sample school: its teachers, and pupils with names from many cultures."""

import random
from dataclasses import dataclass

from desktop import resources

PUPILS = "sample_school/pupils.txt"

_FIRST = (
    "Brave", "Calm", "Clever", "Cosmic", "Crimson", "Eager", "Electric", "Frosty", "Gentle",
    "Golden", "Happy", "Hidden", "Jolly", "Lucky", "Mighty", "Misty", "Neon", "Nimble", "Quiet",
    "Rapid", "Shiny", "Silver", "Sunny", "Swift", "Turbo", "Witty",
)  # fmt: skip
_SECOND = (
    "Axolotl", "Badger", "Beetle", "Comet", "Condor", "Dolphin", "Falcon", "Fox", "Gecko",
    "Heron", "Ibex", "Jaguar", "Koala", "Lemur", "Lynx", "Manta", "Narwhal", "Otter", "Panda",
    "Pixel", "Puffin", "Quokka", "Raven", "Rocket", "Tiger", "Wombat",
)  # fmt: skip


@dataclass(frozen=True)
class Teacher:
    """A teacher of the sample school. The password is no secret: the school is made up."""

    id: str
    username: str
    password: str
    name: str
    email: str


@dataclass(frozen=True)
class Pupil:
    """A pupil as on a roster."""

    given_name: str
    family_name: str
    roblox_username: str
    alias: str


TEACHERS = (
    Teacher(
        "01890000-0000-7000-8000-000000000001",
        "sample.teacher",
        "sample-school-2025",
        "Marisol Okonkwo-Lindgren",
        "teacher@sample.school.example",
    ),
    Teacher(
        "01890000-0000-7000-8000-000000000002",
        "sample.colleague",
        "sample-school-2025",
        "Taavi Rautio",
        "colleague@sample.school.example",
    ),
)
"""The first teaches all five classes; the second shares two of them."""


def pupils(chance: random.Random) -> list[Pupil]:
    """Everybody on the roster, in an order that `chance` decides."""
    lines = resources.path(PUPILS).read_text(encoding="utf-8").splitlines()
    names = [line.partition("|")[::2] for line in lines if line]
    chance.shuffle(names)
    handles = [f"{first}{second}" for first in _FIRST for second in _SECOND]
    chosen = chance.sample(handles, len(names))
    return [
        Pupil(given, family, f"{handle}{chance.randrange(10, 1000)}", _words(handle))
        for (given, family), handle in zip(names, chosen, strict=True)
    ]


def _words(handle: str) -> str:
    """`BraveOtter` as `Brave Otter`."""
    return "".join(f" {letter}" if letter.isupper() else letter for letter in handle).strip()
