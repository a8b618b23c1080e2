"""Today, from a click to painted: with 100,000 records in the cache, against an empty one."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks import offscreen, term
from benchmarks.timing import Row, Stopwatch, alternate
from desktop.ui.desk import Desk
from desktop.ui.preferences import Preferences
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from desktop.ui.today.view import TodayPage
from tests.ui.sync_desk import desk_in

RECORDS = 100_000


class Watched(TodayPage):
    """Today, and when it shows what it asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shown = asyncio.Event()

    async def refresh(self) -> None:
        await super().refresh()
        self.shown.set()


def measure() -> Iterator[Row]:
    theme = Theme(offscreen.application(), "light")
    window = MainWindow(theme, Preferences())
    window.show()
    with tempfile.TemporaryDirectory() as scratch, asyncio.Runner() as runner:
        stack = AsyncExitStack()
        full = desk_in(Path(scratch) / "full", theme)
        busy, office, _ = runner.run(stack.enter_async_context(full))
        term.fill(office.cache, RECORDS)
        empty = desk_in(Path(scratch) / "empty", theme)
        idle, _, _ = runner.run(stack.enter_async_context(empty))
        times = alternate(
            lambda: runner.run(_painted(window, busy)), lambda: runner.run(_painted(window, idle))
        )
        runner.run(stack.aclose())
    window.deleteLater()
    theme.close()
    yield Row("Today painted, 100,000 records", "the same page, empty", *times, 2.0, 1.1)


async def _painted(window: MainWindow, desk: Desk) -> float:
    with Stopwatch() as watch:
        page = Watched(desk)
        window.show_alone(page)
        await page.shown.wait()
        QApplication.processEvents()
        watch.lap()
    window.pages.removeWidget(page)
    await page.close_page()
    page.deleteLater()
    return watch.seconds
