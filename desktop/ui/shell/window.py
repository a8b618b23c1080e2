"""The main window: navigation, one page at a time, the status line.

What is made when: the frame (place, size, menu bar, ground) before the first paint, the furniture
(commands, navigation, status line, notes) right after it, and a page when it is first opened.
"""

import contextlib
import functools
import importlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop import __version__
from desktop.ui.links import is_link
from desktop.ui.preferences import Preferences
from desktop.ui.routes import SCREENS, Route
from desktop.ui.shell.journey import Journey
from desktop.ui.shell.menus import Menus
from desktop.ui.strings import tr

if TYPE_CHECKING:  # pages bring asyncio along, which the first paint does not wait for
    # Of Qt's classes too: PySide makes one, with every enum in it, when it is first named.
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import (
        QCloseEvent,
        QDragEnterEvent,
        QDragLeaveEvent,
        QDropEvent,
        QMouseEvent,
    )

    from desktop.ui.desk import Desk
    from desktop.ui.page import Page, Standing
    from desktop.ui.shell.finding import Entry
    from desktop.ui.shell.tour import Tour
    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.table import Table

FIRST_SIZE = (1240, 820)
SMALLEST = (860, 560)


class MainWindow(QMainWindow):
    """The window. Emits `closing` once when a person closes it, and hides at once."""

    closing = Signal()
    active = Signal(bool)
    """The window came to the front, or went from it."""
    arrived = Signal()
    """Something was handed to the window from outside; it waits in `handed`."""
    appearance_chosen = Signal(str)
    """A command chose other colours, which are to be kept."""

    def __init__(self, theme: "Theme", preferences: Preferences, *, bare: bool = False) -> None:
        """`bare` makes the frame alone: whoever asks for it calls `furnish` after the first paint.

        A person may close, move or bring to the front a window that is bare; nothing else.
        """
        super().__init__()
        self.setWindowTitle(tr("Teacher Companion"))
        self.theme = theme
        self._widths, self._habits = dict(preferences.widths), dict(preferences.habits)
        self.was_closed = False
        self.desk: Desk | None = None
        self.journey = Journey()
        self._preferences = preferences
        self._pages: dict[str, Page] = {}
        self._standings: dict[Route, Standing] = {}
        self.handed: list[str] = []
        self.tour: Tour | None = None
        self.menus = Menus(self.menuBar())
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        if preferences.geometry:
            self.restoreGeometry(QByteArray.fromBase64(preferences.geometry.encode()))
        if not bare:
            self.furnish()

    def furnish(self) -> None:
        """Put everything into the frame that a person uses."""
        from PySide6.QtWidgets import QStackedWidget

        from desktop.ui.shell.deeds import Deeds
        from desktop.ui.shell.drop_hint import DropHint
        from desktop.ui.shell.sidebar import Sidebar
        from desktop.ui.shell.status import StatusBar
        from desktop.ui.widgets.boxes import column, holding, row
        from desktop.ui.widgets.toast import Toast

        self.theme.furnish()
        self.menus.fill(Deeds(self))
        self.pages = QStackedWidget()
        self.pages.setObjectName("content")
        self.sidebar = Sidebar(self.theme, self.go, self.open_palette)
        self.status = StatusBar(self.go)
        main = row(self.sidebar, gap=0)
        main.addWidget(self.pages, 1)
        whole = column(gap=0)
        whole.addLayout(main, 1)
        whole.addWidget(self.status)
        self._inside = holding(whole, "content")
        self.sidebar.enable(False)
        self.sidebar.hide()
        self.status.hide()
        self.setCentralWidget(self._inside)
        self.toast = Toast(self._inside, self.status)
        self._drop_hint = DropHint(self._inside)
        self.setAcceptDrops(True)

    @property
    def here(self) -> Route | None:
        """Where we are; None before somebody is signed in."""
        return self.journey.here

    @property
    def preferences(self) -> Preferences:
        """The window's habits as they are now."""
        geometry = self.saveGeometry().toBase64().toStdString()
        theme = self.theme
        return replace(
            self._preferences,
            scale=theme.scale,
            motion=theme.motion,
            geometry=geometry,
            widths=self._widths,
            habits=self._habits,
        )

    def hand(self, given: Sequence[str]) -> None:
        """Hand links and paths of files to whoever is signed in, now or later."""
        self.handed += given
        self.arrived.emit()

    def show_alone(self, widget: QWidget) -> None:
        """Show a page of no account: the first page, or 'one moment'."""
        self.toast.clear()  # an 'Undo' would be of the account that is being left
        self.sidebar.hide()
        self.status.hide()
        if self.pages.indexOf(widget) < 0:
            self.pages.addWidget(widget)
        self.pages.setCurrentWidget(widget)

    def enter(self, desk: "Desk") -> None:
        """Somebody is signed in: open the navigation, on Today."""
        self.desk = desk
        self.sidebar.show()
        self.status.show()
        self.sidebar.enable(True)
        self.menus.update()
        self.go(Route("today"))
        self._welcome()

    async def leave(self) -> None:
        """Close every page of the account that is left."""
        if self.tour is not None:
            self.tour.end()
        self.sidebar.enable(False)
        self.status.clear()
        pages, self._pages, self.desk, self.journey = self._pages, {}, None, Journey()
        self._standings.clear()
        self.menus.update()
        async with contextlib.AsyncExitStack() as closing:  # a page that fails keeps no other open
            for page in pages.values():
                closing.push_async_callback(self._close, page)

    async def _close(self, page: "Page") -> None:
        try:
            await page.close_page()
        finally:
            self.pages.removeWidget(page)
            page.deleteLater()

    def go(self, route: Route) -> None:
        """Go to `route`, and remember the way back."""
        if self.desk is None:
            return
        self._remember()
        if self.journey.go(route):
            self._show(route)
        if route.part:
            self.page(route.screen).point_at(route.part)

    def go_back(self) -> None:
        """Go where we were before, and find it as we left it."""
        self._remember()
        self._return_to(self.journey.back())

    def go_forward(self) -> None:
        """Take the last step back again."""
        self._remember()
        self._return_to(self.journey.forward())

    def page(self, screen: str) -> "Page":
        """The page of `screen`, built now if it never was open."""
        if screen not in self._pages:
            assert self.desk is not None, "there are no pages before somebody is signed in"
            self._pages[screen] = self._built(screen, self.desk)
            self.pages.addWidget(self._pages[screen])
            self._remember_columns(screen, self._pages[screen])
            self._remember_habit(screen, self._pages[screen])
        return self._pages[screen]

    def _built(self, screen: str, desk: "Desk") -> "Page":
        module, name = SCREENS[screen].split(":")
        try:
            build: Callable[[Desk], Page] = getattr(importlib.import_module(module), name)
            return build(desk)
        except Exception as error:  # noqa: BLE001  (one screen is broken, the others are not)
            from desktop.ui.shell.fault_page import FaultPage

            return FaultPage(desk, screen, error, lambda: self._rebuild(screen), self._step_back)

    def _rebuild(self, screen: str) -> None:
        """Try once more to build a screen that could not be built."""
        page, here = self._pages.pop(screen), self.here
        self.pages.removeWidget(page)
        page.tasks.cancel()
        page.hide()
        page.deleteLater()
        if here is not None:
            self._show(here)

    def _step_back(self) -> None:
        if self.journey.past:
            self.go_back()
        else:
            self.go(Route("today"))

    def tell_fault(self, error: BaseException) -> None:
        """Say on the page in sight that something of ours broke; everything else lives on."""
        from desktop.ui.page import sentence

        page = None if self.here is None else self._pages.get(self.here.screen)
        if page is not None:
            page.failed(error)
        else:
            self.toast.tell(sentence(error))

    def take_tour(self) -> None:
        """Begin the tour, from its first stop; it is over when somebody says so."""
        from desktop.ui.shell.tour import Tour

        if self.tour is not None:
            self.tour.end()
        self.tour = Tour(self._inside, self.theme, self._tour_ended)

    def _tour_ended(self) -> None:
        self.tour = None
        self._preferences = replace(self._preferences, toured=True)

    def _welcome(self) -> None:
        """Once: the tour. After an update: where to read what is new."""
        before = self._preferences
        self._preferences = replace(before, version=__version__)
        if not before.toured:
            self.take_tour()
        elif before.version not in ("", __version__):
            words = tr("The Companion was updated to {version}.", version=__version__)
            self.toast.tell(words, tr("What is new"), lambda: self.go(Route("help", "new")))

    def open_palette(self) -> None:
        """Open the palette that goes anywhere and does anything."""
        if self.desk is not None and self.here is not None:
            from desktop.ui.shell import palette

            entries = [
                *palette.of_page(self.page(self.here.screen)),
                *palette.of_commands(self.menus.shell),
            ]
            opened = palette.Palette(self, entries, self._preferences.recent, self._choose)
            opened.search_in(self.desk)
            opened.open()

    def _choose(self, entry: "Entry") -> None:
        self._preferences = self._preferences.with_recent(entry.key)
        entry.run()

    def closeEvent(self, event: "QCloseEvent") -> None:  # noqa: N802  (Qt's name)
        """Hide at once; the work behind ends in order, and then the process."""
        event.ignore()
        self.hide()
        self.was_closed = True
        self.closing.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Say when the window comes to the front, so that syncing keeps pace."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.active.emit(self.isActiveWindow())

    def dragEnterEvent(self, event: "QDragEnterEvent") -> None:  # noqa: N802  (Qt's name)
        """Files and links may be dropped, once somebody is signed in."""
        if self.desk is not None and _dropped(event.mimeData()):
            event.acceptProposedAction()
            self._drop_hint.show_over(self.pages)

    def dragLeaveEvent(self, event: "QDragLeaveEvent") -> None:  # noqa: N802  (Qt's name)
        """They went again."""
        self._drop_hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: "QDropEvent") -> None:  # noqa: N802  (Qt's name)
        """Take in what was dropped."""
        self._drop_hint.hide()
        event.acceptProposedAction()
        self.hand(_dropped(event.mimeData()))

    def mousePressEvent(self, event: "QMouseEvent") -> None:  # noqa: N802  (Qt's name)
        """The buttons at the side of a mouse go back and forward, wherever it points."""
        from PySide6.QtCore import Qt

        if event.button() == Qt.MouseButton.BackButton:
            self.go_back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.go_forward()
        else:
            super().mousePressEvent(event)

    def _remember(self) -> None:
        if self.here is not None and self.here.screen in self._pages:
            self._standings[self.here] = self.page(self.here.screen).standing()

    def _return_to(self, route: Route | None) -> None:
        if route is not None:
            self._show(route)
            if route in self._standings:
                self.page(route.screen).stand_again(self._standings[route])

    def _show(self, route: Route) -> None:
        page = self.page(route.screen)
        self.sidebar.light(route.screen)
        # A page that is hidden with the focus in it hands it on to whatever comes next.
        self.pages.setFocus()
        self.pages.setCurrentWidget(page)
        page.setFocus()
        self.menus.update()
        try:
            page.open(route.subject)
        except Exception as error:  # noqa: BLE001  (one screen is broken, the others are not)
            page.failed(error)

    def _remember_columns(self, screen: str, page: "Page") -> None:
        from desktop.ui.widgets.table import Table

        for at, table in enumerate(page.findChildren(Table)):
            name = f"{screen}/{at}"
            table.widths.restore(self._widths.get(name, []))
            table.widths.chosen.connect(functools.partial(self._keep_columns, name, table))

    def _remember_habit(self, screen: str, page: "Page") -> None:
        if screen in self._habits:
            page.take_up(self._habits[screen])
        page.habit_chosen.connect(functools.partial(self._habits.__setitem__, screen))

    def _keep_columns(self, name: str, table: "Table") -> None:
        self._widths[name] = table.widths.remembered()


def _dropped(data: "QMimeData") -> list[str]:
    """The paths of files on this computer, or the link, that is dragged."""
    if data.hasUrls():
        urls = data.urls()
        return [url.toLocalFile() if url.isLocalFile() else url.toString() for url in urls]
    return [data.text().strip()] if data.hasText() and is_link(data.text().strip()) else []
