"""A sheet that slides in at the end of a page: details beside the work, not in its way."""

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QRect, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import motion, tokens
from desktop.ui.widgets.boxes import Part, add, column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import ScrollArea

WIDTH_PX = 400
LEAST_BESIDE_PX = 48
"""So much of the page stays in sight, so that one sees what the sheet lies over."""


class SideSheet(QFrame):
    """Lies over the end of `over`. Emits `closed` when it is put away; Escape does that too."""

    closed = Signal()

    def __init__(self, over: QWidget, title: str, subtitle: str = "", *parts: Part) -> None:
        super().__init__(over)
        self._over = over
        self._before: QWidget | None = None
        self.setObjectName("sidesheet")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = label(title, "title", wrap=True)
        self._subtitle = label(subtitle, "soft", wrap=True)
        self._close = Button("", self.put_away, variant="quiet", icon="close", tip=tr("Close"))
        self.body = column(*parts, gap=tokens.SPACE_4)
        head = row(gap=tokens.SPACE_3, margins=(tokens.SPACE_5, tokens.SPACE_5, tokens.SPACE_4, 0))
        head.addLayout(column(self._title, self._subtitle, gap=tokens.SPACE_1), 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        area = ScrollArea(holding(column(self.body, None)), "surface")
        area.bleed(tokens.SPACE_5, 0, tokens.SPACE_5, tokens.SPACE_5)
        whole = column(head, gap=tokens.SPACE_4)
        whole.addWidget(area, 1)
        self.setLayout(whole)
        self._subtitle.setVisible(bool(subtitle))
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(lambda _: self._place())
        over.installEventFilter(self)
        self.hide()

    def fill(self, *parts: Part) -> None:
        """Put `parts` into the body."""
        add(self.body, *parts)

    def tell(self, title: str, subtitle: str = "") -> None:
        """Change the words at its head."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self.setAccessibleName(title)

    def open(self) -> None:
        """Come in, and take the focus along."""
        self._before = self.window().focusWidget()
        self.show()
        self._run(0.0, 1.0)
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Go, and give the focus back to where it was."""
        if self.isHidden():
            return
        self._slide.stop()
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Keep to the end of the page."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _run(self, start: float, end: float) -> None:
        self._slide.stop()
        self._slide.setStartValue(start)
        self._slide.setEndValue(end)
        self._slide.setDuration(motion.duration())
        self._slide.start()
        self._place()

    def _place(self) -> None:
        there, here = self._over, self.sizeHint().width()
        room = there.width() - LEAST_BESIDE_PX
        width = min(max(WIDTH_PX, here), room)
        share = self._slide.currentValue()
        shown = round(width * (1.0 if share is None else float(share)))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = shown - width if mirrored else there.width() - shown
        self.setGeometry(QRect(left, 0, width, there.height()))
        self.raise_()
