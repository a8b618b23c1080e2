"""The head of a page: where I am, what it is, and what I can do here."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label

LEAST_FOR_WORDS = 0.33
"""The share of the width that title and subtitle keep beside the actions."""


class PageHeader(QWidget):
    """Title, one line below it, and the page's actions at the other end."""

    def __init__(
        self, title: str, *actions: QWidget, back: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.title = label(title, "heading", wrap=True)
        self.subtitle = label("", "soft", wrap=True)
        self.subtitle.hide()
        self.tags: QHBoxLayout = row(gap=tokens.SPACE_2)
        words = column(
            row(self.title, self.tags, gap=tokens.SPACE_3), self.subtitle, gap=tokens.SPACE_1
        )
        self._actions = Flow(*actions, gap=tokens.SPACE_3)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(tokens.SPACE_3)
        left = row(gap=tokens.SPACE_3)
        if back is not None:
            go_back = Button("", back, variant="quiet", icon="back", tip=tr("Back"))
            left.addWidget(go_back)
        left.addLayout(words, 1)
        self._line.addLayout(left, 1)
        self._line.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """The actions go below the title where there is no room beside it."""
        super().resizeEvent(event)
        left = self.width() - self._actions.sizeHint().width() - tokens.SPACE_3
        beside = left >= max(self.width() * LEAST_FOR_WORDS, self._longest_word_px())
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction != self._line.direction():
            self._line.setDirection(direction)
            side = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag(0)
            self._line.setAlignment(self._actions, side)

    def _longest_word_px(self) -> int:
        metrics, before = self.title.fontMetrics(), self.title.mapTo(self, QPoint(0, 0)).x()
        words = self.title.text().split()
        return before + max((metrics.horizontalAdvance(word) for word in words), default=0)

    def tell(self, title: str, subtitle: str = "") -> None:
        """Change the words."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
