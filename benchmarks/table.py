"""A table of 100,000 rows: sorted as a click on its head sorts it, and a frame of 125 cells."""

import random
from collections.abc import Iterator
from itertools import cycle

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks import offscreen
from benchmarks.term import FAMILY, GIVEN, SEED
from benchmarks.timing import Row, Stopwatch, alternate
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.table import Column, Table

ROWS = 100_000
ACROSS, DOWN = 5, 25
FRAMES = 20
TITLES = ("Family name", "Given name", "Class", "Answers", "XP")


def measure() -> Iterator[Row]:
    theme = Theme(offscreen.application(), "light")
    rows = _rows()
    table = Table([Column(title) for title in TITLES], "Measured")
    table.show_rows(rows)
    yield _sorting(table)
    plain = QTableView()
    plain.setModel(_standard(rows))
    yield _frame(table, plain)
    for view in (table, plain):
        view.deleteLater()
    theme.close()


def _rows() -> list[tuple[str, ...]]:
    chance = random.Random(SEED)
    return [
        (f"{chance.choice(FAMILY)} {number % 997}", chance.choice(GIVEN), f"5{number % 7}",
         str(chance.randrange(900)), str(chance.randrange(90_000)))
        for number in range(ROWS)
    ]  # fmt: skip


def _sorting(table: Table) -> Row:
    orders = cycle([Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
    keys = [row[0].casefold() for row in table.rows.rows]

    def ours() -> float:
        order = next(orders)
        with Stopwatch() as watch:
            table.horizontalHeader().setSortIndicator(0, order)
        table.rows.show(_rows())
        return watch.seconds

    def floor() -> float:
        fresh = list(keys)
        with Stopwatch() as watch:
            fresh.sort()
        return watch.seconds

    times = alternate(ours, floor)
    return Row("sorting 100,000 rows", "list.sort, same keys", *times, 5.0, 2.0)


def _frame(table: Table, plain: QTableView) -> Row:
    for view in (table, plain):
        _fit(view)
    times = alternate(lambda: _frames(table), lambda: _frames(plain))
    return Row("a frame of 125 cells", "C++ QStandardItemModel", *times, 1.3, 1.1)


def _standard(rows: list[tuple[str, ...]]) -> QStandardItemModel:
    """Qt's own model in C++, of as many rows as one ever sees at once."""
    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(list(TITLES))
    for row in rows[: 10 * DOWN]:
        model.appendRow([QStandardItem(cell) for cell in row])
    return model


def _fit(view: QTableView) -> None:
    """The same 125 cells in sight."""
    height = view.verticalHeader().defaultSectionSize()
    view.verticalHeader().hide()
    view.setWordWrap(False)
    view.resize(900, view.horizontalHeader().sizeHint().height() + DOWN * height + 2)
    for column in range(ACROSS):
        view.setColumnWidth(column, 170)
    view.show()
    QApplication.processEvents()  # from now on `repaint` paints


def _frames(view: QTableView) -> float:
    """Seconds of one frame, painted whole."""
    bar = view.verticalScrollBar()
    with Stopwatch() as watch:
        for at in range(FRAMES):
            bar.setValue(at % 2)
            view.viewport().repaint()
    return watch.seconds / FRAMES
