"""A round with somebody's initials, always the same colour for the same name."""

import zlib

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import fonts, tokens


def initials(name: str) -> str:
    """The first letters of the first and the last word; works for one word, and for none."""
    words = name.split()
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def paint(painter: QPainter, where: QRectF, name: str) -> None:
    """Paint the round of `name` into the square `where`."""
    ground, ink = tokens.AVATARS[zlib.crc32(name.encode()) % len(tokens.AVATARS)]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawEllipse(where)
    font = QFont(painter.font())
    font.setPixelSize(max(8, round(where.height() * 0.4)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.restore()


class Avatar(QWidget):
    """The round as a widget; decoration, for the name stands beside it.

    `size` is in pixels at 100% text; it grows with the words.
    """

    def __init__(self, name: str, size: int = 36) -> None:
        super().__init__()
        self._name, self._size = name, size
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Grow with the words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        side = fonts.beside(self, self._size)
        self.setFixedSize(side, side)

    def paintEvent(self, event: object) -> None:  # noqa: N802, ARG002  (Qt's name)
        """Paint the round."""
        painter = QPainter(self)
        paint(painter, QRectF(self.rect()), self._name)
        painter.end()
