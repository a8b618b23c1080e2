"""Pages without the sample school: the first page, what is wrong with it, and Sync's states."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.errors import CompanionError
from desktop.settings import Settings
from desktop.storage import errors
from desktop.ui.preferences import Preferences
from desktop.ui.settings.plan_card import PlanCard
from desktop.ui.settings.plans import PlanShown
from desktop.ui.shell.front_door import FrontDoor
from desktop.ui.shell.window import MainWindow
from desktop.ui.sync.view import SyncPage
from desktop.ui.theme.theme import Theme
from tests.ui import sync_desk
from tests.ui.driving import click, in_front, until
from tests.ui.walk.going import Stop, laid_out, opened_dialog
from tests.ui.walk.sheets import OFFERS

GONE = {"offline": True, "problem": "https://school.example cannot be reached now."}
SYNC: tuple[tuple[str, tuple[Any, ...], dict[str, object]], ...] = (
    ("empty", (), {}),
    ("offline", (sync_desk.waiting,), GONE),
    ("signed out", (sync_desk.waiting,), {"sign_in_needed": True}),
    ("refused and kept", (sync_desk.refused, sync_desk.kept, sync_desk.past), {}),
    ("conflicts of each kind", (sync_desk.conflict, sync_desk.of_each_kind), {}),
)
"""By name: what was done, and how it stands."""
TROUBLES: tuple[CompanionError, ...] = (
    errors.LockedCache("locked"), errors.DiskFault("broken"), errors.NewerCache("newer"),
)  # fmt: skip
"""One for each set of buttons."""


async def every(theme: Theme, size: tuple[int, int]) -> AsyncIterator[Stop]:
    """Each state in a window of `size`."""
    async for stop in _first_page(theme, size):
        yield stop
    for name, works, more in SYNC:
        async for stop in _sync(theme, size, name, works, more):
            yield stop


async def _first_page(theme: Theme, size: tuple[int, int]) -> AsyncIterator[Stop]:
    with tempfile.TemporaryDirectory(prefix="companion-walk-") as folder:
        window = MainWindow(theme, Preferences(toured=True))
        door = FrontDoor(Settings.load(profile=Path(folder)), window)
        door._welcome.choose()
        window.resize(*size)
        window.show()
        await in_front(window)
        yield "the first page", await _ready(window)
        click(window, "choose-server")
        click(window, "sign-in")
        yield "signing in", await _ready(window)
        door._welcome.wait("One moment…")
        yield "waiting", await _ready(window)
        for error in TROUBLES:
            door._tell_trouble(error, "That code does not open it. Check each letter.")
            yield f"trouble: {type(error).__name__}", await _ready(window)
            if isinstance(error, errors.LockedCache):
                click(window, "begin-anew")
                async with opened_dialog() as dialog:
                    yield "begin anew", dialog
        await door.close()
        window.hide()
        window.deleteLater()


async def _ready(window: MainWindow) -> QWidget:
    await in_front(window)
    await laid_out()
    return window


async def _sync(
    theme: Theme, size: tuple[int, int], name: str, works: tuple[Any, ...], more: dict[str, object]
) -> AsyncIterator[Stop]:
    with tempfile.TemporaryDirectory(prefix="companion-walk-") as folder:
        async with sync_desk.desk_in(Path(folder), theme) as (desk, office, _):
            for work in (sync_desk.furnish, *works):
                office.act(work).result()
            office.refresh_status(**more)
            page = SyncPage(desk)
            page.resize(*size)
            page.show()
            page.activateWindow()
            await until(lambda: not page._refreshing and not page._stale, "Sync")
            await laid_out()
            yield f"sync, {name}", page
            if "sign_in_needed" in more:
                click(page, "sign-in-again")
                async with opened_dialog() as dialog:
                    yield "signing in again", dialog
            if name == "empty":
                card = PlanCard(page, Offered())  # type: ignore[arg-type]
                page.body.addWidget(card)
                await card.refresh()
                await laid_out()
                yield "a plan", card
            page.hide()
            await page.close_page()
            page.deleteLater()


class Offered:
    """Plans of a school that sells them."""

    async def load(self) -> PlanShown:
        return PlanShown("Free", "3 of 5 lessons today", "A new day begins at midnight.",
                         manages=True, offers=OFFERS)  # fmt: skip

    def on_change(self, _listener: object) -> Any:
        return lambda: None
