"""A leaderboard on the screen: the time it covers, its table, and what it says when empty."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.ui.parts import boards
from desktop.ui.parts.boards import Standings
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.table import Column, Table

CHANGE = 4
"""The column that says how places moved."""


class BoardView(QWidget):
    """Calls `choose()` when a person wants another period; `wanted` says which.

    As long as nobody chose, `wanted` is empty: the shortest period with points is shown.
    """

    def __init__(self, choose: Callable[[], object], *beside: QWidget) -> None:
        super().__init__()
        self.wanted = ""
        self._choose = choose
        self.period = Segments(boards.periods(), tr("Period"))
        self.period.chosen.connect(self.want)
        self.table = Table(
            (
                Column(tr("Rank"), "number", 0),
                Column(tr("Student"), "person", 4),
                Column(tr("Level"), "number", 1, spare=True),
                Column(tr("XP"), "number", 1),
                Column(tr("Change"), "tag", 1),
            ),
            tr("Leaderboard"),
        )
        self._other = Button("", self._take_other, variant="primary")
        self._other.setObjectName("other-period")
        self._offered = ""
        self._nothing = EmptyState("leaderboard", "", "", self._other)
        tools = Flow(*beside, self.period, gap=tokens.SPACE_4)
        whole = column(tools, gap=tokens.SPACE_4)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._nothing, 1)
        self.setLayout(whole)
        self._nothing.hide()

    def want(self, period: str) -> None:
        """Ask for a period."""
        self.wanted = period
        self._choose()

    def tell(self, found: Standings) -> None:
        """Show the standings; the period they are of is what is wanted from now on."""
        if found.lines or found.other:
            self.wanted = found.period
        self.period.choose(found.period)
        self.table.put_away = frozenset({CHANGE}) if found.period == "all" else frozenset()
        self.table.show_rows(boards.rows(found), key=-1)
        self.table.setVisible(bool(found.lines))
        self._nothing.setVisible(not found.lines)
        if not found.lines:
            said = boards.nothing(found)
            self._nothing.tell(said.title, said.words)
            self._offered = said.period or ""
            self._other.setText(said.action)
            self._other.setAccessibleName(said.action)
            self._other.setVisible(bool(said.action))

    def _take_other(self) -> None:
        self.want(self._offered)
