"""The main window: navigation, one page at a time, the status line; pages are built when opened."""

import functools
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from desktop.ui.preferences import Preferences
from desktop.ui.routes import PLACES, SCREENS, Route
from desktop.ui.shell.sidebar import Sidebar
from desktop.ui.shell.status import StatusBar
from desktop.ui.strings import tr
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.toast import Toast

if TYPE_CHECKING:  # pages bring asyncio along, which the first paint does not wait for
    from desktop.ui.desk import Desk
    from desktop.ui.page import Page

FIRST_SIZE = (1240, 820)
SMALLEST = (860, 560)


class MainWindow(QMainWindow):
    """The window. Emits `closing` once when a person closes it, and hides at once."""

    closing = Signal()
    active = Signal(bool)
    """The window came to the front, or went from it."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.setWindowTitle(tr("Teacher Companion"))
        self.theme = theme
        self.was_closed = False
        self._desk: Desk | None = None
        self._pages: dict[str, Page] = {}
        self._past: list[Route] = []
        self._future: list[Route] = []
        self.here: Route | None = None
        self.pages = QStackedWidget()
        self.pages.setObjectName("content")
        self.sidebar = Sidebar(theme, self.go, self.open_palette)
        self.status = StatusBar(self.go)
        main = row(self.sidebar, gap=0)
        main.addWidget(self.pages, 1)
        whole = column(gap=0)
        whole.addLayout(main, 1)
        whole.addWidget(self.status)
        inside = holding(whole, "content")
        self.setCentralWidget(inside)
        self.toast = Toast(inside)
        self._set_up_shortcuts()
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        if preferences.geometry:
            self.restoreGeometry(QByteArray.fromBase64(preferences.geometry.encode()))
        self.sidebar.enable(False)
        self.sidebar.hide()
        self.status.hide()

    @property
    def place_and_size(self) -> str:
        """Qt's own record of where the window stands, in base64."""
        return self.saveGeometry().toBase64().toStdString()

    def show_alone(self, widget: QWidget) -> None:
        """Show a page of no account: the first page, or 'one moment'."""
        self.sidebar.hide()
        self.status.hide()
        if self.pages.indexOf(widget) < 0:
            self.pages.addWidget(widget)
        self.pages.setCurrentWidget(widget)

    def enter(self, desk: "Desk") -> None:
        """Somebody is signed in: open the navigation, on Today."""
        self._desk = desk
        self.sidebar.show()
        self.status.show()
        self.sidebar.enable(True)
        self.go(Route("today"))

    async def leave(self) -> None:
        """Close every page of the account that is left."""
        self.sidebar.enable(False)
        self.status.clear()
        pages, self._pages, self._desk, self.here = self._pages, {}, None, None
        self._past, self._future = [], []
        for page in pages.values():
            await page.close_page()
            self.pages.removeWidget(page)
            page.deleteLater()

    def go(self, route: Route) -> None:
        """Go to `route`, and remember the way back."""
        if self._desk is None or route == self.here:
            return
        if self.here is not None:
            self._past.append(self.here)
        self._future.clear()
        self._show(route)

    def go_back(self) -> None:
        """Go where we were before."""
        if self._past and self.here is not None:
            self._future.append(self.here)
            self._show(self._past.pop())

    def go_forward(self) -> None:
        """Take the last step back again."""
        if self._future and self.here is not None:
            self._past.append(self.here)
            self._show(self._future.pop())

    def page(self, screen: str) -> "Page":
        """The page of `screen`, built now if it never was open."""
        if screen not in self._pages:
            assert self._desk is not None, "there are no pages before somebody is signed in"
            module, name = SCREENS[screen].split(":")
            build: Callable[[Desk], Page] = getattr(importlib.import_module(module), name)
            self._pages[screen] = build(self._desk)
            self.pages.addWidget(self._pages[screen])
        return self._pages[screen]

    def open_palette(self) -> None:
        """Open the palette that goes anywhere."""
        if self._desk is not None:
            from desktop.ui.shell.palette import Palette

            Palette(self, self._desk).open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
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

    def _show(self, route: Route) -> None:
        page = self.page(route.screen)
        self.here = route
        self.sidebar.light(route.screen)
        # A page that is hidden with the focus in it hands it on to whatever comes next.
        self.pages.setFocus()
        self.pages.setCurrentWidget(page)
        page.setFocus()
        page.open(route.subject)

    def _sync_now(self) -> None:
        self.go(Route("sync"))
        run = getattr(self.page("sync"), "sync_now", None) if self._desk else None
        if run is not None:
            run()

    def _undo(self, *, again: bool) -> None:
        """Take back the last step, or bring it again. A text field undoes its own typing first."""
        if self._desk is not None:
            undoing = self._desk.undoing
            (undoing.redo if again else undoing.undo)()

    def _set_up_shortcuts(self) -> None:
        for at, place in enumerate(PLACES):
            self._shortcut(f"Ctrl+{at + 1}", functools.partial(self.go, Route(place.screen)))
        self._shortcut("Ctrl+K", self.open_palette)
        self._shortcut("F5", self._sync_now)
        self._shortcut("Ctrl+R", self._sync_now)
        self._shortcut("Ctrl+Z", lambda: self._undo(again=False))
        for keys in ("Ctrl+Shift+Z", "Ctrl+Y"):
            self._shortcut(keys, lambda: self._undo(again=True))
        self._shortcut("Alt+Left", self.go_back)
        self._shortcut("Alt+Right", self.go_forward)
        self._shortcut("Ctrl+Q", self.close)
        self._shortcut("Ctrl+N", lambda: self.go(Route("generate")))

    def _shortcut(self, keys: str, pressed: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: pressed())
