"""A page of the window: how a screen loads, hears of changes, runs its work and says its errors."""

import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QVBoxLayout, QWidget

from desktop.errors import CompanionError, Offline
from desktop.ui import faults
from desktop.ui.bridge import Changes
from desktop.ui.desk import Desk
from desktop.ui.loop import Tasks
from desktop.ui.strings import sentence_of, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import column, holding
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.scroll import ScrollArea

TOP_PX, BELOW_PX = 28, 24
"""The air above the head of a page and below its foot."""
REST_SHARE = 9
"""A page that hears of change upon change rests this many times as long as it took to refresh."""
LONGEST_REST_S = 3.0

log = logging.getLogger(__name__)


def sentence(error: BaseException) -> str:
    """What to tell a person about `error`; a defect of ours is logged and owned up to."""
    if isinstance(error, CompanionError):
        return sentence_of(error)
    log.error("A screen failed.\n%s", faults.details(error))  # its message may name a pupil
    return tr(
        "Something went wrong here that should not have. Nothing you saved is lost. "
        "Try again; if it stays, copy the details into a message to whoever looks after this "
        "program."
    )


@dataclass(frozen=True)
class Standing:
    """How a page stood when it was left, so that coming back finds it so."""

    tab: str = ""
    chosen: str = ""
    """The quiz, the period, or whatever else is chosen on the tab."""
    picked: tuple[str, ...] = ()
    """The ids of the rows that are picked."""
    scrolled: tuple[int, ...] = ()
    """How far each area is scrolled, in the order in which they stand."""


