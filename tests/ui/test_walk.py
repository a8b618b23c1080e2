"""Every page and dialog in three looks; and what is asked of each finds what it is there to find.

`python -m tests.ui.walk` has the other looks.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import loop
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import named, text_field
from desktop.ui.widgets.sheet import Sheet
from tests.tools.gallery import settle
from tests.ui.walk import looks
from tests.ui.walk.looks import Look

LOOKS = (
    Look("arabic", 2.0, "contrast"),
    Look("en", 1.0, "light", closely=True),
    Look("german", 2.0, "dark"),
)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_page_and_no_dialog_has_a_fault(look: Look, qapp: QApplication, tmp_path: Path) -> None:
    with looks.spoken(qapp, look.language):
        walked = loop.run(qapp, looks.walk(tmp_path, look))
    assert walked.faults == []
    assert looks.left_out([walked]) == [], "no walk comes by these: tell it the way"


class Trap(QPushButton):
    """Keeps the focus for itself."""

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: N802  (Qt's)
        return True


def _pale() -> QWidget:
    made = QLabel("Can you read this at all?")
    made.setStyleSheet("color: #b0b0b0")
    return made


def _narrow() -> QWidget:
    """Has room for its words at 100%, and no more."""
    made = Button("Save")
    made.setFixedWidth(made.sizeHint().width())
    return made


FAULTS: dict[str, tuple[Callable[[], QWidget], str]] = {
    "unnamed": (lambda: Button("", icon="close"), "has no name"),
    "pale": (_pale, "has a contrast of"),
    "trap": (lambda: Trap("Stay"), "the focus stays in"),
    "clipped": (_narrow, "has a width of"),
}


def _found(qtbot: QtBot, theme: Theme, look: Look, *parts: QWidget) -> list[str]:
    over = QWidget()
    qtbot.addWidget(over)
    sheet = Sheet(over, "Award", "", "Do it")
    sheet.fill(named(text_field("Points")), *parts)
    sheet.open()
    sheet.activateWindow()
    theme.show(scale=look.scale)
    settle()
    found = list(looks.faults(sheet, look))
    theme.show(scale=1.0)
    sheet.close()
    return found


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_sound_dialog_has_no_fault(scale: float, qtbot: QtBot, theme: Theme) -> None:
    assert _found(qtbot, theme, Look(scale=scale, closely=True), Button("Save")) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told(fault: str, qtbot: QtBot, theme: Theme) -> None:
    build, words = FAULTS[fault]
    scale = 2.0 if fault == "clipped" else 1.0
    (told,) = _found(qtbot, theme, Look(scale=scale, closely=True), build())
    assert words in told


def test_words_that_fit_at_their_size_and_not_at_twice_are_told(qtbot: QtBot, theme: Theme) -> None:
    assert _found(qtbot, theme, Look(closely=True), _narrow()) == []
