"""Faults planted in screens: a sentence, another try, and nothing of a pupil is given away."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui import faults, loop
from desktop.ui.preferences import Preferences
from desktop.ui.routes import SCREENS, Route
from desktop.ui.shell import boundary
from desktop.ui.shell.fault_page import FaultPage
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from tests.ui import planted, sync_desk
from tests.ui.driving import button, click, dialog, quiet, said, until
from tests.ui.planted import SECRET, BrokenInside, BrokenOnce

broken_screen = pytest.mark.logs("A screen failed")


@contextlib.asynccontextmanager
async def a_window(folder: Path, theme: Theme) -> AsyncIterator[MainWindow]:
    """The window on a real cache, with the planted screens among the others."""
    async with sync_desk.desk_in(folder, theme) as (desk, _office, _heard):
        window = MainWindow(theme, Preferences())
        window.show()
        window.enter(desk)
        try:
            yield window
        finally:
            await window.leave()
            window.hide()
            window.deleteLater()


@pytest.fixture(autouse=True)
def planted_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCREENS, "lessons", f"{planted.__name__}:BrokenOnce")
    monkeypatch.setitem(SCREENS, "studio", f"{planted.__name__}:BrokenInside")
    monkeypatch.setattr(BrokenOnce, "broken", True)
    monkeypatch.setattr(BrokenInside, "where", "")


@broken_screen
def test_a_screen_that_cannot_be_built_offers_another_try_and_the_way_back(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with a_window(tmp_path, theme) as window:
            window.go(Route("classes"))
            window.go(Route("lessons"))
            page = window.page("lessons")
            assert isinstance(page, FaultPage)
            click(page, "copy-details")
            copied = QApplication.clipboard().text()
            assert "KeyError" in copied
            assert "tests/ui/planted.py" in copied
            assert "Ana" not in copied
            assert "eyJ" not in copied
            click(page, "go-back")
            assert window.here == Route("classes")
            assert not said(await quiet(window))
            BrokenOnce.broken = False
            window.go(Route("lessons"))
            click(window.page("lessons"), "try-again")
            assert window.page("lessons").header.title.text() == "Mended"
            assert window.here == Route("lessons")

    loop.run(qapp, story())


@broken_screen
@pytest.mark.parametrize("where", ["open", "refresh"])
def test_a_screen_that_breaks_while_it_opens_says_so_and_keeps_what_was_typed(
    qapp: QApplication, theme: Theme, tmp_path: Path, where: str
) -> None:
    async def story() -> None:
        async with a_window(tmp_path, theme) as window:
            page = window.page("studio")
            assert isinstance(page, BrokenInside)
            page.field.setText("half a sentence")
            BrokenInside.where = where
            window.go(Route("studio"))
            await until(lambda: "Something went wrong here" in said(page), "the sentence")
            assert SECRET not in said(page)
            assert page.field.text() == "half a sentence"
            window.go(Route("classes"))
            assert not said(await quiet(window))
            BrokenInside.where = ""
            window.go_back()
            press = next(one for one in page.banner.findChildren(type(page.button))
                         if one.text() == "Try again")  # fmt: skip
            QTest.mouseClick(press, Qt.MouseButton.LeftButton)
            await until(lambda: not said(page), "the mended page")

    loop.run(qapp, story())


@broken_screen
@pytest.mark.qt_no_exception_capture
def test_a_button_that_breaks_is_told_of_instead_of_doing_nothing(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with a_window(tmp_path, theme) as window:
            window.go(Route("studio"))
            page = window.page("studio")
            assert isinstance(page, BrokenInside)
            with boundary.fenced(window.tell_fault):
                QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
            assert "Something went wrong here" in said(page)
            assert SECRET not in said(page)

    loop.run(qapp, story())


def test_being_offline_is_told_as_a_state_and_not_as_a_fault(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with a_window(tmp_path, theme) as window:
            BrokenInside.where = "offline"
            window.go(Route("studio"))
            page = window.page("studio")
            await until(lambda: "cannot be reached now" in said(page), "the sentence")
            assert page.banner.property("tone") == "info"

    loop.run(qapp, story())


def test_a_form_whose_saving_fails_is_filled_in_again(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with a_window(tmp_path, theme) as window:
            window.go(Route("studio"))
            page = window.page("studio")
            assert isinstance(page, BrokenInside)
            saving = asyncio.ensure_future(page.save())
            sheet = await dialog()
            assert isinstance(sheet, planted.NameSheet)
            QTest.keyClicks(sheet.name, "Chess club")
            QTest.mouseClick(button(sheet, "done"), Qt.MouseButton.LeftButton)
            with pytest.raises(OSError, match="Ana"):
                await saving
            saving = asyncio.ensure_future(page.save())
            sheet = await dialog()
            assert isinstance(sheet, planted.NameSheet)
            assert sheet.name.text() == "Chess club"
            QTest.mouseClick(button(sheet, "done"), Qt.MouseButton.LeftButton)
            assert await saving == "Chess club"
            saving = asyncio.ensure_future(page.save())
            sheet = await dialog()
            assert isinstance(sheet, planted.NameSheet)
            assert sheet.name.text() == "", "what was saved is not offered again"
            QTest.keyClick(sheet, Qt.Key.Key_Escape)
            assert await saving is None

    loop.run(qapp, story())


def test_details_name_the_place_and_never_the_message() -> None:
    def inner() -> None:
        raise KeyError(SECRET)

    def outer() -> None:
        try:
            inner()
        except KeyError as error:
            raise RuntimeError(SECRET) from error

    with pytest.raises(RuntimeError) as caught:
        outer()
    told = faults.details(caught.value, "class")
    assert "Screen: class" in told
    assert "RuntimeError" in told
    assert "KeyError" in told
    assert "tests/ui/test_faults.py" in told
    assert SECRET not in told
    assert str(Path.home()) not in told
