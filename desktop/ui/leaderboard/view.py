"""The leaderboard of a class, live."""

from desktop.ui.desk import Desk
from desktop.ui.leaderboard.presenter import LeaderboardPresenter
from desktop.ui.leaderboard.projector import Projector
from desktop.ui.page import Page
from desktop.ui.parts.board_view import BoardView
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.fields import choice_field, fill
from desktop.ui.widgets.header import PageHeader


class LeaderboardPage(Page):
    """Ranks move as points arrive; the projector shows aliases."""

    kinds = frozenset({"xp_awards", "students", "classes"})

    def __init__(self, desk: Desk) -> None:
        self._project = Button(
            tr("&Projector view"), self._open_projector, icon="projector",
            tip=tr("A large view for the wall, with aliases instead of names"),
        )  # fmt: skip
        self._project.setObjectName("project")
        super().__init__(desk, PageHeader(tr("Leaderboard"), self._project))
        self._presenter = LeaderboardPresenter(desk.services)
        self._projector: Projector | None = None
        self.classes = choice_field(tr("Class"), ())
        self.classes.currentIndexChanged.connect(lambda _at: self._choose())
        self.board = BoardView(self.refresh_soon, self.classes)
        self._no_class = EmptyState(
            "leaderboard",
            tr("No leaderboard yet"),
            tr("Every class has one. Make a class first; points come from lessons and from you."),
            Button(tr("Open classes"), lambda: desk.go(Route("classes")), variant="primary"),
        )
        self.body.addWidget(self.board, 1)
        self.body.addWidget(self._no_class, 1)
        self.board.hide()
        self._no_class.hide()

    async def refresh(self) -> None:
        """Ask for the board and show it, on the projector too."""
        board = await self._presenter.load(self.subject, self.board.wanted)
        self.board.setVisible(board is not None)
        self._no_class.setVisible(board is None)
        self._project.setVisible(board is not None)
        if board is None:
            self.header.tell(tr("Leaderboard"))
            return
        fill(self.classes, board.classes)
        self.classes.blockSignals(True)
        self.classes.setCurrentIndex(max(0, self.classes.findData(board.class_id)))
        self.classes.blockSignals(False)
        self.subject = board.class_id
        self.header.tell(tr("Leaderboard"), board.subtitle)
        self.board.tell(board.found)
        if self._projector is not None:
            self._projector.tell(board.wall)

    def open(self, subject: str) -> None:
        """Without a class in the address, the class that was chosen stays."""
        if subject and subject != self.subject:
            self.board.wanted = ""
        super().open(subject or self.subject)

    async def close_page(self) -> None:
        """The projector's window goes with the page."""
        if self._projector is not None:
            self._projector.close()
        await super().close_page()

    def _choose(self) -> None:
        self.subject = str(self.classes.currentData() or "")
        self.board.wanted = ""
        self.refresh_soon()

    def _open_projector(self) -> None:
        if self._projector is None:
            self._projector = Projector()
            self._projector.gone.connect(self._projector_gone)
            self._projector.turned.connect(self._turn)
        self._projector.showFullScreen()
        self.refresh_soon()

    def _turn(self, step: int) -> None:
        """Another time on the wall, and on the desk with it."""
        self.board.want(self.board.period.beside(step))

    def _projector_gone(self) -> None:
        self._projector = None
