"""The stages of a lesson in the making, the words as they are written, and ways out of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.storage.lesson_jobs import StoredJob
from desktop.sync.lesson_jobs import Writing
from desktop.ui.generate.asking import detail_of, readable, used
from desktop.ui.generate.presenter import STAGE_NAMES
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import stages
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Card, column
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.stages import StageList


class MakingView(QWidget):
    """Shows one job; the page says what the buttons do."""

    def __init__(
        self,
        cancel: Callable[[], None],
        resume: Callable[[], None],
        by_template: Callable[[], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__()
        self._notes: dict[int, str] = {}
        self.stages = StageList([tr(name) for name in STAGE_NAMES])
        self._title = label(tr("Making your lesson"), "title", wrap=True)
        self._used = label("", "caption", wrap=True)
        self._banner = Banner(closable=False)
        self._cancel = Button(tr("&Cancel"), cancel)
        self._cancel.setObjectName("cancel-lesson")
        self._resume = Button(tr("Go on f&rom here"), resume, variant="primary")
        self._resume.setObjectName("resume-lesson")
        self._template = Button(tr("Make it from a &template"), by_template)
        self._template.setObjectName("from-template")
        self._back = Button(tr("&Back to the wish"), back, variant="quiet", icon="back")
        self._back.setObjectName("back-to-wish")
        self._text = label("", "soft", wrap=True)
        self._text.setAccessibleName(tr("What is being written"))
        self._written = Card(tr("As it is written"), self._text)
        card = Card("", self._title, self.stages, self._used, self._banner, gap=tokens.SPACE_4)
        buttons = Flow(self._back, self._cancel, self._template, self._resume)
        self.setLayout(column(card, self._written, buttons, gap=tokens.SPACE_4))
        self.begin()

    def begin(self, *, by_ai: bool = False) -> None:
        """A fresh lesson: nothing is done yet."""
        self._notes = {}
        self.stages.reset()
        self._used.hide()
        self._banner.hide()
        self._written.hide()
        for button in (self._resume, self._template):
            button.hide()
        self._cancel.setVisible(by_ai)
        self._back.setVisible(by_ai)

    def tell(self, job: StoredJob) -> None:
        """Show how a job stands."""
        self._title.setText(tr("Making “{title}”", title=job.title))
        self._notes[job.stage - 1] = job.words
        for at in range(len(STAGE_NAMES)):
            state = stages.DONE if at < job.stage else stages.WAITING
            note = self._notes.get(at, "") if at < job.stage else ""
            if at == job.stage and job.state == "running":
                state = stages.RUNNING
            elif at == job.stage and job.state == "failed":
                state = stages.FAILED
            self.stages.tell(at, state, note)
        words = used(job)
        self._used.setText(words)
        self._used.setVisible(bool(words))
        if job.detail and job.state != "done":
            self._banner.tell(detail_of(job), "info" if job.state == "waiting" else "warn")
        else:
            self._banner.hide()
        stopped = job.state in ("failed", "cancelled")
        self._resume.setVisible(stopped and job.retryable)
        self._template.setVisible(stopped or job.state == "waiting")
        self._cancel.setVisible(not stopped)
        if stopped or job.state == "waiting":
            self._written.hide()

    def write(self, writing: Writing) -> None:
        """Show the words as they come."""
        words = readable(writing.text)
        if writing.attempt > 1:
            again = tr("That did not fit yet; it is being put right.")
            words = f"{again}\n\n{words}"
        self._text.setText(words)
        self._written.setVisible(bool(words))
