"""Grades of one quiz: choose it, pick a student, type the score."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.one_class.presenter import Grades
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import choice_field, fill, text_field
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.table import Column, Table


class GradesTab(QWidget):
    """Calls `choose(assessment_id)` and `save(submission_id, typed score)`."""

    def __init__(self, choose: Callable[[str], None], save: Callable[[str, str], None]) -> None:
        super().__init__()
        self._save = save
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
        self._whom = label(tr("Pick a student to enter a score."), "soft", wrap=True)
        self.score = text_field(tr("Score"))
        self.score.setMaximumWidth(110)
        self.score.returnPressed.connect(self._send)
        self.table.activated_row.connect(lambda _row: self.score.setFocus())
        self._button = Button(tr("Save &score"), self._send)
        entry = row(gap=tokens.SPACE_3)
        entry.addWidget(self._whom, 1)
        entry.addWidget(self.score)
        entry.addWidget(self._button)
        self._some = QWidget()
        self._some.setLayout(column(row(self.quiz, None), self.table, entry, gap=tokens.SPACE_3))
        self._nothing = EmptyState(
            "quiz",
            tr("Nothing to grade yet"),
            tr("Quizzes of lessons that this class plays show here with their answers."),
        )
        self.setLayout(column(self._some, self._nothing, gap=0))
        self._nothing.hide()

    def tell(self, grades: Grades) -> None:
        """Show the grades of one quiz."""
        fill(self.quiz, grades.assessments)
        self.quiz.blockSignals(True)
        self.quiz.setCurrentIndex(max(0, self.quiz.findData(grades.assessment_id)))
        self.quiz.blockSignals(False)
        self.table.show_rows(grades.rows, key=-1)
        self._some.setVisible(bool(grades.assessments))
        self._nothing.setVisible(not grades.assessments)

    def _picked(self) -> None:
        picked = self.table.picked_rows()
        for part in (self.score, self._button):
            part.setEnabled(bool(picked))
        if not picked:
            self._whom.setText(tr("Pick a student to enter a score."))
            return
        name, score, *_ = picked[0]
        self._whom.setText(tr("Score of {name}", name=name))
        self.score.setText("" if score is None else str(score))
        self.score.selectAll()

    def _send(self) -> None:
        picked = self.table.picked_rows()
        if picked:
            self._save(picked[0][-1], self.score.text())
