"""A mouse as a person has one: it points at a place of a window, and whatever lies there gets it.

A widget that is covered, off, out of sight or behind a dialog cannot be clicked; a test that wants
it says so. Qt's own mouse for a test hands an event to the widget itself, whatever lies over it.
"""

from functools import partial

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QTableView, QWidget

from desktop.ui.widgets.toast import Toast
from tests.ui.accessibility import called
from tests.ui.driving import button, outside_of_tasks, until

NOTCH = 120
"""What a wheel turns by from one catch to the next, as Qt counts."""
MOST_NOTCHES = 60


async def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Click on `widget` in its middle, or at `at`; scrolls to it with the wheel if need be."""
    where = at or widget.rect().center()
    await _scroll_to(widget, where)
    await _press(widget, where)


async def click_on(root: QWidget, name: str) -> None:
    """Click on the button called `name`."""
    await click(button(root, name))


async def pick_row(table: QTableView, at: int) -> None:
    """Click on a row of `table`; it is scrolled there first, as with the wheel."""
    index = table.model().index(at, 0)
    table.scrollTo(index)
    await click(table.viewport(), table.visualRect(index).center())


async def choose(choice: QComboBox, text: str) -> None:
    """Open `choice`, and click on the line that says `text`."""
    await click(choice)
    popup = choice.view().window()
    await until(lambda: QApplication.activePopupWidget() is popup, "the open list")
    index = choice.model().index(choice.findText(text), 0)
    assert index.isValid(), f"{called(choice)} does not offer “{text}”"
    view = choice.view()
    await click(view.viewport(), view.visualRect(index).center())
    await until(lambda: QApplication.activePopupWidget() is None, "the end of the list")
    assert choice.currentText() == text


async def _scroll_to(widget: QWidget, where: QPoint) -> None:
    """Turn the wheel over what holds `widget` until the place is in sight."""
    area = _scrolled_by(widget)
    for _ in range(MOST_NOTCHES):
        if widget.visibleRegion().contains(where) or area is None:
            return
        inside = area.viewport()
        below = widget.mapTo(inside, where).y() > inside.rect().center().y()
        pointed = inside.mapTo(inside.window(), inside.rect().center())
        turn = QPoint(0, -NOTCH if below else NOTCH)
        await outside_of_tasks(partial(QTest.wheelEvent, _window(inside), QPointF(pointed), turn))


def _scrolled_by(widget: QWidget) -> QAbstractScrollArea | None:
    """The innermost area that holds `widget` and has something to scroll."""
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QAbstractScrollArea) and holder.verticalScrollBar().maximum() > 0:
            return holder
        holder = holder.parentWidget()
    return None


async def _press(widget: QWidget, where: QPoint) -> None:
    """Click at a place of the window that holds `widget`, once it is plain that this hits it."""
    over = widget.window()
    assert widget.isEnabled(), f"{called(widget)} is off"
    assert widget.visibleRegion().contains(where), f"{called(widget)} is out of sight"
    in_front = QApplication.activePopupWidget() or QApplication.activeModalWidget() or over
    assert in_front is over, f"{called(widget)} lies behind {called(in_front)}"
    place = widget.mapTo(over, where)
    await until(lambda: _toast_at(over, place) is None, "a toast that goes by itself")
    under = over.childAt(place) or over
    hit = under is widget or widget.isAncestorOf(under)
    assert hit, f"{called(widget)} is covered by {called(under)}"
    await outside_of_tasks(
        lambda: QTest.mouseClick(
            _window(over), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    )


def _toast_at(over: QWidget, place: QPoint) -> QWidget | None:
    """The toast that lies at a place of a window, if one does: it stays for some seconds."""
    under = over.childAt(place)
    while under is not None and not isinstance(under, Toast):
        under = under.parentWidget()
    return under


def _window(widget: QWidget) -> QWindow:
    found = widget.window().windowHandle()
    assert found is not None, f"{called(widget)} is in no window"
    return found
