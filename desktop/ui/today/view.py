"""Today: what the day holds."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout

from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.parts.import_sheet import choose_roster
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.today.presenter import Day, DayLine, TodayPresenter
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.listing import Line, ListCard
from desktop.ui.widgets.tile import Tile

WIDE_PX = 760
"""From this width on, at 100% text, four figures stand side by side."""


class TodayPage(Page):
    """Four figures, the classes, and what wants a look."""

    kinds = frozenset(
        {"classes", "students", "submissions", "assessments", "xp_awards", "progress_events",
         "lessons"}
    )  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        new = Button(
            tr("New &lesson"), lambda: desk.go(Route("generate")), variant="primary", icon="plus"
        )
        super().__init__(desk, PageHeader(tr("Today"), new))
        self._presenter = TodayPresenter(desk.services)
        self._tiles = [Tile(caption) for caption in self._presenter.captions]
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.SPACE_4)
        self._classes = ListCard(tr("Your classes"))
        self._looks = ListCard(tr("Wants a look"))
        self._cards: QBoxLayout = row(gap=tokens.SPACE_4)
        self._cards.addWidget(self._classes, 3)
        self._cards.addWidget(self._looks, 2)
        self._full = holding(column(self._grid, self._cards, None, gap=tokens.SPACE_4))
        self._arrange()
        self._full_area = self.scroll_body(self._full)
        self._nothing = EmptyState(
            "classes",
            tr("Your school is ready, and still empty"),
            tr("Bring a class list as a file, or drop it onto this window: you see what comes of "
               "it before anything is saved. It takes a minute."),
            Button(tr("Bring a class list"), self._bring, variant="primary", icon="upload"),
            Button(tr("Make a class"), lambda: desk.go(Route("classes")), icon="plus"),
        )  # fmt: skip
        self.body.addWidget(self._nothing, 1)
        self._full_area.hide()
        self._nothing.hide()

    def _bring(self) -> None:
        choose_roster(self, self.desk.take_in)

    async def refresh(self) -> None:
        """Ask for the day and show it."""
        self._show(await self._presenter.load())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Where there is little room, or the text is large, things stand below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self.desk.theme.px(WIDE_PX)
        across = 4 if wide else 2
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // across, at % across)
        for at in range(4):
            self._grid.setColumnStretch(at, 1 if at < across else 0)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.LeftToRight if wide else directions.TopToBottom)

    def _show(self, day: Day) -> None:
        self.header.tell(day.greeting, day.date)
        self._full_area.setVisible(bool(day.classes))
        self._nothing.setVisible(not day.classes)
        for tile, stat in zip(self._tiles, day.stats, strict=True):
            tile.tell(stat.figure, stat.note, stat.tone)
        self._classes.show_lines(day.classes, self._line)
        self._looks.show_lines(day.looks, self._line)
        if not day.looks:
            self._looks.say(tr("Nothing presses. Enjoy your day."))

    def _line(self, line: DayLine) -> Line:
        return Line(
            line.title,
            line.caption,
            lambda: self.desk.go(line.route),
            tags=line.tags,
            avatar="" if line.icon else line.title,
            icon=line.icon,
        )
