"""The Sync page in every state: what it says, what its buttons do, and undo from anywhere."""

import json
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QRadioButton

from desktop.actions import undo, xp
from desktop.errors import WrongUse
from desktop.storage import conflicts, records, rejections, sending
from desktop.ui import loop
from desktop.ui.desk import Desk
from desktop.ui.routes import Route
from desktop.ui.sync.sign_in_sheet import SignInSheet
from desktop.ui.sync.view import SyncPage
from desktop.ui.theme.theme import Theme
from tests.ui import accessibility, driving, sync_desk
from tests.ui.driving import until
from tests.ui.sync_desk import CLASS, STUDENT, WORK, Heard, Office

Story = Callable[[SyncPage, Desk, Office, Heard], Awaitable[None]]


@pytest.fixture
def on_the_page(
    qapp: QApplication, theme: Theme, tmp_path: Path
) -> Callable[[list[Any], Story], None]:
    """Opens the page of an account in some state, and tells a story on it."""

    def run(works: list[Any], story: Story) -> None:
        async def told() -> None:
            async with sync_desk.desk_in(tmp_path / "account", theme) as (desk, office, heard):
                for work in (sync_desk.furnish, *works):
                    office.act(work).result()
                office.refresh_status()
                page = SyncPage(desk)
                page.resize(1000, 900)
                page.show()
                await until(lambda: not page._refreshing and not page._stale, "the page")
                assert not accessibility.unnamed(page)
                assert not accessibility.out_of_reach(page)
                await story(page, desk, office, heard)
                await page.close_page()
                page.close()
                page.deleteLater()

        loop.run(qapp, told())

    return run


def words(page: SyncPage) -> str:
    return " | ".join(
        one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page) and one.text()
    )


def press(page: SyncPage, start: str) -> None:
    """Press the button whose accessible name begins so."""
    found = [
        one for one in page.findChildren(QAbstractButton)
        if one.accessibleName().startswith(start) and one.isVisibleTo(page)
    ]  # fmt: skip
    assert found, f"no button {start}: {words(page)}"
    found[0].click()


def test_with_nothing_open_it_says_synced_and_offers_no_export(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, _office: Office, _heard: Heard) -> None:
        assert "Everything is on the server" in words(page)
        assert not page._export.isVisible()

    on_the_page([], story)


def test_what_waits_is_named_with_the_pupil_and_can_be_kept_and_sent_after_all(
    on_the_page: Any,
) -> None:
    async def story(page: SyncPage, _desk: Desk, office: Office, heard: Heard) -> None:
        assert "A grade in Fractions quiz for Ana Li" in words(page)
        press(page, "Keep only here: A grade")
        await until(lambda: "Kept only on this computer" in words(page), "the kept change")
        await until(lambda: heard.toasts, "the word that it is kept")
        assert heard.toasts[-1][0].startswith("Kept only here")
        office.refresh_status()
        assert [op.collection for op in office.ask(sending.next_ops).result()] == ["xp_awards"]
        press(page, "Send it after all: A grade")
        await until(lambda: "Kept only on" not in words(page), "the released change")
        assert office.sync.asked == 1

    on_the_page([sync_desk.waiting], story)


def test_giving_up_a_change_offers_its_undo(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, office: Office, heard: Heard) -> None:
        press(page, "Give up: A grade")
        await until(lambda: heard.toasts, "the toast")
        assert heard.toasts[-1][:2] == ("Given up.", "Undo")
        assert _score(office) == 5
        heard.toasts[-1][2]()
        await until(lambda: len(heard.toasts) == 2, "the undo")
        assert heard.toasts[-1][0] == "Taken back: A grade in Fractions quiz for Ana Li."
        assert _score(office) == 7

    on_the_page([sync_desk.waiting], story)


def _score(office: Office) -> Any:
    found = office.ask(records.get, "submissions", WORK).result()
    assert found is not None
    return found.local["score"]


def test_open_leads_to_the_screen_of_the_record(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, _office: Office, heard: Heard) -> None:
        press(page, "Open: A grade")
        await until(lambda: heard.went, "the way there")
        assert heard.went == [Route("class", CLASS)]

    on_the_page([sync_desk.waiting], story)


