"""A field for more than one line, as high as what is in it; Tab moves on."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

MOST_LINES = 12


class Prose(QPlainTextEdit):
    """Words to write; grows with them up to twelve lines, then scrolls."""

    def __init__(
        self, name: str, example: str = "", value: str = "", *, least_lines: int = 2
    ) -> None:
        super().__init__(value)
        self._least_lines = least_lines
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setPlaceholderText(example)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Later: what a layout is told while it lays out, it forgets.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._grow)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._later.start())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Other widths wrap into other numbers of lines."""
        super().resizeEvent(event)
        self._later.start()

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As high as its lines."""
        return QSize(super().sizeHint().width(), self._high())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """The same: a page scrolls, not a field."""
        return QSize(super().minimumSizeHint().width(), self._high())

    def _high(self) -> int:
        # A QPlainTextEdit measures its document in lines, not in pixels.
        lines = round(self.document().size().height())
        shown = max(self._least_lines, min(MOST_LINES, lines))
        frame = (
            self.height() - self.viewport().height() + 2 * round(self.document().documentMargin())
        )
        return shown * self.fontMetrics().lineSpacing() + frame

    def _grow(self) -> None:
        lines = round(self.document().size().height())
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if lines > MOST_LINES else policy.ScrollBarAlwaysOff
        )
        if self.height() != self._high():
            self.setFixedHeight(self._high())
