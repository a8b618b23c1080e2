"""Areas that scroll: their bar takes no room, and their edge says that there is more."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QLayout, QScrollArea, QScrollBar, QWidget

from desktop.ui.theme.current import colour
from desktop.ui.widgets.boxes import row

BAR_PX = 10
BESIDE_PX = BAR_PX + 2
"""The air that an area keeps for its bar."""
FADE_PX = 28
LEAST_PX = 160
"""What an area wants to be high at least."""


class OverBar(QScrollBar):
    """A vertical bar that lies over the edge of its area, so that nothing jumps when it comes."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area = area
        self._own = area.verticalScrollBar()
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._own.rangeChanged.connect(self._measure)
        self._own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._own.setValue)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.installEventFilter(self)
        area.viewport().installEventFilter(self)
        self._measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Keep to the edge of the area."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutDirectionChange):
            self._place()
        return super().eventFilter(watched, event)

    def _measure(self) -> None:
        if not shiboken6.isValid(self._own):  # the area tells of its bar even while it goes
            return
        self.setRange(self._own.minimum(), self._own.maximum())
        self.setPageStep(self._own.pageStep())
        self.setSingleStep(self._own.singleStep())
        self.setValue(self._own.value())
        self.setVisible(self._own.maximum() > self._own.minimum())
        self._place()

    def _place(self) -> None:
        inside = self._area.viewport().geometry()
        mirrored = self._area.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = inside.left() if mirrored else inside.right() + 1 - BAR_PX
        self.setGeometry(left, inside.top(), BAR_PX, inside.height())
        self.raise_()


class Fade(QWidget):
    """The lower edge of an area, pale while there is more below; never in the way."""

    def __init__(self, area: QAbstractScrollArea, ground: str) -> None:
        super().__init__(area)
        self._area, self._ground = area, ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._look)
        bar.valueChanged.connect(self._look)
        area.viewport().installEventFilter(self)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Keep to the lower edge."""
        if event.type() == QEvent.Type.Resize:
            self._look()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: object) -> None:  # noqa: N802, ARG002  (Qt's name)
        """From nothing to the ground of the page."""
        ground = QColor(colour(self._ground))
        clear = QColor(ground)
        clear.setAlpha(0)
        shade = QLinearGradient(0, 0, 0, self.height())
        shade.setColorAt(0, clear)
        shade.setColorAt(1, ground)
        painter = QPainter(self)
        painter.fillRect(self.rect(), shade)
        painter.end()

    def _look(self) -> None:
        if not shiboken6.isValid(self._area):
            return
        bar, inside = self._area.verticalScrollBar(), self._area.viewport().geometry()
        self.setVisible(bar.value() < bar.maximum())
        self.setGeometry(inside.left(), inside.bottom() + 1 - FADE_PX, inside.width(), FADE_PX)
        self.raise_()


class _AsWideAsItsArea(QWidget):
    """What is inside an area, as wide as the area and never wider.

    What is laid out by its width must not change it: Qt would resize both in a circle without end.
    """

    def __init__(self, inside: QLayout) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(inside)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As high as it must be; where the width says how high, the area asks for that itself.

        Qt's answer is for the lines of a narrow column, which would leave air below a wide one.
        """
        by_width = self.hasHeightForWidth()
        return QSize(0, 0 if by_width else super().minimumSizeHint().height())


class ScrollArea(QScrollArea):
    """Scrolls down when there is too much of what is inside."""

    def __init__(self, inside: QWidget, ground: str = "canvas") -> None:
        super().__init__()
        self._measuring = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._around = row(gap=0)
        self._around.addWidget(inside)
        self.setWidget(_AsWideAsItsArea(self._around))
        self._fade = Fade(self, ground)
        self._bar = OverBar(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Measure what is inside once for each of its sizes.

        Qt measures again from within; where a layout answers with two heights in turn (seen with
        text from right to left) that goes on until the stack is full.
        """
        if event.type() != QEvent.Type.Resize or watched is not self.widget():
            return super().eventFilter(watched, event)
        if self._measuring:
            return False
        self._measuring = True
        try:
            return super().eventFilter(watched, event)
        finally:
            self._measuring = False

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """What is inside can be scrolled, so that it never makes its page higher."""
        return QSize(super().sizeHint().width(), LEAST_PX)

    def bleed(self, left: int, above: int, right: int, below: int) -> None:
        """Keep this air around what is inside, for an area that reaches to the window's edge."""
        self._around.setContentsMargins(left, above, right, below)


def scrolling(inside: QWidget, ground: str = "canvas") -> ScrollArea:
    """`inside` in an area that scrolls; its bar lies in the air kept at its side."""
    area = ScrollArea(inside, ground)
    mirrored = area.layoutDirection() == Qt.LayoutDirection.RightToLeft
    area.bleed(BESIDE_PX if mirrored else 0, 0, 0 if mirrored else BESIDE_PX, 0)
    return area
