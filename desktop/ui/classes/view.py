"""Classes: all of them, and making a new one."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.ui.classes.presenter import ClassesPresenter, ClassLine, NewClass
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts import rosters
from desktop.ui.parts.import_sheet import ImportSheet, choose_roster
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import choice_field, named, text_field
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.listing import Line, ListCard
from desktop.ui.widgets.sheet import Sheet, answer


class ClassesPage(Page):
    """A line a class; pressing one opens it."""

    widest = tokens.COLUMN
    kinds = frozenset({"classes", "students", "lessons", "submissions"})

    def __init__(self, desk: Desk) -> None:
        self._new = Button(tr("&New class"), self._make, variant="primary", icon="plus")
        self._new.setObjectName("new-class")
        self._import = Button(tr("&Import rosters…"), self._choose_roster, icon="upload")
        self._import.setObjectName("import-rosters")
        super().__init__(desk, PageHeader(tr("Classes"), self._import, self._new))
        self._presenter = ClassesPresenter(desk.services)
        self._card = ListCard()
        self._list = self.scroll_body(holding(column(self._card, None)))
        self._nothing = EmptyState(
            "classes",
            tr("No classes yet"),
            tr("A class holds its students, lessons, grades and leaderboard. Bring a class list, "
               "or drop it onto this window; or start with a name and no students."),
            Button(tr("Bring a class list"), self._choose_roster, variant="primary",
                   icon="upload"),
            Button(tr("Make a class"), self._make, icon="plus"),
        )  # fmt: skip
        self.body.addWidget(self._nothing, 1)
        self._list.hide()
        self._nothing.hide()

    async def refresh(self) -> None:
        """Ask for the classes and show them."""
        lines = await self._presenter.load()
        self.header.tell(tr("Classes"), await self._presenter.subtitle() if lines else "")
        self._list.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self._card.show_lines(lines, self._line)

    def _line(self, line: ClassLine) -> Line:
        made = Line(
            line.name,
            line.caption,
            lambda: self.desk.go(Route("class", line.id)),
            tags=line.tags,
            avatar=line.name,
        )
        made.setObjectName(f"class-{line.id}")
        return made

    def _choose_roster(self) -> None:
        choose_roster(self, self.take_in)

    def take_in(self, file: str) -> None:
        """A class list, chosen here or dropped onto the window."""
        self.run(self._bring_in(file))

    async def _bring_in(self, file: str) -> None:
        services = self.desk.services
        preview = await rosters.look_into(services, file)
        async with answer(ImportSheet(self, preview)) as yes:
            if yes:
                title = tr("Import {name}", name=Path(file).name)
                async with self.desk.work.doing(title, route=Route("classes")):
                    done = await rosters.bring_in(services, preview)
                self.desk.undoing.done(done.words, done.step)
                if len(done.class_ids) == 1:
                    self.desk.go(Route("class", done.class_ids[0]))

    def _make(self) -> None:
        self.run(self._make_class())

    async def _make_class(self) -> None:
        sheet = NewClassSheet(self)
        async with answer(sheet) as yes:
            if yes:
                new = sheet.filled()
                made = await self._presenter.make(new)
                self.desk.toast(tr("{name} is ready.", name=new.name))
                self.desk.go(Route("class", made))


class NewClassSheet(Sheet):
    """Name, subject and grade of a new class."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, tr("New class"), tr("You can change all of this later."),
                         tr("&Make class"))  # fmt: skip
        self.name = text_field(tr("Name"), tr("for example Mathematics 4b"))
        self.subject = text_field(tr("Subject"), tr("for example Mathematics"))
        self.grade = choice_field(tr("Grade"), ClassesPresenter.grades())
        self.room = text_field(tr("Room"))
        self.fill(named(self.name), named(self.subject))
        self.body.addLayout(row(named(self.grade), named(self.room)))
        self.name.textChanged.connect(
            lambda typed: self.done_button.setEnabled(bool(typed.strip()))
        )
        self.done_button.setEnabled(False)
        self.name.setFocus()

    def filled(self) -> NewClass:
        """What is typed."""
        grade = self.grade.currentData()
        return NewClass(
            name=self.name.text().strip(),
            subject=self.subject.text().strip(),
            grade_level=grade if isinstance(grade, int) else None,
            room=self.room.text().strip(),
        )
