"""Choose a student, see what is here about them, and erase it from this computer."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.parts.unsent_view import UnsentView
from desktop.ui.settings.erasing import Erasing, TracesShown
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.fields import named, text_field
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling
from desktop.ui.widgets.sheet import WIDE_PX, Sheet


class EraseStudentSheet(Sheet):
    """`chosen` is what was looked at last; only that is erased."""

    least_height = 480

    def __init__(self, over: QWidget, erasing: Erasing) -> None:
        super().__init__(
            over,
            tr("Erase a student from this computer"),
            tr("Everything about one student goes from here: grades, attendance, XP, the history, "
               "and every copy. This cannot be undone."),
            tr("Erase from this computer"),
            width=WIDE_PX,
            variant="danger",
        )  # fmt: skip
        self._erasing = erasing
        self._tasks = Tasks(lambda error: self.banner.tell(sentence(error), "bad"))
        self.chosen: TracesShown | None = None
        self._wanted = ""
        self.typed = text_field(tr("Find a student"), tr("Part of the name"))
        self.typed.textChanged.connect(lambda: self._tasks.start(self._look()))
        self.students = QListWidget()
        self.students.setAccessibleName(tr("Students"))
        self.students.currentItemChanged.connect(lambda item, _: self._choose(item))
        self._words = label("", "strong", wrap=True)
        self._stays = label("", "soft", wrap=True)
        self.unsent = UnsentView(self.banner)
        self.unsent.changed.connect(self._settle)
        about = column(self._words, self._stays, self.unsent, None, gap=tokens.SPACE_2)
        sides = row(gap=tokens.SPACE_4)
        sides.addLayout(column(named(self.typed), self.students), 2)
        sides.addWidget(scrolling(holding(about)), 4)
        self.fill(sides)
        self.body.setStretchFactor(sides, 1)
        self._found: Sequence[object] | None = None
        self._settle()
        self.finished.connect(lambda _: self._tasks.cancel())
        self._tasks.start(self._look())

    async def _look(self) -> None:
        typed = self.typed.text()
        found = await self._erasing.find(typed)
        if typed != self.typed.text():
            return  # an answer to an older question
        if found == self._found:
            return  # the same again: who is chosen stays chosen
        self._found = found
        self.students.clear()
        for one in found:
            item = QListWidgetItem(f"{one.name}   ·   {one.classes}" if one.classes else one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.students.addItem(item)

    def _choose(self, item: QListWidgetItem | None) -> None:
        self.chosen = None
        self._wanted = "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))
        self._settle()
        if self._wanted:
            self._tasks.start(self._show(self._wanted))

    async def _show(self, student_id: str) -> None:
        shown = await self._erasing.traces(student_id)
        if student_id != self._wanted:
            return

        async def export(file: Path) -> str:
            return await self._erasing.export(file, student_id)

        self.chosen = shown
        self._words.setText(f"{shown.name}: {shown.words}")
        self._stays.setText(shown.stays)
        self.unsent.show_what_would_go(shown.unsent, export)

    def _settle(self) -> None:
        self.done_button.setEnabled(self.chosen is not None and self.unsent.agreed)
        if self.chosen is None:
            self._words.setText("")
            self._stays.setText("")
            self.unsent.hide()
