"""Things side by side that go on in the next line where there is no room, as words do."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import tokens


class Flow(QWidget):
    """Lays its widgets out like words.

    No QLayout of our own: PySide loses track of the items that Qt makes for one, and asking for
    the size of an item that is lost ends the program.
    """

    def __init__(self, *widgets: QWidget, gap: int = tokens.SPACE_2, centred: bool = False) -> None:
        super().__init__()
        self._centred = centred
        self._widgets = widgets
        self._gap = gap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            widget.setParent(self)
            widget.installEventFilter(self)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  (Qt's name)
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  (Qt's name)
        """How high the lines are together."""
        lines = self._lines(width)
        highs = [max(_size(one).height() for one in line) for line in lines]
        return sum(highs) + self._gap * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """All in one line."""
        sizes = [_size(one) for one in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """The widest alone in its line."""
        sizes = [_least(one) for one in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Put everything in its place."""
        super().resizeEvent(event)
        self._place_all()

    def event(self, event: QEvent) -> bool:
        """Look at the room anew when the widgets change their size, come or go."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self.updateGeometry()
            self._place_all()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Want other room when a widget comes or goes, also while nobody sees us.

        Qt asks for a new layout then only where it would be seen at once: buttons that come on
        a page in the background would stand in no height at all.
        """
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.updateGeometry()
            self._place_all()
        return super().eventFilter(watched, event)

    def _shown(self) -> list[QWidget]:
        return [one for one in self._widgets if not one.isHidden()]

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        left = 0
        for one in self._shown():
            wide = _size(one).width()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append(one)
            left += wide + self._gap
        return lines

    def _place_all(self) -> None:
        top = 0
        for line in self._lines(self.width()):
            high = max(_size(one).height() for one in line)
            self._place(line, QRect(0, top, self.width(), high))
            top += high + self._gap

    def _place(self, line: list[QWidget], area: QRect) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        wide = sum(_size(one).width() for one in line) + self._gap * (len(line) - 1)
        left = max(0, (area.width() - wide) // 2) if self._centred else 0
        for one in line:
            size = _size(one).boundedTo(QSize(area.width(), area.height()))
            x = area.width() - left - size.width() if mirrored else left
            middle = area.top() + (area.height() - size.height()) // 2
            one.setGeometry(QRect(QPoint(x, middle), size))
            left += size.width() + self._gap


def _size(widget: QWidget) -> QSize:
    """What a widget wants, within what it may have."""
    wanted = widget.sizeHint().expandedTo(_least(widget))
    return wanted.boundedTo(widget.maximumSize())


def _least(widget: QWidget) -> QSize:
    """What a widget must have; one whose size is fixed has no less."""
    fixed = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum
    hint, policy = widget.sizeHint(), widget.sizePolicy()
    least = widget.minimumSizeHint()
    if policy.horizontalPolicy() in fixed:
        least.setWidth(hint.width())
    if policy.verticalPolicy() in fixed:
        least.setHeight(hint.height())
    return least.expandedTo(widget.minimumSize())
