"""What a roster file says, once it has been read."""

from dataclasses import dataclass

from desktop.errors import CompanionError
from desktop.sentences import say


class UnreadableRoster(CompanionError):
    """The file cannot be read as a roster; nothing was changed."""


@dataclass(frozen=True)
class RosterRow:
    """One student in one class. What the file does not say is empty."""

    where: str
    """Where it stands, for a person: `Row 7`."""
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    roblox_username: str = ""
    alias: str = ""
    external_id: str = ""
    class_name: str = ""
    class_external_id: str = ""

    @property
    def name(self) -> str:
        """The whole name."""
        return " ".join(filter(None, (self.given_name, self.family_name)))


@dataclass(frozen=True)
class Problem:
    """Something in the file that could not be taken as it is."""

    where: str
    text: str
    left_out: bool = True
    """Whether the whole row was left out; otherwise only a part of it."""

    def __str__(self) -> str:
        return say("{where}: {text}", where=self.where, text=self.text)


@dataclass(frozen=True)
class Roster:
    """A whole file."""

    rows: tuple[RosterRow, ...]
    problems: tuple[Problem, ...] = ()