def test_both_values_stand_side_by_side_with_who_and_when(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, office: Office, heard: Heard) -> None:
        said = words(page)
        assert "It was 5. You and Ben Ode both changed it." in said
        assert "You changed this, and Ben Ode deleted it." in said
        assert "2 hours ago" in said
        assert "just now" in said  # since when mine says so
        mine, theirs = (
            next(one for one in page.findChildren(QRadioButton, side) if "A grade" in
                 one.accessibleName())
            for side in ("mine", "theirs")
        )  # fmt: skip
        assert mine.accessibleName().endswith("Keep mine: 9")
        assert theirs.accessibleName().endswith("Take what Ben Ode wrote: 6")
        assert mine.y() == theirs.y()
        theirs.click()
        press(page, "Use this for A grade")
        await until(lambda: heard.toasts, "the decision")
        assert _score(office) == 6
        heard.toasts[-1][2]()
        await until(lambda: len(heard.toasts) == 2, "the undo")
        assert _score(office) == 9
        assert len(office.ask(conflicts.open_ones).result()) == 3

    on_the_page([sync_desk.conflict], story)


def test_dates_texts_and_lists_are_shown_by_what_differs(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, _office: Office, _heard: Heard) -> None:
        told = words(page)
        assert "Thursday" in told
        assert "Friday" in told
        assert "2026-12-03T10" not in told
        assert "Two halves?" in told
        assert "1/2 and 1/2?" in told
        assert "1/4 + 1/4" not in told  # alike on both sides
        marked = [one.text() for one in page.findChildren(QLabel) if "<span" in one.text()]
        assert [">blue<" in one or ">red<" in one for one in marked] == [True, True]

    on_the_page([sync_desk.of_each_kind], story)


def test_a_choice_that_is_half_made_outlives_news_about_other_things(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, office: Office, _heard: Heard) -> None:
        choice = page.findChildren(QRadioButton, "mine")[0]
        choice.click()
        office.act(xp.award, CLASS, [STUDENT], 5, "for asking").result()
        office.refresh_status()
        page.refresh_soon()
        await until(lambda: not page._refreshing and not page._stale, "the page")
        assert "5 XP" in words(page)
        assert page.findChildren(QRadioButton, "mine")[0].isChecked()

    on_the_page([sync_desk.conflict], story)


def test_of_thousands_of_changes_a_few_are_shown_and_more_when_asked(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, _office: Office, _heard: Heard) -> None:
        assert "2,000 changes wait" in words(page)
        shown = [b for b in page.findChildren(QAbstractButton) if b.objectName()[:5] == "keep-"]
        assert len(shown) == 25
        more = page.findChild(QAbstractButton, "more")
        assert more is not None
        assert more.text() == "Show more (1,975 more)"
        more.click()
        await until(lambda: more.text() == "Show more (1,925 more)", "more of them")

    on_the_page([sync_desk.many], story)


def test_signing_in_again_keeps_the_sheet_until_it_goes_well(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, office: Office, heard: Heard) -> None:
        assert not page.findChild(QAbstractButton, "sign-in-again").isVisible()
        office.refresh_status(sign_in_needed=True)
        tried: list[str] = []

        async def sign_in(password: str) -> None:
            tried.append(password)
            if password != "right":
                raise WrongUse("The name and the password do not go together.")

        page._presenter.sign_in = sign_in  # type: ignore[method-assign]
        driving.click(page, "sign-in-again")
        sheet = await driving.dialog()
        assert isinstance(sheet, SignInSheet)
        sheet.password.setText("wrong")
        driving.click(sheet, "done")
        await until(lambda: "do not go together" in driving.said(sheet), "the fault")
        assert heard.errands == []
        sheet.password.setText("right")
        driving.click(sheet, "done")
        await until(lambda: len(heard.errands) == 1, "the errand")
        assert tried == ["wrong", "right"]
        assert await heard.errands[0].work() == "You are signed in again."

    on_the_page([sync_desk.waiting], story)


