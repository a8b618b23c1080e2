"""The task centre: stages, time left, stopping, trying again, and what a closed program leaves."""

import asyncio
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.errors import CompanionError
from desktop.storage import lesson_jobs
from desktop.storage.lesson_jobs import StoredJob
from desktop.ui import loop
from desktop.ui.desk import Desk
from desktop.ui.parts.task_centre import LongTask, TaskCentre
from desktop.ui.parts.task_sources import Lessons
from desktop.ui.routes import Route
from desktop.ui.tasks.presenter import glance, left, told
from desktop.ui.tasks.view import TasksPage
from desktop.ui.theme.theme import Theme
from tests.still_cache import StillClock
from tests.ui import accessibility, sync_desk
from tests.ui.driving import button, until


@pytest.fixture
def centre(tmp_path: Path) -> TaskCentre:
    return TaskCentre(StillClock(), tmp_path / "tasks.json")


def states(centre: TaskCentre) -> list[tuple[str, str]]:
    return [(task.title, task.state) for task in centre.tasks()]


def test_work_shows_its_stage_and_how_long_it_still_takes(centre: TaskCentre) -> None:
    heard: list[LongTask] = []
    centre.subscribe(lambda: heard.extend(centre.tasks()))

    async def work() -> None:
        async with centre.doing("Import 5B", route=Route("classes")) as doing:
            await centre.clock.sleep(30)
            doing.tell("Reading the file", 0.25)

    asyncio.run(work())
    (running,) = [task for task in heard if task.stage == "Reading the file"]
    assert (running.state, running.share, running.left_s) == ("running", 0.25, 90)
    assert states(centre) == [("Import 5B", "done")]
    assert told(running).words == "Reading the file · about 2 minutes left"
    assert told(running).has_bar


def test_nobody_says_how_long_before_anybody_can_know(centre: TaskCentre) -> None:
    async def work() -> None:
        async with centre.doing("Export") as doing:
            doing.tell("Beginning", 0.5)
            assert centre.tasks()[0].left_s is None

    asyncio.run(work())
    assert left(None) == ""
    assert left(20) == "less than a minute left"


def test_stopping_cancels_the_work_and_says_so(centre: TaskCentre) -> None:
    async def story() -> None:
        begun = asyncio.Event()
        centre.subscribe(begun.set)

        async def work() -> None:
            async with centre.doing("Export"):
                await asyncio.sleep(3600)

        running = asyncio.ensure_future(work())
        await begun.wait()
        assert centre.tasks()[0].can_cancel
        centre.cancel(centre.tasks()[0].id)
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(story())
    assert states(centre) == [("Export", "cancelled")]


def test_what_failed_says_why_and_can_be_tried_again(centre: TaskCentre) -> None:
    tries: list[str] = []

    async def story() -> None:
        async def work() -> None:
            tries.append("once more")
            async with centre.doing("Export", again=lambda: again.set()):
                if len(tries) == 1:
                    raise CompanionError("The disk is full.")

        again = asyncio.Event()
        with pytest.raises(CompanionError):
            await work()
        (failed,) = centre.tasks()
        assert (failed.state, failed.stage, failed.can_retry) == (
            "failed",
            "The disk is full.",
            True,
        )
        assert glance(centre.tasks()) == "1 task wants a look"
        centre.retry(failed.id)
        await asyncio.wait_for(again.wait(), 5)
        await work()

    asyncio.run(story())
    assert states(centre) == [("Export", "done")]


def test_a_defect_of_ours_shows_no_text_of_the_exception(centre: TaskCentre) -> None:
    async def work() -> None:
        async with centre.doing("Export"):
            raise KeyError("Ana Li")

    with pytest.raises(KeyError):
        asyncio.run(work())
    assert "Ana" not in centre.tasks()[0].stage


def test_what_a_closed_program_was_doing_is_told_at_the_next_start(tmp_path: Path) -> None:
    journal = tmp_path / "tasks.json"

    async def killed() -> None:
        dying = TaskCentre(StillClock(), journal)
        dying._end = lambda *_: None  # type: ignore[method-assign]  # as when the power goes
        async with dying.doing("Import 5B", route=Route("class", "c1")):
            kept.append(journal.read_bytes())
            assert stat.S_IMODE(journal.stat().st_mode) == 0o600

    kept: list[bytes] = []
    asyncio.run(killed())
    journal.write_bytes(kept[0])
    centre = TaskCentre(StillClock(), journal)
    asyncio.run(centre.recall())
    (task,) = centre.tasks()
    assert (task.title, task.state, task.route) == (
        "Import 5B",
        "interrupted",
        Route("class", "c1"),
    )
    asyncio.run(TaskCentre(StillClock(), journal).recall())  # told once
    centre.clear()
    assert centre.tasks() == []


@pytest.mark.parametrize("content", ["", "{", "[1, null]", '{"title": 1}', '[{"screen": "x"}]'])
def test_a_damaged_list_costs_nothing_but_itself(centre: TaskCentre, content: str) -> None:
    centre._journal.write_text(content)
    asyncio.run(centre.recall())
    assert centre.tasks() == []


Story = Callable[[Desk, TasksPage], Awaitable[None]]


def on_the_page(qapp: QApplication, theme: Theme, folder: Path, story: Story) -> None:
    async def run() -> None:
        async with sync_desk.desk_in(folder, theme) as (desk, _office, heard):
            page = TasksPage(desk)
            page.resize(900, 700)
            page.show()
            await story(desk, page)
            assert heard.toasts == []
            await page.close_page()
            page.hide()
            page.deleteLater()

    loop.run(qapp, run())


def test_the_page_follows_the_work_and_its_buttons_act(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story(desk: Desk, page: TasksPage) -> None:
        assert "Nothing is running" in _said(page)

        async def work() -> None:
            async with desk.work.doing("Export grades", route=Route("sync")) as doing:
                doing.tell("Writing", 0.4)
                await asyncio.sleep(3600)

        running = asyncio.ensure_future(work())
        await until(lambda: "Writing" in _said(page), "the stage")
        assert not accessibility.unnamed(page)
        stop = button(page, "stop-task")
        assert stop.accessibleName() == "Stop: Export grades"
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
        await asyncio.wait([running])
        await until(lambda: "Stopped" in _said(page), "that it has stopped")
        QTest.mouseClick(button(page, "clear-tasks"), Qt.MouseButton.LeftButton)
        await until(lambda: "Nothing is running" in _said(page), "the empty list")

    on_the_page(qapp, theme, tmp_path, story)


def _said(page: TasksPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_lessons_that_a_server_writes_are_in_the_list_and_outlive_the_window(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story() -> None:
        async with sync_desk.desk_in(tmp_path, theme) as (desk, office, _heard):
            wish = StoredJob("j1", "make", "Fractions", "", "best", "{}")
            await asyncio.wrap_future(office.act(lesson_jobs.add, wish))
            source = Lessons(desk.services, asyncio.ensure_future, desk.work.changed)
            desk.work.add(source)
            await source.load()
            (task,) = desk.work.tasks()
            assert (task.title, task.state) == ("Write a lesson: Fractions", "waiting")
            assert task.can_cancel
            broken = {"state": "failed", "detail": "No credit is left.", "retryable": True}
            await asyncio.wrap_future(office.act(lambda tx: lesson_jobs.change(tx, "j1", **broken)))
            await source.load()
            (task,) = desk.work.tasks()
            assert (task.state, task.stage) == ("failed", "No credit is left.")
            assert task.can_retry

    loop.run(qapp, story())
