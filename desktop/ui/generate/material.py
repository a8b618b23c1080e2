"""What the lesson is to rest on: files dropped or chosen, or a paste; and the lessons asked for."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QVBoxLayout

from desktop.lessons.sources import KINDS
from desktop.ui.generate.asking import Asking, JobShown
from desktop.ui.page import Page, sentence
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Card, column, empty, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.sheet import Sheet, answer
from desktop.ui.widgets.ticks import Tick

MOST_SHOWN = 8


class MaterialCard(Card):
    """Takes files that are dropped on it; `names` is the tick that lets names go out."""

    def __init__(self, page: Page, asking: Asking) -> None:
        super().__init__(tr("Your own material"))
        self._page = page
        self._asking = asking
        self.setAcceptDrops(True)
        words = label(
            tr("Drop a PDF, a Word document or a text here, and the lesson rests on it: each "
               "statement names the passage it comes from."),
            "soft",
            wrap=True,
        )  # fmt: skip
        self._lines: QVBoxLayout = column(gap=tokens.SPACE_1)
        self._banner = Banner()
        add = Button(tr("&Add a file…"), page.runs(self._choose), icon="plus")
        add.setObjectName("add-source")
        paste = Button(tr("&Paste text…"), page.runs(self._paste))
        paste.setObjectName("paste-source")
        self.names = Tick(tr("&Names of my students may be sent in what I wrote"))
        self.names.setObjectName("with-names")
        self.body.addWidget(words)
        self.body.addLayout(self._lines)
        self.body.addWidget(self._banner)
        self.body.addLayout(row(add, paste, None))
        self.body.addWidget(self.names)

    def show_listed(self) -> None:
        """Show what was given."""
        empty(self._lines)
        for at, words in enumerate(self._asking.listed()):
            said = tr("Take away {title}", title=words)
            gone = Button("", self._removes(at), variant="quiet", icon="close", tip=said, name=said)
            line = row(gap=tokens.SPACE_3)
            line.addWidget(label(words, wrap=True), 1)
            line.addWidget(gone)
            self._lines.addLayout(line)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt's name)
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt's name)
        """Read what was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self._page.run(self.take(files))

    async def take(self, files: list[str]) -> None:
        """Read files beside the window; what cannot be read is said here."""
        self._banner.tell(tr("Reading…"))
        await self._told(self._asking.add_files(files))

    async def _told(self, work: Coroutine[Any, Any, str]) -> None:
        try:
            notice = await work
        except Exception as error:  # noqa: BLE001  (said here; a defect of ours is logged)
            self._banner.tell(sentence(error), "warn")
        else:
            self._banner.hide()
            if notice:
                self._banner.tell(notice)
        self.show_listed()

    def _removes(self, at: int) -> Callable[[], None]:
        def remove() -> None:
            self._asking.remove(at)
            self.show_listed()

        return remove

    async def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose material"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{ending}" for ending in KINDS)
        dialog.setNameFilter(tr("Documents ({endings})", endings=endings))
        async with answer(dialog) as yes:
            files = dialog.selectedFiles() if yes else []
        if files:
            await self.take(files)

    async def _paste(self) -> None:
        sheet = Sheet(
            self, tr("Paste text"), tr("Paste what the lesson is to rest on."), tr("&Use it")
        )
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setAccessibleName(tr("Text"))
        text.setMinimumHeight(220)
        sheet.fill(text)
        async with answer(sheet) as yes:
            pasted = text.toPlainText() if yes else ""
        if yes:
            await self._told(self._pasted(pasted))

    async def _pasted(self, text: str) -> str:
        return self._asking.add_paste(text)


class HistoryCard(Card):
    """The lessons that were asked for, each with what can be done about it."""

    def __init__(
        self,
        open_: Callable[[str], None],
        resume: Callable[[str], None],
        cancel: Callable[[str], None],
        forget: Callable[[str], None],
    ) -> None:
        super().__init__(tr("Asked for before"))
        self._does = {"open": open_, "resume": resume, "cancel": cancel, "forget": forget}
        self._lines: QVBoxLayout = column(gap=tokens.SPACE_3)
        self.body.addLayout(self._lines)
        self.hide()

    def tell(self, jobs: list[JobShown]) -> None:
        """Show the newest of them."""
        empty(self._lines)
        for job in jobs[:MOST_SHOWN]:
            line = row(gap=tokens.SPACE_2)
            words = column(
                label(job.title, "strong", wrap=True), label(job.caption, "caption", wrap=True),
                gap=2,
            )  # fmt: skip
            line.addLayout(words, 1)
            for name, shown, text in (
                ("open", job.can_open, tr("Look at it")),
                ("resume", job.can_resume, tr("Go on")),
                ("cancel", job.can_cancel, tr("Cancel")),
                ("forget", not job.can_cancel, ""),
            ):
                if shown:
                    line.addWidget(self._button(name, text, job))
            self._lines.addLayout(line)
        self.setVisible(bool(jobs))

    def _button(self, name: str, text: str, job: JobShown) -> Button:
        does = self._does[name]
        said = {"open": tr("Look at {title}", title=job.title),
                "resume": tr("Go on with {title}", title=job.title),
                "cancel": tr("Cancel {title}", title=job.title),
                "forget": tr("Take {title} off the list", title=job.title)}[name]  # fmt: skip
        icon = "" if text else "close"
        made = Button(text, lambda: does(job.id), variant="quiet", icon=icon, tip=said, name=said)
        made.setObjectName(f"{name}-job")
        return made
