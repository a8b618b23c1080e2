"""What the monkey can do: each deed is drawn from what is in sight, told, and then done."""

import random
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop.ui.commands import COMMANDS
from desktop.ui.shell.window import MainWindow
from desktop.ui.widgets.listing import Line

Deed = tuple[str, Callable[[], object]]
"""What is about to be done, in words, and what does it."""

BEYOND = frozenset(
    {"fetch-models", "try-provider", "save-provider", "choose-plan", "manage-plan", "sign-in"}
)
"""Buttons that lead off this machine: a monkey stays on it."""

WORDS = (
    "", "7", "-1", "100", "1e999", "0.5", "99999999999999999999", "12/31/2026", "31.02.2026",
    "fractions on a number line, grade 4", "Ümläut Ñandú", "<b>bold</b> & \"quoted\" %s {x}",
    "עברית العربية", "👩‍🏫 emoji", "a" * 400, "many words " * 60, "two\nlines\tand a tab",
    "'; DROP TABLE record; --", "../../etc/passwd", "\x00\x07\u202e\ufeff",
)  # fmt: skip

KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2,
)  # fmt: skip

HELD = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
)  # fmt: skip

LINKS = ("toolboxai://sync", "toolboxai://class/nobody", "toolboxai://", "toolboxai://lessons")

ROSTER = 'name,username\nAda Lovelace,ada\nGrace Hopper,grace\n,\n"Broken\n'

Field = QLineEdit | QPlainTextEdit | QTextEdit


def in_front(window: MainWindow) -> QWidget:
    """What takes clicks and keys now: what popped up, a dialog, the wall's board, or the window."""
    over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    return over or QApplication.activeWindow() or window


