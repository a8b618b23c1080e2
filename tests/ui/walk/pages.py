"""Every page of the window, part by part and in its unusual states, as a person comes to it."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from desktop.errors import WrongUse
from desktop.lessons.quiz_round import QuizRound
from desktop.storage.lesson_jobs import StoredJob
from desktop.ui.generate.asking import JobShown
from desktop.ui.shell.fault_page import FaultPage
from desktop.ui.shell.window import MainWindow
from desktop.ui.widgets.listing import Line
from desktop.ui.widgets.segments import Segments
from tests.ui.driving import click, in_front, until, visible
from tests.ui.walk.going import Stop, go, laid_out, settled, table_in_sight

PLAIN = ("today", "classes", "leaderboard", "lessons", "sync", "settings", "tasks", "help")
"""The screens that are walked as they are."""
WISH = "fractions on a number line, grade 4"
KEPT = "Fractions on a number line, changed"
"""The lesson that was made, changed, pushed and approved before the walk; a walk makes others."""
JOB = StoredJob("j1", "make", "The water cycle, grade 5", "", "best", "{}", state="failed", stage=3,
                words="8 questions", detail="The provider has too much to do just now.",
                retryable=True, tokens=12_345, cost="0.042")  # fmt: skip


async def every(window: MainWindow) -> AsyncIterator[Stop]:
    """Go to each page, and to each part of it that a row of choices changes."""
    async for stop in _tour(window):
        yield stop
    for screen in PLAIN:
        await go(window, screen)
        yield screen, window
    walks = (_class, _lesson, _editor, _generate, _studio, _provider, _tasks, _overlays, _wall)
    for walk in walks:
        async for stop in walk(window):
            yield stop


async def _tour(window: MainWindow) -> AsyncIterator[Stop]:
    window.take_tour()
    while window.tour is not None:
        await laid_out()
        yield f"the tour's stop {window.tour.at + 1}", window.tour
        window.tour.next.click()


async def _parts(window: MainWindow, screen: str, choices: Segments) -> AsyncIterator[str]:
    """Each part of the page in turn; the first is in sight again at the end."""
    buttons = choices.findChildren(QAbstractButton)
    for button in buttons:
        button.click()
        await settled(window)
        yield button.objectName()
    buttons[0].click()
    await settled(window)


async def _class(window: MainWindow) -> AsyncIterator[Stop]:
    page = await go(window, "classes")
    next(one for one in page.findChildren(Line) if one.isVisible()).click()
    await settled(window)
    page = window.page("class")
    async for part in _parts(window, "class", page.tabs):
        yield f"class, {part}", window
    missing = await go(window, "class", "nobody")
    yield "a class that is gone", missing
    window.go_back()
    await settled(window)


async def open_lesson(window: MainWindow, title: str = "") -> Any:
    """Open the lesson called `title`, or the one that was changed last; returns its page."""
    page = await go(window, "lessons")
    table = table_in_sight(page)
    table.activated_row.emit(next(row for row in table.rows.rows if title in ("", row[0])))
    await settled(window)
    return window.page("lesson")


async def _lesson(window: MainWindow) -> AsyncIterator[Stop]:
    page = await open_lesson(window, KEPT)
    async for part in _parts(window, "lesson", page._lesson.tabs):
        if part in ("world", "studio"):
            await until(lambda: page._lesson._built is not None, "the world")
            await laid_out()
        yield f"lesson, {part}", window
        if part == "play":
            async for step in _quiz(page._lesson.player):
                yield f"lesson, play, {step}", window


async def _quiz(player: Any) -> AsyncIterator[str]:
    """One question of each kind, answered; then the end with everything missed."""
    questions = player.round.questions
    kinds = {one.kind: at for at, one in enumerate(questions)}
    for kind, at in kinds.items():
        player.round = QuizRound(questions, at=at)
        player._show()
        await laid_out()
        yield kind
        player._press()
        await laid_out()
        yield f"{kind}, nothing chosen or told"
    player.play(questions)
    while player.round.question is not None:
        player.round.answer("never")
        player.round.go_on()
    player._show()
    await laid_out()
    yield "the end"
    player.start()


async def _editor(window: MainWindow) -> AsyncIterator[Stop]:
    assert window.here is not None
    page = await go(window, "edit-lesson", window.here.subject)
    page._presenter.editing.pause()  # what was typed to furnish the school is no step of the walk
    async for part in _parts(window, "edit-lesson", page.tabs):
        yield f"edit-lesson, {part}", window
        if part == "quiz":
            for at in range(page._quiz.list.count()):
                page._quiz.list.setCurrentRow(at)
                await settled(window)
                yield f"edit-lesson, question {at + 1}", window
    await _spoil(page)
    yield "edit-lesson, with a fault", window
    page.undo_here(again=False)
    await settled(window)


async def _spoil(page: Any) -> None:
    title = page.findChildren(QLineEdit)[0]
    title.selectAll()
    title.del_()
    page._form.write(("title",), "")
    page._check()
    await laid_out()


async def _generate(window: MainWindow) -> AsyncIterator[Stop]:
    page = await go(window, "generate")
    page.wish.sentence.setText(WISH)
    page.material.show()
    page.material.names.show()
    page._asking.add_paste("Water rises, cools, and falls again.\n\nIt is the same water.")
    page.material.show_listed()
    page.history.tell([
        JobShown("j1", "The water cycle, grade 5", "Stopped · 5 minutes ago", "failed",
                 can_open=False, can_resume=True, can_cancel=False),
        JobShown("j2", "Volcanoes", "Being made · just now", "running",
                 can_open=False, can_resume=False, can_cancel=True),
    ])  # fmt: skip
    await laid_out()
    yield "generate", window
    page.making.begin(by_ai=True)
    page.making.tell(JOB)
    page._steps.setCurrentIndex(1)
    await laid_out()
    yield "generate, a lesson that stopped", window
    page._again()
    page._asking.remove(0)
    click(page, "make")
    await until(lambda: visible(page, "save-and-push"), "the lesson")
    await settled(window)
    yield "generate, the result", window
    page._again()


async def _studio(window: MainWindow) -> AsyncIterator[Stop]:
    page = await go(window, "studio")
    yield "studio", window
    page._practice.click()
    await until(lambda: page._practice.isEnabled(), "the practice Studio")
    await settled(window)
    for button in page.findChildren(QAbstractButton, "show-findings")[:1]:
        button.click()
        await settled(window)
    yield "studio, with the practice one", window


async def _provider(window: MainWindow) -> AsyncIterator[Stop]:
    """The fields of a provider that is asked over the network."""
    page = await go(window, "settings")
    choice: QComboBox = page._ai.choice
    for provider in ("openai", "ollama", "platform"):  # one for each set of fields
        choice.setCurrentIndex(choice.findData(provider))
        await laid_out()
        yield f"settings, {provider}", page
    choice.setCurrentIndex(choice.findData("template"))


async def _tasks(window: MainWindow) -> AsyncIterator[Stop]:
    assert window.desk is not None
    work = window.desk.work
    with contextlib.suppress(WrongUse):
        async with work.doing("Import class-5b.csv", again=lambda: None):
            raise WrongUse("This file has no column with names.")
    async with work.doing("Make a copy of your work") as doing:
        doing.tell("Reading", 0.4)
        page = await go(window, "tasks")
        yield "tasks, running and failed", window
    page._clear.click()


async def _overlays(window: MainWindow) -> AsyncIterator[Stop]:
    """What lies over a page, and what stands where a page cannot be built."""
    assert window.desk is not None
    page = await go(window, "today")
    page.banner.tell("The score was not saved: nobody has one above 100.", "bad", "Try again",
                     lambda: None, also="Copy details", also_pressed=lambda: None)  # fmt: skip
    window.toast.tell("50 XP for 3 students.", "Undo", lambda: None)
    await laid_out()
    yield "a banner and a note", window
    window.toast.clear()
    page.banner.hide()
    window._drop_hint.show_over(window.pages)
    await laid_out()
    yield "what may be dropped", window._drop_hint
    window._drop_hint.hide()
    broken = FaultPage(window.desk, "today", WrongUse("This page is gone."), id, id)  # type: ignore[arg-type]
    broken.resize(window.pages.size())
    broken.show()
    await laid_out()
    yield "a page that does not open", broken
    await broken.close_page()
    broken.deleteLater()


async def _wall(window: MainWindow) -> AsyncIterator[Stop]:
    page = await go(window, "leaderboard")
    page._open_projector()
    await settled(window)
    wall = page._projector
    wall.showNormal()
    wall.resize(1280, 720)
    await laid_out()
    yield "the wall", wall
    wall.close()
    await in_front(window)
