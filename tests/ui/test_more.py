"""The button of a page's lesser deeds: its menu by keyboard, and in the palette."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.ui.shell import palette
from desktop.ui.widgets.boxes import column, holding
from desktop.ui.widgets.more import MoreButton


def _shown(qtbot: Any, done: list[str]) -> tuple[QWidget, MoreButton]:
    more = MoreButton()
    for name in ("history", "versions", "publish"):
        more.add(name.title(), name, lambda name=name: done.append(name))
    page = holding(column(more))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page, more


def test_the_menu_is_opened_and_chosen_from_by_keyboard(qtbot: Any) -> None:
    done: list[str] = []
    page, more = _shown(qtbot, done)
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Space)
    menu = more.menu()
    assert menu.isVisible()
    for _ in range(2):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert done == ["versions"]
    QTest.keyClick(more, Qt.Key.Key_Space)
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert done == ["versions"]
    assert page.focusWidget() is more


def test_the_palette_offers_what_can_be_chosen_and_not_the_menu(qtbot: Any) -> None:
    done: list[str] = []
    page: Any
    page, more = _shown(qtbot, done)
    more.deeds[1].setEnabled(False)
    entries = palette.of_page(page)
    assert [one.title for one in entries] == ["History", "Publish"]
    entries[1].run()
    assert done == ["publish"]
    more.hide()
    assert not palette.of_page(page)
