"""The library's sheets: tags of lessons, the classes they go to, and a lesson out of a file."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.lessons.exchange import LessonPreview
from desktop.ui.parts.lesson_view import LessonView, Run
from desktop.ui.strings import plural, tr
from desktop.ui.widgets.boxes import column, holding
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.fields import named, text_field
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.ticks import Tick

LONGEST_TAG = 80
HIGH_PX = 420
PREVIEW_HIGH_PX = 640
PREVIEW_WIDE_PX = 900


class TagsSheet(Sheet):
    """Tick the words that are to be on the lessons, and write new ones."""

    def __init__(self, over: QWidget, count: int, known: Collection[str], on: Counter[str]) -> None:
        words = plural("Your own words for {count} lesson, to find it by.",
                       "Your own words for {count} lessons, to find them by.", count)  # fmt: skip
        super().__init__(over, tr("Tags"), words, tr("&Save"))
        self._before = {tag: _share(on[tag], count) for tag in sorted(known, key=str.casefold)}
        self._boxes = {tag: Tick(tag.replace("&", "&&")) for tag in self._before}
        for tag, box in self._boxes.items():
            box.setTristate(self._before[tag] is Qt.CheckState.PartiallyChecked)
            box.setCheckState(self._before[tag])
        self.new = text_field(tr("New tags, with commas between them"), tr("autumn, team work"))
        self.new.setObjectName("new-tags")
        if self._boxes:
            self.least_height = HIGH_PX
            self.fill_scrolling(holding(column(*self._boxes.values())))
        self.fill(named(self.new))

    @property
    def add(self) -> list[str]:
        """What is to be put on every lesson."""
        ticked = [tag for tag, box in self._boxes.items() if self._turned(tag, box, ticked=True)]
        typed = (part.strip()[:LONGEST_TAG] for part in self.new.text().split(","))
        return [*ticked, *(tag for tag in typed if tag)]

    @property
    def remove(self) -> list[str]:
        """What is to be taken off every lesson."""
        return [tag for tag, box in self._boxes.items() if self._turned(tag, box, ticked=False)]

    def _turned(self, tag: str, box: QCheckBox, *, ticked: bool) -> bool:
        wanted = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return box.checkState() is wanted and self._before[tag] is not wanted


class GiveSheet(Sheet):
    """Tick the classes that get the lessons, and say until when."""

    def __init__(self, over: QWidget, count: int, classes: Sequence[tuple[str, str]]) -> None:
        title = plural("Give {count} lesson to classes", "Give {count} lessons to classes", count)
        words = tr("Classes that have it already keep it.")
        super().__init__(over, title, words, tr("G&ive"))
        self._boxes = {id_: Tick(name.replace("&", "&&")) for id_, name in classes}
        self.due = DateField(tr("Due on, if you like"))
        if self._boxes:
            self.least_height = HIGH_PX
            self.fill_scrolling(holding(column(*self._boxes.values())))
        else:
            self.fill(label(tr("You have no class yet. Make one on the Classes page."), wrap=True))
        self.fill(named(self.due))
        for box in self._boxes.values():
            box.toggled.connect(lambda _: self._look())
        self._look()

    @property
    def class_ids(self) -> list[str]:
        """The classes that were ticked."""
        return [id_ for id_, box in self._boxes.items() if box.isChecked()]

    @property
    def day(self) -> dt.date | None:
        """Until when, or None."""
        return self.due.value

    def accept(self) -> None:
        """A date that cannot be read stays to be mended."""
        self.due.edit.editingFinished.emit()
        if not self.due.fault:
            super().accept()

    def _look(self) -> None:
        self.done_button.setEnabled(bool(self.class_ids))


class LessonImportSheet(Sheet):
    """A whole lesson to look at, who signed it, and what will happen."""

    least_height = PREVIEW_HIGH_PX

    def __init__(self, over: QWidget, shown: LessonPreview, run: Run) -> None:
        super().__init__(over, tr("Take this lesson in?"), shown.words, tr("&Take in"),
                         width=PREVIEW_WIDE_PX)  # fmt: skip
        self.fill(label(shown.signed, tone=shown.tone, wrap=True))
        if shown.warning:
            self.fill(label(shown.warning, tone="warn", wrap=True))
        self.lesson = LessonView(run)
        self.lesson.show_package(shown.package)
        self.body.addWidget(self.lesson, 1)


def _share(on: int, count: int) -> Qt.CheckState:
    if on == 0:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if on == count else Qt.CheckState.PartiallyChecked
