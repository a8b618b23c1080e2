"""The quiz player: every kind of question can be answered with keys and mouse, and is judged."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QRadioButton
from pytestqt.qtbot import QtBot

from desktop.classroom.questions import Question
from desktop.ui.parts.quiz_player import QuizPlayer
from desktop.ui.theme.theme import Theme

QUIZ = [
    Question(id="a", kind="multiple_choice", prompt="1 + 1?", choices=["1", "2", "3"], answer="2",
             explanation="One more than one."),
    Question(id="b", kind="true_false", prompt="3 is even.", answer="false"),
    Question(id="c", kind="short_answer", prompt="2 + 2?", answer=["4", "four"]),
    Question(id="d", kind="ordering", prompt="Smallest first", choices=["2", "1", "3"],
             answer=["1", "2", "3"]),
    Question(id="e", kind="matching", prompt="Double", choices=["1", "2"], answer=["2", "4"]),
]  # fmt: skip


@pytest.fixture
def player(qtbot: QtBot, theme: Theme) -> QuizPlayer:
    made = QuizPlayer()
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.play(QUIZ)
    made.show()
    return made


def press(player: QuizPlayer) -> None:
    QTest.mouseClick(player._do, Qt.MouseButton.LeftButton)
    QApplication.processEvents()  # what was added to a layout is shown a moment later


def seen(player: QuizPlayer, kind: type) -> list[Any]:
    return [one for one in player.findChildren(kind) if not one.isHidden()]


def choose(player: QuizPlayer, words: str) -> None:
    found = next(one for one in seen(player, QRadioButton) if one.text() == words)
    QTest.keyClick(found, Qt.Key.Key_Space)


def test_a_whole_quiz_is_played_rightly(player: QuizPlayer) -> None:
    choose(player, "2")
    press(player)
    assert player._verdict.text == "That is right."
    assert player._why.text() == "One more than one."
    press(player)
    choose(player, "False")
    press(player)
    press(player)
    QTest.keyClicks(seen(player, QLineEdit)[0], "Four")
    QTest.keyClick(seen(player, QLineEdit)[0], Qt.Key.Key_Return)
    press(player)
    listed = seen(player, QListWidget)[0]
    listed.setCurrentRow(1)
    up = next(one for one in player.findChildren(type(player._do)) if one.text() == "Move &up")
    QTest.mouseClick(up, Qt.MouseButton.LeftButton)
    press(player)
    assert player._verdict.text == "That is right."
    press(player)
    for field, partner in zip(seen(player, QComboBox), ("2", "4"), strict=True):
        field.setCurrentIndex(field.findData(partner))
    press(player)
    press(player)
    assert player.round.score == player.round.best == 5
    assert player._prompt.text() == "5 of 5 points"


def test_a_wrong_answer_is_told_kindly_with_the_right_one_and_stays_wrong(
    player: QuizPlayer,
) -> None:
    choose(player, "3")
    press(player)
    assert player._verdict.text == "Not yet. Right is: 2"
    for _ in QUIZ:
        player.round.go_on()
    player._show()
    assert player._prompt.text() == "0 of 5 points"
    QTest.mouseClick(player._skip, Qt.MouseButton.LeftButton)
    assert player.round.given == {}
    assert player._prompt.text() == "1 + 1?"


def test_nothing_is_judged_before_something_is_answered(player: QuizPlayer) -> None:
    press(player)
    assert "first" in player._verdict.text
    assert player.round.given == {}
