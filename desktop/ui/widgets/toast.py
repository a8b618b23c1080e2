"""A short word at the foot of the window that goes by itself: done, and how to undo it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label

STAYS_MS = 6_000
WIDEST_PX = 560


class Toast(QFrame):
    """Lies over the lower edge of its parent."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("toast")
        self._words = label("")
        self._action = Button("", self._act)
        self._pressed: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setLayout(row(self._words, self._action, gap=tokens.SPACE_4, margins=(16, 8, 8, 8)))
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or said last."""
        return self._words.text()

    def tell(
        self, words: str, action: str = "", pressed: Callable[[], object] | None = None
    ) -> None:
        """Say `words` for some seconds."""
        self._words.setText(words)
        self._words.setWordWrap(self._words.fontMetrics().horizontalAdvance(words) > WIDEST_PX)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._pressed = pressed
        self.setAccessibleName(words)
        self.show()
        self._place()
        self._timer.start(STAYS_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.hide()
        if self._pressed is not None:
            self._pressed()

    def _place(self) -> None:
        self.adjustSize()
        parent = self._over
        self.resize(min(self.width(), parent.width() - 2 * tokens.SPACE_5), self.height())
        self.move(
            (parent.width() - self.width()) // 2, parent.height() - self.height() - tokens.SPACE_5
        )
        self.raise_()
