"""The page of the editor that holds the quiz: the questions as a list, one of them to write."""

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.lessons import question_rows
from desktop.lessons.editing import Fault, Path, ids_in, new_id
from desktop.lessons.question_rows import Row
from desktop.ui.edit_lesson.form import Form
from desktop.ui.parts.package_words import KINDS
from desktop.ui.strings import mark, shown, tr
from desktop.ui.theme import icons, tokens
from desktop.ui.theme.current import colour
from desktop.ui.widgets.beside import Beside
from desktop.ui.widgets.boxes import column, empty, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import choice_field, text_field
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling

DIFFICULTIES = {
    "easy": mark("Easy"),
    "medium": mark("Medium"),
    "hard": mark("Hard"),
    "expert": mark("Expert"),
}
MOST_POINTS = 1_000.0
MOST_LINES = 12
LIST_PX = 280
UNBOUNDED = (1 << 24) - 1
"""Qt's QWIDGETSIZE_MAX, which PySide leaves out."""
NARROW_LETTERS, LEAST_LINES = 80, 4
"""A page with room for no more letters has the list above the question, with so many lines."""


class QuizForm(QWidget):
    """The list, and the question that is chosen in it."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self.at = 0
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Questions"))
        self.list.setMaximumWidth(LIST_PX)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setWordWrap(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setIconSize(QSize(icons.SIZE_PX, icons.SIZE_PX))
        self._add = Button(tr("Add a &question"), self._added, icon="plus")
        self._inside = column(gap=0)
        self._complaints = label("", "caption", tone="warn", wrap=True)
        left = column(gap=tokens.SPACE_3)
        left.addWidget(self.list, 1)
        left.addWidget(self._add)
        self._whole = row(gap=tokens.SPACE_4)
        self._whole.addLayout(left)
        self._whole.addLayout(self._inside, 1)
        self.setLayout(self._whole)
        for _ in self._questions:
            self.list.addItem(QListWidgetItem(""))
        self._name_all(())
        self.list.currentRowChanged.connect(self._chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Where text is large for the window, the question has the whole width for itself."""
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        narrow = self.width() < NARROW_LETTERS * metrics.averageCharWidth()
        directions = QBoxLayout.Direction
        self._whole.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self.list.setMaximumWidth(UNBOUNDED if narrow else LIST_PX)
        few = 2 * LEAST_LINES * metrics.lineSpacing()
        self.list.setMaximumHeight(few if narrow else UNBOUNDED)

    @property
    def _questions(self) -> list[question_rows.Fields]:
        return list(self._form.editing.fields["quiz"])

    def open(self, at: int) -> None:
        """Show one question."""
        self.at = max(0, min(at, len(self._questions) - 1))
        blocked = self.list.blockSignals(True)
        self.list.setCurrentRow(self.at if self._questions else -1)
        self.list.blockSignals(blocked)
        self._show()

    def show_faults(self, faults: Sequence[Fault], unsaid: Sequence[Fault]) -> None:
        """Mark the questions that want a look; say what no field says of the one in sight."""
        self._name_all(faults)
        here = [shown(one.text) for one in unsaid if one.path[:2] == ("quiz", self.at)]
        self._complaints.setText("\n".join(here))
        self._complaints.setVisible(bool(here))

    def _name_all(self, faults: Sequence[Fault]) -> None:
        worst: dict[int, bool] = {}
        for fault in faults:
            if fault.path[:1] == ("quiz",) and len(fault.path) > 1:
                at = int(fault.path[1])
                worst[at] = worst.get(at, False) or fault.severe
        for at, question in enumerate(self._questions):
            item = self.list.item(at)
            words = str(question["prompt"]).strip() or tr("Not written yet")
            item.setText(f"{at + 1}. {' '.join(words.split())}")
            item.setToolTip(words)
            marked = at in worst
            ink = colour("bad" if worst.get(at) else "warn")
            item.setIcon(icons.icon("warning", ink) if marked else QIcon())
            spoken = tr("{question}, wants a look", question=item.text()) if marked else ""
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken or item.text())

    def _chosen(self, at: int) -> None:
        if at >= 0:
            self.at = at
            self._form.rebuilt(None)

    def _added(self) -> None:
        id_ = new_id(ids_in(self._questions), "q")
        self._form.rebuilt(self._form.editing.add(("quiz",), question_rows.new(id_)))

    def _show(self) -> None:
        empty(self._inside)
        self._complaints = label("", "caption", tone="warn", wrap=True)
        if not self._questions:
            words = tr("There are no questions yet. A quiz of five to ten shows what was learned.")
            self._inside.addWidget(label(words, "soft", wrap=True))
            self._inside.addStretch(1)
            return
        self._inside.addWidget(scrolling(_one(self._form, self.at, self._complaints)), 1)


