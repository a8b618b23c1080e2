"""A table over plain rows: a model of tuples and a delegate that paints them, both lean.

A row is a tuple with one value a column. Sorting sorts the tuples by key functions; there is no
proxy model, which would take minutes where this takes milliseconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.ui.theme import tokens
from desktop.ui.theme.current import colours
from desktop.ui.widgets import avatar
from desktop.ui.widgets.cells import Row, Value

Look = Literal["text", "strong", "soft", "number", "person", "tag"]
NARROW_PX = 96
"""What a column that is no figure is given at least; below that the table scrolls."""

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Column:
    """One column: its title, how it looks, its share of the width, and how it sorts."""

    title: str
    look: Look = "text"
    share: int = 1
    """Wide columns share the room by these; 0 makes the column as wide as its title and values."""
    spare: bool = False
    """Where room is short, spare columns go out of sight, the last one first."""
    key: Callable[[Any], Any] | None = None
    """What a value is sorted by; None sorts text without case and everything else as it is."""


class Rows(QAbstractTableModel):
    """The rows of one table."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Row] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def show(self, rows: Sequence[Row]) -> None:
        """Show other rows, in the order that was chosen last."""
        self.beginResetModel()
        self.rows = list(rows)
        self._arrange()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The words of a cell, for screen readers and for copying; painting goes past this."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _words(self.rows[index.row()][index.column()])
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        """The titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].look == "number" else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by one column and remember it; -1 goes back to the order of the rows given."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order) if column >= 0 else None
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        if self._sorted is None:
            return
        at, order = self._sorted
        key = self.columns[at].key or _sort_key
        self.rows.sort(key=lambda row: key(row[at]), reverse=order == Qt.SortOrder.DescendingOrder)


class CellPainter(QStyledItemDelegate):
    """Paints cells straight from the tuples."""

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
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
        self._cell(
            painter, area, column.look, value[index.column()], option.font, mirrored=mirrored
        )
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(palette.line))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """As wide as the words, as high as the table's rows."""
        metrics = option.fontMetrics
        words = _words(self._rows.rows[index.row()][index.column()])
        room = 44 if self._rows.columns[index.column()].look == "person" else 0
        width = metrics.horizontalAdvance(words) + 3 * tokens.SPACE_4 + room
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
    ) -> None:
        palette = colours()
        inside = area.adjusted(tokens.SPACE_3, 0, -tokens.SPACE_3, 0)
        if look == "tag":
            if _words(value):
                _paint_tag(painter, inside, value, font, mirrored=mirrored)
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
        shown = QFont(font)
        if look in ("strong", "person"):
            shown.setWeight(QFont.Weight.DemiBold if look == "strong" else QFont.Weight.Medium)
        painter.setFont(shown)
        painter.setPen(QColor(palette.ink_soft if look == "soft" else palette.ink))
        words = painter.fontMetrics().elidedText(
            _words(value), Qt.TextElideMode.ElideRight, inside.width()
        )
        to_the_right = (look == "number") != mirrored
        painter.drawText(inside, _RIGHT if to_the_right else _LEFT, words)


