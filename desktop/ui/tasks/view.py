"""Tasks: what runs, what waits, what wants a look, and what is done. Nothing stops the work."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.task_centre import ENDED, LongTask
from desktop.ui.strings import tr
from desktop.ui.tasks.presenter import told
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.progress import Bar


class TasksPage(Page):
    """One row a task; rows change in place while work goes on."""

    widest = tokens.COLUMN

    def __init__(self, desk: Desk) -> None:
        self._clear = Button(tr("&Clear what is done"), desk.work.clear, icon="check")
        self._clear.setObjectName("clear-tasks")
        super().__init__(desk, PageHeader(tr("Tasks"), self._clear))
        self.rows: dict[str, TaskRow] = {}
        self._lines: QVBoxLayout = column(gap=tokens.SPACE_4)
        self._card = Card("", self._lines)
        self._nothing = EmptyState(
            "check",
            tr("Nothing is running"),
            tr("Imports, exports, lessons being made, pushes and syncing show here while they "
               "run, wherever you are in the window, and say so if something did not work."),
        )  # fmt: skip
        self._area = self.scroll_body(holding(column(self._card, None)))
        self.body.addWidget(self._nothing, 1)
        self._end = desk.work.subscribe(self.show_tasks)
        self.show_tasks()

    def show_tasks(self) -> None:
        """Show what there is; a row that is there already only changes its words."""
        tasks = self.desk.work.tasks()
        self._area.setVisible(bool(tasks))
        self._nothing.setVisible(not tasks)
        self._clear.setVisible(any(one.state in ENDED and one.id[:4] == "own-" for one in tasks))
        for gone in self.rows.keys() - {one.id for one in tasks}:
            self.rows.pop(gone).deleteLater()
        for at, task in enumerate(tasks):
            if task.id not in self.rows:
                self.rows[task.id] = TaskRow(self.desk)
            self._lines.insertWidget(at, self.rows[task.id])
            self.rows[task.id].show_task(task)

    async def close_page(self) -> None:
        """The centre outlives the page."""
        self._end()
        await super().close_page()


class TaskRow(QWidget):
    """A mark, a title, what is being done, a bar, and what can be done about it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._task: LongTask | None = None
        self._glyph = Glyph("ring")
        self.title = label("", "strong", wrap=True)
        self.words = label("", "soft", wrap=True)
        self._bar = Bar(tr("Progress"))
        self._open = Button(tr("Show"), self._show, variant="quiet")
        self._cancel = Button(tr("Stop"), self._stop)
        self._retry = Button(tr("Try again"), self._again)
        for button, name in ((self._open, "show-task"), (self._cancel, "stop-task"),
                             (self._retry, "retry-task")):  # fmt: skip
            button.setObjectName(name)
        middle = column(self.title, self.words, self._bar, gap=tokens.SPACE_1)
        line = row(self._glyph, gap=tokens.SPACE_4)
        line.addLayout(middle, 1)
        for button in (self._open, self._retry, self._cancel):
            line.addWidget(button)
        self.setLayout(line)

    def show_task(self, task: LongTask) -> None:
        """Say how `task` stands."""
        self._task = task
        shown = told(task)
        self._glyph.show_icon(shown.icon, shown.tone)
        self.title.setText(shown.title)
        self.words.setText(shown.words)
        self.words.setVisible(bool(shown.words))
        self._bar.setVisible(shown.has_bar)
        self._bar.setAccessibleName(shown.title)
        self._bar.tell(task.share)
        for button, there in ((self._open, task.route is not None), (self._cancel, task.can_cancel),
                              (self._retry, task.can_retry)):  # fmt: skip
            button.setVisible(there)
            button.setAccessibleName(f"{button.text()}: {task.title}")
        self.setAccessibleName(f"{shown.title}: {shown.words}")

    def _show(self) -> None:
        if self._task is not None and self._task.route is not None:
            self._desk.go(self._task.route)

    def _stop(self) -> None:
        if self._task is not None:
            self._desk.work.cancel(self._task.id)

    def _again(self) -> None:
        if self._task is not None:
            self._desk.work.retry(self._task.id)