def _one(form: Form, at: int, complaints: QWidget) -> QWidget:
    path: Path = ("quiz", at)
    question = form.editing.at(path)
    kinds = choice_field(tr("Kind"), [(tr(words), key) for key, words in KINDS.items()])
    kinds.setCurrentIndex(kinds.findData(question["kind"]))

    def turn() -> None:
        now = form.editing.at(path)
        if kinds.currentData() != now["kind"]:
            form.editing.write(path, question_rows.as_kind(now, kinds.currentData()))
            form.editing.pause()
            form.rebuilt((*path, "kind"))

    kinds.activated.connect(lambda _: turn())
    difficulties = [(tr(words), key) for key, words in DIFFICULTIES.items()]
    across = Beside(
        form.bind((*path, "kind"), kinds),
        form.choice((*path, "difficulty"), tr("Difficulty"), difficulties),
        _points(form, (*path, "points")),
    )
    prompt = form.prose((*path, "prompt"), tr("Question"))
    lines = form.bare(path, _Lines(form, path), whole=True)
    why = form.prose((*path, "explanation"), tr("Why that is right"))
    count = len(form.editing.fields["quiz"])
    card = form.card(
        path, count, tr("Question {number}", number=at + 1), prompt, across, lines, why
    )
    return holding(column(card, complaints, None, gap=tokens.SPACE_3, margins=(0, 0, 8, 8)))


def _points(form: Form, path: Path) -> QVBoxLayout:
    field = QDoubleSpinBox()
    field.setAccessibleName(tr("Points"))
    field.setRange(0.5, MOST_POINTS)
    field.setSingleStep(0.5)
    field.setDecimals(1)
    field.lineEdit().setTextMargins(tokens.SPACE_3, 0, 0, 0)
    field.setValue(float(form.editing.at(path)))
    field.valueChanged.connect(lambda value: form.write(path, value))
    return form.bind(path, field)


