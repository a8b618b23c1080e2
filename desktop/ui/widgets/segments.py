"""A segmented control: a few choices side by side, one of them chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QSizePolicy

from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button

GAP_PX, EDGE_PX = 2, 3


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
        line: QBoxLayout = row(gap=GAP_PX, margins=(EDGE_PX,) * 4)
        for at, (key, words) in enumerate(choices):
            button = Button(words, variant="segment", name=f"{name}: {words.replace('&', '')}")
            button.setCheckable(True)
            button.setObjectName(key)
            self._group.addButton(button, at)
            line.addWidget(button)
        self._group.setExclusive(True)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._keys[at]))
        self._line = line
        self.setLayout(line)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """From now on, keep to the room that the parent has."""
        super().showEvent(event)
        around = self.parentWidget()
        if around is not None:
            around.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Look at the room anew when the parent changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """The choices stand below each other where there is no room side by side."""
        around = self.parentWidget()
        if around is None:
            return
        layout = around.layout()
        room = layout.contentsRect().width() if layout is not None else around.width()
        buttons = self._group.buttons()
        wanted = sum(button.sizeHint().width() + GAP_PX for button in buttons) + 2 * EDGE_PX
        directions = QBoxLayout.Direction
        self._line.setDirection(
            directions.LeftToRight if wanted <= room else directions.TopToBottom
        )

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
