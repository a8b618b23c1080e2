"""The main job from the first start to a verified push: once without a mouse, once without keys."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.ui import loop
from desktop.ui.generate.view import GeneratePage
from desktop.ui.routes import Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.studio.view import PushCard
from tests.ui import driving
from tests.ui.driving import click, dialog, opened, quiet, said, until, visible

MOST_TABS = 150
WISH = "fractions on a number line, grade 4"
ROSTER = "First name,Last name\nAda,Lovelace\nAlan,Turing\nGrace,Hopper\n"


def _verified(window: MainWindow) -> bool:
    cards = window.page("studio").findChildren(PushCard)
    return bool(cards) and cards[0].accessibleName().endswith("Verified in Studio")


# --- without a mouse


def test_the_main_job_without_a_mouse(qapp: QApplication, tmp_path: Path) -> None:
    roster = tmp_path / "class-5b.csv"
    roster.write_text(ROSTER, encoding="utf-8")

    async def story() -> None:
        async with opened(tmp_path / "profile") as window:
            await until(lambda: visible(window, "choose-own"), "the choice")
            await driving.in_front(window)
            _tab_to("choose-own")
            _press(Qt.Key.Key_Space)
            await until(lambda: window.here is not None or said(window), "Today")
            assert window.here is not None, said(window)
            await _end_the_tour(window)
            await _bring_a_class_list(window, roster)
            await _open_the_practice_studio(window)
            await _make_and_push(window)
            await _read_what_undo_would_do(window)

    loop.run(qapp, story())


def _press(pressed: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is, as a person does."""
    QTest.keyClick(_focus(), pressed, with_)


def _focus() -> QWidget:
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "nothing has the focus"
    return found


def _tab_to(name: str) -> None:
    """Press Tab until the widget called `name` has the focus."""
    _tab_until(lambda: _focus().objectName() == name, name)


def _tab_until(there: Callable[[], bool], what: str) -> None:
    for _ in range(MOST_TABS):
        if there():
            return
        QTest.keyClick(_focus(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {what}")


async def _dialog_in_front() -> None:
    """Bring the dialog to the front, as a desktop does by itself."""
    shown = await dialog()
    shown.activateWindow()
    await until(shown.isActiveWindow, "the dialog in front")


async def _end_the_tour(window: MainWindow) -> None:
    await driving.in_front(window)
    assert window.tour is not None
    _press(Qt.Key.Key_Escape)
    await until(lambda: window.tour is None, "the end of the tour")


async def _bring_a_class_list(window: MainWindow, roster: Path) -> None:
    """Today's own button, the file's name typed into the dialog, Enter, and Enter once more."""
    await quiet(window)
    _tab_until(lambda: getattr(_focus(), "text", str)() == "Bring a class list", "the button")
    _press(Qt.Key.Key_Space)
    await _dialog_in_front()
    _tab_to("fileNameEdit")
    QTest.keyClicks(_focus(), str(roster))
    _press(Qt.Key.Key_Return)
    await until(
        lambda: (
            (shown := QApplication.activeModalWidget()) is not None
            and shown.findChild(QPushButton, "done") is not None
        ),
        "the preview",
    )
    await _dialog_in_front()
    _tab_to("done")
    _press(Qt.Key.Key_Return)
    await until(lambda: window.here is not None and window.here.screen == "class", "the class")
    page = await quiet(window)
    await until(lambda: len(page.roster.table.rows.rows) == 3, "its students")


async def _open_the_practice_studio(window: MainWindow) -> None:
    await driving.in_front(window)
    _press(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: window.here == Route("studio"), "the Studio page")
    await quiet(window)
    _tab_to("practice")
    _press(Qt.Key.Key_Space)
    await until(lambda: window.status._studio.text() == "Studio connected", "Studio")


async def _make_and_push(window: MainWindow) -> None:
    _press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = await quiet(window)
    assert isinstance(page, GeneratePage)
    _tab_until(lambda: _focus() is page.wish.sentence, "the sentence")
    QTest.keyClicks(_focus(), WISH)
    _press(Qt.Key.Key_Return)
    await until(lambda: visible(page, "save-and-push") or said(page), "the lesson")
    assert not said(page), said(page)
    _tab_until(lambda: _focus() is page._result.for_class, "the class")
    _press(Qt.Key.Key_Down)
    assert page._result.for_class.currentText() == "class 5b"
    _tab_to("save-and-push")
    _press(Qt.Key.Key_Space)
    await _dialog_in_front()
    _tab_to("push-now")
    _press(Qt.Key.Key_Space)
    await until(lambda: window.here == Route("studio"), "the Studio page")
    await until(lambda: _verified(window), "the verified push")


async def _read_what_undo_would_do(window: MainWindow) -> None:
    """The Edit menu, opened with its letter, names the lesson that was saved."""
    await driving.in_front(window)
    _press(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    undo = window.menus.actions["edit.undo"]
    await until(lambda: undo.text().startswith("Undo: "), "the name of the step")
    menu = QApplication.activePopupWidget()
    if menu is not None:
        QTest.keyClick(menu, Qt.Key.Key_Escape)


# --- without keys


def test_the_main_job_without_a_keyboard(qapp: QApplication, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(tmp_path) as window:
            await driving.in_sample_school(window)
            click(window, "tour-skip")
            click(window, "go-studio")
            studio = await quiet(window)
            click(studio, "practice")
            await until(lambda: window.status._studio.text() == "Studio connected", "Studio")
            click(window, "go-generate")
            page = await quiet(window)
            assert isinstance(page, GeneratePage)
            example = next(one for one in page.findChildren(QPushButton) if one.text() == WISH)
            QTest.mouseClick(example, Qt.MouseButton.LeftButton)
            click(page, "make")
            await until(lambda: visible(page, "save-and-push") or said(page), "the lesson")
            assert not said(page), said(page)
            click(page, "save-and-push")
            click(await dialog(), "push-now")
            await until(lambda: window.here == Route("studio"), "the Studio page")
            await until(lambda: _verified(window), "the verified push")

    loop.run(qapp, story())
