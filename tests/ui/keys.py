"""Keys as a person presses them: the window in front gets them, and hands them to its focus.

Qt's own keyboard for a test hands a key to the widget itself, also behind a dialog or a menu.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.accessibility import called
from tests.ui.driving import outside_of_tasks

MOST_TABS = 150
NOTHING_HELD = Qt.KeyboardModifier.NoModifier


async def press(key: Qt.Key, held: Qt.KeyboardModifier = NOTHING_HELD) -> None:
    """Press one key, with others held down."""
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window is in front"
    await outside_of_tasks(lambda: QTest.keyClick(window, key, held))


async def write(text: str) -> None:
    """Type `text` where the focus is."""
    for letter in text:
        window = QGuiApplication.focusWindow()
        assert window is not None, "no window is in front"
        await outside_of_tasks(partial(QTest.keyClick, window, ord(letter)))


async def tab_to(name: str) -> None:
    """Press Tab until the widget called `name` has the focus."""
    await tab_until(lambda one: one.objectName() == name, name)


async def tab_until(there: Callable[[QWidget], bool], what: str) -> None:
    """Press Tab until the focus is where it should be; `what` says where that is."""
    passed = []
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is not None:
            if there(focus):
                return
            passed.append(called(focus))
        await press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {what}, but to {', '.join(dict.fromkeys(passed))}")
