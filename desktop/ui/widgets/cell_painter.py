"""Paints a table's cells straight from the tuples of its rows: words, figures, people, tags."""

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.theme import fonts, tokens
from desktop.ui.theme.current import colours
from desktop.ui.theme.tokens import Palette
from desktop.ui.widgets import avatar
from desktop.ui.widgets.cells import Look, Value, words

if TYPE_CHECKING:
    from desktop.ui.widgets.table import Rows

Index = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
ROUND_PX = 28
"""The round of a person's initials at 100% text."""
MOST_SHORTENED = 4_096
"""How many texts of one face are remembered as they were shortened: some screens full."""

# As plain numbers: one operation of PySide's enums costs as much as filling a rectangle, and
# each of the hundreds of cells of a frame needs several.
_SELECTED = QStyle.StateFlag.State_Selected.value
_UNDER_MOUSE = QStyle.StateFlag.State_MouseOver.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_ABSOLUTE = Qt.AlignmentFlag.AlignAbsolute.value
"""The side is found here; a painter would turn it again."""
_LEFT, _RIGHT = LEFT.value | _ABSOLUTE, RIGHT.value | _ABSOLUTE


class CellPainter(QStyledItemDelegate):
    """Paints cells straight from the tuples. Call `get_ready` before each frame."""

    def __init__(self, rows: "Rows", view: QWidget) -> None:
        super().__init__()
        self._rows = rows
        self._kit = _Kit(colours(), view)

    def get_ready(self, view: QWidget) -> None:
        """Make colours and faces anew if the theme, the text size or the direction changed."""
        palette = colours()
        if not self._kit.suits(palette, view):
            self._kit = _Kit(palette, view)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one cell."""
        kit = self._kit
        area: QRect = option.rect
        state = option.state.value
        chosen = bool(state & _SELECTED)
        if chosen:
            painter.fillRect(area, kit.chosen)
        elif state & _UNDER_MOUSE:
            painter.fillRect(area, kit.under_mouse)
        at = index.column()
        look, value = self._rows.columns[at].look, self._rows.rows[index.row()][at]
        if look == "tag":
            if words(value):
                kit.paint_tag(painter, _inside(area), value, chosen=chosen)
        else:
            kit.paint_words(painter, area, look, value)
        left, bottom, width = area.left(), area.bottom(), area.width()
        painter.fillRect(left, bottom, width, 1, kit.line)
        if state & _FOCUSED:  # the cell that Alt with an arrow sorts by
            thick = tokens.FOCUS_RING
            painter.fillRect(left, bottom - thick + 1, width, thick, kit.focus)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As wide as the words, as high as the table's rows."""
        metrics = option.fontMetrics
        text = words(self._rows.rows[index.row()][index.column()])
        room = 44 if self._rows.columns[index.column()].look == "person" else 0
        width = metrics.horizontalAdvance(text) + 3 * tokens.SPACE_4 + room
        return QSize(width, metrics.height() + 2 * tokens.SPACE_3)


class _Face:
    """A font, and what has been measured with it."""

    def __init__(self, font: QFont, view: QWidget) -> None:
        self.font = font
        self.metrics = metrics = QFontMetrics(font, view)

        @functools.lru_cache(MOST_SHORTENED)
        def shortened(text: str, width: int) -> str:
            return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

        self.shortened = shortened


class _Kit:
    """The colours and faces of a table as it is now; to make them costs more than a cell."""

    def __init__(self, palette: Palette, view: QWidget) -> None:
        self._palette = palette
        self._font = font = QFont(view.font())
        self._mirrored = view.isRightToLeft()
        self.chosen, self.under_mouse = QColor(palette.accent_soft), QColor(palette.sunken)
        self.line, self.focus = QColor(palette.line), QColor(palette.accent)
        self._round_px = fonts.beside(view, ROUND_PX)
        self._tag_edge = QColor(palette.tint_edge)
        self._ink, self._soft_ink = QColor(palette.ink), QColor(palette.ink_soft)
        plain = _Face(font, view)
        self._faces: dict[Look, _Face] = {
            "text": plain,
            "soft": plain,
            "number": _Face(fonts.tabular(font), view),
            "strong": _Face(_weighed(font, QFont.Weight.DemiBold), view),
            "person": _Face(_weighed(font, QFont.Weight.Medium), view),
        }
        small = _weighed(font, QFont.Weight.DemiBold)
        small.setPointSizeF(font.pointSizeF() * tokens.CAPTION)
        self._tag_face = _Face(small, view)

    def suits(self, palette: Palette, view: QWidget) -> bool:
        """Whether this is what `view` should be painted with in `palette`."""
        return (
            palette is self._palette
            and view.font() == self._font
            and view.isRightToLeft() == self._mirrored
        )

    def paint_words(self, painter: QPainter, area: QRect, look: Look, value: Value) -> None:
        """Paint words or a figure; before a person's name stands the round of initials."""
        inside = _inside(area)
        if look == "person":
            inside = self._beside_round(painter, area, inside, str(value))
        face = self._faces[look]
        painter.setFont(face.font)
        painter.setPen(self._soft_ink if look == "soft" else self._ink)
        to_the_right = (look == "number") != self._mirrored
        text = face.shortened(words(value), inside.width())
        painter.drawText(inside, _RIGHT if to_the_right else _LEFT, text)

    def _beside_round(self, painter: QPainter, area: QRect, inside: QRect, name: str) -> QRect:
        """Paint the round of `name`, and return what it leaves of `inside`."""
        size = min(self._round_px, area.height() - 8)
        left = inside.right() - size if self._mirrored else inside.left()
        square = QRectF(left, area.center().y() - size / 2 + 1, size, size)
        avatar.paint(painter, square, name)
        shift = size + tokens.SPACE_3
        if self._mirrored:
            return inside.adjusted(0, 0, -shift, 0)
        return inside.adjusted(shift, 0, 0, 0)

    def paint_tag(self, painter: QPainter, area: QRect, value: Value, *, chosen: bool) -> None:
        """Paint a word on the ground of its tone."""
        tone = getattr(value, "tone", "plain")
        grounds = {"plain": ("sunken", "ink_soft"), "accent": ("accent_soft", "accent_ink")}
        ground, ink = grounds.get(tone, (f"{tone}_soft", tone))
        if chosen and ground == "accent_soft":
            ground = "surface"  # the picked row has the ground of this tag
        face = self._tag_face
        painter.setFont(face.font)
        text = face.shortened(str(value), area.width() - 2 * tokens.SPACE_2)
        width = face.metrics.horizontalAdvance(text) + 2 * tokens.SPACE_2
        height = face.metrics.height() + 4
        left = area.right() - width if self._mirrored else area.left()
        box = QRectF(left, area.center().y() - height / 2 + 0.5, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._tag_edge)
        painter.setBrush(QColor(getattr(self._palette, ground)))
        painter.drawRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
        painter.setPen(QColor(getattr(self._palette, ink)))
        painter.drawText(box, _CENTRE, text)
        painter.restore()


def _inside(area: QRect) -> QRect:
    return area.adjusted(tokens.SPACE_3, 0, -tokens.SPACE_3, 0)


def _weighed(font: QFont, weight: QFont.Weight) -> QFont:
    made = QFont(font)
    made.setWeight(weight)
    return made