class _Lines(QWidget):
    """The choices, spellings, steps or pairs of a question."""

    def __init__(self, form: Form, path: Path) -> None:
        super().__init__()
        self._form, self._path = form, path
        self._kind = str(form.editing.at(path)["kind"])
        self._rights = QButtonGroup(self)
        self.setAccessibleName(tr("Answers"))
        lines = question_rows.rows(form.editing.at(path))
        whole = column(label(self._head(), "field", wrap=True), gap=tokens.SPACE_2)
        for at, one in enumerate(lines):
            whole.addLayout(self._line(at, one, len(lines)))
        if self._kind != "true_false" and len(lines) < MOST_LINES:
            more = Button(self._more(), self._added, variant="quiet", icon="plus")
            whole.addLayout(row(more, None))
        self.setLayout(whole)

    def _head(self) -> str:
        return {
            "multiple_choice": tr("Choices, the right one marked"),
            "true_false": tr("The right answer"),
            "short_answer": tr("Every spelling that counts as right"),
            "ordering": tr("In the right order"),
            "matching": tr("Pairs that belong together"),
        }[self._kind]

    def _more(self) -> str:
        return {
            "multiple_choice": tr("Another choice"),
            "short_answer": tr("Another spelling"),
            "ordering": tr("Another step"),
            "matching": tr("Another pair"),
        }[self._kind]

    def _line(self, at: int, one: Row, count: int) -> QHBoxLayout:
        across = row(gap=tokens.SPACE_2)
        number = at + 1
        if self._kind in ("multiple_choice", "true_false"):
            right = QRadioButton("" if self._kind == "multiple_choice" else _truth(one.text))
            right.setAccessibleName(
                tr("Choice {number} is right", number=number)
                if self._kind == "multiple_choice"
                else _truth(one.text)
            )
            right.setChecked(one.right)
            right.clicked.connect(functools.partial(self._marked, at))
            self._rights.addButton(right)
            across.addWidget(right)
        if self._kind == "true_false":
            across.addStretch(1)
            return across
        across.addWidget(self._text(at, one.text, tr("Line {number}", number=number)), 1)
        if self._kind == "matching":
            name = tr("Partner of line {number}", number=number)
            across.addWidget(label("→", "soft"))
            across.addWidget(self._text(at, one.partner, name, partner=True), 1)
        self._buttons(across, at, count)
        return across

    def _text(self, at: int, text: str, name: str, *, partner: bool = False) -> QWidget:
        field = text_field(name, "", text)
        field.textEdited.connect(lambda typed: self._typed(at, typed, partner=partner))
        field.editingFinished.connect(self._form.editing.pause)
        return field

    def _buttons(self, across: QHBoxLayout, at: int, count: int) -> None:
        number = at + 1
        least = 1 if self._kind == "short_answer" else 2
        moves: list[tuple[str, str, bool, Callable[[], None]]] = [
            ("trash", tr("Take out line {number}", number=number), count > least,
             functools.partial(self._removed, at)),
        ]  # fmt: skip
        if self._kind == "ordering":
            moves[:0] = [
                ("chevron-up", tr("Move up line {number}", number=number), at > 0,
                 functools.partial(self._moved, at, -1)),
                ("chevron-down", tr("Move down line {number}", number=number), at < count - 1,
                 functools.partial(self._moved, at, 1)),
            ]  # fmt: skip
        for icon, name, able, pressed in moves:
            button = Button("", pressed, variant="quiet", icon=icon, tip=name)
            button.setEnabled(able)
            across.addWidget(button)

    def _rows(self) -> list[Row]:
        return question_rows.rows(self._form.editing.at(self._path))

    def _write(self, rows: Sequence[Row]) -> None:
        now = self._form.editing.at(self._path)
        self._form.write(self._path, question_rows.with_rows(now, rows))

    def _typed(self, at: int, text: str, *, partner: bool) -> None:
        rows, old = self._rows(), self._rows()[at]
        rows[at] = Row(old.text, text, old.right) if partner else Row(text, old.partner, old.right)
        self._write(rows)

    def _marked(self, at: int) -> None:
        rows = [Row(one.text, one.partner, place == at) for place, one in enumerate(self._rows())]
        self._write(rows)
        self._form.editing.pause()

    def _added(self) -> None:
        self._rebuild([*self._rows(), Row("", right=self._kind != "multiple_choice")])

    def _removed(self, at: int) -> None:
        rows = self._rows()
        del rows[at]
        self._rebuild(rows)

    def _moved(self, at: int, step: int) -> None:
        rows = self._rows()
        rows.insert(at + step, rows.pop(at))
        self._rebuild(rows)

    def _rebuild(self, rows: Sequence[Row]) -> None:
        self._form.editing.pause()
        self._write(rows)
        self._form.editing.pause()
        self._form.rebuilt(self._path)


def _truth(word: str) -> str:
    return tr("True") if word == "true" else tr("False")
