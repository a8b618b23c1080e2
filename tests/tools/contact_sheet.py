"""One picture of many: every screen of one look, small, side by side with its name."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

ACROSS, WIDE_PX, GAP_PX, NAME_PX = 4, 420, 16, 24


class ContactSheet:
    """Collects pictures of one look."""

    def __init__(self) -> None:
        self._shots: list[tuple[str, QPixmap]] = []

    def add(self, name: str, picture: QPixmap) -> None:
        """Take one more, made small."""
        smooth = Qt.TransformationMode.SmoothTransformation
        self._shots.append((name, picture.scaledToWidth(WIDE_PX, smooth)))

    def image(self) -> QImage:
        """All of them, in rows of four."""
        high = max((shot.height() for _, shot in self._shots), default=0)
        cell = QSize(WIDE_PX + GAP_PX, high + NAME_PX + GAP_PX)
        rows = -(-len(self._shots) // ACROSS)
        sheet = QImage(
            cell.width() * ACROSS + GAP_PX, cell.height() * rows + GAP_PX,
            QImage.Format.Format_RGB32,
        )  # fmt: skip
        sheet.fill(QColor("#8a8d94"))
        painter = QPainter(sheet)
        painter.setPen(QColor("#ffffff"))
        for at, (name, shot) in enumerate(self._shots):
            left = GAP_PX + at % ACROSS * cell.width()
            top = GAP_PX + at // ACROSS * cell.height()
            painter.drawText(QRect(left, top, WIDE_PX, NAME_PX), 0, name)
            painter.drawPixmap(left, top + NAME_PX, shot)
        painter.end()
        return sheet
