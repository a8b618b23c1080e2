"""A segmented control: a few choices side by side, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QSizePolicy

from desktop.ui.widgets.buttons import Button

GAP_PX, EDGE_PX, BORDER_PX = 2, 3, 1


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
        self._across = len(choices)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP_PX)
        self._grid.setContentsMargins(*(EDGE_PX,) * 4)
        for at, (key, words) in enumerate(choices):
            button = Button(words, variant="segment", name=f"{name}: {words.replace('&', '')}")
            button.setCheckable(True)
            button.setObjectName(key)
            self._group.addButton(button, at)
            button.toggled.connect(self._let_tab_in)
            self._grid.addWidget(button, 0, at)
        self._group.setExclusive(True)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._keys[at]))
        self.setLayout(self._grid)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As wide as the choices are side by side, which is how they stand if they can."""
        return QSize(self._side_by_side_px(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As narrow as the choices are below each other."""
        widest = max(button.sizeHint().width() for button in self._group.buttons())
        return QSize(widest + 2 * (EDGE_PX + BORDER_PX), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look at the room anew when the words change their size."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _let_tab_in(self) -> None:
        """Tab comes to the choice that is made, arrows to the others."""
        policies = Qt.FocusPolicy
        for button in self._group.buttons():
            chosen = button.isChecked()
            button.setFocusPolicy(policies.StrongFocus if chosen else policies.ClickFocus)

    def _fit(self) -> None:
        """As many side by side as there is room for, all lines alike; each alone at the worst."""
        buttons = self._group.buttons()
        room = self.width() - 2 * (EDGE_PX + BORDER_PX) + GAP_PX
        widest = max(button.sizeHint().width() for button in buttons) + GAP_PX
        across = len(buttons)
        if self._side_by_side_px() > self.width():
            lines = -(-len(buttons) // max(1, min(len(buttons) - 1, room // widest)))
            across = -(-len(buttons) // lines)
        if across != self._across:
            self._across = across
            for at, button in enumerate(buttons):
                self._grid.addWidget(button, at // across, at % across)

    def _side_by_side_px(self) -> int:
        buttons = self._group.buttons()
        words_px = sum(button.sizeHint().width() for button in buttons)
        return words_px + GAP_PX * (len(buttons) - 1) + 2 * (EDGE_PX + BORDER_PX)

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
