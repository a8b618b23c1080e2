"""A quiz to try out, as a student meets it: one question at a time, the answer, and the score."""

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.classroom.questions import Question
from desktop.lessons import quiz_round
from desktop.lessons.quiz_round import Given, QuizRound
from desktop.ui.parts.package_words import KINDS
from desktop.ui.parts.words import figure
from desktop.ui.strings import plural, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Card, column, empty, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import choice_field, text_field
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.ticks import Option


class QuizPlayer(QWidget):
    """Plays one quiz after the other; begins anew whenever it is given questions."""

    def __init__(self) -> None:
        super().__init__()
        self.round = QuizRound(())
        self._given: Callable[[], Given | None] = lambda: None
        self._head = label("", "caption")
        self._prompt = label("", "title", wrap=True)
        self._answers = column(gap=tokens.SPACE_2)
        self._verdict = Banner(closable=False)
        self._why = label("", "soft", wrap=True)
        self._do = Button("", self._press, variant="primary")
        self._do.setObjectName("answer")
        self._skip = Button(tr("&Start again"), self.start, variant="quiet", icon="undo")
        card = Card("", self._head, self._prompt, self._answers, self._verdict, self._why,
                    row(self._do, None, self._skip), gap=tokens.SPACE_4)  # fmt: skip
        whole = column(gap=0)
        whole.addWidget(scrolling(holding(column(card, None))), 1)
        self.setLayout(whole)
        self._answered = False

    def play(self, questions: Sequence[Question]) -> None:
        """Begin a round through these questions."""
        self.round = QuizRound(tuple(questions))
        self._show()

    def start(self) -> None:
        """Begin the same quiz anew."""
        self.play(self.round.questions)

    def _show(self) -> None:
        empty(self._answers)
        self._verdict.hide()
        self._why.hide()
        self._answered = False
        question = self.round.question
        self._do.setVisible(question is not None)
        self._skip.setVisible(bool(self.round.given))
        if question is None:
            self._show_end()
            return
        self._head.setText(
            tr(
                "Question {number} of {count} · {kind}",
                number=self.round.at + 1,
                count=len(self.round.questions),
                kind=tr(KINDS[question.kind]),
            )
        )
        self._prompt.setText(question.prompt)
        self._do.setText(tr("&Answer"))
        self._given = _ASKING[question.kind](question, self._answers, self._press)

    def _show_end(self) -> None:
        played = self.round
        if not played.questions:
            self._head.setText("")
            self._prompt.setText(tr("This lesson has no quiz yet."))
            return
        self._head.setText(tr("The end of the quiz"))
        self._prompt.setText(
            tr("{points} of {best} points", points=figure(played.score), best=figure(played.best))
        )
        missed = played.missed
        words = (
            plural("{count} answer was not right:", "{count} answers were not right:", len(missed))
            if missed
            else tr("Every answer was right.")
        )
        self._answers.addWidget(label(words, "soft", wrap=True))
        for question in missed:
            right = tr("Right is: {answer}", answer=_right(question))
            self._answers.addWidget(label(question.prompt, "strong", wrap=True))
            self._answers.addWidget(label(right, "soft", wrap=True))
        self._skip.setFocus()

    def _press(self) -> None:
        question = self.round.question
        if question is None:
            return
        if self._answered:
            self.round.go_on()
            self._show()
            return
        given = self._given()
        if given is None:
            self._verdict.tell(tr("Choose or write an answer first."), "info")
            return
        right = self.round.answer(given)
        self._answered = True
        words = (
            tr("That is right.")
            if right
            else tr("Not yet. Right is: {answer}", answer=_right(question))
        )
        self._verdict.tell(words, "good" if right else "warn")
        self._why.setText(question.explanation)
        self._why.setVisible(bool(question.explanation))
        self._do.setText(tr("&Next"))
        self._do.setFocus()


def _right(question: Question) -> str:
    if question.kind == "true_false":
        return tr("True") if question.answer == "true" else tr("False")
    return quiz_round.solution(question)


Asked = Callable[[], Given | None]


def _choose(question: Question, into: QVBoxLayout, _done: Callable[[], None]) -> Asked:
    choices = (
        [("true", tr("True")), ("false", tr("False"))]
        if question.kind == "true_false"
        else [(choice, choice) for choice in question.choices]
    )
    group = QButtonGroup()
    for at, (_, words) in enumerate(choices):
        button = Option(words.replace("&", "&&"))
        group.addButton(button, at)
        into.addWidget(button)
    group.buttons()[0].setFocus()

    def given() -> Given | None:
        return choices[group.checkedId()][0] if group.checkedId() >= 0 else None

    return given


def _write(_question: Question, into: QVBoxLayout, done: Callable[[], None]) -> Asked:
    field: QLineEdit = text_field(tr("Your answer"))
    field.returnPressed.connect(done)
    into.addWidget(field)
    field.setFocus()
    return lambda: field.text() if field.text().strip() else None


def _order(question: Question, into: QVBoxLayout, _done: Callable[[], None]) -> Asked:
    listed = QListWidget()
    listed.setAccessibleName(tr("Things to put in order"))
    listed.addItems(question.choices)
    listed.setCurrentRow(0)
    listed.setFixedHeight(listed.sizeHintForRow(0) * len(question.choices) + 2 * tokens.SPACE_2)

    def move(step: int) -> None:
        at = listed.currentRow()
        there = at + step
        if at >= 0 and 0 <= there < listed.count():
            listed.insertItem(there, listed.takeItem(at))
            listed.setCurrentRow(there)

    up = Button(tr("Move &up"), functools.partial(move, -1), icon="chevron-up")
    down = Button(tr("Move &down"), functools.partial(move, 1), icon="chevron-down")
    into.addWidget(listed)
    into.addLayout(row(up, down, None))
    listed.setFocus()
    return lambda: [listed.item(at).text() for at in range(listed.count())]


def _match(question: Question, into: QVBoxLayout, _done: Callable[[], None]) -> Asked:
    offered = [(tr("Choose…"), ""), *((one, one) for one in quiz_round.partners(question))]
    fields: list[QComboBox] = []
    for left in question.choices:
        field = choice_field(left, offered)
        words = label(left, wrap=True)
        words.setBuddy(field)
        line = row(gap=tokens.SPACE_3)
        line.addWidget(words, 1)
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignLeading)
        into.addLayout(line)
        fields.append(field)

    def given() -> Given | None:
        chosen = [str(field.currentData()) for field in fields]
        return chosen if all(chosen) else None

    return given


_ASKING: dict[str, Callable[[Question, QVBoxLayout, Callable[[], None]], Asked]] = {
    "multiple_choice": _choose,
    "true_false": _choose,
    "short_answer": _write,
    "ordering": _order,
    "matching": _match,
}
