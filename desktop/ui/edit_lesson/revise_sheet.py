"""Asking the AI provider to write one part of a lesson anew."""

from PySide6.QtWidgets import QWidget

from desktop.lessons.schema import PARTS, PartName
from desktop.ui.parts.versions import part_words
from desktop.ui.strings import tr
from desktop.ui.widgets.fields import choice_field, named
from desktop.ui.widgets.prose import Prose
from desktop.ui.widgets.sheet import Sheet

MOST_LETTERS = 2_000


class ReviseSheet(Sheet):
    """Which part, and what shall be different about it."""

    def __init__(self, over: QWidget, part: PartName, provider: str) -> None:
        words = (
            tr("{provider} writes this part anew and leaves every other as it is. You see what "
               "came before it is kept.", provider=provider)
            if provider
            else tr("There is no AI provider yet. Settings has a card for it.")
        )  # fmt: skip
        super().__init__(over, tr("Ask for a change"), words, tr("&Ask"))
        self._part = choice_field(tr("Part"), [(part_words(one), one) for one in PARTS])
        self._part.setCurrentIndex(self._part.findData(part))
        self._wish = Prose(
            tr("What shall be different?"), tr("simpler words, and one more example")
        )
        self._wish.textChanged.connect(self._look)
        self.fill(named(self._part), named(self._wish))
        self._able = bool(provider)
        self._look()

    @property
    def part(self) -> PartName:
        """The part that is meant."""
        found: PartName = self._part.currentData()
        return found

    @property
    def instruction(self) -> str:
        """What shall be different."""
        return self._wish.toPlainText().strip()[:MOST_LETTERS]

    def _look(self) -> None:
        self.done_button.setEnabled(self._able and bool(self.instruction))
