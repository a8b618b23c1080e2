"""The button of a page's lesser deeds, which opens them as a menu."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.ui.strings import tr
from desktop.ui.widgets.buttons import Button


class MoreButton(Button):
    """`Button` with a menu: Space or Enter opens it, the arrows and Enter choose in it."""

    def __init__(self) -> None:
        super().__init__("", icon="more", tip=tr("More"))
        self.setObjectName("more-deeds")
        self._deeds = QMenu(self)
        self.setMenu(self._deeds)

    @property
    def deeds(self) -> list[QAction]:
        """What can be chosen now, in order."""
        return [one for one in self._deeds.actions() if one.isVisible() and one.isEnabled()]

    def add(self, words: str, name: str, does: Callable[[], object]) -> QAction:
        """Offer another deed; whoever asks may hide it or make it grey."""
        deed = self._deeds.addAction(words)
        deed.setObjectName(name)
        deed.triggered.connect(lambda: does())
        return deed
