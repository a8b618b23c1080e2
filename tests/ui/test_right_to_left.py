"""Text that runs from right to left: where things of the other direction stand in the window."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.leaderboard.presenter import Projected, Wall
from desktop.ui.leaderboard.projector import Projector
from desktop.ui.shell.finding import Entry
from desktop.ui.shell.palette import Palette
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.boxes import column, holding
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.table import Column, Table

WIDE = 480


@pytest.fixture
def mirrored(qapp: QApplication, theme: Theme) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def _seen(qtbot: Any, widget: QWidget, high: int = 120) -> QImage:
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(widget)
    widget.resize(WIDE, high)
    widget.show()
    qtbot.waitExposed(widget)
    return widget.grab().toImage()


def _on_a_page(widget: QWidget) -> QWidget:
    return holding(column(widget, gap=0), "content")


def _ink(image: QImage, area: QRect | None = None) -> tuple[int, int]:
    """The first and the last column of `area` with something else than its ground."""
    area = area or image.rect()
    ground = image.pixelColor(area.topLeft())

    def apart(at: QPoint) -> int:
        seen: QColor = image.pixelColor(at)
        return abs(seen.lightness() - ground.lightness())

    rows = range(area.top(), area.bottom() + 1)
    found = [x for x in range(area.left(), area.right() + 1)
             if any(apart(QPoint(x, y)) > 60 for y in rows)]  # fmt: skip
    return found[0], found[-1]


@pytest.mark.usefixtures("mirrored")
def test_a_name_in_latin_letters_begins_where_the_lines_begin(qtbot: Any) -> None:
    for wrap in (False, True):
        first, last = _ink(_seen(qtbot, _on_a_page(label("English 8B", wrap=wrap))))
        assert first > WIDE / 2
        assert last > WIDE - 10


def test_a_name_in_arabic_letters_begins_at_the_left_of_an_english_window(
    qtbot: Any, theme: Theme
) -> None:
    first, last = _ink(_seen(qtbot, _on_a_page(label("فاطمة الزهراء"))))
    assert first < 10
    assert last < WIDE / 2


@pytest.mark.usefixtures("mirrored")
def test_the_words_of_a_table_stand_below_their_titles(qtbot: Any) -> None:
    table = Table((Column("Lesson", "strong", 1), Column("XP", "number", 1)), "Lessons")
    table.show_rows([("Cells", 7)])
    image = _seen(qtbot, table)
    for at, to_the_right in ((0, True), (1, False)):
        cell = table.visualRect(table.rows.index(0, at)).adjusted(2, 2, -2, -2)
        cell.moveTopLeft(table.viewport().mapTo(table, cell.topLeft()))
        first, last = _ink(image, cell)
        near, far = cell.right() - last, first - cell.left()
        assert (near < far) is to_the_right


@pytest.mark.usefixtures("mirrored")
def test_the_note_of_a_line_in_the_palette_leaves_its_title_alone(qtbot: Any) -> None:
    entries = [Entry("one", "Fractions", print, note="Mathematics 4A", icon="lessons")]
    over = QWidget()
    palette = Palette(over, entries, [], lambda entry: entry.run())
    image = _seen(qtbot, palette, 300)
    line = palette.found.visualItemRect(palette.found.item(0))
    line.moveTopLeft(palette.found.viewport().mapTo(palette, line.topLeft()))
    middle = QRect(line.center().x() - 30, line.top() + 2, 60, line.height() - 4)
    with pytest.raises(IndexError):  # nothing stands in the middle: one at either end
        _ink(image, middle)
    assert _ink(image, QRect(line.left() + 2, line.top() + 2, line.width() // 3, 20))


@pytest.mark.usefixtures("mirrored")
def test_the_wall_is_turned_as_a_whole(qtbot: Any) -> None:
    wall = Projector()
    line = Projected(rank=1, alias="Frosty Tiger", xp="580 XP", change="", falls=False)
    wall.tell(Wall("English 8B", "This month", (line,)))
    image = _seen(qtbot, wall, 270)
    title = QRect(WIDE // 2, 12, WIDE // 2 - 4, 24)
    first, last = _ink(image, title)
    assert last > WIDE * 0.9
    assert first > WIDE * 0.6


@pytest.mark.usefixtures("mirrored")
def test_a_title_keeps_the_line_beside_its_actions(qtbot: Any) -> None:
    header = PageHeader("English 8B", label("Import"), back=lambda: None)
    _seen(qtbot, header)
    assert header._actions.geometry().right() < header.title.mapTo(header, QPoint(0, 0)).x()
