"""The window remembers how it stood, and comes back into sight when a screen is gone."""

import base64
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.preferences import Preferences
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.table import Column, Table
from tests.full_disk import full

COLUMNS = (Column("Student", "person", 3), Column("XP", "number"), Column("Note", share=2))
ROWS = [("Ada Lovelace", 120, "helps others"), ("Alan Turing", 90, "")]


def test_place_size_and_text_come_back(tmp_path: Path, qtbot: QtBot, theme: Theme) -> None:
    window = MainWindow(theme, Preferences())
    qtbot.addWidget(window)
    window.setGeometry(0, 50, 900, 640)
    theme.show(motion="less")
    window.preferences.save(tmp_path)
    theme.show(motion="system")
    again = MainWindow(theme, Preferences.load(tmp_path))
    qtbot.addWidget(again)
    # The screen of the tests is narrower than any window of ours, so this says nothing of x.
    assert (again.y(), again.height()) == (50, 640)
    assert Preferences.load(tmp_path).motion == "less"


@pytest.mark.logs("could not be saved")
def test_a_full_disk_leaves_what_was_remembered_before(tmp_path: Path) -> None:
    Preferences(scale=1.5, toured=True).save(tmp_path)
    with full():
        Preferences(scale=2.0).save(tmp_path)
    assert Preferences.load(tmp_path) == Preferences(scale=1.5, toured=True)


def test_a_window_left_on_a_screen_that_is_gone_comes_back_into_sight(
    qtbot: QtBot, theme: Theme, qapp: QApplication
) -> None:
    window = MainWindow(theme, Preferences())
    qtbot.addWidget(window)
    window.setGeometry(9_000, 7_000, 900, 600)
    again = MainWindow(theme, Preferences(geometry=window.preferences.geometry))
    qtbot.addWidget(again)
    assert qapp.primaryScreen().availableGeometry().intersects(again.geometry())


@pytest.mark.parametrize("remembered", ["", "!", base64.b64encode(b"\x01\x02").decode()])
def test_a_record_of_its_place_that_means_nothing_is_no_hindrance(
    remembered: str, qtbot: QtBot, theme: Theme
) -> None:
    window = MainWindow(theme, Preferences(geometry=remembered))
    qtbot.addWidget(window)
    assert window.width() >= window.minimumWidth()


def _table(qtbot: QtBot) -> Table:
    table = Table(COLUMNS, "Students")
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    table.show_rows(ROWS)
    return table


def test_a_column_that_was_pulled_stays_as_wide_and_the_others_share_the_rest(
    qtbot: QtBot, theme: Theme
) -> None:
    table = _table(qtbot)
    with qtbot.waitSignal(table.widths.chosen):
        table.horizontalHeader().resizeSection(0, 150)
    table.resize(900, 300)
    table.show_rows(ROWS)
    assert table.columnWidth(0) == 150
    other = _table(qtbot)
    other.widths.restore(table.widths.remembered())
    assert other.columnWidth(0) == 150
    assert sum(other.columnWidth(at) for at in range(3)) in range(690, 701)


def test_a_double_click_on_its_edge_gives_a_column_back_to_the_table(
    qtbot: QtBot, theme: Theme
) -> None:
    table = _table(qtbot)
    before = table.columnWidth(0)
    table.horizontalHeader().resizeSection(0, 150)
    table.horizontalHeader().sectionHandleDoubleClicked.emit(0)
    assert table.columnWidth(0) == before
    assert table.widths.remembered() == [0, 0, 0]


def test_widths_of_a_table_that_has_changed_since_are_let_go(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    table = _table(qtbot)
    before = table.columnWidth(0)
    table.widths.restore([300])
    assert table.columnWidth(0) == before
    (tmp_path / "window.json").write_text('{"widths": {"class/0": [1, "x"], "lessons/0": [80, 0]}}')
    assert Preferences.load(tmp_path).widths == {"lessons/0": [80, 0]}


def test_how_a_screen_shows_things_comes_back(tmp_path: Path) -> None:
    Preferences(habits={"lessons": "title"}).save(tmp_path)
    assert Preferences.load(tmp_path).habits == {"lessons": "title"}
    (tmp_path / "window.json").write_text('{"habits": {"lessons": 7, "sync": "few"}}')
    assert Preferences.load(tmp_path).habits == {"sync": "few"}


def test_no_offer_to_undo_outlives_the_account_that_is_left(qtbot: QtBot, theme: Theme) -> None:
    window, first_page = MainWindow(theme, Preferences()), QWidget()
    qtbot.addWidget(window)
    window.toast.tell("Twelve students came in.", "Undo")
    window.show_alone(first_page)
    assert window.toast.texts == []