class Page(QWidget):
    """One screen. A subclass builds its widgets, sets `kinds`, and answers `refresh`."""

    kinds: frozenset[str] = frozenset()
    """The collections whose changes this page shows; `*` stands for all."""

    habit_chosen = Signal(str)
    """The page was told how to show things from now on; the window remembers its word for it."""

    widest = 0
    """At 100% text, what words may be wide to be read with ease; 0 lets a table have it all."""

    def __init__(self, desk: Desk, header: PageHeader) -> None:
        super().__init__()
        self.desk = desk
        self.header = header
        self.banner = Banner()
        self.tasks = Tasks(self.failed)
        self.subject = ""
        self._stale = self._anew = True
        """What is shown is older than what there is; `_anew` when it was asked for again."""
        self._refreshing = False
        self._rested_at = 0.0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._refresh_rested)
        self._back_to: Standing | None = None
        self.body: QVBoxLayout = column(gap=tokens.SPACE_4)
        self._top = column(header, self.banner, gap=tokens.SPACE_4)
        self._outer = column(self._top, gap=tokens.SPACE_4)
        self._outer.addLayout(self.body, 1)
        # Where large text or a small window leaves too little room, the page scrolls as a whole.
        self.setLayout(column(ScrollArea(holding(self._outer)), gap=0))
        self._bleeding: ScrollArea | None = None
        self._keep_to_column()
        desk.bridge.changed.connect(self._heard)

    def scroll_body(self, inside: QWidget) -> ScrollArea:
        """Give the rest of the page to `inside`, which scrolls under the edges of the window."""
        self._bleeding = ScrollArea(inside)
        self.body.addWidget(self._bleeding, 1)
        self._keep_to_column()
        return self._bleeding

    async def refresh(self) -> None:
        """Ask for what this page shows, and show it."""

    def open(self, subject: str) -> None:
        """Come into sight, showing `subject`."""
        if subject != self.subject:
            self.subject = subject
            self.banner.hide()
        self.refresh_soon()

    def standing(self) -> Standing:
        """How the page stands: what `stand_again` needs."""
        return Standing(scrolled=tuple(one.verticalScrollBar().value() for one in self._areas()))

    def stand_again(self, standing: Standing) -> None:
        """Stand as before, once what is shown has been asked for."""
        self._back_to = standing
        self.refresh_soon()

    def point_at(self, part: str) -> None:
        """Point at a part of what is shown (`Route.part`); where there is none, nothing happens."""

    def take_up(self, habit: str) -> None:
        """Show things as was chosen another time: what `habit_chosen` told then."""

    def take_in(self, file: str) -> None:
        """Take in a file that was handed to the window; only pages that can are asked."""

    def undo_here(self, *, again: bool) -> bool:  # noqa: ARG002  (for pages with steps of their own)
        """Take back a step of the page's own, or bring it again; False when it has none."""
        return False

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do `work` beside everything else; what fails is said in the page's banner."""
        self.tasks.start(work)

    def runs(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> Callable[[], None]:
        """A slot that does `work`."""
        return lambda: self.run(work())

    def failed(self, error: BaseException) -> None:
        """Say what went wrong, and offer to try again; being offline is a state, not a fault."""
        if isinstance(error, CompanionError):
            tone = "info" if isinstance(error, Offline) else "bad"
            self.banner.tell(sentence(error), tone, tr("Try again"), self.refresh_soon)
            return
        told = faults.details(error, type(self).__name__)
        self.banner.tell(
            sentence(error), "bad", tr("Try again"), self.refresh_soon,
            also=tr("Copy details"), also_pressed=lambda: self.copy_details(told),
        )  # fmt: skip

    def copy_details(self, details: str) -> None:
        """Copy what a report needs."""
        QApplication.clipboard().setText(details)
        self.desk.toast(tr("Copied. The details name no student and no password."))

    def refresh_soon(self) -> None:
        """Refresh now if the page is seen, else when it next is."""
        self._stale = self._anew = True
        if self.isVisible() and not self._refreshing:
            self._refreshing = True
            self.run(self._refresh())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """Catch up with what changed while the page was out of sight."""
        super().showEvent(event)
        if self._stale:
            self.refresh_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Head and body keep to one column."""
        super().resizeEvent(event)
        self._keep_to_column()

    async def close_page(self) -> None:
        """End the page's work."""
        self.desk.bridge.changed.disconnect(self._heard)
        await self.tasks.close()

    async def _refresh(self) -> None:
        try:
            while self._anew:
                self._stale = self._anew = False
                began = time.monotonic()
                await self.refresh()
                self._rested_at = _rested_at(began, time.monotonic())
        finally:
            self._refreshing = False
        if self._stale:
            self._refresh_rested()
        QTimer.singleShot(0, self, self._scroll_back)  # once the layout knows what is in it

    def _scroll_back(self) -> None:
        standing, self._back_to = self._back_to, None
        if standing is not None:
            for area, value in zip(self._areas(), standing.scrolled, strict=False):
                area.verticalScrollBar().setValue(value)

    def _areas(self) -> list[QAbstractScrollArea]:
        found = self.findChildren(QAbstractScrollArea)
        return [area for area in found if area.isVisibleTo(self)]

    def _keep_to_column(self) -> None:
        edge = tokens.SPACE_6
        column_px = self.desk.theme.px(self.widest)
        spare = max(0, self.width() - 2 * edge - column_px) if self.widest else 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        begin, end = edge, edge + spare
        left, right = (0, begin) if mirrored else (begin, 0)
        self._outer.setContentsMargins(left, TOP_PX, right, 0)
        left, right = (end, 0) if mirrored else (0, end)
        self._top.setContentsMargins(left, 0, right, 0)
        foot = (left, 0, right, BELOW_PX)
        self.body.setContentsMargins(*((0, 0, 0, 0) if self._bleeding else foot))
        if self._bleeding is not None:
            self._bleeding.bleed(*foot)

    @Slot(frozenset)
    def _heard(self, changes: Changes) -> None:
        touched = {collection for collection, _ in changes}
        if touched & self.kinds or "*" in touched or "*" in self.kinds:
            self._stale = True
            self._refresh_rested()

    def _refresh_rested(self) -> None:
        """Refresh what is stale, but not so often that the window does nothing else.

        A first sync tells of changes a hundred times; a single one is shown at once.
        """
        if self._refreshing or not self.isVisible():
            return
        wait_s = self._rested_at - time.monotonic()
        if wait_s <= 0:
            self.refresh_soon()
        elif not self._rest.isActive():
            self._rest.start(round(wait_s * 1_000) + 1)


def _rested_at(began: float, ended: float) -> float:
    """When a page that refreshed from `began` to `ended` may do so again by itself."""
    return ended + min((ended - began) * REST_SHARE, LONGEST_REST_S)
