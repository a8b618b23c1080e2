"""What is on this computer, in the real window: erased, put back, unlocked, and said when shut."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QRadioButton, QWidget

from desktop import this_computer, workspaces
from desktop.backend import accounts, cache_keys, secrets
from desktop.errors import CompanionError
from desktop.settings import Settings
from desktop.storage import records
from desktop.storage.errors import (
    CacheBusy,
    CacheInUse,
    DiskFault,
    DiskFull,
    ReadOnlyFolder,
    StorageError,
)
from desktop.ui import loop
from desktop.ui.page import Page
from desktop.ui.routes import Route
from desktop.ui.settings.copies_sheet import CopiesSheet
from desktop.ui.settings.erase_student_sheet import EraseStudentSheet
from desktop.ui.settings.kept_card import KeptCard
from desktop.ui.settings.leave_sheet import LeaveSheet
from desktop.ui.settings.presenter import SettingsPresenter
from desktop.ui.settings.view import SettingsPage
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from desktop.ui.welcome import trouble
from desktop.ui.welcome.view import WelcomePage
from desktop.ui.widgets.header import PageHeader
from tests.ui import driving
from tests.ui.driving import button, click, dialog, opened, quiet, said, until
from tests.ui.sync_desk import STUDENT, WORK, desk_in, furnish, waiting


async def _settings_page(window: MainWindow) -> SettingsPage:
    window.go(Route("settings"))
    page = await quiet(window)
    assert isinstance(page, SettingsPage)
    return page


def test_a_student_is_erased_only_after_what_is_unsent_was_named_and_may_go(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> None:
    async def road() -> None:
        async with desk_in(tmp_path / "cache", theme) as (desk, office, _):
            office.act(furnish).result()
            office.act(waiting).result()
            page = Page(desk, PageHeader("Settings"))
            page.body.addWidget(KeptCard(page, SettingsPresenter(desk.services)))
            page.show()
            click(page, "erase-student")
            sheet = await dialog()
            assert isinstance(sheet, EraseStudentSheet)
            sheet.typed.setText("li aNA")
            await until(lambda: sheet.students.count() == 1, "the student")
            sheet.students.setCurrentRow(0)
            await until(lambda: sheet.chosen is not None, "what there is about the student")
            named = sheet.unsent.findChildren(QWidget)
            told = " ".join(one.text() for one in named if hasattr(one, "text"))
            assert "2 changes are only on this computer" in told
            assert "A grade in Fractions quiz for Ana Li" in told
            assert "10 XP for Ana Li" in told
            assert not sheet.done_button.isEnabled()
            await sheet.unsent.save(tmp_path / "saved.json")
            assert "10 XP" in (tmp_path / "saved.txt").read_text()
            may_go = sheet.findChild(QCheckBox, "may-go")
            assert may_go is not None
            may_go.setChecked(True)
            click(sheet, "done")
            await until(lambda: "Ana Li is erased" in said(page), "the erasing")
            assert "stays at the school" in said(page)
            assert office.ask(records.get, "students", STUDENT).result() is None
            assert office.ask(records.get, "submissions", WORK).result() is None
            await page.close_page()

    loop.run(qapp, road())


def test_a_copy_is_put_back_and_what_was_there_is_a_copy_then(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def road() -> None:
        async with opened(tmp_path) as window:
            await driving.in_empty_school(window)
            page = await _settings_page(window)
            click(page, "copy-now")
            await until(lambda: "Copied" in window.toast.text, "the copy")
            await _put_back(window, 0, "The copy is in place")
            folder = next((tmp_path / "accounts").iterdir())
            assert len(list(folder.glob("replaced-*"))) == 1
            page = await _settings_page(window)
            click(page, "put-back")
            sheet = await dialog()
            assert isinstance(sheet, CopiesSheet)
            await until(lambda: sheet.list.count() == 2, "the copies")
            assert sheet.list.item(1).text().split("\n")[1].startswith("Replaced")
            sheet.reject()

    loop.run(qapp, road())


async def _put_back(window: MainWindow, row: int, words: str) -> None:
    click(window.page("settings"), "put-back")
    sheet = await dialog()
    assert isinstance(sheet, CopiesSheet)
    await until(lambda: sheet.list.count() > row, "the copies")
    sheet.list.setCurrentRow(row)
    click(sheet, "done")
    await until(lambda: words in said(window), words)


def test_leaving_with_erasing_takes_local_school_along_only_when_one_is_sure(
    qapp: QApplication, tmp_path: Path
) -> None:
    async def road() -> None:
        async with opened(tmp_path) as window:
            await driving.in_empty_school(window)
            page = await _settings_page(window)
            click(page, "leave")
            sheet = await dialog()
            assert isinstance(sheet, LeaveSheet)
            assert sheet.done_button.isEnabled()  # keeping is what it begins with
            erase = sheet.findChild(QRadioButton, "erase")
            sure = sheet.findChild(QCheckBox, "sure")
            assert erase is not None
            assert sure is not None
            erase.click()
            assert not sheet.done_button.isEnabled()
            sure.setChecked(True)
            click(sheet, "done")
            await until(lambda: driving.visible(window, "choose-sample"), "the first page")
            await until(lambda: "Erased" in said(window), "the word that it is done")
        assert accounts.folders(tmp_path) == []
        assert accounts.current(tmp_path) is None
        assert not Settings.load(profile=tmp_path).school_folder.exists()

    loop.run(qapp, road())


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A profile on which somebody is signed in to a server that does not answer."""
    monkeypatch.setenv("TOOLBOXAI_VAULT_PASSPHRASE", "a passphrase")
    monkeypatch.setenv("TOOLBOXAI_VAULT", str(tmp_path / "vault"))
    made = Settings.load(profile=tmp_path / "profile")
    user = accounts.User(id="t1", username="ana")
    account = accounts.Account(server="https://127.0.0.1:9", kind="companion", user=user)
    accounts.make_current(made.profile, account)
    return made


