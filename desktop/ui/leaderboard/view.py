"""The leaderboard of a class, live."""

from desktop.ui.desk import Desk
from desktop.ui.leaderboard.presenter import LeaderboardPresenter
from desktop.ui.leaderboard.projector import Projector
from desktop.ui.page import Page
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import choice_field, fill
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.table import Column, Table


class LeaderboardPage(Page):
    """Ranks move as points arrive; the projector shows aliases."""

    kinds = frozenset({"xp_awards", "students", "classes"})

    def __init__(self, desk: Desk) -> None:
        self._project = Button(
            tr("&Projector view"), self._open_projector, icon="projector",
            tip=tr("A large view for the wall, with aliases instead of names"),
        )  # fmt: skip
        super().__init__(desk, PageHeader(tr("Leaderboard"), self._project))
        self._presenter = LeaderboardPresenter(desk.services)
        self._projector: Projector | None = None
        self.classes = choice_field(tr("Class"), ())
        self.classes.currentIndexChanged.connect(lambda _at: self._choose())
        self._period = Segments(
            (("week", tr("Week")), ("month", tr("Month")), ("term", tr("Term")),
             ("all", tr("All time"))),
            tr("Period"),
        )  # fmt: skip
        self._period.choose("term")
        self._period.chosen.connect(lambda _key: self.refresh_soon())
        self.table = Table(
            (
                Column(tr("Rank"), "number", 0),
                Column(tr("Student"), "person", 4),
                Column(tr("Level"), "number", 1),
                Column(tr("XP"), "number", 1),
                Column(tr("Change"), "tag", 1),
            ),
            tr("Leaderboard"),
        )
        self._nothing = EmptyState(
            "leaderboard",
            "",
            "",
            Button(tr("Open classes"), lambda: desk.go(Route("classes")), variant="primary"),
        )  # fmt: skip
        self.body.addLayout(row(self.classes, self._period, None, gap=tokens.SPACE_4))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._nothing, 1)
        self._nothing.hide()

    async def refresh(self) -> None:
        """Ask for the board and show it, on the projector too."""
        board = await self._presenter.load(self.subject, self._period.value)
        fill(self.classes, board.classes)
        self.classes.blockSignals(True)
        self.classes.setCurrentIndex(max(0, self.classes.findData(board.class_id)))
        self.classes.blockSignals(False)
        self.subject = board.class_id
        self.header.tell(tr("Leaderboard"), board.subtitle)
        self.table.show_rows(board.rows, key=-1)
        self.table.setVisible(bool(board.rows))
        self._nothing.setVisible(not board.rows)
        self._nothing.tell(board.empty_title, board.empty_words)
        self._project.setEnabled(bool(board.rows))
        if self._projector is not None:
            self._projector.tell(board.class_name, board.projected)

    def open(self, subject: str) -> None:
        """Without a class in the address, the class that was chosen stays."""
        super().open(subject or self.subject)

    async def close_page(self) -> None:
        """The projector's window goes with the page."""
        if self._projector is not None:
            self._projector.close()
        await super().close_page()

    def _choose(self) -> None:
        self.subject = str(self.classes.currentData() or "")
        self.refresh_soon()

    def _open_projector(self) -> None:
        if self._projector is None:
            self._projector = Projector()
            self._projector.gone.connect(self._projector_gone)
        self._projector.showFullScreen()
        self.refresh_soon()

    def _projector_gone(self) -> None:
        self._projector = None
