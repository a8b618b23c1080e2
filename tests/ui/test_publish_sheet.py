"""The sheet before a publish: what it asks for, and from a lesson's page to a version on Roblox."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import lessons as lesson_actions
from desktop.studio import publishing as places
from desktop.studio.open_cloud import Target
from desktop.ui import loop
from desktop.ui.parts.publish_sheet import PublishSheet
from desktop.ui.parts.publishing import Publishable
from desktop.ui.routes import Route
from desktop.ui.theme.theme import Theme
from tests.lessons import made
from tests.studio import builds, roblox_double
from tests.ui import driving
from tests.ui.driving import click, opened, said, until, visible


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def sheet(over: QWidget, *sources: str, **changes: Any) -> PublishSheet:
    given: dict[str, Any] = {
        "file": places.prepare(builds.scripts(*(sources or ("print('hello')",)))),
        "title": "Fractions on a number line",
        "what": "31 things · 12 scripts · 210 kB",
        "findings": (("shield", "good", "The safety scan found nothing in its scripts."),),
        "scores": "Points and answers of the players come back to the class.",
        "last": "",
        "target": None,
        "has_key": False,
        "unsure": frozenset(),
    }
    return PublishSheet(over, Publishable(**(given | changes)))


def tick(shown: PublishSheet, name: str) -> QCheckBox:
    found = shown.findChild(QCheckBox, name)
    assert isinstance(found, QCheckBox)
    return found


def test_ids_key_and_a_second_word_are_needed(over: QWidget, theme: Theme) -> None:
    shown = sheet(over)
    tick(shown, "replaces").click()
    shown.universe.setText("1")
    shown.place.setText("2")
    assert not shown.done_button.isEnabled()
    shown.key.setText("KEY")
    assert shown.done_button.isEnabled()
    tick(shown, "replaces").click()
    assert not shown.done_button.isEnabled()


def test_where_it_went_last_and_the_kept_key_are_there_already(over: QWidget, theme: Theme) -> None:
    shown = sheet(over, target=Target("1", "2"), has_key=True)
    tick(shown, "replaces").click()
    assert shown.done_button.isEnabled()
    assert (shown.filled().universe, shown.filled().place, shown.filled().key) == ("1", "2", "")


def test_a_doubtful_place_needs_a_look_and_another_does_not(over: QWidget, theme: Theme) -> None:
    to = Target("1", "2")
    shown = sheet(over, target=to, has_key=True, unsure=frozenset({to}))
    tick(shown, "replaces").click()
    assert not shown.done_button.isEnabled()
    tick(shown, "looked-there").click()
    assert shown.done_button.isEnabled()
    tick(shown, "looked-there").click()
    shown.place.setText("3")
    assert shown.done_button.isEnabled()


def test_what_the_scan_shows_needs_a_tick_and_what_it_blocks_has_none(
    over: QWidget, theme: Theme
) -> None:
    asks = sheet(over, "print('https://example.org')", target=Target("1", "2"), has_key=True)
    tick(asks, "replaces").click()
    assert not asks.done_button.isEnabled()
    tick(asks, "looked").click()
    assert asks.done_button.isEnabled()
    blocked = sheet(over, "loadstring('x')()", target=Target("1", "2"), has_key=True)
    tick(blocked, "replaces").click()
    tick(blocked, "looked").click()
    assert not blocked.done_button.isEnabled()


def test_an_approved_lesson_goes_from_its_page_to_a_version_on_roblox(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(roblox: roblox_double.Roblox) -> None:
        async with opened(tmp_path) as window:
            await driving.in_empty_school(window)
            page = await driving.quiet(window)
            services = page.desk.services
            fields = made.fractions().model_dump(mode="json")
            lesson = await asyncio.wrap_future(services.act(lesson_actions.save_lesson, fields))
            page.desk.go(Route("lesson", lesson))
            page = await driving.quiet(window)
            await until(lambda: visible(page, "more-deeds"), "the lesson")
            driving.choose_more(page, "publish")
            await until(lambda: "not approved" in said(page), "the refusal of a draft")
            await asyncio.wrap_future(services.act(lesson_actions.approve_lesson, lesson))
            driving.choose_more(page, "publish")
            sheet = await driving.dialog()
            assert isinstance(sheet, PublishSheet)
            sheet.universe.setText("111")
            sheet.place.setText("222")
            sheet.key.setText("KEY-1")
            tick(sheet, "replaces").click()
            click(sheet, "publish-now")
            await until(lambda: roblox.versions == 7, "the version")
            await until(lambda: page._publish.isEnabled(), "the end")
        assert [(seen.path, seen.key) for seen in roblox.seen] == [
            ("/universes/v1/111/places/222/versions", "KEY-1")
        ]

    with roblox_double.serving() as roblox:
        monkeypatch.setenv("TOOLBOXAI_OPEN_CLOUD", roblox.address)
        monkeypatch.setenv("TOOLBOXAI_VAULT", str(tmp_path / "vault"))
        monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a long passphrase")
        loop.run(qapp, story(roblox))
