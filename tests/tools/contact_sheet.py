"""One picture of many: every screen of one look, small, side by side with its name."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

GAP_PX, NAME_PX = 16, 24


class ContactSheet:
    """Collects pictures of one look, `across` beside each other and each `wide_px` wide."""

    def __init__(self, across: int, wide_px: int) -> None:
        self._across, self._wide_px = across, wide_px
        self._shots: list[tuple[str, QPixmap]] = []

    def add(self, name: str, picture: QPixmap) -> None:
        """Take one more, made small; one that is small already stays as it is."""
        room = QSize(self._wide_px, self._wide_px * 2 // 3)
        if picture.width() > room.width() or picture.height() > room.height():
            picture = picture.scaled(
                room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self._shots.append((name, picture))

    def images(self, rows: int = 0) -> list[QImage]:
        """All of them on one sheet; with `rows`, on as many sheets of so many rows as it takes."""
        many = rows * self._across or max(1, len(self._shots))
        return [
            self._laid_out(self._shots[at : at + many]) for at in range(0, len(self._shots), many)
        ]

    def _laid_out(self, shots: list[tuple[str, QPixmap]]) -> QImage:
        high = max(shot.height() for _, shot in shots)
        across, wide = self._across, self._wide_px
        cell = QSize(wide + GAP_PX, high + NAME_PX + GAP_PX)
        size = QSize(cell.width() * across, cell.height() * -(-len(shots) // across))
        sheet = QImage(size.grownBy(QMargins(0, 0, GAP_PX, GAP_PX)), QImage.Format.Format_RGB32)
        sheet.fill(QColor("#8a8d94"))
        painter = QPainter(sheet)
        painter.setPen(QColor("#ffffff"))
        for at, (name, shot) in enumerate(shots):
            left = GAP_PX + at % across * cell.width()
            top = GAP_PX + at // across * cell.height()
            painter.drawText(QRect(left, top, wide, NAME_PX), 0, name)
            painter.drawPixmap(left, top + NAME_PX, shot)
        painter.end()
        return sheet
