"""Who makes lessons: models behind an address, the platform's agents, or our own templates.

Everybody is a `Provider`: an asynchronous stream of events, the stages in their order. What was
drafted before an interruption is handed back in, so that nothing is asked (and paid for) twice.
"""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import PartName
from desktop.lessons.templates import STAGES, Stage

__all__ = [
    "STAGES",
    "Delta",
    "Draft",
    "Event",
    "Making",
    "PartMade",
    "Provider",
    "Revising",
    "Stage",
    "Usage",
    "stage",
]


@dataclass(frozen=True)
class Delta:
    """Text of a stage as the model writes it. A new `attempt` begins the text again."""

    stage: str
    text: str
    attempt: int = 1


@dataclass(frozen=True)
class Draft:
    """What a stage came to, as plain JSON: to be kept, and handed in again after a restart."""

    stage: str
    value: dict[str, Any]


@dataclass(frozen=True)
class PartMade:
    """A part of the lesson that is ready to be shown, as plain JSON."""

    name: PartName
    value: Any


@dataclass(frozen=True)
class Usage:
    """What the lesson has used so far. `cost` in US dollars; None when the price is not known."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal | None = Decimal(0)

    @property
    def tokens(self) -> int:
        """All tokens together."""
        return self.input_tokens + self.output_tokens


Event = Stage | Delta | Draft | PartMade | Usage
"""The last event of a stream is a Stage with the package."""


@dataclass(frozen=True)
class Making:
    """One lesson to make: what is asked for, and what is there from an earlier run."""

    request: LessonRequest
    seed: int
    time: str
    """When it was asked for, RFC 3339 in UTC: what the provenance says."""
    drafts: Mapping[str, dict[str, Any]]
    used: Usage = Usage()


@dataclass(frozen=True)
class Revising:
    """One part to make anew by an instruction, while everything else stays."""

    package: LessonPackage
    part: PartName
    instruction: str
    request: LessonRequest
    seed: int
    time: str
    used: Usage = Usage()


class Provider(Protocol):
    """Makes lessons. One lives for one job; `close` it afterwards."""

    @property
    def name(self) -> str:
        """What the provenance says."""

    def make(self, wish: Making) -> AsyncGenerator[Event, None]:
        """Make a lesson; cancelling the stream ends every request under way.

        Raises:
            CompanionError: what went wrong; the drafts that were told stay good.
        """

    def revise(self, wish: Revising) -> AsyncGenerator[Event, None]:
        """Make one part anew.

        Raises:
            CompanionError: what went wrong; the lesson stays as it is.
        """

    async def close(self) -> None:
        """Let go of the connections."""


def stage(name: str, words: str, package: LessonPackage | None = None) -> Stage:
    """A stage by its name, in its place."""
    return Stage(name, STAGES.index(name) + 1, len(STAGES), words.strip(), package)
