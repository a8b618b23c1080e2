"""The commands: declared once, no keys twice, found by a few letters, and done by the window."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui import commands
from desktop.ui.commands import COMMANDS, MENUS
from desktop.ui.language import LANGUAGES, SOURCE
from desktop.ui.preferences import MOST_RECENT, Preferences
from desktop.ui.routes import SCREENS, Route
from desktop.ui.shell.finding import Entry, rank
from desktop.ui.shell.journey import Journey
from desktop.ui.shell.shortcuts_sheet import ShortcutsSheet
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from tests.tools import keyboard_table, translations

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("mac", [False, True])
def test_no_keys_belong_to_two_commands(mac: bool) -> None:
    assert commands.conflicts(mac=mac) == []


def test_keys_that_two_commands_claim_are_found() -> None:
    twice = [COMMANDS[0], commands.Command("b", "B", "file", print, keys=COMMANDS[0].keys)]
    assert commands.conflicts(twice, mac=False) == [(COMMANDS[0].keys[0], COMMANDS[0].id, "b")]


def test_every_command_has_an_id_of_its_own_and_a_place_in_a_menu() -> None:
    ids = [one.id for one in COMMANDS]
    assert len(ids) == len(set(ids))
    assert {one.menu for one in COMMANDS} == set(MENUS)


def test_qt_knows_all_the_keys(qapp: object) -> None:
    for one in COMMANDS:
        for keys in (*one.keys, *(one.mac_keys or ())):
            assert QKeySequence(keys).toString() == keys, one.id


def test_the_table_in_the_docs_is_the_one_of_the_commands() -> None:
    """Run `python -m tests.tools.keyboard_table` when this fails."""
    assert keyboard_table.FILE.read_text(encoding="utf-8") == keyboard_table.page()


def test_a_mac_reads_its_own_signs() -> None:
    assert commands.shown_keys("Ctrl+Shift+Z", mac=True) == "⇧⌘Z"
    assert commands.shown_keys("Ctrl++", mac=True) == "⌘+"
    assert commands.shown_keys("Ctrl++", mac=False) == "Ctrl++"
    assert commands.shown_keys("?", mac=False) == "?"


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_no_button_has_the_access_key_of_a_menu(code: str) -> None:
    """Alt with that letter would do neither."""
    if code == SOURCE:
        said = {one.text: one.text for one in translations.sentences()}
    else:
        known = translations.read(translations.catalogue(code))
        said = {sentence.text: form for sentence, one in known.items() for form in one.forms}
    menus = {_access_key(said[title]) for title in MENUS.values()}
    assert len(menus) == len(MENUS)
    both = [text for source, text in said.items() if source not in MENUS.values()
            and _access_key(text) in menus]  # fmt: skip
    assert both == []


def _access_key(text: str) -> str:
    found = re.search(r"&(\w)", text)
    return found[1].casefold() if found else ""


def test_commands_and_finding_need_no_qt() -> None:
    without_qt = (
        "import sys; sys.modules.update(PySide6=None)\n"
        "import desktop.ui.commands, desktop.ui.shell.finding, desktop.ui.shell.journey"
    )
    done = subprocess.run(
        [sys.executable, "-c", without_qt], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _titles(typed: str, *titles: str, recent: tuple[str, ...] = ()) -> list[str]:
    entries = [Entry(title, title, lambda: None) for title in titles]
    return [one.title for one in rank(entries, typed, recent)]


def test_what_begins_with_the_letters_comes_before_what_only_holds_them() -> None:
    assert _titles("cla", "Declare", "Go to the class", "Classes") == [
        "Classes", "Go to the class", "Declare",
    ]  # fmt: skip


def test_letters_with_gaps_find_too_and_case_and_accents_do_not_matter() -> None:
    assert _titles("nwl", "New lesson", "Newest", "Lesson") == ["New lesson"]
    assert _titles("nunez", "Ana Núñez", "Nadia") == ["Ana Núñez"]
    assert _titles("NÚÑ", "Ana Nunez") == ["Ana Nunez"]


def test_every_typed_word_has_to_fit() -> None:
    assert _titles("new les", "New lesson", "New class…") == ["New lesson"]
    assert _titles("zzz", "New lesson") == []


def test_with_nothing_typed_the_latest_choices_come_first() -> None:
    assert _titles("", "A", "B", "C", recent=("C", "B")) == ["C", "B", "A"]


def test_the_window_remembers_so_many_choices_and_no_nonsense(tmp_path: Path) -> None:
    habits = Preferences()
    for at in range(20):
        habits = habits.with_recent(f"key{at}")
    habits.save(tmp_path)
    assert Preferences.load(tmp_path).recent == tuple(f"key{at}" for at in range(19, 7, -1))
    assert len(habits.recent) == MOST_RECENT
    (tmp_path / "window.json").write_text('{"recent": [1, "ok", null]}')
    assert Preferences.load(tmp_path).recent == ("ok",)


def test_a_journey_goes_back_and_forward_and_a_new_step_ends_the_way_forward() -> None:
    journey = Journey()
    for screen in ("today", "classes", "studio"):
        assert journey.go(Route(screen))
    assert not journey.go(Route("studio"))
    assert (journey.back(), journey.back(), journey.back()) == (
        Route("classes"), Route("today"), None,
    )  # fmt: skip
    assert journey.forward() == Route("classes")
    journey.go(Route("sync"))
    assert journey.forward() is None
    assert journey.back() == Route("classes")


@pytest.fixture
def window(theme: Theme) -> Any:
    made = MainWindow(theme, Preferences())
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    yield made
    made.hide()
    made.deleteLater()


def test_each_command_is_in_the_menu_bar_and_grey_while_nobody_is_signed_in(window: Any) -> None:
    actions = {one.objectName(): one for one in window.menuBar().findChildren(QAction)}
    assert {one.id for one in COMMANDS} <= set(actions)
    assert not actions["edit.undo"].isEnabled()
    assert actions["file.quit"].isEnabled()
    window.desk = SimpleNamespace()
    window.menus.update()
    assert actions["edit.undo"].isEnabled()
    assert not actions["go.back"].isEnabled()


def test_no_other_shortcut_of_the_window_takes_the_keys_of_a_command(window: Any) -> None:
    """Screens may have shortcuts of their own, but none that a command has."""
    claimed = {keys for one in COMMANDS for keys in one.keys_on(mac=sys.platform == "darwin")}
    source = "\n".join(
        file.read_text(encoding="utf-8")
        for place in SCREENS.values()
        for file in (ROOT / place.split(":")[0].rpartition(".")[0].replace(".", "/")).glob("*.py")
    )
    own = set(re.findall(r'QKeySequence\("([^"]+)"\)', source))
    assert not own & claimed


def test_a_question_mark_opens_the_sheet_of_shortcuts_but_not_while_typing(window: Any) -> None:
    field = QLineEdit()
    window.show_alone(field)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert field.text() == "?"
    assert not window.findChildren(ShortcutsSheet)
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Question)
    (sheet,) = window.findChildren(ShortcutsSheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_edit_menu_speaks_to_the_field_with_the_focus(window: Any) -> None:
    field = QLineEdit("some words")
    window.show_alone(field)
    field.setFocus()
    window.menus.actions["edit.select-all"].trigger()
    assert field.selectedText() == "some words"
    window.menus.actions["edit.cut"].trigger()
    assert field.text() == ""


def test_text_grows_and_shrinks_within_its_steps(window: Any) -> None:
    for _ in range(9):
        window.menus.actions["view.larger"].trigger()
    assert window.theme.scale == 2.0
    window.menus.actions["view.smaller"].trigger()
    assert window.theme.scale == 1.5
    window.menus.actions["view.usual-size"].trigger()
    assert window.theme.scale == 1.0


def test_the_buttons_at_the_side_of_a_mouse_go_back_wherever_it_points(window: Any) -> None:
    went: list[str] = []
    window.go_back = lambda: went.append("back")
    window.go_forward = lambda: went.append("forward")
    inside = QWidget()
    window.show_alone(inside)
    QTest.mouseClick(inside, Qt.MouseButton.BackButton)
    QTest.mouseClick(inside, Qt.MouseButton.ForwardButton)
    assert went == ["back", "forward"]
