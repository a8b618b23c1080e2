"""Things side by side that go on in the next line where there is no room, as words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from desktop.ui.theme import tokens


class Flow(QLayout):
    """Lays its widgets out like words; `at_end` moves each line to the end of the room."""

    def __init__(self, *widgets: QWidget, gap: int = tokens.SPACE_2, at_end: bool = False) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._at_end = gap, at_end
        self.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  (Qt's name)
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:  # noqa: N802
        """The one at a place, or None beyond the end."""
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:  # noqa: N802
        """Let one go."""
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802  (Qt's name)
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  (Qt's name)
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  (Qt's name)
        """How high the lines are together."""
        return self._lay_out(QRect(0, 0, width, 0), only_measure=True)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802  (Qt's name)
        """The widest alone in its line."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, area: QRect) -> None:  # noqa: N802  (Qt's name)
        """Put everything in its place."""
        super().setGeometry(area)
        self._lay_out(area, only_measure=False)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay_out(self, area: QRect, *, only_measure: bool) -> int:
        top = area.top()
        lines = self._lines(area.width())
        for line in lines:
            high = max(item.sizeHint().height() for item in line)
            if not only_measure:
                self._place(line, QRect(area.left(), top, area.width(), high))
            top += high + self._gap
        return max(0, top - self._gap - area.top()) if lines else 0

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wide + self._gap
        return lines

    def _place(self, line: list[QLayoutItem], area: QRect) -> None:
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        taken = sum(item.sizeHint().width() for item in line) + self._gap * (len(line) - 1)
        left = area.width() - taken if self._at_end else 0
        for item in line:
            size = item.sizeHint().boundedTo(QSize(area.width(), area.height()))
            x = area.right() + 1 - left - size.width() if mirrored else area.left() + left
            middle = area.top() + (area.height() - size.height()) // 2
            item.setGeometry(QRect(QPoint(x, middle), size))
            left += size.width() + self._gap
