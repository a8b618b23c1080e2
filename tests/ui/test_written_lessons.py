"""A teacher sets up a provider and has lessons written, with real clicks and a real provider."""

from asyncio import wrap_future
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.actions.lessons import save_lesson
from desktop.storage import records
from desktop.ui import loop
from desktop.ui.generate.asking import readable
from desktop.ui.generate.view import GeneratePage
from desktop.ui.routes import Route
from desktop.ui.settings.view import SettingsPage
from desktop.ui.shell.window import MainWindow
from tests.lessons.providers import answers
from tests.lessons.providers.fake import MODEL, FakeProvider, Reply
from tests.ui import accessibility, driving
from tests.ui.driving import click, dialog, opened, quiet, said, until

WISH = "the water cycle, grade 5"


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    provider = FakeProvider()
    yield provider
    provider.close()


def test_a_provider_is_set_up_and_writes_a_lesson_that_rests_on_a_paste(
    qapp: QApplication, tmp_path: Path, fake: FakeProvider
) -> None:
    loop.run(qapp, _road(tmp_path, fake))


async def _road(profile: Path, fake: FakeProvider) -> None:
    async with opened(profile) as window:
        await driving.in_empty_school(window)
        await _set_up(window, fake)
        page = await _generate(window)
        await _paste(page)
        fake.script = lambda stage, number: (
            Reply(status=429, headers={"Retry-After": "0"})
            if stage == "world" and number <= 3
            else Reply(answers.good(stage), pieces=6, pause_s=0.02)
        )
        page.wish.questions.setValue(3)
        QTest.keyClicks(page.wish.sentence, WISH)
        click(page, "make")
        await until(lambda: driving.visible(page, "resume-lesson"), "the trouble")
        assert "too much to do" in said(page.making)
        assert not accessibility.unnamed(window)
        click(page, "resume-lesson")
        await until(lambda: driving.visible(page, "save"), "the lesson")
        assert page._presenter.made.title == "The water cycle"
        assert [claim.supported for claim in page._presenter.made.claims] == [True, False]
        assert fake.stages().count("analyse") == 1
        page._again()
        await until(lambda: driving.visible(page.history, "open-job"), "the history")
        click(page.history, "open-job")
        await until(lambda: driving.visible(page, "save"), "the lesson again")
        await _change_a_part(window, page)


async def _change_a_part(window: MainWindow, page: GeneratePage) -> None:
    """From the editor: one part is written anew, looked at, and kept in the same lesson."""
    click(page, "save")
    await until(lambda: window.here is not None and window.here.screen == "lesson", "the lesson")
    assert window.here is not None
    lesson_id = window.here.subject
    window.go(Route("edit-lesson", lesson_id))
    editor = await quiet(window)
    click(editor, "revise")
    sheet: Any = await dialog()
    sheet._part.setCurrentIndex(sheet._part.findData("summary"))
    QTest.keyClicks(sheet._wish, "shorter")
    QTest.mouseClick(driving.button(sheet, "done"), Qt.MouseButton.LeftButton)
    await until(lambda: driving.visible(page, "save"), "the summary written anew")
    assert page._presenter.made.summary == "A shorter summary."
    await _rename(page, lesson_id, "Rain and rivers")
    click(page, "save")
    await until(lambda: window.here == Route("lesson", lesson_id), "the same lesson")
    kept = await quiet(window)
    await until(lambda: kept._summary.text() == "A shorter summary.", "the new summary")
    assert kept.header.title.text() == "Rain and rivers", "what was changed meanwhile stays"


async def _rename(page: GeneratePage, lesson_id: str, title: str) -> None:
    """As another window would, while the new part is looked at."""
    services = page.desk.services
    found = await wrap_future(services.ask(records.get, "lessons", lesson_id))
    assert found is not None
    package = {**found.local["package"], "title": title}
    await wrap_future(services.act(save_lesson, package, lesson_id=lesson_id))


async def _set_up(window: MainWindow, fake: FakeProvider) -> None:
    window.go(Route("settings"))
    page: SettingsPage = await quiet(window)
    card = page._ai
    await until(card.isVisible, "the card")
    card.choice.setCurrentIndex(card.choice.findData("ollama"))
    card.address.setText(fake.url)
    click(card, "fetch-models")
    await until(lambda: "offers 2 models" in said(card), "the models")
    card.model.setEditText(MODEL)
    fake.script = lambda _stage, _number: Reply('{"value": "A part of a whole."}')
    click(card, "try-provider")
    await until(lambda: "A part of a whole." in said(card), "the answer")
    fake.script = lambda _stage, _number: Reply(status=404)
    click(card, "try-provider")
    await until(lambda: f"has no model '{MODEL}'" in said(card), "the refusal")
    click(card, "save-provider")
    await until(lambda: "next lessons" in said(card), "the keeping")
    assert page.desk.services.settings.ai_model == MODEL
    fake.script = lambda _stage, _number: None
    fake.requests.clear()
    fake.counts.clear()


async def _generate(window: MainWindow) -> GeneratePage:
    window.go(Route("generate"))
    page = await quiet(window)
    assert isinstance(page, GeneratePage)
    await until(lambda: page.wish.by_ai, "the provider")
    return page


async def _paste(page: GeneratePage) -> None:
    click(page.material, "paste-source")
    sheet: Any = await dialog()
    text = "Heat from the sun turns the water of the sea into vapour."
    sheet.findChildren(QPlainTextEdit)[0].setPlainText(text)
    QTest.mouseClick(driving.button(sheet, "done"), Qt.MouseButton.LeftButton)
    await until(lambda: page._asking.listed(), "the paste")


def test_the_words_of_json_in_the_making_are_shown_as_lines() -> None:
    whole = answers.good("outline")
    assert readable(whole[:120]).startswith("Name the stages of the water cycle.")
    assert "remember" not in readable(whole)
    assert '"' not in readable(whole)
    assert readable("Sure, here it is") == "Sure, here it is"
    assert readable('{"a": tru') == ""
