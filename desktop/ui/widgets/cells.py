"""What a table's cells hold. No Qt, so that presenters can make rows."""

from dataclasses import dataclass
from typing import Any, Literal

Row = tuple[Any, ...]
"""One value a column, and behind them whatever the screen wants back, an id for instance."""

Value = Any
"""What a cell holds: words, a figure, a Tag, a Said, or None; each look knows what it paints."""


Look = Literal["text", "strong", "soft", "number", "person", "tag"]
"""How a column shows its values."""


@dataclass(frozen=True)
class Tag:
    """A value of a tag column: a word and its tone. An empty word shows nothing."""

    words: str
    tone: str = "plain"

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Said:
    """Words that sort by what they stand for: a day by its date, not by the name of its month."""

    words: str
    key: str

    def __str__(self) -> str:
        return self.words


def words(value: Value) -> str:
    """What a value says; nothing says nothing."""
    return "" if value is None else str(value)
