"""Leaving an account: whatever comes between, nothing runs on and the first page is there again."""

import asyncio
import gc
import os
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import app
from desktop.settings import Settings
from desktop.ui import loop
from desktop.ui.classes.view import ClassesPage
from desktop.ui.desk import Errand
from desktop.ui.preferences import Preferences
from desktop.ui.routes import Route
from desktop.ui.settings.leave_sheet import LeaveSheet
from desktop.ui.shell.household import Household
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from tests.ui import driving
from tests.ui.driving import button, click, dialog, in_empty_school, opened, quiet, said, until

a_fault_of_ours = pytest.mark.logs("A screen failed")


async def _first_page(window: MainWindow) -> None:
    await until(lambda: driving.visible(window, "choose-own"), "the first page")
    assert window.desk is None
    assert window.sidebar.isHidden()


async def _asked_to_leave(window: MainWindow) -> QWidget:
    if window.tour is not None:
        window.tour.end()
    window.go(Route("settings"))
    click(await quiet(window), "leave")
    return await dialog()


def _children() -> set[int]:
    return set(driving.children_of(os.getpid()))


def test_leave_pressed_twice_and_settings_chosen_again_asks_once_and_leaves(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def story() -> None:
        async with opened(tmp_path) as window:
            await in_empty_school(window)
            if window.tour is not None:
                window.tour.end()
            window.go(Route("settings"))
            page = await quiet(window)
            click(page, "1.5")
            leave = button(page, "leave")
            leave.click()
            leave.click()
            click(window, "go-settings")
            await dialog()
            await asyncio.sleep(0.3)  # in which a second one would come
            sheets = window.findChildren(LeaveSheet)
            assert len(sheets) == 1
            click(sheets[0], "done")
            await _first_page(window)
            assert not said(window)

    loop.run(qapp, story())


@pytest.mark.parametrize("after_s", [0.0, 0.1])
def test_a_window_closed_while_the_account_is_left_leaves_no_school_running(
    qapp: QApplication, tmp_path: Path, after_s: float
) -> None:
    before = _children()

    async def story() -> None:
        async with opened(tmp_path) as window:
            await in_empty_school(window)
            click(await _asked_to_leave(window), "done")
            await asyncio.sleep(after_s)

    loop.run(qapp, story())
    assert _children() <= before


def test_a_window_closed_before_the_door_is_open_ends_without_a_word(
    qapp: QApplication, tmp_path: Path
) -> None:
    window = MainWindow(Theme(qapp, "light"), Preferences())
    window.show()
    window.close()
    assert loop.run(qapp, app.live(Settings.load(profile=tmp_path), window)) == 0
    window.deleteLater()
    gc.collect()  # work that never began would be complained of here


def test_a_window_closed_during_an_errand_does_it_to_the_end(
    qapp: QApplication, tmp_path: Path
) -> None:
    done: list[str] = []

    async def story() -> None:
        begun = asyncio.Event()

        async def slow() -> str:
            begun.set()
            await asyncio.sleep(0.2)
            done.append("all of it")
            return ""

        async with opened(tmp_path) as window:
            await in_empty_school(window)
            assert window.desk is not None
            window.desk.away(Errand("Erasing…", slow))
            await begun.wait()

    loop.run(qapp, story())
    assert done == ["all of it"]


@a_fault_of_ours
def test_an_errand_that_something_else_cancels_comes_back_to_the_first_page_and_says_so(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def cancelled() -> NoReturn:
        raise asyncio.CancelledError

    async def story() -> None:
        async with opened(tmp_path) as window:
            await in_empty_school(window)
            assert window.desk is not None
            window.desk.away(Errand("Erasing…", cancelled))
            await _first_page(window)
            assert "Something went wrong" in said(window)
            await in_empty_school(window)  # and everything works again

    loop.run(qapp, story())


@a_fault_of_ours
def test_a_page_that_cannot_close_keeps_neither_the_others_nor_the_school(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _children()

    async def broken(_: ClassesPage) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(ClassesPage, "close_page", broken)

    async def story() -> None:
        async with opened(tmp_path) as window:
            await in_empty_school(window)
            window.go(Route("classes"))
            await quiet(window)
            click(await _asked_to_leave(window), "done")
            await _first_page(window)
            assert "Something went wrong" in said(window)
            assert _children() <= before
            assert window.pages.count() == 1, "the first page alone"

    loop.run(qapp, story())


@a_fault_of_ours
def test_an_account_that_cannot_move_in_is_seen_out_again(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _children()

    def broken(_: Household) -> NoReturn:
        raise ZeroDivisionError

    monkeypatch.setattr(Household, "_tell_studio", broken)

    async def story() -> None:
        async with opened(tmp_path) as window:
            await until(lambda: driving.visible(window, "choose-own"), "the choice")
            click(window, "choose-own")
            await until(lambda: said(window), "a sentence")
            await _first_page(window)
            assert _children() <= before
            monkeypatch.undo()
            await in_empty_school(window)

    loop.run(qapp, story())
