"""A table over plain rows: a model of tuples and a delegate that paints them, both lean.

A row is a tuple with one value a column. Sorting sorts the tuples by key functions; there is no
proxy model, which would take minutes where this takes milliseconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QKeyCombination,
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.ui.theme import tokens
from desktop.ui.widgets.cell_painter import LEFT, RIGHT, CellPainter, Index
from desktop.ui.widgets.cells import Look, Row, Said, Value, words
from desktop.ui.widgets.column_widths import ColumnWidths
from desktop.ui.widgets.scroll import OverBar

_ORDERS = {
    QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Up): Qt.SortOrder.AscendingOrder,
    QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down): Qt.SortOrder.DescendingOrder,
}
"""Sort by the column of the current cell; the arrows alone move that cell."""


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


LEAST_ROWS = 3
"""So many stand below the titles at least; where that is too much, the page scrolls."""


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
            return words(self.rows[index.row()][index.column()])
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
            return RIGHT if self.columns[section].look == "number" else LEFT
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
        key = self.columns[at].key or _key_of({type(row[at]) for row in self.rows})
        self.rows.sort(key=lambda row: key(row[at]), reverse=order == Qt.SortOrder.DescendingOrder)


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
        self._painter = CellPainter(self.rows, self)
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
        self.widths = ColumnWidths(self)
        self._bar = OverBar(self)

    def show_rows(self, rows: Sequence[Row], *, key: int = 0) -> None:
        """Show `rows`; the rows that were picked stay picked, told apart by column `key`."""
        before = {row[key] for row in self.picked_rows()}
        blocked = self.selectionModel().blockSignals(True)
        self.rows.show(rows)
        if before:
            self._pick_again(before, key)
        self.selectionModel().blockSignals(blocked)
        self.widths.share()
        self.picked.emit()

    def picked_rows(self) -> list[Row]:
        """The rows that are picked, from top to bottom."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.rows.rows[at] for at in chosen if at < len(self.rows.rows)]

    def sort_as_given(self) -> None:
        """Show rows in the order in which they are given, until a column is clicked again."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def pick(self, at: int) -> None:
        """Pick the row `at` and bring it into sight; beyond the ends nothing happens."""
        if 0 <= at < len(self.rows.rows):
            self.selectRow(at)
            self.setCurrentIndex(self.rows.index(at, 0))

    def pick_keys(self, keys: Sequence[Value], *, key: int = -1) -> None:
        """Pick the rows whose column `key` is among `keys`; the first comes into sight."""
        wanted = set(keys)
        found = [at for at, row in enumerate(self.rows.rows) if row[key] in wanted]
        if found:
            self.pick(found[0])
            self._pick_again(wanted, key)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Fit the rows and the columns to a new text size."""
        super().changeEvent(event)
        if hasattr(self, "_painter"):
            self._fit_rows()
        if hasattr(self, "widths"):
            self.widths.share()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the new width."""
        super().resizeEvent(event)
        if hasattr(self, "widths"):  # Qt may give a size before this is all there
            self.widths.share()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As high as the titles and some rows."""
        least = (LEAST_ROWS + 1) * self.verticalHeader().defaultSectionSize()
        return super().minimumSizeHint().expandedTo(QSize(0, least))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the cells in sight."""
        self._painter.get_ready(self)
        super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """The buttons at the side of a mouse are the window's: back and forward."""
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens the row on every system (macOS would edit), Alt with an arrow sorts."""
        order = _ORDERS.get(event.keyCombination())
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.picked_text())
        elif order is not None and self.currentIndex().isValid():
            self.horizontalHeader().setSortIndicator(self.currentIndex().column(), order)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated_row.emit(self.rows.rows[self.currentIndex().row()])
        else:
            super().keyPressEvent(event)

    def picked_text(self) -> str:
        """The picked rows as a spreadsheet takes them: the columns in sight, with tabs between."""
        shown = [at for at in range(len(self.rows.columns)) if not self.isColumnHidden(at)]
        lines = ([words(row[at]) for at in shown] for row in self.picked_rows())
        return "\n".join("\t".join(cell.replace("\t", " ") for cell in line) for line in lines)

    def _set_up_header(self, header: QHeaderView) -> None:
        header.setHighlightSections(False)
        header.setAccessibleName(self.accessibleName())
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self.rows.sort)

    def _fit_rows(self) -> None:
        height = self.fontMetrics().height() + 2 * tokens.SPACE_3
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _pick_again(self, keys: set[Any], key: int) -> None:
        flags = self.selectionModel().SelectionFlag
        for at, row in enumerate(self.rows.rows):
            if row[key] in keys:
                self.selectionModel().select(self.rows.index(at, 0), flags.Select | flags.Rows)


def _key_of(kinds: set[type]) -> Callable[[Value], Any]:
    """What to sort values of these kinds by; plain words alone are compared much quicker so."""
    return str.casefold if kinds == {str} else _sort_key


def _sort_key(value: Value) -> tuple[int, float, str]:
    """Nothing sorts first, then figures, then words without their case."""
    if value is None:
        return (0, 0, "")
    if isinstance(value, Said):
        return (2, 0, value.key)
    if isinstance(value, (int, float)):
        return (1, value, "")
    return (2, 0, str(value).casefold())
