"""Grades of one quiz, made for the keyboard: type a number, Enter, and the next one is there."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.one_class.presenter import Grades, is_extra
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.cells import Row
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import choice_field, fill, text_field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label, restyle
from desktop.ui.widgets.table import Column, Table

SCORE_PX = 110
WAITS = "submitted"
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class GradesTab(QWidget):
    """Calls `choose(assessment_id)`, `save(student_id, typed score)`, `tell_story(student_id)`.

    Whoever saves answers with `saved` or `refuse`.
    """

    def __init__(
        self,
        choose: Callable[[str], None],
        save: Callable[[str, str], None],
        tell_story: Callable[[str], None] = lambda _student_id: None,
    ) -> None:
        super().__init__()
        self._save = save
        self._story = Button(tr("Ho&w it came about…"), lambda: tell_story(self._whose))
        self._story.setObjectName("grade-story")
        self._whose = ""
        self._warned_of = ""
        self.quiz = choice_field(tr("Quiz"), ())
        self.quiz.currentIndexChanged.connect(lambda _at: choose(str(self.quiz.currentData())))
        self.table = Table(
            (
                Column(tr("Student"), "person", 4),
                Column(tr("Score"), "number", 1),
                Column(tr("Of"), "number", 1),
                Column(tr("State"), "tag", 0),
            ),
            tr("Grades"),
        )
        self.table.picked.connect(self._picked)
        self.table.activated_row.connect(lambda _row: self._to_field())
        self.table.installEventFilter(self)
        self._nothing = EmptyState(
            "quiz",
            tr("Nothing to grade yet"),
            tr("Quizzes of lessons that this class plays show here with their answers."),
        )
        self._some = QWidget()
        above = Flow(self.quiz, self._story, gap=tokens.SPACE_3)
        whole = column(above, self.table, gap=tokens.SPACE_3)
        whole.addLayout(self._entry())
        self._some.setLayout(whole)
        self.setLayout(column(self._some, self._nothing, gap=0))
        self._nothing.hide()
        self._picked()

    def tell(self, grades: Grades) -> None:
        """Show the grades of one quiz."""
        fill(self.quiz, grades.assessments)
        self.quiz.blockSignals(True)
        self.quiz.setCurrentIndex(max(0, self.quiz.findData(grades.assessment_id)))
        self.quiz.blockSignals(False)
        self.table.show_rows(grades.rows, key=-1)
        self._some.setVisible(bool(grades.assessments))
        self._nothing.setVisible(not grades.assessments)

    def saved(self, student_id: str, typed: str) -> None:
        """The score is kept: say so, and go on to the next that waits for a grade."""
        rows = self.table.rows.rows
        at = next((at for at, one in enumerate(rows) if one[-1] == student_id), -1)
        if at < 0:
            return
        name, most = rows[at][0], rows[at][2]
        self.score.setModified(False)
        following = [*range(at + 1, len(rows)), *range(at)]
        waiting = next((one for one in following if rows[one][-2] == WAITS), None)
        if waiting is not None:
            self.table.pick(waiting)
        words = tr("Saved: {score} of {most} for {name}.", score=typed, most=most, name=name)
        if waiting is None:
            words += " " + tr("Nobody waits any more.")
        self._say(words, "good")

    def refuse(self, words: str) -> None:
        """Say why the score was not kept; what was typed stays to be mended."""
        self._say(words, "bad")
        self.score.setFocus()
        self.score.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """A figure typed on the table goes to the field; Esc, up and down work in the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.table and event.text().isdigit() and self._row() is not None:
                self._to_field()
                self.score.setText(event.text())
                self.score.setModified(True)
                return True
            if watched is self.score and self._key(Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    def _key(self, pressed: Qt.Key) -> bool:
        if pressed == Qt.Key.Key_Escape:
            self._restore()
            self.table.setFocus()
            return True
        step = STEPS.get(pressed)
        if step is not None:
            self.table.pick(self.table.currentIndex().row() + step)
        return step is not None

    def _entry(self) -> QVBoxLayout:
        self._whom = label("", "soft", wrap=True)
        self.score = text_field(tr("Score"))
        self.score.setMaximumWidth(SCORE_PX)
        self.score.returnPressed.connect(self._send)
        self.score.installEventFilter(self)
        self._most = label("", "soft")
        self._button = Button(tr("Save &score"), self._send, variant="primary")
        words = label(tr("Score"), "field")
        words.setBuddy(self.score)
        self._said = label("", wrap=True)
        self._said.hide()
        line = Flow(words, self.score, self._most, self._button, gap=tokens.SPACE_3)
        return column(self._whom, line, self._said, gap=tokens.SPACE_2)

    def _row(self) -> Row | None:
        return next(iter(self.table.picked_rows()), None)

    def _picked(self) -> None:
        picked = self._row()
        for part in (self.score, self._button):
            part.setEnabled(picked is not None)
        whose = str(picked[-1]) if picked else ""
        if picked is None:
            self._whom.setText(tr("Pick a student, type the score, and press Enter."))
            self._most.setText("")
        else:
            self._whom.setText(str(picked[0]))
            self._most.setText(tr("of {most}", most=picked[2]))
        if whose != self._whose or not self.score.isModified():
            if whose != self._whose:
                self._said.hide()
            self._whose = whose
            self._restore()

    def _restore(self) -> None:
        """What is kept, instead of what was typed."""
        picked = self._row()
        self.score.setText("" if picked is None or picked[1] is None else str(picked[1]))
        self.score.selectAll()
        self._warned_of = ""

    def _to_field(self) -> None:
        self.score.setFocus()
        self.score.selectAll()

    def _send(self) -> None:
        picked, typed = self._row(), self.score.text().strip()
        if picked is None:
            return
        if is_extra(typed, picked[2]) and typed != self._warned_of:
            self._warned_of = typed
            self._say(
                tr("{score} is more than the {most} points of this quiz. Press Enter again to keep "
                   "it as extra credit.", score=typed, most=picked[2]), "warn",
            )  # fmt: skip
            return
        self._save(picked[-1], typed)

    def _say(self, words: str, tone: str) -> None:
        self._said.setText(words)
        restyle(self._said, "tone", tone)
        self._said.show()
