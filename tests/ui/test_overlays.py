"""What comes over a page: notes with an action, and a sheet at its end."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.side_sheet import SideSheet
from desktop.ui.widgets.toast import MOST, Toast


@pytest.fixture
def over(qtbot: QtBot, theme: Theme) -> QWidget:
    """A page to lie over, with a field in it that has the focus."""
    made = QWidget()
    qtbot.addWidget(made)
    field = QLineEdit()
    made.setLayout(column(field, None))
    made.resize(800, 500)
    made.show()
    made.activateWindow()
    field.setFocus()
    return made


def test_a_note_does_not_push_away_the_one_that_can_still_be_undone(
    over: QWidget, qtbot: QtBot
) -> None:
    toast, undone = Toast(over), []
    toast.tell("50 XP for Ada.", "Undo", lambda: undone.append("Ada"))
    toast.tell("Saved.")
    assert toast.texts == ["50 XP for Ada.", "Saved."]
    undo = next(one for one in toast.findChildren(Button) if one.isVisible())
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert undone == ["Ada"]
    assert toast.texts == ["Saved."]


def test_the_oldest_note_makes_room_and_the_same_words_are_one_note(over: QWidget) -> None:
    toast = Toast(over)
    for at in range(MOST + 2):
        toast.tell(f"Saved {at}.")
    toast.tell(f"Saved {MOST}.")
    assert len(toast.texts) == MOST
    assert toast.texts[-1] == toast.text == f"Saved {MOST}."
    assert over.rect().contains(toast.geometry())


def test_a_note_goes_by_itself_but_not_under_the_pointer(
    over: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.widgets.toast.STAYS_MS", 30)
    toast = Toast(over)
    toast.tell("Read at leisure.", "Undo", lambda: None)
    action = next(one for one in toast.findChildren(Button))
    action.setFocus()
    toast.tell("Short.")
    qtbot.waitUntil(lambda: toast.texts == ["Read at leisure."])
    over.findChild(QLineEdit).setFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_side_sheet_takes_the_focus_and_gives_it_back(over: QWidget, qtbot: QtBot) -> None:
    sheet, closed = SideSheet(over, "Ada Lovelace"), []
    sheet.closed.connect(lambda: closed.append(1))
    field = over.findChild(QLineEdit)
    sheet.open()
    assert sheet.isAncestorOf(over.focusWidget())
    qtbot.keyClick(over.focusWidget(), Qt.Key.Key_Escape)
    assert closed == [1]
    assert sheet.isHidden()
    assert over.focusWidget() is field
    sheet.put_away()
    assert closed == [1], "what is away cannot be put away again"


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_a_side_sheet_lies_at_the_end_of_the_page_and_leaves_some_of_it_in_sight(
    over: QWidget, theme: Theme, direction: Qt.LayoutDirection
) -> None:
    theme.show(motion="less")
    over.setLayoutDirection(direction)
    sheet = SideSheet(over, "Ada Lovelace")
    sheet.open()
    for width in (800, 300):
        over.resize(width, 500)
        assert sheet.height() == 500
        assert sheet.width() <= width - 48
        right = direction == Qt.LayoutDirection.LeftToRight
        assert (sheet.geometry().right() == width - 1) if right else (sheet.x() == 0)
    theme.show(motion="system")
