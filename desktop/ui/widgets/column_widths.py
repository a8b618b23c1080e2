"""How the columns of a table share its width, and which widths a person chose themselves."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHeaderView

from desktop.ui.theme import fonts, tokens
from desktop.ui.widgets.cells import words

if TYPE_CHECKING:
    from desktop.ui.widgets.table import Table

NARROW, NAMING = 12, 20
"""The letters for which a column has room at least; more in one that names what a row is about."""
PICTURE_PX = 40
"""What a person's round and the air beside it take at 100% text."""
LEAST_PX = 48
"""As narrow as a person can make a column."""
LOOKED_AT = 100
"""So many rows say how wide a column wants to be; asking all would take too long."""


class ColumnWidths(QObject):
    """Shares the width of one table. Emits `chosen` when a person pulled or reset a column."""

    chosen = Signal()

    def __init__(self, table: "Table") -> None:
        super().__init__(table)
        self._table = table
        self._own: dict[int, int] = {}
        self._sharing = False
        header = table.horizontalHeader()
        header.setMinimumSectionSize(LEAST_PX)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._pulled)
        header.sectionHandleDoubleClicked.connect(self._reset)

    def remembered(self) -> list[int]:
        """What a person chose, in pixels; 0 for each column left as it was."""
        return [self._own.get(at, 0) for at in range(len(self._table.rows.columns))]

    def restore(self, widths: list[int]) -> None:
        """Take up what was chosen another time; widths of a table that has changed are let go."""
        if len(widths) == len(self._table.rows.columns):
            self._own = {at: max(LEAST_PX, width) for at, width in enumerate(widths) if width}
            self.share()

    def share(self) -> None:
        """Columns without a share take what they need, the others what is left."""
        table, columns = self._table, self._table.rows.columns
        least = [self._own.get(at) or self._least(at) for at in range(len(columns))]
        shown = self._in_sight(least)
        free = [at for at in shown if at not in self._own]
        shares = sum(columns[at].share for at in free) or 1
        room = max(0, table.viewport().width() - sum(least[at] for at in shown))
        self._sharing = True
        for at in range(len(columns)):
            table.setColumnHidden(at, at not in shown)
        for at in shown:
            more = room * columns[at].share // shares if at in free else 0
            table.horizontalHeader().resizeSection(at, least[at] + more)
        self._sharing = False

    def _pulled(self, at: int, _before: int, width: int) -> None:
        if not self._sharing and width:
            self._own[at] = width
            self.chosen.emit()

    def _reset(self, at: int) -> None:
        self._own.pop(at, None)
        self.share()
        self.chosen.emit()

    def _in_sight(self, least: list[int]) -> list[int]:
        shown = [at for at in range(len(least)) if at not in self._table.put_away]
        for at in reversed(shown):
            if sum(least[one] for one in shown) <= self._table.viewport().width():
                break
            if self._table.rows.columns[at].spare:
                shown = [one for one in shown if one != at]
        return shown

    def _least(self, at: int) -> int:
        column = self._table.rows.columns[at]
        if column.share == 0 or column.look == "number":
            return self._narrow(at)
        letters = NAMING if at == self._naming() else NARROW
        wants = letters * self._table.fontMetrics().averageCharWidth()
        if column.look == "person":
            wants += fonts.beside(self._table, PICTURE_PX)
        return max(wants, self._title_px(at))

    def _naming(self) -> int:
        """The column that says what a row is about; -1 for none."""
        looks = [column.look for column in self._table.rows.columns]
        return next((at for at, look in enumerate(looks) if look in ("person", "strong")), -1)

    def _narrow(self, at: int) -> int:
        """The width of the title and of the longest of the first rows."""
        metrics = self._table.fontMetrics()
        texts = [words(row[at]) for row in self._table.rows.rows[:LOOKED_AT]]
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        return max(widest + 3 * tokens.SPACE_3, self._title_px(at))

    def _title_px(self, at: int) -> int:
        """The width of a title with its arrow."""
        metrics = self._table.horizontalHeader().fontMetrics()
        title = self._table.rows.columns[at].title
        return metrics.horizontalAdvance(title) + 4 * tokens.SPACE_3
