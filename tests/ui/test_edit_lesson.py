"""The editor: what is written is in the library, or a draft that outlives a restart."""

import asyncio
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.lessons import package
from desktop.storage import drafts, records
from desktop.storage.queries import lessons
from desktop.ui.edit_lesson.view import EditPage
from desktop.ui.parts.versions_sheet import VersionsSheet
from desktop.ui.routes import Route
from desktop.ui.shell.window import MainWindow
from tests.ui.driving import choose_more, click, dialog, in_empty_school, opened, quiet, until


async def a_lesson(window: MainWindow) -> str:
    """Put a lesson into the library, as Generate does."""
    from desktop.actions.lessons import save_lesson
    from tests.lessons.made import fractions

    assert window.desk is not None
    whole = fractions().model_dump(mode="json")
    return await asyncio.wrap_future(window.desk.services.act(save_lesson, whole))


async def stored(window: MainWindow, lesson_id: str) -> Any:
    assert window.desk is not None
    found = await asyncio.wrap_future(window.desk.services.ask(records.get, "lessons", lesson_id))
    assert found is not None
    return package.load(found.local["package"])


async def editor(window: MainWindow, lesson_id: str) -> EditPage:
    window.go(Route("edit-lesson", lesson_id))
    page = await quiet(window)
    assert isinstance(page, EditPage)
    return page


def field(page: QWidget, name: str) -> QLineEdit:
    return next(
        one for one in page.findChildren(QLineEdit)
        if one.accessibleName() == name and not one.isHidden()
    )  # fmt: skip


def type_over(into: QLineEdit, text: str) -> None:
    into.setFocus()
    into.selectAll()
    QTest.keyClicks(into, text) if text else QTest.keyClick(into, Qt.Key.Key_Backspace)


async def test_what_is_typed_is_in_the_library_without_a_save_button(tmp_path: Path) -> None:
    async with opened(tmp_path) as window:
        await in_empty_school(window)
        lesson_id = await a_lesson(window)
        page = await editor(window, lesson_id)
        type_over(field(page, "Title"), "Fractions for 4A")
        await until(lambda: page._presenter.waits is False, "the pause")
        await until(lambda: "Everything is saved" in page.header.subtitle.text(), "the save")
        saved = await stored(window, lesson_id)
        assert saved.title == "Fractions for 4A"
        assert [one.provider for one in saved.provenance.revisions] == ["teacher"]
        click(page, "edit-done")
        shown = await quiet(window)
        assert shown.header.title.text() == "Fractions for 4A"


async def test_a_lesson_that_is_half_written_waits_as_a_draft_over_a_restart(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as window:
        await in_empty_school(window)
        lesson_id = await a_lesson(window)
        page = await editor(window, lesson_id)
        type_over(field(page, "Title"), "")
        await until(lambda: "Kept here as a draft" in page.header.subtitle.text(), "the draft")
        before = await stored(window, lesson_id)
        assert before.title  # the library keeps the last whole lesson
    async with opened(tmp_path) as window:
        await until(lambda: window.here is not None, "Today")
        page = await editor(window, lesson_id)
        assert field(page, "Title").text() == ""
        assert "draft" in page.header.subtitle.text()
        type_over(field(page, "Title"), "Whole again")
        await until(lambda: "Everything is saved" in page.header.subtitle.text(), "the save")
        assert (await stored(window, lesson_id)).title == "Whole again"
        assert window.desk is not None
        left = window.desk.services.ask(drafts.of, f"lessons/{lesson_id}")
        assert await asyncio.wrap_future(left) is None


async def test_a_fault_is_told_at_its_field_and_undo_takes_it_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as window:
        await in_empty_school(window)
        page = await editor(window, await a_lesson(window))
        click(page, "quiz")
        await until(lambda: page._quiz is not None, "the quiz")
        assert page._quiz is not None
        count = page._quiz.list.count()
        QTest.mouseClick(page._quiz._add, Qt.MouseButton.LeftButton)
        await until(lambda: page._quiz is not None and page._quiz.list.count() > count, "question")
        await until(lambda: page._faults.isVisible(), "the faults")
        assert page._quiz.at == count
        complaints = [
            bound.complaint.text() for bound in page._form._bound if bound.complaint.text()
        ]  # fmt: skip
        assert "This is empty." in complaints
        QTest.mouseClick(page._undo, Qt.MouseButton.LeftButton)
        await until(lambda: not page._faults.isVisible(), "no faults")
        assert page._quiz.list.count() == count


async def test_what_another_device_changed_comes_into_the_open_editor(tmp_path: Path) -> None:
    async with opened(tmp_path) as window:
        await in_empty_school(window)
        lesson_id = await a_lesson(window)
        page = await editor(window, lesson_id)
        type_over(field(page, "Title"), "Mine")
        whole = (await stored(window, lesson_id)).model_copy(update={"summary": "From elsewhere"})
        from desktop.actions.lessons import save_lesson

        assert window.desk is not None
        fields = whole.model_dump(mode="json")
        await asyncio.wrap_future(
            window.desk.services.act(save_lesson, fields, lesson_id=lesson_id)
        )
        await until(
            lambda: (
                page._presenter.editing is not None
                and page._presenter.editing.at(("summary",)) == "From elsewhere"
            ),
            "the other device's words",
        )
        await until(lambda: "Everything is saved" in page.header.subtitle.text(), "the save")
        saved = await stored(window, lesson_id)
        assert (saved.title, saved.summary) == ("Mine", "From elsewhere")
        assert len(await asyncio.wrap_future(window.desk.services.ask(lessons.lesson_library))) == 1


async def test_an_earlier_version_stands_beside_the_one_of_now_and_can_come_back(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as window:
        await in_empty_school(window)
        lesson_id = await a_lesson(window)
        before = await stored(window, lesson_id)
        assert window.desk is not None
        changed = before.model_copy(update={"title": "Another title"}).model_dump(mode="json")
        journal = "UPDATE history SET at = '2026-01-01T08:00:00.000Z'"  # another sitting
        from desktop.actions.lessons import save_lesson

        services = window.desk.services
        await asyncio.wrap_future(services.cache.write(lambda tx: tx.connection.execute(journal)))
        await asyncio.wrap_future(services.act(save_lesson, changed, lesson_id=lesson_id))
        window.go(Route("lesson", lesson_id))
        page = await quiet(window)
        choose_more(page, "versions")
        sheet = await dialog()
        assert isinstance(sheet, VersionsSheet)
        words = {one.text() for one in sheet.findChildren(QLabel)}
        assert {before.title, "Another title"} <= words
        QTest.mouseClick(sheet.done_button, Qt.MouseButton.LeftButton)
        await until(lambda: page.header.title.text() == before.title, "the earlier version")
        assert (await stored(window, lesson_id)).title == before.title
