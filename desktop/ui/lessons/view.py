"""The library of lessons."""

from desktop.ui.desk import Desk
from desktop.ui.lessons.presenter import LessonsPresenter
from desktop.ui.page import Page
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import text_field
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.table import Column, Table


class LessonsPage(Page):
    """A table of lessons; Enter or a double click opens one."""

    kinds = frozenset({"lessons", "classes"})

    def __init__(self, desk: Desk) -> None:
        new = Button(
            tr("New &lesson"), lambda: desk.go(Route("generate")), variant="primary", icon="plus"
        )
        super().__init__(desk, PageHeader(tr("Lessons"), new))
        self._presenter = LessonsPresenter(desk.services)
        self._find = text_field(tr("Find a lesson"), tr("Find a lesson"))
        self._find.setClearButtonEnabled(True)
        self._find.textChanged.connect(lambda: self._filter())
        self._status = Segments(
            (("", tr("All")), ("draft", tr("Drafts")), ("approved", tr("Approved"))), tr("Show")
        )
        self._status.chosen.connect(lambda: self._filter())
        self._tools = row(self._status, gap=tokens.SPACE_4)
        self._tools.addWidget(self._find, 1)
        self.table = Table(
            (
                Column(tr("Lesson"), "strong", 4),
                Column(tr("Subject"), "text", 2, spare=True),
                Column(tr("Grade"), "text", 2, spare=True),
                Column(tr("Classes"), "soft", 2, spare=True),
                Column(tr("State"), "tag", 0),
            ),
            tr("Lessons"),
        )
        self.table.activated_row.connect(lambda line: desk.go(Route("lesson", line[-1])))
        self._nothing = EmptyState(
            "lessons",
            tr("Your library is empty"),
            tr("Describe a lesson in one sentence and watch it being made: a plan, a quiz, and a "
               "world for Roblox Studio."),
            Button(tr("Make a lesson"), lambda: desk.go(Route("generate")), variant="primary",
                   icon="generate"),
        )  # fmt: skip
        self.body.addLayout(self._tools)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._nothing, 1)
        self._nothing.hide()

    async def refresh(self) -> None:
        """Ask for the library and show it."""
        await self._presenter.load()
        self._filter()

    def _filter(self) -> None:
        rows = self._presenter.rows(self._find.text(), self._status.value)
        some = self._presenter.count > 0
        self.header.tell(tr("Lessons"), self._presenter.subtitle())
        self.table.setVisible(some)
        self._find.setVisible(some)
        self._status.setVisible(some)
        self._nothing.setVisible(not some)
        self.table.show_rows(rows, key=-1)
