"""A page that hears of change upon change: it shows the last of them, and rests in between."""

import asyncio
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.ui import loop
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.header import PageHeader
from tests.ui.driving import until
from tests.ui.sync_desk import desk_in

TAKES_S = 0.05
TOLD = frozenset({("students", "one")})


class Slow(Page):
    """Takes a while to refresh, and counts."""

    kinds = frozenset({"students"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PageHeader("Slow"))
        self.newest = self.shown = self.refreshes = 0

    async def refresh(self) -> None:
        self.refreshes += 1
        newest = self.newest
        await asyncio.sleep(TAKES_S)
        self.shown = newest


def test_a_hundred_changes_in_a_row_cost_a_few_refreshes_and_the_last_is_shown(
    tmp_path: Path, qapp: QApplication, theme: Theme
) -> None:
    async def story() -> None:
        async with desk_in(tmp_path, theme) as (desk, _, _):
            page = Slow(desk)
            page.show()
            await until(lambda: page.refreshes == 1, "the first refresh")
            for _ in range(100):
                page.newest += 1
                desk.bridge.changed.emit(TOLD)
                await asyncio.sleep(TAKES_S / 10)
            await until(lambda: page.shown == 100, "the last change")
            assert page.refreshes < 10
            await page.close_page()
            page.deleteLater()

    loop.run(qapp, story())


def test_a_change_after_a_rest_is_asked_for_at_once(
    tmp_path: Path, qapp: QApplication, theme: Theme
) -> None:
    async def story() -> None:
        async with desk_in(tmp_path, theme) as (desk, _, _):
            page = Slow(desk)
            page.show()
            await until(lambda: page.refreshes == 1 and not page._refreshing, "the first refresh")
            await until(lambda: time.monotonic() > page._rested_at, "its rest")
            desk.bridge.changed.emit(TOLD)
            assert page._refreshing
            await until(lambda: page.refreshes == 2 and not page._refreshing, "the second")
            await page.close_page()
            page.deleteLater()

    loop.run(qapp, story())
