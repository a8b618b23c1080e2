"""How a walk moves: goes to a page, opens a dialog, and waits until everything has its place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.ui.routes import Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.widgets.table import Table
from tests.ui.driving import in_front, quiet, until

Stop = tuple[str, QWidget]
"""What a walk stops at: a name for it, and the widget to look at."""

LAID_OUT = 6
"""So many turns of the loop: a line that breaks asks for another height, and so on."""


async def laid_out() -> None:
    """Let every layout have its say."""
    for _ in range(LAID_OUT):
        await asyncio.sleep(0.01)
        QApplication.sendPostedEvents()


async def settled(window: MainWindow) -> None:
    """Wait until the page in sight is loaded and laid out."""
    await quiet(window)
    await laid_out()


async def go(window: MainWindow, screen: str, subject: str = "") -> Any:
    """Go to a screen; returns its page."""
    window.go(Route(screen, subject))
    await in_front(window)
    await settled(window)
    return window.page(screen)


@asynccontextmanager
async def opened_dialog(name: str = "the dialog") -> AsyncIterator[QDialog]:
    """The dialog that was just asked for, in front; put away afterwards as with Escape."""
    await until(_dialogs, name)
    (dialog,) = _dialogs()
    dialog.activateWindow()
    await until(dialog.isActiveWindow, "the dialog in front")
    await laid_out()
    yield dialog
    for left in _dialogs():  # whoever answered it has put it away
        left.reject()
    await until(lambda: not _dialogs(), "the dialog's end")


def _dialogs() -> list[QDialog]:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]
    return [one for one in found if one.isVisible()]


def table_in_sight(page: QWidget) -> Table:
    """The table that a page shows."""
    return next(one for one in page.findChildren(Table) if one.isVisible())
