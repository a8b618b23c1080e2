"""The library: finding lessons, doing something with several at once, files out and in."""

import asyncio
import json
import zipfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit

from desktop.actions.classes import create_class
from desktop.actions.lessons import archive_lesson, save_lesson, tag_lesson
from desktop.lessons import sharing
from desktop.storage.queries import lessons
from desktop.storage.queries.lessons import LessonRow
from desktop.ui.lessons import exchange
from desktop.ui.lessons.sheets import LessonImportSheet
from desktop.ui.routes import Route
from desktop.ui.shell.window import MainWindow
from tests.lessons import made
from tests.ui.driving import click, dialog, in_empty_school, opened, quiet, said, until


async def act(window: MainWindow, verb: Any, *args: Any, **named: Any) -> Any:
    assert window.desk is not None
    return await asyncio.wrap_future(window.desk.services.act(verb, *args, **named))


async def library(window: MainWindow) -> dict[str, LessonRow]:
    assert window.desk is not None
    rows = await asyncio.wrap_future(
        window.desk.services.ask(lessons.lesson_library, archived=None)
    )
    return {row.title: row for row in rows}


async def three_lessons(window: MainWindow) -> Any:
    """Two in use, of which one has a class and a tag, and one that was put away; the page."""
    group = await act(window, create_class, "5B")
    whole = made.fractions().model_dump(mode="json")
    first = await act(window, save_lesson, {**whole, "title": "Thirds"}, class_ids=[group])
    await act(window, tag_lesson, first, ["autumn"])
    await act(window, save_lesson, {**whole, "title": "Magnets", "subject": "science"})
    away = await act(window, save_lesson, {**whole, "title": "Old one"})
    await act(window, archive_lesson, away)
    return await shown(window)


async def shown(window: MainWindow) -> Any:
    window.go(Route("lessons"))
    return await quiet(window)


def titles(page: Any) -> set[str]:
    return {row[0] for row in page.table.rows.rows}


def choose(page: Any, *wanted: str) -> None:
    page.table.clearSelection()
    page.table.pick_keys(wanted, key=0)


async def test_lessons_are_found_and_many_are_changed_at_once(
    qapp: QApplication, tmp_path: Path
) -> None:
    async with opened(tmp_path) as window:
        await in_empty_school(window)
        page = await three_lessons(window)
        assert titles(page) == {"Thirds", "Magnets"}
        find_by_every_filter(page)
        await sort_and_remember(window, page)
        await put_away_and_bring_back(window, page)
        await tag_both(window, page)
        await give_both(window, page)
        await copy_one(window, page)


def find_by_every_filter(page: Any) -> None:
    page._find.setText("autumn")
    assert titles(page) == {"Thirds"}
    page._find.setText("nothing like it")
    assert titles(page) == set()
    assert page._no_hit.isVisible()
    page._show_all()
    for choice, value in (
        (page._subject, "science"), (page._class, "5B"), (page._tag, "autumn"),
    ):  # fmt: skip
        choice.setCurrentIndex(choice.findData(value))
        assert titles(page) == ({"Magnets"} if value == "science" else {"Thirds"})
        choice.setCurrentIndex(0)
    page._status.choose("archived")
    page._filter()
    assert titles(page) == {"Old one"}
    page._show_all()
    assert titles(page) == {"Thirds", "Magnets"}


async def sort_and_remember(window: MainWindow, page: Any) -> None:
    def in_order() -> list[str]:
        return [row[0] for row in page.table.rows.rows]

    def choose_order(wanted: str) -> None:
        page._order.setCurrentIndex(page._order.findData(wanted))
        page._order.activated.emit(page._order.currentIndex())

    page.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert in_order() == ["Thirds", "Magnets"]
    choose_order("title")
    await until(lambda: in_order() == ["Magnets", "Thirds"], "the order by title")
    choose_order("subject")
    await until(lambda: in_order() == ["Thirds", "Magnets"], "mathematics before science")
    assert window.preferences.habits == {"lessons": "subject"}
    choose_order("changed")


async def put_away_and_bring_back(window: MainWindow, page: Any) -> None:
    choose(page, "Thirds", "Magnets")
    click(page, "put-away")
    await until(lambda: titles(page) == set(), "both put away")
    assert "2 lessons put away" in window.toast.text
    assert window.desk is not None
    window.desk.undoing.undo()
    await until(lambda: titles(page) == {"Thirds", "Magnets"}, "one step brings both back")
    page._status.choose("archived")
    page._filter()
    choose(page, "Old one")
    click(page, "bring-back")
    await until(lambda: titles(page) == set(), "the archive is empty")
    assert (await library(window))["Old one"].status == "draft"
    page._show_all()


