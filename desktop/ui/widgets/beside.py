"""Things that stand side by side where there is room, and below each other where there is not."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import holding, row


class Beside(QWidget):
    """A line of parts. With `stretch` each takes its share of the room, else only what it wants."""

    def __init__(
        self, *parts: QWidget | QLayout, gap: int = tokens.SPACE_4, stretch: bool = False
    ) -> None:
        super().__init__()
        self._parts = [one if isinstance(one, QWidget) else holding(one) for one in parts]
        self._gap = gap
        self._line: QBoxLayout = row(gap=gap)
        for part in self._parts:
            self._line.addWidget(part, 1 if stretch else 0)
        if not stretch:
            self._line.addStretch(1)
        self.setLayout(self._line)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As wide as the parts are side by side, which is how they stand if they can."""
        return QSize(self._side_by_side_px(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As narrow as the widest part."""
        widest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Keep to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look at the room anew when the parts change their size."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        directions = QBoxLayout.Direction
        fits = self._side_by_side_px() <= self.width()
        self._line.setDirection(directions.LeftToRight if fits else directions.TopToBottom)

    def _side_by_side_px(self) -> int:
        widths = sum(part.sizeHint().width() for part in self._parts)
        return widths + self._gap * max(0, len(self._parts) - 1)
