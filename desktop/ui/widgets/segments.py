"""A segmented control: a few choices side by side, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy

from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button


class Segments(QFrame):
    """Emits `chosen(key)` when a person picks another choice; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._group = QButtonGroup(self)
        self._keys = [key for key, _ in choices]
        line = row(gap=2, margins=(3, 3, 3, 3))
        for at, (key, words) in enumerate(choices):
            button = Button(words, variant="segment", name=f"{name}: {words.replace('&', '')}")
            button.setCheckable(True)
            button.setObjectName(key)
            self._group.addButton(button, at)
            line.addWidget(button)
        self._group.setExclusive(True)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._keys[at]))
        self.setLayout(line)

    @property
    def value(self) -> str:
        """The key of the choice that is made."""
        return self._keys[self._group.checkedId()]

    def beside(self, step: int) -> str:
        """The key so many choices further on; the last is followed by the first."""
        return self._keys[(self._group.checkedId() + step) % len(self._keys)]

    def choose(self, key: str) -> None:
        """Make a choice without telling anyone."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Left and right move the choice, mirrored where text runs from right to left."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        at = (self._group.checkedId() + step) % len(self._keys)
        self._group.button(at).setFocus(Qt.FocusReason.OtherFocusReason)
        self._group.button(at).click()