async def tag_both(window: MainWindow, page: Any) -> None:
    choose(page, "Thirds", "Magnets")
    click(page, "tags")
    sheet = await dialog()
    (box,) = sheet.findChildren(QCheckBox)
    assert box.checkState() is box.checkState().PartiallyChecked
    box.setChecked(False)
    new = sheet.findChild(QLineEdit, "new-tags")
    assert new is not None
    new.setText("exam, , team work")
    click(sheet, "done")
    await until(lambda: page._presenter.all_tags() == {"exam", "team work"}, "the tags")
    found = await library(window)
    assert {found[title].tags for title in ("Thirds", "Magnets")} == {("exam", "team work")}


async def give_both(window: MainWindow, page: Any) -> None:
    choose(page, "Thirds", "Magnets")
    click(page, "give")
    sheet: Any = await dialog()
    assert not sheet.done_button.isEnabled()
    (box,) = sheet.findChildren(QCheckBox)
    box.setChecked(True)
    sheet.due.edit.setText("no date")
    click(sheet, "done")
    assert sheet.isVisible()
    assert "no date" in sheet.due.fault
    sheet.due.edit.clear()
    click(sheet, "done")
    await until(lambda: "2 lessons given" in window.toast.text, "both are given")
    found = await library(window)
    assert found["Magnets"].class_names == found["Thirds"].class_names == ("5B",)


async def copy_one(window: MainWindow, page: Any) -> None:
    choose(page, "Thirds")
    click(page, "duplicate")
    await until(lambda: "Thirds (copy)" in titles(page), "the copy")
    copy = (await library(window))["Thirds (copy)"]
    assert (copy.status, copy.class_names, copy.tags) == ("draft", (), ("exam", "team work"))


async def test_a_lesson_goes_out_as_a_file_and_comes_in_after_a_look(
    qapp: QApplication, tmp_path: Path
) -> None:
    async with opened(tmp_path / "profile") as window:
        await in_empty_school(window)
        assert window.desk is not None
        file = tmp_path / "thirds.toolbox"
        file.write_bytes(
            sharing.write(
                made.fractions(), author="Ms Rivera", made_at="2026-03-01T08:00:00Z", key=bytes(32)
            )
        )
        page = await shown(window)
        await look_and_leave(window, page, file)
        await look_and_take(window, page, file)
        await refused(window, page, changed(file, tmp_path / "changed.toolbox"))
        await share_two(window, tmp_path)


async def look_and_leave(window: MainWindow, page: Any, file: Path) -> None:
    window.hand([str(file)])
    sheet: Any = await dialog()
    assert isinstance(sheet, LessonImportSheet)
    assert sheet.lesson._package == made.fractions()
    sheet.reject()
    await until(lambda: QApplication.activeModalWidget() is None, "the sheet is gone")
    assert await library(window) == {}


async def look_and_take(window: MainWindow, page: Any, file: Path) -> None:
    window.hand([str(file)])
    click(await dialog(), "done")
    await until(lambda: window.here is not None and window.here.screen == "lesson", "the lesson")
    found = await library(window)
    assert [one.status for one in found.values()] == ["draft"]


async def refused(window: MainWindow, page: Any, file: Path) -> None:
    window.hand([str(file)])
    await until(lambda: "changed since it was signed" in said(page), "the sentence")
    assert QApplication.activeModalWidget() is None
    assert len(await library(window)) == 1


def changed(file: Path, into: Path) -> Path:
    with zipfile.ZipFile(file) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(inside["manifest.json"])
    inside["manifest.json"] = json.dumps({**manifest, "author": "Mr Stone"}).encode()
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return into


async def share_two(window: MainWindow, folder: Path) -> None:
    assert window.desk is not None
    (row,) = (await library(window)).values()
    names = exchange.file_names([row.title, row.title])
    assert len(set(names)) == 2
    files = [(row.id, folder / name) for name in names]
    await exchange.share(window.desk.services, files)
    assert {sharing.read(file.read_bytes()).package.title for _, file in files} == {row.title}


def test_a_file_name_is_one_that_every_system_takes() -> None:
    assert exchange.file_names(["A/B: c?", "a b c", "…", "A B c"]) == [
        "AB c.toolbox", "a b c.toolbox", "lesson.toolbox", "A B c 2.toolbox"
    ]  # fmt: skip
