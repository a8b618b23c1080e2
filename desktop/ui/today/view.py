"""Today: what the day holds."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout

from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.today.presenter import Day, TodayPresenter
from desktop.ui.widgets.boxes import Card, column, empty, holding, row, scrolling
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.listing import Line
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
        self._classes = column(gap=2)
        self._looks = column(gap=2)
        self._cards: QBoxLayout = row(gap=tokens.SPACE_4)
        self._cards.addWidget(_list_card(tr("Your classes"), self._classes), 3)
        self._cards.addWidget(_list_card(tr("Wants a look"), self._looks), 2)
        self._full = holding(column(self._grid, self._cards, None, gap=tokens.SPACE_4))
        self._arrange()
        self._full_area = scrolling(self._full)
        self._nothing = EmptyState(
            "classes",
            tr("Your school is ready, and still empty"),
            tr("Make a class, then bring its list of students as a file. It takes a minute."),
            Button(tr("Make my first class"), lambda: desk.go(Route("classes")),
                   variant="primary", icon="plus"),
        )  # fmt: skip
        self.body.addWidget(self._full_area, 1)
        self.body.addWidget(self._nothing, 1)
        self._full_area.hide()
        self._nothing.hide()

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
        empty(self._classes)
        for line in day.classes:
            self._classes.addWidget(self._line(line.title, line.caption, line.route, line.tags,
                                               avatar=line.title))  # fmt: skip
        empty(self._looks)
        for line in day.looks:
            self._looks.addWidget(self._line(line.title, line.caption, line.route, line.tags,
                                             icon=line.icon))  # fmt: skip
        if not day.looks:
            self._looks.addWidget(label(tr("Nothing presses. Enjoy your day."), "soft", wrap=True))

    def _line(
        self,
        title: str,
        caption: str,
        route: Route,
        tags: tuple[tuple[str, str], ...],
        *,
        avatar: str = "",
        icon: str = "",
    ) -> Line:
        return Line(
            title, caption, lambda: self.desk.go(route), tags=tags, avatar=avatar, icon=icon
        )


def _list_card(title: str, lines: QBoxLayout) -> Card:
    card = Card(title, gap=tokens.SPACE_2)
    card.body.addLayout(lines)
    card.body.addStretch(1)
    return card
