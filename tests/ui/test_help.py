"""Help: every screen is explained, words are found, news is told once, and the tour can be left."""

import asyncio
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame

from desktop import __version__, resources
from desktop.ui import loop
from desktop.ui.help import library
from desktop.ui.help.library import NEW, SECTION_OF, Section
from desktop.ui.help.view import HelpPage
from desktop.ui.language import LANGUAGES
from desktop.ui.preferences import Preferences
from desktop.ui.routes import SCREENS, Route
from desktop.ui.shell.tour import STOPS
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.buttons import Button
from tests.ui import accessibility, sync_desk
from tests.ui.driving import click, in_front, key, until


def test_every_screen_has_a_section_and_the_guide_has_it() -> None:
    assert set(SECTION_OF) == set(SCREENS)
    assert set(SECTION_OF.values()) <= {section.title for section in library.guide()}


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {library.SOURCE}))
def test_the_guide_is_as_whole_in_every_language_of_the_window(language: str) -> None:
    def bones(file: str) -> list[str]:
        """Headings by their depth, links by where they lead, and rows of tables, in order."""
        form = re.compile(r"^#+ |^\* \*\*|^\d\. |^\| |\]\([^)]+\)", re.MULTILINE)
        return form.findall(resources.document(file))

    assert bones(library.GUIDES[language]) == bones(library.GUIDES[library.SOURCE])


def test_the_guide_shows_no_picture_that_is_not_here() -> None:
    assert not any("![" in section.text for section in library.guide())


def test_words_find_sections_and_those_of_a_title_come_first() -> None:
    found = [Section("Keys", "press them"), Section("Sync", "Ánything with keys")]
    assert [one.title for one in library.search(found, "keys")] == ["Keys", "Sync"]
    assert [one.title for one in library.search(found, "ANYTHING keys")] == ["Sync"]
    assert library.search(found, "nowhere") == []
    assert library.search(found, " ") == found


def test_each_version_tells_its_news_in_each_language_of_the_window() -> None:
    versions = [one.title for one in library.sections(resources.document("CHANGELOG.md"))]
    for language in library.NEWS:
        told = library.news(language=language)
        assert [one.title for one in told] == versions
        lines = [len(re.findall(r"^\* ", one.text, re.MULTILINE)) for one in told]
        assert all(1 <= many <= 12 for many in lines), "short, or nobody reads it"


def test_news_is_what_came_after_the_version_seen_last(monkeypatch: pytest.MonkeyPatch) -> None:
    log = "# Changelog\n\n## Unreleased\n\na\n\n## 0.10.0 (2026)\n\nb\n\n## 0.9.1\n\nc\n"
    monkeypatch.setattr("desktop.resources.document", lambda _name: log)
    assert [one.title for one in library.news()] == ["Unreleased", "0.10.0 (2026)", "0.9.1"]
    assert [one.title for one in library.news("0.9.1")] == ["Unreleased", "0.10.0 (2026)"]
    assert [one.title for one in library.news("0.10.0")] == ["Unreleased"]


async def _with_a_window(
    folder: Path, theme: Theme, habits: Preferences, story: object
) -> Preferences:
    async with sync_desk.desk_in(folder, theme) as (desk, _office, _heard):
        window = MainWindow(theme, habits)
        window.resize(1200, 800)
        window.show()
        window.enter(desk)
        try:
            await story(window)  # type: ignore[operator]
        finally:
            await window.leave()
            window.hide()
            window.deleteLater()
        return window.preferences


def test_f1_explains_the_screen_in_sight_and_the_guide_can_be_searched(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story(window: MainWindow) -> None:
        window.go(Route("sync"))
        await in_front(window)
        key(window, Qt.Key.Key_F1)
        assert window.here == Route("help", "sync")
        page = window.page("help")
        assert isinstance(page, HelpPage)
        assert page.text.toPlainText().startswith("With and without a network")
        QTest.keyClicks(page.field, "projector")
        assert page.list.item(0).text() == ("The leaderboard")
        assert page.text.toPlainText().startswith("The leaderboard")
        QTest.keyClicks(page.field, " xyzzy")
        assert page.text.toPlainText().startswith("Nothing in the guide fits")
        assert not accessibility.unnamed(page)
        window.go(Route("help", NEW))
        assert "Work with or without a network" in page.text.toPlainText()

    habits = Preferences(toured=True, version=__version__)
    loop.run(qapp, _with_a_window(tmp_path, theme, habits, story))


def test_the_tour_comes_once_stays_in_the_window_and_ends_with_escape(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story(window: MainWindow) -> None:
        await in_front(window)
        tour = window.tour
        assert tour is not None
        assert not accessibility.unnamed(window)
        for stop in STOPS:
            await asyncio.sleep(0)
            assert tour.title.text() == stop.title
            assert window.rect().contains(tour.geometry()), stop.target
            click(window, "tour-next")
        assert window.tour is None
        window.menus.actions["help.tour"].trigger()
        assert window.tour is not None
        key(window, Qt.Key.Key_Escape)
        await until(lambda: window.tour is None, "the end of the tour")
        assert not [one for one in window.findChildren(QFrame, "tour") if one.isVisible()]

    habits = loop.run(qapp, _with_a_window(tmp_path, theme, Preferences(), story))
    assert habits.toured

    async def again(window: MainWindow) -> None:
        assert window.tour is None
        assert not window.toast.isVisible(), "nothing is new"

    loop.run(qapp, _with_a_window(tmp_path / "again", theme, habits, again))


def test_after_an_update_a_word_leads_to_what_is_new(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def story(window: MainWindow) -> None:
        assert f"updated to {__version__}" in window.toast.text
        action = next(one for one in window.findChildren(Button) if one.text() == "What is new")
        QTest.mouseClick(action, Qt.MouseButton.LeftButton)
        assert window.here == Route("help", NEW)

    habits = Preferences(toured=True, version="0.0.9")
    assert loop.run(qapp, _with_a_window(tmp_path, theme, habits, story)).version == __version__
