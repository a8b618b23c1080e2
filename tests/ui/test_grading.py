"""Grading by keyboard: type, Enter, and the next who waits is there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.ui.one_class.grades_tab import GradesTab
from desktop.ui.one_class.presenter import Grades
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.cells import Row, Tag

WAITS = ("To grade", "submitted")
DONE = ("Graded", "graded")
MISSING = ("Missing", "missing")


def _row(name: str, score: int | None, state: tuple[str, str]) -> Row:
    return (name, score, 15, Tag(state[0]), state[1], name.lower())


ROWS = (
    _row("Ada", 9, DONE), _row("Bo", None, WAITS), _row("Cy", None, MISSING),
    _row("Di", None, WAITS),
)  # fmt: skip


class Desk:
    """A tab, and what it asked to be saved."""

    def __init__(self, qtbot: QtBot) -> None:
        self.saved: list[tuple[str, str]] = []
        self.tab = GradesTab(lambda _quiz: None, lambda *what: self.saved.append(what))
        qtbot.addWidget(self.tab)
        self.tab.resize(800, 500)
        self.tab.show()
        qtbot.waitExposed(self.tab)
        self.tab.tell(Grades((("Fractions", "quiz-1"),), "quiz-1", ROWS))
        self.tab.table.pick(1)
        self.tab.table.setFocus()

    def types(self, keys: str) -> None:
        """As a person would: the first key on the table, the others in the field."""
        QTest.keyClick(self.tab.table, keys[0])
        QTest.keyClicks(self.tab.score, keys[1:])

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.tab.score, key)

    @property
    def picked(self) -> str:
        return str(self.tab.table.picked_rows()[0][0])

    @property
    def said(self) -> str:
        return self.tab._said.text() if self.tab._said.isVisible() else ""


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme) -> Desk:
    return Desk(qtbot)


def test_a_figure_typed_on_the_table_is_a_score_and_enter_goes_to_the_next_who_waits(
    desk: Desk,
) -> None:
    desk.types("12")
    desk.press(Qt.Key.Key_Return)
    assert desk.saved == [("bo", "12")]
    desk.tab.saved("bo", "12")
    assert desk.picked == "Di"
    assert desk.said == "Saved: 12 of 15 for Bo."


def test_after_the_last_the_tab_says_that_nobody_waits(desk: Desk) -> None:
    done = (*ROWS[:3], _row("Di", 7, DONE))
    desk.tab.tell(Grades((("Fractions", "quiz-1"),), "quiz-1", done))
    desk.tab.saved("bo", "12")
    assert desk.picked == "Bo"
    assert "Nobody waits any more." in desk.said


def test_a_score_above_the_maximum_is_asked_about_once(desk: Desk) -> None:
    desk.types("16")
    desk.press(Qt.Key.Key_Return)
    assert desk.saved == []
    assert desk.said.startswith("16 is more than the 15 points of this quiz.")
    desk.press(Qt.Key.Key_Return)
    assert desk.saved == [("bo", "16")]


def test_escape_restores_what_is_kept(desk: Desk) -> None:
    desk.tab.table.pick(0)
    desk.types("3")
    desk.press(Qt.Key.Key_Escape)
    assert desk.tab.score.text() == "9"
    assert desk.saved == []


def test_a_refused_score_stays_in_the_field_with_the_reason(desk: Desk) -> None:
    desk.types("99")
    desk.tab.refuse("A score cannot be above 30.")
    assert (desk.tab.score.text(), desk.said) == ("99", "A score cannot be above 30.")


def test_what_is_being_typed_survives_a_refresh(desk: Desk) -> None:
    desk.types("1")
    desk.tab.tell(Grades((("Fractions", "quiz-1"),), "quiz-1", ROWS))
    assert desk.tab.score.text() == "1"


def test_scores_sort_as_numbers(desk: Desk) -> None:
    rows = (_row("Ada", 9, DONE), _row("Bo", 12, DONE))
    desk.tab.tell(Grades((("Fractions", "quiz-1"),), "quiz-1", rows))
    desk.tab.table.rows.sort(1)
    assert [row[0] for row in desk.tab.table.rows.rows] == ["Ada", "Bo"]