class Table(QTableView):
    """A table of rows. Emits `activated_row(row)` on a double click and on Enter."""

    activated_row = Signal(tuple)
    picked = Signal()
    """The selection changed."""

    def __init__(self, columns: Sequence[Column], name: str, *, many: bool = False) -> None:
        super().__init__()
        self.rows = Rows(columns)
        self.put_away: frozenset[int] = frozenset()
        """Columns that the page does not want to show now."""
        self._painter = CellPainter(self.rows)
        self.setModel(self.rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._set_up_header(self.horizontalHeader())
        self.activated.connect(lambda index: self.activated_row.emit(self.rows.rows[index.row()]))
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        self._fit_rows()

    def show_rows(self, rows: Sequence[Row], *, key: int = 0) -> None:
        """Show `rows`; the rows that were picked stay picked, told apart by column `key`."""
        before = {row[key] for row in self.picked_rows()}
        blocked = self.selectionModel().blockSignals(True)
        self.rows.show(rows)
        if before:
            self._pick_again(before, key)
        self.selectionModel().blockSignals(blocked)
        self._share_width()
        self.picked.emit()

    def picked_rows(self) -> list[Row]:
        """The rows that are picked, from top to bottom."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows.rows[at] for at in chosen if at < len(self.rows.rows)]

    def pick(self, at: int) -> None:
        """Pick the row `at` and bring it into sight; beyond the ends nothing happens."""
        if 0 <= at < len(self.rows.rows):
            self.selectRow(at)
            self.setCurrentIndex(self.rows.index(at, 0))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Fit the rows to a new text size."""
        super().changeEvent(event)
        if hasattr(self, "_painter"):
            self._fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the new width."""
        super().resizeEvent(event)
        self._share_width()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The buttons at the side of a mouse are the window's: back and forward."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens the row on every system (macOS would edit)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated_row.emit(self.rows.rows[self.currentIndex().row()])
            return
        super().keyPressEvent(event)

    def _set_up_header(self, header: QHeaderView) -> None:
        header.setHighlightSections(False)
        header.setAccessibleName(self.accessibleName())
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sortIndicatorChanged.connect(self.rows.sort)

    def _fit_rows(self) -> None:
        height = self.fontMetrics().height() + 2 * tokens.SPACE_3
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _share_width(self) -> None:
        """Columns without a share take what they need, the others what is left."""
        columns, header = self.rows.columns, self.horizontalHeader()
        least = [self._least(at) for at in range(len(columns))]
        shown = self._in_sight(least)
        for at in range(len(columns)):
            self.setColumnHidden(at, at not in shown)
        shares = sum(columns[at].share for at in shown) or 1
        room = max(0, self.viewport().width() - sum(least[at] for at in shown))
        for at in shown:
            header.resizeSection(at, least[at] + room * columns[at].share // shares)

    def _in_sight(self, least: list[int]) -> list[int]:
        shown = [at for at in range(len(least)) if at not in self.put_away]
        for at in reversed(shown):
            if sum(least[one] for one in shown) <= self.viewport().width():
                break
            if self.rows.columns[at].spare:
                shown = [one for one in shown if one != at]
        return shown

    def _least(self, at: int) -> int:
        column = self.rows.columns[at]
        whole = column.share == 0 or column.look == "number"
        return self._narrow(at) if whole else max(NARROW_PX, self._title_width(at))

    def _narrow(self, at: int) -> int:
        """The width of the title and of the longest of the first rows; all would take too long."""
        metrics = self.fontMetrics()
        words = [_words(row[at]) for row in self.rows.rows[:100]]
        widest = max((metrics.horizontalAdvance(text) for text in words), default=0)
        return max(widest + 4 * tokens.SPACE_3, self._title_width(at))

    def _title_width(self, at: int) -> int:
        """The width of a title with its arrow."""
        metrics = self.horizontalHeader().fontMetrics()
        return metrics.horizontalAdvance(self.rows.columns[at].title) + 4 * tokens.SPACE_3

    def _pick_again(self, keys: set[Any], key: int) -> None:
        flags = self.selectionModel().SelectionFlag
        for at, row in enumerate(self.rows.rows):
            if row[key] in keys:
                self.selectionModel().select(self.rows.index(at, 0), flags.Select | flags.Rows)


def _paint_tag(
    painter: QPainter, area: QRect, value: Value, font: QFont, *, mirrored: bool
) -> None:
    palette, tone = colours(), getattr(value, "tone", "plain")
    grounds = {"plain": ("sunken", "ink_soft"), "accent": ("accent_soft", "accent_ink")}
    ground, ink = grounds.get(tone, (f"{tone}_soft", tone))
    shown = QFont(font)
    shown.setPointSizeF(font.pointSizeF() * tokens.CAPTION)
    shown.setWeight(QFont.Weight.DemiBold)
    painter.setFont(shown)
    metrics = painter.fontMetrics()
    words = metrics.elidedText(
        str(value), Qt.TextElideMode.ElideRight, area.width() - 2 * tokens.SPACE_2
    )
    width, height = metrics.horizontalAdvance(words) + 2 * tokens.SPACE_2, metrics.height() + 4
    left = area.right() - width if mirrored else area.left()
    box = QRectF(left, area.center().y() - height / 2 + 0.5, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(palette, ground)))
    painter.drawRoundedRect(box, tokens.RADIUS_SMALL, tokens.RADIUS_SMALL)
    painter.setPen(QColor(getattr(palette, ink)))
    painter.drawText(box, _CENTRE, words)
    painter.restore()


def _words(value: Value) -> str:
    return "" if value is None else str(value)


def _sort_key(value: Value) -> tuple[int, float, str]:
    """Nothing sorts first, then figures, then words without their case."""
    if value is None:
        return (0, 0, "")
    if isinstance(value, (int, float)):
        return (1, value, "")
    return (2, 0, str(value).casefold())
