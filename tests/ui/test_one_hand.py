"""The main job from the first start to a verified push: once without a mouse, once without keys."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.ui import loop
from desktop.ui.generate.view import GeneratePage
from desktop.ui.routes import Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.studio.view import PushCard
from tests.ui import driving, keys, mouse
from tests.ui.driving import dialog, opened, quiet, said, until, visible

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
            await keys.tab_to("choose-own")
            await keys.press(Qt.Key.Key_Space)
            await until(lambda: window.here is not None or said(window), "Today")
            assert window.here is not None, said(window)
            await _end_the_tour(window)
            await _bring_a_class_list(window, roster)
            await _open_the_practice_studio(window)
            await _make_and_push(window)
            await _read_what_undo_would_do(window)

    loop.run(qapp, story())


async def _dialog_in_front() -> None:
    """Bring the dialog to the front, as a desktop does by itself."""
    shown = await dialog()
    shown.activateWindow()
    await until(shown.isActiveWindow, "the dialog in front")


async def _end_the_tour(window: MainWindow) -> None:
    await driving.in_front(window)
    assert window.tour is not None
    await keys.press(Qt.Key.Key_Escape)
    await until(lambda: window.tour is None, "the end of the tour")


async def _bring_a_class_list(window: MainWindow, roster: Path) -> None:
    """Today's own button, the file's name typed into the dialog, Enter, and Enter once more."""
    await quiet(window)
    await keys.tab_until(
        lambda one: getattr(one, "text", str)() == "Bring a class list", "the button"
    )
    await keys.press(Qt.Key.Key_Space)
    await _dialog_in_front()
    await keys.tab_to("fileNameEdit")
    await keys.write(str(roster))
    await keys.press(Qt.Key.Key_Return)
    await until(
        lambda: (
            (shown := QApplication.activeModalWidget()) is not None
            and shown.findChild(QPushButton, "done") is not None
        ),
        "the preview",
    )
    await _dialog_in_front()
    await keys.tab_to("done")
    await keys.press(Qt.Key.Key_Return)
    await until(lambda: window.here is not None and window.here.screen == "class", "the class")
    page = await quiet(window)
    await until(lambda: len(page.roster.table.rows.rows) == 3, "its students")


async def _open_the_practice_studio(window: MainWindow) -> None:
    await driving.in_front(window)
    await keys.press(Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: window.here == Route("studio"), "the Studio page")
    await quiet(window)
    await keys.tab_to("practice")
    await keys.press(Qt.Key.Key_Space)
    await until(lambda: window.status._studio.text() == "Studio connected", "Studio")


async def _make_and_push(window: MainWindow) -> None:
    await keys.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = await quiet(window)
    assert isinstance(page, GeneratePage)
    await keys.tab_until(lambda one: one is page.wish.sentence, "the sentence")
    await keys.write(WISH)
    await keys.press(Qt.Key.Key_Return)
    await until(lambda: visible(page, "save-and-push") or said(page), "the lesson")
    assert not said(page), said(page)
    await keys.tab_until(lambda one: one is page._result.for_class, "the class")
    await keys.press(Qt.Key.Key_Down)
    assert page._result.for_class.currentText() == "class 5b"
    await keys.tab_to("save-and-push")
    await keys.press(Qt.Key.Key_Space)
    await _dialog_in_front()
    await keys.tab_to("push-now")
    await keys.press(Qt.Key.Key_Space)
    await until(lambda: window.here == Route("studio"), "the Studio page")
    await until(lambda: _verified(window), "the verified push")


async def _read_what_undo_would_do(window: MainWindow) -> None:
    """The Edit menu, opened with its letter, names the lesson that was saved."""
    await driving.in_front(window)
    await keys.press(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    undo = window.menus.actions["edit.undo"]
    await until(lambda: undo.text().startswith("Undo: "), "the name of the step")
    menu = QApplication.activePopupWidget()
    if menu is not None:
        await keys.press(Qt.Key.Key_Escape)


# --- without keys


def test_the_main_job_without_a_keyboard(qapp: QApplication, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(tmp_path) as window:
            await until(lambda: visible(window, "choose-sample"), "the choice")
            await mouse.click_on(window, "choose-sample")
            await until(lambda: window.here is not None or said(window), "Today")
            assert window.here is not None, said(window)
            await until(lambda: window.tour is not None, "the tour")
            await mouse.click_on(window, "tour-skip")
            await mouse.click_on(window, "go-studio")
            studio = await quiet(window)
            await mouse.click_on(studio, "practice")
            await until(lambda: window.status._studio.text() == "Studio connected", "Studio")
            await _make_and_push_by_mouse(window)

    loop.run(qapp, story())


async def _make_and_push_by_mouse(window: MainWindow) -> None:
    await mouse.click_on(window, "go-generate")
    page = await quiet(window)
    assert isinstance(page, GeneratePage)
    example = next(one for one in page.findChildren(QPushButton) if one.text() == WISH)
    await mouse.click(example)
    await mouse.click_on(page, "make")
    await until(lambda: visible(page, "save-and-push") or said(page), "the lesson")
    assert not said(page), said(page)
    await mouse.choose(page._result.for_class, page._result.for_class.itemText(1))
    await mouse.click_on(page, "save-and-push")
    await mouse.click_on(await dialog(), "push-now")
    await until(lambda: window.here == Route("studio"), "the Studio page")
    await until(lambda: _verified(window), "the verified push")
