"""How a grade came about, to read and to save as a PDF."""

from pathlib import Path

from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QTextBrowser, QWidget

from desktop.storage.queries.grade_story import GradeStory
from desktop.ui.strings import tr
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
        self._story = story
        self.cancel_button.hide()
        self.page = QTextBrowser()
        self.page.setPlainText(story.as_text().partition("\n")[2])  # its title is the sheet's
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


def write_pdf(file: Path, story: GradeStory) -> None:
    """Write the story as pages of A4."""
    writer = QPdfWriter(str(file))
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Portrait)
    writer.setTitle(tr("How this grade came about"))
    document = QTextDocument()
    document.setHtml(story.as_html())
    document.print_(writer)
