"""Drives the real window in a test: presses what a person sees, waits for what they would see."""

import asyncio
import contextlib
import dataclasses
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import qasync
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop import app
from desktop.settings import Settings
from desktop.ui.preferences import Preferences
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.more import MoreButton

PATIENCE_S = 60.0


async def until(true: Callable[[], object], what: str, seconds: float = PATIENCE_S) -> None:
    """Let the program run until something is so."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen within {seconds:.0f} s")
        await asyncio.sleep(0.02)
        _turn_qt()


def _turn_qt() -> None:
    """Let Qt's timers and layouts go on, where the loop is asyncio's own and not the program's."""
    if not isinstance(asyncio.get_running_loop(), qasync.QEventLoop):
        QApplication.processEvents()


async def outside_of_tasks(do: Callable[[], object]) -> None:
    """Do it as Qt hands on a click: in no task's step, so that a loop within a loop may run."""
    here = asyncio.get_running_loop()
    done = here.create_future()

    def run() -> None:
        try:
            do()
        finally:
            done.set_result(None)

    here.call_soon(run)
    await done


def button(root: QWidget, name: str) -> QAbstractButton:
    """The button called `name` that is in sight."""
    found = [
        one for one in root.findChildren(QAbstractButton, name)
        if one.isVisible() and one.isEnabled()
    ]  # fmt: skip
    assert found, f"no button {name} in sight; the page says: {said(root)}"
    return found[0]


def click(root: QWidget, name: str) -> None:
    """Click the button called `name` with the mouse."""
    QTest.mouseClick(button(root, name), Qt.MouseButton.LeftButton)


def choose_more(root: QWidget, name: str) -> None:
    """Open the menu of the page's lesser deeds with the mouse, and click the one called `name`."""
    more = button(root, "more-deeds")
    assert isinstance(more, MoreButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    menu = more.menu()
    (deed,) = [one for one in more.deeds if one.objectName() == name]
    where = menu.actionGeometry(deed).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=where)


def key(widget: QWidget, pressed: Qt.Key, with_: Qt.KeyboardModifier | None = None) -> None:
    """Press a key."""
    QTest.keyClick(widget, pressed, with_ or Qt.KeyboardModifier.NoModifier)


def said(root: QWidget) -> str:
    """What the banners in sight say."""
    return " ".join(one.text for one in root.findChildren(Banner) if one.isVisible())


async def dialog() -> QWidget:
    """The dialog that lies over the window, once it is there."""
    await until(lambda: QApplication.activeModalWidget() is not None, "the dialog")
    found = QApplication.activeModalWidget()
    assert found is not None
    return found


async def quiet(window: MainWindow) -> Any:
    """The page in sight, once it has loaded."""
    await until(lambda: window.here is not None, "a page")
    assert window.here is not None
    page = window.page(window.here.screen)
    await until(lambda: not page._refreshing and not page._stale, f"the page {window.here.screen}")
    return page


def pick_row(table: Any, at: int) -> None:
    """Click on a row of a table."""
    where = table.visualRect(table.rows.index(at, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where.x(), where.y()))


def children_of(pid: int) -> list[int]:
    """The processes that `pid` started and that still live (Linux)."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(status.parent.name))
    return found


@contextlib.asynccontextmanager
async def opened(profile: Path) -> AsyncIterator[MainWindow]:
    """The program's window on `profile`, as `app.run` opens it; closed as a person closes it."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    # The real plugin folder of whoever runs the tests is not ours to write to.
    plugins = profile / "Studio plugins"
    settings = dataclasses.replace(Settings.load(profile=profile), studio_plugins=plugins)
    preferences, font = Preferences.load(profile), application.font()
    window = MainWindow(Theme(application, "light", preferences.scale), preferences)
    window.show()
    living = asyncio.ensure_future(app.live(settings, window))
    try:
        yield window
    finally:
        window.close()
        assert await asyncio.wait_for(living, PATIENCE_S) == 0
        window.deleteLater()
        # The next window takes this for the system's, and would make large text larger still.
        application.setFont(font)


async def in_sample_school(window: MainWindow) -> None:
    """From the first page into the sample school, until the first sync is done."""
    await _in_school(window, "choose-sample")


async def in_empty_school(window: MainWindow) -> None:
    """From the first page into an empty Local school, which is there sooner."""
    await _in_school(window, "choose-own")


async def _in_school(window: MainWindow, choice: str) -> None:
    await until(lambda: visible(window, choice), "the choice")
    click(window, choice)
    await until(lambda: window.here is not None or said(window), "Today")
    assert window.here is not None, said(window)
    await until(lambda: window.status._sync.text() == "All saved", "the first sync")


def visible(root: QWidget, name: str) -> bool:
    """Whether the widget called `name` is in sight."""
    found = root.findChild(QWidget, name)
    return found is not None and found.isVisible()


async def in_front(window: MainWindow) -> None:
    """Bring the window to the front, as a desktop does after a dialog; shortcuts need it there."""
    window.activateWindow()
    await until(window.isActiveWindow, "the window in front")