class Hands:
    """Draws deeds for one window."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window = window
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._files = {"roster.csv": ROSTER, "notes.txt": WORDS[9], "broken.pdf": "%PDF-1.4 no"}
        for name, text in self._files.items():
            (folder / name).write_text(text, encoding="utf-8")

    def draw(self, chance: random.Random) -> Deed:
        """The next deed."""
        front = in_front(self._window)
        if isinstance(front, QFileDialog):
            return self._answer(front, chance)
        if self._window.desk is None:  # on the first page, where typing would name servers
            return self._click(front, chance)
        kinds = {
            self._click: 34, self._type: 16, self._press: 12, self._shortcut: 12,
            self._pick: 9, self._command: 5, self._choose: 5, self._poke: 4, self._scroll: 2,
            self._resize: 2, self._hand: 1,
        }  # fmt: skip
        kind = chance.choices(tuple(kinds), tuple(kinds.values()))[0]
        return kind(front, chance)

    def _click(self, front: QWidget, chance: random.Random) -> Deed:
        found: list[QWidget] = [
            one for one in front.findChildren(QAbstractButton)
            if one.isVisibleTo(front) and one.isEnabled() and one.objectName() not in BEYOND
        ]  # fmt: skip
        found += [one for one in front.findChildren(Line) if one.isVisibleTo(front)]
        if not found:
            return self._press(front, chance)
        one = chance.choice(found)
        return f"click {_called(one)}", lambda: QTest.mouseClick(one, Qt.MouseButton.LeftButton)

    def _type(self, front: QWidget, chance: random.Random) -> Deed:
        kinds: tuple[type[Field], ...] = (QLineEdit, QPlainTextEdit, QTextEdit)
        found = [
            one for kind in kinds for one in front.findChildren(kind)
            if one.isVisibleTo(front) and one.isEnabled() and not one.isReadOnly()
        ]  # fmt: skip
        if not found:
            return self._click(front, chance)
        field, words, enter = chance.choice(found), chance.choice(WORDS), chance.random() < 0.4

        def do() -> None:
            field.setFocus()
            if words.isascii() and words.isprintable() and len(words) < 50:
                QTest.keyClicks(field, words)
            else:
                QGuiApplication.clipboard().setText(words)
                QTest.keySequence(field, QKeySequence.StandardKey.Paste)
            if enter:
                QTest.keyClick(field, Qt.Key.Key_Return)

        return f"type {words[:40]!r}{' and Enter' * enter} in {_called(field)}", do

    def _press(self, front: QWidget, chance: random.Random) -> Deed:
        key, held, times = chance.choice(KEYS), chance.choice(HELD), chance.randint(1, 4)

        def do() -> None:
            for _ in range(times):
                QTest.keyClick(QApplication.focusWidget() or in_front(self._window), key, held)

        return f"press {held.name} {key.name} {times} times", do

    def _shortcut(self, front: QWidget, chance: random.Random) -> Deed:
        found = [key for one in COMMANDS for key in one.keys]
        keys = chance.choice(found)
        return f"press {keys}", lambda: QTest.keySequence(front, QKeySequence(keys))

    def _command(self, front: QWidget, chance: random.Random) -> Deed:
        if front is not self._window:  # the menu bar lies behind a dialog
            return self._press(front, chance)
        action: QAction = self._window.menus.actions[chance.choice(COMMANDS).id]
        return f"command {action.objectName()}", action.trigger

    def _pick(self, front: QWidget, chance: random.Random) -> Deed:
        found = [
            one for one in front.findChildren(QAbstractItemView)
            if one.isVisibleTo(front) and one.model() is not None and one.model().rowCount()
        ]  # fmt: skip
        if not found:
            return self._click(front, chance)
        view = chance.choice(found)
        model, twice = view.model(), chance.random() < 0.4
        tabular = isinstance(model, QAbstractTableModel)
        columns = model.columnCount(view.rootIndex()) if tabular else 1
        index = model.index(chance.randrange(model.rowCount()), chance.randrange(columns))
        where = f"{index.row()},{index.column()} of {_called(view)}"

        def do() -> None:
            view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
            at = view.visualRect(index).center()
            QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
            if twice:
                QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)

        return f"{'double ' * twice}click {where}", do

    def _choose(self, front: QWidget, chance: random.Random) -> Deed:
        found = [
            one for one in front.findChildren(QComboBox)
            if one.isVisibleTo(front) and one.isEnabled() and one.count()
        ]  # fmt: skip
        if not found:
            return self._press(front, chance)
        combo = chance.choice(found)
        key = chance.choice((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_End))
        return f"press {key.name} in {_called(combo)}", lambda: QTest.keyClick(combo, key)

    def _poke(self, front: QWidget, chance: random.Random) -> Deed:
        at = QPoint(chance.randrange(front.width()), chance.randrange(front.height()))
        button = chance.choice((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton,
                                Qt.MouseButton.BackButton))  # fmt: skip

        def do() -> None:
            under = front.childAt(at) or front
            if under.objectName() not in BEYOND:
                QTest.mouseClick(under, button, pos=under.mapFrom(front, at))

        return f"{button.name} at {at.x()},{at.y()}", do

    def _scroll(self, front: QWidget, chance: random.Random) -> Deed:
        found = [one for one in front.findChildren(QAbstractScrollArea) if one.isVisibleTo(front)]
        if not found:
            return self._press(front, chance)
        area, by = chance.choice(found), chance.choice((-1_200, -120, 120, 1_200))
        return f"scroll {_called(area)} by {by}", lambda: _turn_wheel(area.viewport(), by)

    def _resize(self, front: QWidget, chance: random.Random) -> Deed:
        wide, high = chance.randint(600, 2_000), chance.randint(400, 1_300)
        return f"resize to {wide}x{high}", lambda: self._window.resize(wide, high)

    def _hand(self, front: QWidget, chance: random.Random) -> Deed:
        given = chance.choice((*LINKS, *(str(self._folder / name) for name in self._files)))
        return f"hand over {Path(given).name}", lambda: self._window.hand([given])

    def _answer(self, dialog: QFileDialog, chance: random.Random) -> Deed:
        """A file dialog is the system's own elsewhere: it is only answered."""
        if chance.random() < 0.3:
            return "close the file dialog", dialog.reject
        saves = dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
        name = "written" if saves else chance.choice(tuple(self._files))

        def do() -> None:
            dialog.fileSelected.emit(str(self._folder / name))
            dialog.filesSelected.emit([str(self._folder / name)])
            dialog.done(QDialog.DialogCode.Accepted)

        return f"answer the file dialog with {name}", do


def _called(widget: QWidget) -> str:
    """A widget by its kind and names, but no word of what it shows: those hold instants."""
    name = widget.objectName() or widget.accessibleName()[:60]
    return f"{type(widget).__name__} {name!r}"


def _turn_wheel(over: QWidget, by: int) -> None:
    at = QPointF(over.rect().center())
    event = QWheelEvent(
        at, over.mapToGlobal(at), QPoint(), QPoint(0, by), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(over, event)
