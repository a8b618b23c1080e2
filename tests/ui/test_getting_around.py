"""Finding one's way: search, back to where one stood, links and files from outside."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.lessons import package as packages
from desktop.lessons import request, templates
from desktop.ui import loop
from desktop.ui.one_class.view import ClassPage
from desktop.ui.routes import Route
from desktop.ui.shell.drop_hint import DropHint
from desktop.ui.shell.finding import folded
from desktop.ui.shell.palette import Palette
from desktop.ui.shell.window import MainWindow
from tests.still_cache import StillClock
from tests.ui import driving
from tests.ui.driving import click, dialog, key, opened, quiet, until


def test_search_back_links_and_drops(qapp: QApplication, tmp_path: Path) -> None:
    async def story() -> None:
        async with opened(tmp_path / "profile") as window:
            window.hand(["toolboxai://lessons"])  # before anybody is signed in
            await driving.in_sample_school(window)
            await until(lambda: window.here == Route("lessons"), "the link that waited")
            await driving.in_front(window)
            student = await _search_a_student(window)
            await _back_to_where_it_stood(window, student)
            await _links(window)
            await _drop_files(window, tmp_path)

    loop.run(qapp, story())


async def _search_a_student(window: MainWindow) -> str:
    """Ctrl+F, some letters without their accents, Enter: the class, and the student picked."""
    key(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    classes = await quiet(window)
    rows = await classes._presenter.load()
    window.go(Route("class", rows[0].id))
    page = await quiet(window)
    names = [str(row[0]) for row in page.roster.table.rows.rows]
    name = next(one for one in reversed(names) if folded(one).isascii())
    window.go(Route("today"))
    await quiet(window)
    key(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(Palette)
    assert palette is not None
    QTest.keyClicks(palette.field, folded(name)[:-1])
    await until(lambda: name in _titles(palette), f"the hit {name}")
    palette.found.setCurrentRow(_titles(palette).index(name))
    key(palette.field, Qt.Key.Key_Return)
    await until(lambda: window.here is not None and window.here.screen == "class", "the class")
    page = await quiet(window)
    assert isinstance(page, ClassPage)
    await until(lambda: [row[0] for row in page.roster.picked()] == [name], "the student, picked")
    return name


def _titles(palette: Palette) -> list[str]:
    return [palette.found.item(at).text() for at in range(palette.found.count())]


async def _back_to_where_it_stood(window: MainWindow, student: str) -> None:
    """The tab, the picked student and the scroll are there again after another class."""
    await driving.in_front(window)
    here = window.here
    page: Any = await quiet(window)
    scrolled = page.roster.table.verticalScrollBar().value()
    classes = await window.page("classes")._presenter.load()  # type: ignore[attr-defined]
    other = next(one.id for one in classes if here is not None and one.id != here.subject)
    window.go(Route("class", other))
    await quiet(window)
    click(page, "grades")
    await quiet(window)
    key(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    await until(lambda: window.here == here, "the way back")
    await until(lambda: [row[0] for row in page.roster.picked()] == [student], "the same student")
    await until(lambda: page.roster.table.verticalScrollBar().value() == scrolled, "the scroll")
    key(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    await until(lambda: page.tabs.value == "grades", "the tab of the other class")
    assert window.here == Route("class", other)


async def _links(window: MainWindow) -> None:
    window.hand(["toolboxai://sync"])
    await until(lambda: window.here == Route("sync"), "the screen of the link")
    window.hand(["toolboxai://student/nobody"])
    await until(lambda: "not on this computer" in window.toast.text, "the sentence")
    window.hand(["toolboxai://../../etc"])
    await until(lambda: "leads nowhere" in window.toast.text, "the sentence")
    assert window.here == Route("sync")


async def _drop_files(window: MainWindow, folder: Path) -> None:
    roster = folder / "chess-club.csv"
    roster.write_text("First name,Last name\nAda,Lovelace\nAlan,Turing\n", encoding="utf-8")
    _drop(window, roster)
    sheet = await dialog()
    QTest.mouseClick(driving.button(sheet, "done"), Qt.MouseButton.LeftButton)
    await until(lambda: window.here is not None and window.here.screen == "class", "the new class")
    page = await quiet(window)
    assert page.header.title.text() == "chess club"
    await until(lambda: len(page.roster.table.rows.rows) == 2, "its two students")

    wish = request.from_sentence("fractions on a number line, grade 4")
    made = [stage.package for stage in templates.generate(wish, seed=1, now=StillClock().now())][-1]
    assert made is not None
    lesson = folder / "lesson.json"
    lesson.write_text(packages.dump(made), encoding="utf-8")
    _drop(window, lesson)
    sheet = await dialog()
    QTest.mouseClick(driving.button(sheet, "done"), Qt.MouseButton.LeftButton)
    await until(lambda: window.here is not None and window.here.screen == "lesson", "the lesson")
    assert made.title in window.toast.text

    _drop(window, folder / "holiday.jpeg")
    await until(lambda: "“holiday.jpeg” is neither" in window.toast.text, "the sentence")
    (folder / "broken.json").write_text("{", encoding="utf-8")
    _drop(window, folder / "broken.json")
    await until(lambda: "no lesson" in driving.said(window.page("lessons")), "the sentence")


def _drop(window: MainWindow, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
           Qt.KeyboardModifier.NoModifier)  # fmt: skip
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), *how))
    assert window.findChild(DropHint).isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), *how))
    assert not window.findChild(DropHint).isVisible()