@pytest.fixture
def code(settings: Settings) -> str:
    """The recovery code of its cache, which is encrypted, and whose key is gone."""
    account, _ = this_computer.signed_in(settings)
    workspace = workspaces.open_workspace(settings, account)
    key = workspace.cache.key
    workspace.put_away()
    assert key is not None
    cache_keys.forget(secrets.open_store(settings.vault, "a passphrase"), account.slug)
    return cache_keys.recovery_code(key)


def test_locked_work_is_opened_by_its_recovery_code(
    qapp: QApplication, settings: Settings, code: str
) -> None:
    async def road() -> None:
        async with opened(settings.profile) as window:
            await until(lambda: driving.visible(window, "unlock"), "the locked work")
            typed = window.findChild(QLineEdit, "code")
            assert typed is not None
            typed.setText(code[:-1] + ("A" if code[-1] != "A" else "B"))
            click(window, "unlock")
            await until(lambda: "not a recovery code" in said(window), "the fault")
            typed.setText(code.lower())
            click(window, "unlock")
            await until(lambda: window.here is not None, "Today")

    loop.run(qapp, road())


@pytest.mark.usefixtures("code")
def test_locked_work_can_be_put_aside_to_begin_anew(qapp: QApplication, settings: Settings) -> None:
    async def road() -> None:
        async with opened(settings.profile) as window:
            await until(lambda: driving.visible(window, "begin-anew"), "the locked work")
            click(window, "begin-anew")
            click(await dialog(), "done")
            await until(lambda: window.here is not None, "Today")
        (folder,) = accounts.folders(settings.profile)
        assert len(list(folder.glob("locked-*"))) == 1

    loop.run(qapp, road())


def test_a_cache_of_a_newer_version_is_left_alone_and_said_so(
    qapp: QApplication, settings: Settings
) -> None:
    account, folder = this_computer.signed_in(settings)
    file = folder / "cache.sqlite"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE alembic_version (version_num TEXT)")
        made.execute("INSERT INTO alembic_version VALUES ('9999')")
    made.close()
    before = file.read_bytes()

    async def road() -> None:
        async with opened(settings.profile) as window:
            await until(lambda: driving.visible(window, "again"), "the trouble")
            welcome = window.findChild(WelcomePage)
            assert welcome is not None
            assert "newer version" in welcome._trouble._words.text()
            click(window, "again")
            await until(lambda: driving.visible(window, "again"), "the trouble again")
            click(window, "elsewhere")
            assert button(window, "choose-sample")

    loop.run(qapp, road())
    assert file.read_bytes() == before
    assert this_computer.signed_in(settings)[0] == account


@pytest.mark.parametrize("error", [ReadOnlyFolder, DiskFull, CacheInUse, CacheBusy, DiskFault])
def test_what_the_disk_does_not_allow_is_said_with_what_to_do(error: type[StorageError]) -> None:
    shown = trouble.of(error("what it says itself"), "what it says itself", "D:/Work")
    assert shown.title != "This did not open"
    assert "try again" in shown.words
    assert shown.show_folder is ("D:/Work" in shown.words)


def test_any_other_trouble_says_what_it_says_itself() -> None:
    words = "The keyring is locked. Unlock it."
    assert trouble.of(CompanionError(words), words, "D:/Work").words == words
