"""Progress of a piece of work, in its place: what is being done, how far it is, and how to stop."""

from PySide6.QtCore import QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QBrush, QColor, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import motion, tokens
from desktop.ui.theme.current import colours
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label

BAR_PX = 6
SWEEP_MS = 1_400
"""How long the mark takes from one end to the other while nobody knows how far the work is."""
MARK = 0.3
"""The share of the bar that this mark covers."""
WHOLE = 1_000


class Bar(QProgressBar):
    """A bar of one colour. Of unknown length it moves, or is hatched for who wants less motion."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setFixedHeight(BAR_PX)
        self.setRange(0, WHOLE)
        self._sweep = QVariantAnimation(self)
        self._sweep.setStartValue(0.0)
        self._sweep.setEndValue(1.0)
        self._sweep.setLoopCount(-1)
        self._sweep.valueChanged.connect(lambda _: self.update())
        self._unknown = False

    def tell(self, share: float | None) -> None:
        """Show a share of the whole from 0 to 1; None stands for not known."""
        self._unknown = share is None
        self.setValue(round((share or 0.0) * WHOLE))
        self._move()
        self.update()

    @property
    def moves(self) -> bool:
        """Whether anything moves now."""
        return self._sweep.state() == QVariantAnimation.State.Running

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Move while in sight."""
        super().showEvent(event)
        self._move()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt's name)
        """Nothing wakes the computer for what nobody sees."""
        super().hideEvent(event)
        self._sweep.stop()

    def paintEvent(self, event: object) -> None:  # noqa: N802, ARG002  (Qt's name)
        """The track, and on it how far the work is."""
        palette, whole = colours(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(palette.edge) if palette.line == palette.ink else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line if palette.line != palette.ink else palette.canvas))
        radius = whole.height() / 2
        painter.drawRoundedRect(whole, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        if self._unknown and not self.moves:
            painter.setBrush(QBrush(QColor(palette.accent), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(self._filled(whole), radius, radius)
        painter.end()

    def _filled(self, whole: QRectF) -> QRectF:
        filled = QRectF(whole)
        if not self._unknown:
            filled.setWidth(whole.width() * self.value() / WHOLE)
        elif self.moves:
            filled.setWidth(whole.width() * MARK)
            at = float(self._sweep.currentValue())
            filled.moveLeft((whole.width() + filled.width()) * at - filled.width())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            filled.moveRight(whole.right() - (filled.left() - whole.left()))
        return filled.intersected(whole)

    def _move(self) -> None:
        wanted = motion.duration(SWEEP_MS) if self._unknown and self.isVisible() else 0
        if not wanted:
            self._sweep.stop()
        elif not self.moves:
            self._sweep.setDuration(wanted)
            self._sweep.start()


class Progress(QWidget):
    """What is being done, a bar, what is left, and a button that stops it."""

    cancelled = Signal()

    def __init__(self, name: str, *, can_cancel: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.bar = Bar(name)
        self._words = label(name, wrap=True)
        self._left = label("", "caption")
        self.cancel_button = Button(tr("Cancel"), self._stop, variant="quiet")
        self.cancel_button.setAccessibleName(tr("Cancel: {work}", work=name))
        head = row(gap=tokens.SPACE_3)
        head.addWidget(self._words, 1)
        head.addWidget(self._left)
        lines = column(head, self.bar, gap=tokens.SPACE_2)
        whole = row(gap=tokens.SPACE_3)
        whole.addLayout(lines, 1)
        whole.addWidget(self.cancel_button)
        self.setLayout(whole)
        self.cancel_button.setVisible(can_cancel)
        self.bar.tell(None)

    def tell(self, words: str, share: float | None = None, left: str = "") -> None:
        """Say what is being done, how far it is (None: not known), and what is left."""
        self._words.setText(words)
        self._left.setText(left)
        self._left.setVisible(bool(left))
        self.bar.tell(share)
        self.bar.setAccessibleDescription(" ".join(part for part in (words, left) if part))

    @property
    def words(self) -> str:
        """What it says is being done."""
        return self._words.text()

    def _stop(self) -> None:
        self.cancel_button.setEnabled(False)
        self._words.setText(tr("Stopping…"))
        self.cancelled.emit()
