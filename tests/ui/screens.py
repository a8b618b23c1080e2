"""Every screen of the window, one after the other, with what opens over it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from desktop.ui.routes import Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.widgets.listing import Line
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.table import Table
from tests.ui.driving import quiet, until

WALKED = (
    "today", "classes", "class", "leaderboard", "lessons", "lesson", "generate", "studio", "sync",
    "settings",
)  # fmt: skip
"""The screens that are walked through, in this order."""


async def every(window: MainWindow) -> AsyncIterator[str]:
    """Go to each screen, and to each part of it that a row of choices changes; yields names."""
    for screen in WALKED:
        await _go(window, screen)
        yield screen
        page = window.page(screen)
        for choices in page.findChildren(Segments):
            if choices.isVisible() and screen in ("class", "lesson"):
                for button in choices.findChildren(QAbstractButton)[1:]:
                    button.click()
                    await _settled(window)
                    yield f"{screen}, {button.objectName()}"
                choices.findChildren(QAbstractButton)[0].click()
                break


async def every_sheet(window: MainWindow) -> AsyncIterator[tuple[str, QWidget]]:
    """Open each dialog that a screen offers without any preparation; yields its name and itself."""
    window.open_palette()
    yield "palette", await _opened(window)
    for screen, name, row in (("classes", "new-class", -1), ("class", "award", 1)):
        await _go(window, screen)
        page = window.page(screen)
        if row >= 0:
            next(one for one in page.findChildren(Table) if one.isVisible()).pick(row)
        button = page.findChild(QAbstractButton, name)
        assert button is not None, name
        button.click()
        yield name, await _opened(window)


async def _settled(window: MainWindow) -> None:
    """Loaded, and laid out: a line that breaks asks for another height, and so on."""
    await quiet(window)
    for _ in range(6):
        await asyncio.sleep(0.02)


async def _opened(window: MainWindow) -> QWidget:
    def found() -> list[QDialog]:
        return [one for one in window.findChildren(QDialog) if one.isVisible()]

    await until(found, "a dialog")
    sheet = found()[0]
    sheet.activateWindow()
    await until(sheet.isActiveWindow, "the dialog in front")
    return sheet


async def _go(window: MainWindow, screen: str) -> None:
    opener = OPENERS.get(screen)
    if opener is None:
        window.go(Route(screen))
    else:
        await opener(window)
    await until(lambda: window.here is not None and window.here.screen == screen, screen)
    await _settled(window)


async def _open_class(window: MainWindow) -> None:
    await _go(window, "classes")
    line = next(one for one in window.page("classes").findChildren(Line) if one.isVisible())
    line.click()


async def _open_lesson(window: MainWindow) -> None:
    await _go(window, "lessons")
    table = next(one for one in window.page("lessons").findChildren(Table) if one.isVisible())
    table.activated_row.emit(table.rows.rows[0])


OPENERS: dict[str, Callable[[MainWindow], Awaitable[None]]] = {
    "class": _open_class,
    "lesson": _open_lesson,
}
"""How to come to the screens that show one of many."""
