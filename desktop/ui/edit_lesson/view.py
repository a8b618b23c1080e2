"""The editor of a lesson: every part of it, saved as one writes, with each fault at its place."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from desktop.lessons.editing import Fault, Path
from desktop.lessons.schema import PARTS
from desktop.ui.desk import Desk
from desktop.ui.edit_lesson import plan_form, world_form
from desktop.ui.edit_lesson.form import Form
from desktop.ui.edit_lesson.presenter import EditPresenter
from desktop.ui.edit_lesson.quiz_form import QuizForm
from desktop.ui.edit_lesson.revise_sheet import ReviseSheet
from desktop.ui.page import Page
from desktop.ui.parts import looking
from desktop.ui.parts.world_panel import WorldPanel
from desktop.ui.routes import Route
from desktop.ui.strings import plural, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.beside import Beside
from desktop.ui.widgets.boxes import column, empty, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import restyle
from desktop.ui.widgets.scroll import ScrollArea, scrolling
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.sheet import answer

SAVE_AFTER_MS = 900
CHECK_AFTER_MS = 150
"""A pause of so long in the typing, and the lesson is saved, or looked over."""

TAB_OF: dict[str, str] = {
    "title": "about", "summary": "about", "topic": "about", "subject": "about",
    "grade_level": "about", "standards": "about", "objectives": "plan", "activities": "plan",
    "vocabulary": "plan", "quiz": "quiz", "world": "world", "teacher_notes": "notes",
    "accommodations": "notes",
}  # fmt: skip
"""On which tab a part of the lesson is written."""


class EditPage(Page):
    """Five tabs of fields; what is written is kept by itself."""

    kinds = frozenset({"lessons"})
    widest = 1_160

    def __init__(self, desk: Desk) -> None:
        self._undo = Button("", partial(self.undo_here, again=False), variant="quiet", icon="undo",
                            tip=tr("Take back"))  # fmt: skip
        self._revise = Button(tr("Ask for a &change…"), self.runs(self._ask), icon="generate")
        self._revise.setObjectName("revise")
        self._done = Button(tr("&Done"), self._leave, variant="primary", icon="check")
        self._done.setObjectName("edit-done")
        super().__init__(
            desk, PageHeader("", self._undo, self._revise, self._done, back=self._leave)
        )
        self._presenter = EditPresenter(desk.services)
        self._form: Form | None = None
        self._quiz: QuizForm | None = None
        self._question = 0
        self.tabs = Segments(
            (
                ("about", tr("About")),
                ("plan", tr("Plan")),
                ("quiz", tr("Quiz")),
                ("world", tr("World")),
                ("notes", tr("Notes")),
            ),
            tr("Part of the lesson"),
        )
        self.tabs.chosen.connect(lambda _: self._build())
        self._faults = Button("", self._to_fault, variant="quiet", icon="warning")
        self._faults.hide()
        self._inside = column(gap=0)
        self._panel: WorldPanel | None = None
        self._area: ScrollArea | None = None
        self._tab = ""
        self._nothing = EmptyState("lessons", tr("Nothing to edit"), "")
        self._nothing.hide()
        self.body.addLayout(row(self.tabs, None, self._faults))
        self.body.addLayout(self._inside, 1)
        self.body.addWidget(self._nothing, 1)
        self._found: list[Fault] = []
        self._saving = _after(self, SAVE_AFTER_MS, self._save_soon)
        self._checking = _after(self, CHECK_AFTER_MS, self._check)

    async def refresh(self) -> None:
        """Open the lesson, or take in what came from elsewhere."""
        if self._presenter.lesson_id == self.subject and self._presenter.editing is not None:
            if await self._presenter.look_again():
                self._build()
                self.desk.toast(tr("This lesson was changed elsewhere; what came is in it now."))
            return
        await self._presenter.keep()
        problem = await self._presenter.open(self.subject)
        for part in (self.tabs, self._undo, self._revise, self._done):
            part.setVisible(not problem)
        self._nothing.setVisible(bool(problem))
        self._nothing.tell(tr("Nothing to edit"), problem)
        empty(self._inside)
        if problem:
            self.header.tell(tr("Edit"), "")
            return
        self._question = 0
        self._build()

    def undo_here(self, *, again: bool) -> bool:
        """Take back the last change of the editor, or bring it again; it has its own steps."""
        editing = self._presenter.editing
        if editing is None or not (editing.can_redo if again else editing.can_undo):
            return False
        (editing.redo if again else editing.undo)()
        self._build()
        self._changed()
        return True

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt's name)
        """Who leaves the page leaves nothing unsaved."""
        super().hideEvent(event)
        self._save_soon()

    async def close_page(self) -> None:
        """Save what is written, then end."""
        self._saving.stop()
        await self._presenter.keep()
        await super().close_page()

    def _leave(self) -> None:
        self.desk.go(Route("lesson", self.subject))

    async def _ask(self) -> None:
        """Have a part written anew; what comes of it is looked at before it is kept."""
        part = next(one for one in PARTS if TAB_OF[one] == self.tabs.value)
        sheet = ReviseSheet(self, part, await self._presenter.provider())
        async with answer(sheet) as yes:
            if yes:
                await self._presenter.keep()
                job = await self._presenter.revise(sheet.part, sheet.instruction)
                self.desk.go(Route("generate", job))

    # Building the fields.

    def _build(self, focus: Path | None = None) -> None:
        editing = self._presenter.editing
        if editing is None:
            return
        tab = self.tabs.value
        before = self._area.verticalScrollBar().value() if self._area and tab == self._tab else 0
        empty(self._inside)
        self._quiz = self._panel = self._area = None
        self._tab = tab
        self._form = form = Form(editing, self._changed, self._rebuilt)
        if tab == "quiz":
            self._quiz = QuizForm(form)
            self._quiz.open(self._question)
            self._inside.addWidget(self._quiz, 1)
        elif tab == "world":
            self._inside.addWidget(self._world(form), 1)
        else:
            build: Callable[[Form], QWidget] = getattr(plan_form, tab)
            self._area = scrolling(build(form))
            self._inside.addWidget(self._area, 1)
        self._check()
        # Once the new fields have their places.
        QTimer.singleShot(0, self, lambda: self._go_on(form, before, focus))

    def _go_on(self, form: Form, scrolled: int, focus: Path | None) -> None:
        """Be where one was before the fields were made anew."""
        if form is not self._form:
            return
        if self._area is not None:
            self._area.verticalScrollBar().setValue(scrolled)
        if focus is not None:
            form.focus(focus)

    def _world(self, form: Form) -> QWidget:
        self._panel = panel = WorldPanel(beside=False)
        self._panel.zone_chosen.connect(self._to_zone)
        self._area = scrolling(world_form.zones(form))
        left = column(world_form.manner(form), gap=tokens.SPACE_4)
        left.addWidget(panel, 1)
        self._draw()
        return Beside(left, self._area, stretch=True)

    def _rebuilt(self, focus: Path | None) -> None:
        """Fields have to be made anew, because things were added, moved or taken out."""
        if self._quiz is not None:
            self._question = self._quiz.at
        if focus and focus[:1] == ("quiz",) and len(focus) > 1:
            self._question = int(focus[1])
        # Not from inside the signal of a widget that goes with the old fields.
        QTimer.singleShot(0, self, lambda: self._build(focus))
        self._changed()

    # What follows from a change.

    def _changed(self) -> None:
        self._checking.start()
        self._saving.start()

    def _check(self) -> None:
        editing = self._presenter.editing
        if editing is None or self._form is None:
            return
        self._found = editing.faults()
        left = self._form.show_faults(self._found)
        if self._quiz is not None:
            self._quiz.show_faults(self._found, left)
        severe = [one for one in self._found if one.severe]
        self.header.tell(self._presenter.title or tr("Without a title"),
                         self._presenter.words(self._found))  # fmt: skip
        self._faults.setVisible(bool(self._found))
        self._faults.setText(plural("{count} place to look at", "{count} places to look at",
                                    len(self._found)))  # fmt: skip
        restyle(self._faults, "tone", "bad" if severe else "warn")
        self._undo.setEnabled(editing.can_undo)
        self._draw()

    def _draw(self) -> None:
        package = self._presenter.editing.package() if self._presenter.editing else None
        if self._panel is not None and package is not None:
            self.run(self._drawn(self._panel))

    async def _drawn(self, panel: WorldPanel) -> None:
        package = self._presenter.editing.package() if self._presenter.editing else None
        if package is None:
            return
        found = await looking.look(package)
        if panel is self._panel:
            panel.show_scene(found.scene, found.size)

    def _to_zone(self, zone: str) -> None:
        editing = self._presenter.editing
        zones = editing.fields["world"]["zones"] if editing else []
        at = next((at for at, one in enumerate(zones) if one["id"] == zone), None)
        if at is not None and self._form is not None:
            self._form.focus(("world", "zones", at))

    def _to_fault(self) -> None:
        """Go to the next place that wants a look."""
        if not self._found:
            return
        here = self._form.focused() if self._form else None
        paths = [one.path for one in self._found]
        at = paths.index(here) + 1 if here in paths else 0
        path = paths[at % len(paths)]
        self.tabs.choose(TAB_OF.get(str(path[0]) if path else "", "about"))
        if path[:1] == ("quiz",) and len(path) > 1:
            self._question = int(path[1])
        self._build(path)

    def _save_soon(self) -> None:
        self._saving.stop()
        if self._presenter.waits:
            self.run(self._save())

    async def _save(self) -> None:
        await self._presenter.keep()
        self._check()


def _after(owner: QWidget, pause_ms: int, work: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(pause_ms)
    timer.timeout.connect(work)
    return timer
