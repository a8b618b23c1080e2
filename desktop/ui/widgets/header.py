"""The head of a page: where I am, what it is, and what I can do here."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
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
        self._actions = Flow(*actions, gap=tokens.SPACE_2)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(tokens.SPACE_3)
        left = row(gap=tokens.SPACE_3)
        self._back: Button | None = None
        if back is not None:
            self._back = Button("", back, variant="quiet", icon="back", tip=tr("Back"))
            left.addWidget(self._back)
        left.addLayout(words, 1)
        self._line.addLayout(left, 1)
        self._line.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._line)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Look at the room anew."""
        super().resizeEvent(event)
        self._share_room()

    def event(self, event: QEvent) -> bool:
        """Look at the room anew when the words change, or actions come and go."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_room()
        return super().event(event)

    def _share_room(self) -> None:
        """The actions go below the title where there is no room beside it."""
        left = self.width() - self._actions.sizeHint().width() - tokens.SPACE_3
        beside = left >= max(self.width() * LEAST_FOR_WORDS, self._least_for_title_px())
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction != self._line.direction():
            self._line.setDirection(direction)
            side = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag(0)
            self._line.setAlignment(self._actions, side)

    def _least_for_title_px(self) -> int:
        """What the title takes on two lines; they break between words."""
        metrics, text = self.title.fontMetrics(), self.title.text()
        longest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
        return self._before_px() + (metrics.horizontalAdvance(text) + longest) // 2

    def _before_px(self) -> int:
        return self._back.sizeHint().width() + tokens.SPACE_3 if self._back is not None else 0

    def tell(self, title: str, subtitle: str = "") -> None:
        """Change the words."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
