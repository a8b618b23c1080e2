"""The checks find what they are there to find: each fault is planted once, and seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import named, text_field
from desktop.ui.widgets.labels import label, tag
from desktop.ui.widgets.segments import Segments
from tests.tools.exhibits import EXHIBITS, framed
from tests.tools.gallery import settle
from tests.ui import accessibility, keyboard, legibility


class Plain(QWidget):
    """A small window with two good widgets in it, and whatever fault a test plants."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.setObjectName("content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        first, last = named(text_field("Name of the class")), Button("&Save", variant="primary")
        self.lines = column(first, *parts, last, None, margins=(12, 12, 12, 12))
        self.setLayout(self.lines)
        self.resize(420, 320)


def shown(qtbot: QtBot, *parts: QWidget) -> Plain:
    made = Plain(*parts)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    settle()
    made.findChild(QLineEdit).setFocus()
    return made


def faults(root: QWidget) -> list[str]:
    return [
        *accessibility.unnamed(root), *accessibility.wrong_roles(root),
        *accessibility.out_of_reach(root), *accessibility.too_small(root),
        *accessibility.by_colour_alone(root), *legibility.clipped(root), *legibility.pale(root),
        *keyboard.traps(root),
    ]  # fmt: skip


def test_a_window_without_faults_has_none(qtbot: QtBot, theme: Theme) -> None:
    choices = Segments((("a", "&Week"), ("b", "&Month")), "Period")
    assert faults(shown(qtbot, choices, label("Read me", "soft"), tag("To grade", "warn"))) == []


def test_a_button_without_a_name_is_found(qtbot: QtBot, theme: Theme) -> None:
    assert accessibility.unnamed(shown(qtbot, Button("", icon="close")))
    assert accessibility.unnamed(shown(qtbot, QPlainTextEdit()))


def test_a_widget_that_takes_the_focus_and_is_nothing_is_found(qtbot: QtBot, theme: Theme) -> None:
    odd = QWidget()
    odd.setMinimumSize(40, 40)
    odd.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    assert accessibility.wrong_roles(shown(qtbot, odd))


def test_a_widget_that_tab_leaves_out_is_found(qtbot: QtBot, theme: Theme) -> None:
    lost = Button("Lost")
    lost.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert accessibility.out_of_reach(shown(qtbot, lost))


class Trap(QPushButton):
    """Keeps the focus for itself."""

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: N802  (Qt's)
        return True


def test_a_focus_trap_is_found(qtbot: QtBot, theme: Theme) -> None:
    assert keyboard.traps(shown(qtbot, Trap("Stay")))
    typing = QPlainTextEdit()
    typing.setAccessibleName("Notes")
    assert keyboard.traps(shown(qtbot, typing)), "a field that takes Tab as a letter is a trap too"


class Detour(QPushButton):
    """Sends Shift+Tab somewhere else than where Tab came from."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's)
        if forward:
            return super().focusNextPrevChild(True)
        self.window().findChild(QPushButton, "save").setFocus()
        return True


def test_a_way_back_that_is_another_is_found(qtbot: QtBot, theme: Theme) -> None:
    window = Plain(Button("One"), Detour("Two"))
    window.findChildren(QPushButton)[-1].setObjectName("save")
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    window.findChild(QLineEdit).setFocus()
    assert keyboard.traps(window)


@pytest.mark.parametrize("colour", ["#9a9a9a", "#c9c9c0"])
def test_pale_words_are_found_by_their_pixels(colour: str, qtbot: QtBot, theme: Theme) -> None:
    words = QLabel("Can you read this at all?")
    words.setStyleSheet(f"color: {colour}")
    assert legibility.pale(shown(qtbot, words))


def test_words_without_room_are_found(qtbot: QtBot, theme: Theme) -> None:
    narrow = Button("Save and push to Studio")
    narrow.setFixedWidth(80)
    assert legibility.clipped(shown(qtbot, narrow))
    low = label("One sentence that needs more than a single line at this width.", wrap=True)
    low.setFixedSize(120, 20)
    assert legibility.clipped(shown(qtbot, low))
    long_word = label("Donaudampfschifffahrtsgesellschaftskapitän", wrap=True)
    long_word.setFixedWidth(100)
    assert legibility.clipped(shown(qtbot, long_word))


def test_words_that_reach_over_the_edge_are_found(qtbot: QtBot, theme: Theme) -> None:
    holder = QWidget()
    holder.setFixedSize(100, 40)
    words = label("A long line of words that goes on", "strong")
    words.setParent(holder)
    words.adjustSize()
    assert legibility.clipped(shown(qtbot, holder))


def test_a_target_for_fine_fingers_is_found(qtbot: QtBot, theme: Theme) -> None:
    small = Button("", icon="close", tip="Close")
    small.setFixedSize(18, 30)
    assert accessibility.too_small(shown(qtbot, small))


def test_a_colour_that_says_it_alone_is_found(qtbot: QtBot, theme: Theme) -> None:
    assert accessibility.by_colour_alone(shown(qtbot, tag("  ", "bad")))
    figure, around = label("17", "display", tone="warn"), QWidget()
    around.setLayout(QHBoxLayout())
    around.layout().addWidget(figure)
    assert accessibility.by_colour_alone(shown(qtbot, around))


@pytest.mark.parametrize("appearance", ["light", "dark", "contrast"])
@pytest.mark.parametrize("name", EXHIBITS)
def test_every_component_is_without_fault(
    name: str, appearance: str, qtbot: QtBot, theme: Theme
) -> None:
    theme.show(appearance=appearance, motion="less")  # type: ignore[arg-type]
    frame = framed(name)
    qtbot.addWidget(frame)
    frame.show()
    settle()
    found = [
        *accessibility.unnamed(frame), *accessibility.wrong_roles(frame),
        *accessibility.out_of_reach(frame), *accessibility.too_small(frame),
        *accessibility.by_colour_alone(frame), *legibility.clipped(frame), *legibility.pale(frame),
    ]  # fmt: skip
    theme.show(appearance="light", motion="system")
    assert found == []