def test_all_questions_are_decided_alike_with_one_press(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, office: Office, heard: Heard) -> None:
        press(page, "Take theirs everywhere")
        await until(lambda: heard.toasts, "the decisions")
        assert heard.toasts[-1][:2] == ("3 decided.", "Undo")
        assert office.ask(conflicts.open_ones).result() == []

    on_the_page([sync_desk.conflict], story)


def test_refused_and_faulty_changes_are_named_with_their_reasons(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, office: Office, heard: Heard) -> None:
        said = words(page)
        assert "This quiz is closed for this term." in said
        assert "The server's answer to it could not be read." in said
        assert "Something from the server could not be read" in said
        assert "Sync needs a look" in said
        press(page, "Keep only here: A grade")
        await until(lambda: heard.toasts, "the kept change")
        assert office.ask(rejections.open_ones).result() == []

    on_the_page([sync_desk.refused], story)


def test_unsent_work_is_written_beside_each_other_for_people_and_programs(
    on_the_page: Any, tmp_path: Path
) -> None:
    async def story(page: SyncPage, _desk: Desk, _office: Office, heard: Heard) -> None:
        await page.export(tmp_path / "work.json")
        assert heard.toasts[-1][0] == "2 changes are in work.txt."
        assert len(json.loads((tmp_path / "work.json").read_text())["changes"]) == 2
        assert "A grade in Fractions quiz for Ana Li" in (tmp_path / "work.txt").read_text()
        assert stat.S_IMODE((tmp_path / "work.txt").stat().st_mode) == 0o600

    on_the_page([sync_desk.waiting], story)


def test_the_last_rounds_are_told_and_quiet_ones_counted(on_the_page: Any) -> None:
    async def story(page: SyncPage, _desk: Desk, _office: Office, _heard: Heard) -> None:
        said = words(page)
        assert "3 sent · 40 received · 1 merged" in said
        assert "Nothing new" in said
        assert "3 times" in said
        assert "cannot be reached now" in said

    on_the_page([sync_desk.past], story)


def test_undo_and_redo_say_what_they_did_and_offer_the_other(on_the_page: Any) -> None:
    async def story(_page: SyncPage, desk: Desk, office: Office, heard: Heard) -> None:
        office.act(undo.recorded, xp.award, CLASS, [STUDENT], 5, "for singing").result()
        desk.undoing.undo()
        await until(lambda: heard.toasts, "the undo")
        assert heard.toasts[-1][:2] == ("Taken back: 5 XP for Ana Li.", "Redo")
        heard.toasts[-1][2]()
        await until(lambda: len(heard.toasts) == 2, "the redo")
        assert heard.toasts[-1][:2] == ("Here again: 5 XP for Ana Li.", "Undo")

    on_the_page([], story)


def test_an_undo_that_is_refused_names_who_and_leads_there(on_the_page: Any) -> None:
    async def story(_page: SyncPage, desk: Desk, office: Office, heard: Heard) -> None:
        office.act(sync_desk.lost_to_ben).result()
        desk.undoing.undo()
        await until(lambda: heard.toasts, "the refusal")
        sentence, action, press_it = heard.toasts[-1]
        assert sentence.startswith("Ben Ode has changed this since")
        assert action == "Look at it"
        press_it()
        assert heard.went == [Route("class", CLASS)]

    on_the_page([], story)


def test_a_text_field_undoes_its_own_typing_first(qapp: QApplication, theme: Theme) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLineEdit

    from desktop.ui.preferences import Preferences
    from desktop.ui.shell.window import MainWindow

    window = MainWindow(theme, Preferences())
    pressed: list[bool] = []
    undoing = SimpleNamespace(undo=lambda: pressed.append(False), redo=lambda: pressed.append(True))
    window.desk = SimpleNamespace(undoing=undoing)  # type: ignore[assignment]
    window.menus.update()
    field = QLineEdit()
    window.show_alone(field)
    window.show()
    window.activateWindow()
    field.setFocus()
    QTest.qWaitForWindowActive(window)
    QTest.keyClicks(field, "typed")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (field.text(), pressed) == ("", [])
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Z, both)
    assert pressed == [False, True]
    window.hide()
    window.deleteLater()
