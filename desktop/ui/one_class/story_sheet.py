"""How a grade came about, to read and to save as a PDF."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QTextBrowser, QWidget

from desktop.storage.queries.grade_story import GradeStory
from desktop.ui.parts import record_history
from desktop.ui.strings import shown, tr
from desktop.ui.widgets import files
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.sheet import WIDE_PX, Sheet

HIGH_PX = 520
DOTS_PER_INCH = 300


class StorySheet(Sheet):
    """Shows the story; 'Save as PDF' asks where to."""

    def __init__(self, over: QWidget, story: GradeStory) -> None:
        super().__init__(
            over, tr("How this grade came about"),
            tr("Everything that happened to this grade, in order."), tr("Close"), width=WIDE_PX,
        )  # fmt: skip
        self._story = story = in_words(story)
        self.cancel_button.hide()
        self.page = QTextBrowser()
        self.page.setPlainText(_as_text(story))
        self.page.setAccessibleName(tr("How this grade came about"))
        self.page.setTabChangesFocus(True)
        self.body.addWidget(self.page, 1)
        save = Button(tr("Save as PDF…"), self._choose, icon="download")
        save.setObjectName("save-pdf")
        save.setAutoDefault(False)
        self.foot.insertWidget(0, save)
        self.resize(WIDE_PX, HIGH_PX)

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Save as PDF…"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("grade.pdf")
        files.ask(dialog, self.save)

    def save(self, file: Path) -> None:
        """Write the story as a PDF that only its owner may read, and say so."""
        try:
            file.touch(mode=0o600)
            write_pdf(file, self._story)
        except OSError as error:
            why = error.strerror
            self.banner.tell(tr("{name} could not be written: {why}.", name=file.name, why=why),
                             "bad")  # fmt: skip
            return
        self.banner.tell(tr("Saved as {name}.", name=file.name), "good")


def in_words(story: GradeStory) -> GradeStory:
    """The story in the teacher's language, with its times as people write them."""
    lines = tuple(
        replace(
            one,
            at=record_history.when_of(one.change),
            who=record_history.who_of(one.change),
            where=record_history.where_of(one.change),
            words=_capital(record_history.words_of(one.change)),
        )
        for one in story.lines
    )
    notes = tuple(shown(note) for note in story.notes)
    return replace(story, about=shown(story.about), now=shown(story.now), lines=lines, notes=notes)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _as_text(story: GradeStory) -> str:
    lines = [f"{one.words}\n{one.at} · {one.who} · {one.where}" for one in story.lines]
    return "\n\n".join([f"{story.about}\n{story.now}", *lines, *story.notes])


def write_pdf(file: Path, story: GradeStory) -> None:
    """Write the story, in words, as pages of A4."""
    writer = QPdfWriter(str(file))
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Portrait)
    writer.setTitle(tr("How this grade came about"))
    document = QTextDocument()
    heads = (tr("When"), tr("Who"), tr("Where"), tr("What"))
    document.setHtml(story.as_html(tr("How this grade came about"), heads))
    document.print_(writer)
