"""The leaderboard for the wall: large, dark, with aliases instead of names."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.leaderboard.presenter import Projected, Wall
from desktop.ui.strings import tr
from desktop.ui.theme import tokens

LINES = 10
"""As many as can be read from the last row of a classroom."""
_ON_THE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute


class Projector(QWidget):
    """A window of its own; Escape closes it. Emits `gone` when it is closed.

    Left, right and a click emit `turned(step)`: the teacher wants another period.
    """

    gone = Signal()
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(tr("Leaderboard"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wall = Wall("", "")

    def tell(self, wall: Wall) -> None:
        """Show the first ranks."""
        self._wall = wall
        spoken = ", ".join(f"{line.rank} {line.alias} {line.xp}" for line in wall.lines[:LINES])
        self.setAccessibleName(f"{wall.title}, {wall.period}: {spoken or wall.words}")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Escape and F11 go back; left and right change the time."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.turned.emit(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """A click shows the next time."""
        self.turned.emit(1)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Say goodbye."""
        self.gone.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802  (Qt's name)
        """Fill the wall."""
        palette = tokens.DARK
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(palette.sidebar))
        margin = self.width() * 0.07
        line = self.height() / (LINES + 3.0)
        area = QRectF(margin, line * 0.5, self.width() - 2 * margin, line * 1.4)
        wall = self._wall
        self._write(painter, area, wall.title, palette.ink, line * 0.62, bold=True)
        self._write(painter, area, wall.period, palette.accent_ink, line * 0.5, right=True)
        for at, one in enumerate(wall.lines[:LINES]):
            where = QRectF(margin, line * (2.1 + at), self.width() - 2 * margin, line * 0.86)
            self._line(painter, where, one)
        if wall.words:
            where = QRectF(margin, line * 5, self.width() - 2 * margin, line * 2)
            self._write(painter, where, wall.words, palette.ink_soft, line * 0.6)
        foot = QRectF(margin, self.height() - line * 0.75, self.width() - 2 * margin, line * 0.5)
        hint = tr("← → another time · Esc closes")
        self._write(painter, foot, hint, palette.ink_soft, line * 0.24, right=True)
        painter.end()

    def _line(self, painter: QPainter, where: QRectF, one: Projected) -> None:
        palette = tokens.DARK
        high = where.height()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent_soft if one.rank <= 3 else palette.canvas))
        painter.drawRoundedRect(where, high * 0.2, high * 0.2)
        inside = where.adjusted(high * 0.4, 0, -high * 0.4, 0)
        ink = palette.accent_ink if one.rank <= 3 else palette.ink
        rank = QRectF(inside.left(), inside.top(), high * 1.2, high)
        alias = inside.adjusted(high * 1.3, 0, -high * 5, 0)
        change = QRectF(inside.right() - high * 5, inside.top(), high * 1.8, high)
        self._write(painter, rank, str(one.rank), ink, high * 0.5, bold=True)
        self._write(painter, alias, one.alias, palette.ink, high * 0.46)
        self._write(
            painter,
            change,
            one.change,
            palette.warn if one.falls else palette.good,
            high * 0.36,
            right=True,
        )
        self._write(painter, inside, one.xp, ink, high * 0.46, bold=True, right=True)

    def _write(
        self,
        painter: QPainter,
        where: QRectF,
        words: str,
        ink: str,
        size: float,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        """Write from the left, or up to the right; all of it turned where lines begin there."""
        font = QFont(painter.font())
        font.setPixelSize(max(8, round(size)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        mirrored = self.isRightToLeft()
        side = Qt.AlignmentFlag.AlignRight if right != mirrored else Qt.AlignmentFlag.AlignLeft
        if mirrored:
            where = where.translated(self.width() - where.right() - where.left(), 0)
        shown = painter.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, round(where.width())
        )
        painter.drawText(where, side | _ON_THE_LINE, shown)
