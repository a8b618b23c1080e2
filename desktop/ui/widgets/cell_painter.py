"""Paints a table's cells straight from the tuples of its rows: words, figures, people, tags."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.theme import fonts, tokens
from desktop.ui.theme.current import colours
from desktop.ui.widgets import avatar
from desktop.ui.widgets.cells import Look, Value, words

if TYPE_CHECKING:
    from desktop.ui.widgets.table import Rows

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class CellPainter(QStyledItemDelegate):
    """Paints cells straight from the tuples."""

    def __init__(self, rows: "Rows") -> None:
        super().__init__()
        self._rows = rows

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one cell."""
        palette = colours()
        area: QRect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, QColor(palette.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(palette.sunken))
        column, value = self._rows.columns[index.column()], self._rows.rows[index.row()]
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        cell = value[index.column()]
        self._cell(painter, area, column.look, cell, option.font, mirrored=mirrored, chosen=chosen)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(palette.line))
        if state & QStyle.StateFlag.State_HasFocus:  # the cell that Alt with an arrow sorts by
            thick = tokens.FOCUS_RING
            under = (area.left(), area.bottom() - thick + 1, area.width(), thick)
            painter.fillRect(*under, QColor(palette.accent))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As wide as the words, as high as the table's rows."""
        metrics = option.fontMetrics
        text = words(self._rows.rows[index.row()][index.column()])
        room = 44 if self._rows.columns[index.column()].look == "person" else 0
        width = metrics.horizontalAdvance(text) + 3 * tokens.SPACE_4 + room
        return QSize(width, metrics.height() + 2 * tokens.SPACE_3)

    def _cell(
        self,
        painter: QPainter,
        area: QRect,
        look: Look,
        value: Value,
        font: QFont,
        *,
        mirrored: bool,
        chosen: bool,
    ) -> None:
        palette = colours()
        inside = area.adjusted(tokens.SPACE_3, 0, -tokens.SPACE_3, 0)
        if look == "tag":
            if words(value):
                _paint_tag(painter, inside, value, font, mirrored=mirrored, chosen=chosen)
            return
        if look == "person":
            size = min(28, area.height() - 8)
            left = inside.right() - size if mirrored else inside.left()
            square = QRectF(left, area.center().y() - size / 2 + 1, size, size)
            avatar.paint(painter, square, str(value))
            shift = size + tokens.SPACE_3
            inside = (
                inside.adjusted(0, 0, -shift, 0) if mirrored else inside.adjusted(shift, 0, 0, 0)
            )
        shown = fonts.tabular(font) if look == "number" else QFont(font)
        if look in ("strong", "person"):
            shown.setWeight(QFont.Weight.DemiBold if look == "strong" else QFont.Weight.Medium)
        painter.setFont(shown)
        painter.setPen(QColor(palette.ink_soft if look == "soft" else palette.ink))
        text = painter.fontMetrics().elidedText(
            words(value), Qt.TextElideMode.ElideRight, inside.width()
        )
        to_the_right = (look == "number") != mirrored
        painter.drawText(inside, RIGHT if to_the_right else LEFT, text)


def _paint_tag(
    painter: QPainter, area: QRect, value: Value, font: QFont, *, mirrored: bool, chosen: bool
) -> None:
    palette, tone = colours(), getattr(value, "tone", "plain")
    grounds = {"plain": ("sunken", "ink_soft"), "accent": ("accent_soft", "accent_ink")}
    ground, ink = grounds.get(tone, (f"{tone}_soft", tone))
    if chosen and ground == "accent_soft":
        ground = "surface"  # the picked row has the ground of this tag
    shown = QFont(font)
    shown.setPointSizeF(font.pointSizeF() * tokens.CAPTION)
    shown.setWeight(QFont.Weight.DemiBold)
    painter.setFont(shown)
    metrics = painter.fontMetrics()
    text = metrics.elidedText(
        str(value), Qt.TextElideMode.ElideRight, area.width() - 2 * tokens.SPACE_2
    )
    width, height = metrics.horizontalAdvance(text) + 2 * tokens.SPACE_2, metrics.height() + 4
    left = area.right() - width if mirrored else area.left()
    box = QRectF(left, area.center().y() - height / 2 + 0.5, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(palette, ground)))
    painter.drawRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    painter.setPen(QColor(getattr(palette, ink)))
    painter.drawText(box, _CENTRE, text)
    painter.restore()
