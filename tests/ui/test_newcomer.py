"""The newcomer's road, with real clicks, on the real program with its real child process."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit

from desktop.ui import loop
from desktop.ui.generate.view import GeneratePage
from desktop.ui.one_class.view import ClassPage
from desktop.ui.routes import PLACES, Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.studio.view import PushCard, StudioPage
from desktop.ui.theme.theme import Theme
from desktop.ui.welcome.view import WelcomePage
from desktop.ui.widgets.listing import Line
from tests.ui import accessibility, driving, keys, mouse
from tests.ui.driving import click, dialog, key, opened, quiet, said, until

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_newcomer_goes_from_the_first_page_to_a_verified_push_and_back(
    qapp: QApplication, tmp_path: Path
) -> None:
    before = set(driving.children_of(os.getpid()))
    loop.run(qapp, _road(tmp_path))
    assert set(driving.children_of(os.getpid())) <= before, "a child process outlived the window"


async def _road(profile: Path) -> None:
    async with opened(profile) as window:
        await driving.in_sample_school(window)
        today = await quiet(window)
        assert today.findChildren(Line), "Today shows no class"
        await mouse.click_on(window, "tour-skip")
        await _award(window)
        await _walk_every_screen(window)
        await keys.press(Qt.Key.Key_6, CONTROL)
        studio = await quiet(window)
        assert isinstance(studio, StudioPage)
        await mouse.click_on(studio, "practice")
        await until(lambda: window.status._studio.text() == "Studio connected", "Studio")
        await _generate_and_push(window)
        await _undo(window)


async def _award(window: MainWindow) -> None:
    """Open a class, give the last of the leaderboard 3,000 XP, and find them at its top."""
    await driving.in_front(window)
    await keys.press(Qt.Key.Key_2, CONTROL)
    classes = await quiet(window)
    await mouse.click(classes.findChildren(Line)[0])
    page = await quiet(window)
    assert isinstance(page, ClassPage)
    await mouse.click_on(page, "board")
    await quiet(window)
    last = page.board.table.rows.rows[-1]
    await mouse.click_on(page, "roster")
    await quiet(window)
    for _ in range(3):
        await _award_1000(window, page, last[1])
    await mouse.click_on(page, "board")
    await until(lambda: page.board.table.rows.rows[0][-1] == last[-1], "the leaderboard's move")
    assert page.board.table.rows.rows[0][3] == last[3] + 3_000
    await until(lambda: window.status._sync.text() == "All saved", "the award's sync")


async def _award_1000(window: MainWindow, page: ClassPage, student: str) -> None:
    await quiet(window)
    names = [row[0] for row in page.roster.table.rows.rows]
    await mouse.pick_row(page.roster.table, names.index(student))
    await mouse.click_on(page, "award")
    sheet = await dialog()
    sheet.activateWindow()
    await until(sheet.isActiveWindow, "the dialog in front")
    await keys.tab_until(lambda one: isinstance(one, QAbstractSpinBox), "the points")
    await keys.write("1000")
    window.toast.clear()
    await mouse.click_on(sheet, "done")
    await until(lambda: "1000 XP" in window.toast.text, "the award")


async def _walk_every_screen(window: MainWindow) -> None:
    """Each screen by its shortcut: everything in sight has a name and is reached by Tab."""
    await driving.in_front(window)
    for at, place in enumerate(PLACES):
        await keys.press(Qt.Key(Qt.Key.Key_1 + at), CONTROL)
        await quiet(window)
        assert window.here == Route(place.screen)
        assert window.isActiveWindow(), f"{place.screen} opened a window of its own"
        assert not accessibility.unnamed(window), place.screen
        assert not accessibility.out_of_reach(window), place.screen
        assert not said(window), f"{place.screen}: {said(window)}"


async def _generate_and_push(window: MainWindow) -> None:
    await keys.press(Qt.Key.Key_5, CONTROL)
    page = await quiet(window)
    assert isinstance(page, GeneratePage)
    await mouse.click(page.wish.sentence)
    await keys.write("fractions on a number line, grade 4")
    await keys.press(Qt.Key.Key_Return)
    await until(lambda: driving.visible(page, "save-and-push") or said(page), "the lesson")
    assert not said(page), said(page)
    for_class = page._result.for_class
    await mouse.choose(for_class, for_class.itemText(1))
    await mouse.click_on(page, "save-and-push")
    sheet = await dialog()
    await mouse.click_on(sheet, "push-now")
    await until(lambda: window.here == Route("studio"), "the Studio page")
    await until(lambda: _state(window) == "Verified in Studio", "the verified push")


async def _undo(window: MainWindow) -> None:
    await mouse.click_on(window.page("studio"), "undo")
    await until(lambda: _state(window) == "Taken back", "the undo")


def _state(window: MainWindow) -> str:
    cards = window.page("studio").findChildren(PushCard)
    return str(cards[0].accessibleName().rpartition(": ")[2]) if cards else ""


def test_the_school_is_there_again_after_a_restart_without_asking(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def twice() -> None:
        async with opened(tmp_path) as window:
            await until(lambda: driving.visible(window, "choose-own"), "the choice")
            click(window, "choose-own")
            await until(lambda: window.here is not None or said(window), "Today")
            assert window.here is not None, said(window)
            await _make_a_class(window, "Algebra 1")
        async with opened(tmp_path) as window:
            await until(lambda: window.here is not None, "Today")
            window.go(Route("classes"))
            page = await quiet(window)
            await until(lambda: page.findChildren(Line), "the class")
            assert page.findChildren(Line)[0].accessibleName().startswith("Algebra 1")

    loop.run(qapp, twice())


async def _make_a_class(window: MainWindow, name: str) -> None:
    window.go(Route("classes"))
    page = await quiet(window)
    assert not accessibility.unnamed(page)
    click(page, "new-class")
    sheet = await dialog()
    QTest.keyClicks(sheet.findChildren(QLineEdit)[0], name)
    key(sheet, Qt.Key.Key_Return)
    await until(lambda: window.here is not None and window.here.screen == "class", "the class")
    page = await quiet(window)
    assert page.header.title.text() == name


def test_a_wrong_server_gets_a_sentence_and_the_form_keeps_what_was_typed(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def wrong() -> None:
        async with opened(tmp_path) as window:
            await until(lambda: driving.visible(window, "choose-server"), "the choice")
            click(window, "choose-server")
            page = window.findChild(WelcomePage)
            assert page is not None
            QTest.keyClicks(page._form.server, "127.0.0.1:9")
            QTest.keyClicks(page._form.username, "ada")
            QTest.keyClicks(page._form.password, "enchantress")
            key(page._form.password, Qt.Key.Key_Return)
            await until(lambda: said(window), "the sentence")
            assert page._form.username.text() == "ada"
            assert page._form.isVisible()
            assert "Traceback" not in said(window)
            assert not accessibility.unnamed(window)

    loop.run(qapp, wrong())


def test_closing_the_window_before_anything_is_open_ends_in_order(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def at_once() -> None:
        async with opened(tmp_path):
            pass

    loop.run(qapp, at_once())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_label_of_a_line_is_clipped_however_large_the_text(
    qapp: QApplication, theme: Theme, scale: float
) -> None:
    theme.show(scale=scale)
    line = Line("Mathematik für Fortgeschrittene", "Donaudampfschifffahrt · 31 students",
                lambda: None, tags=(("8 to grade", "accent"),), avatar="M F")  # fmt: skip
    line.resize(420, line.heightForWidth(420))
    line.show()
    assert line.height() >= line.layout().minimumSize().height()
    line.close()
    theme.show(scale=1.0)
