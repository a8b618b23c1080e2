"""What the commands do to the window: the shell that `desktop.ui.commands` speaks to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton

from desktop import __version__
from desktop.ui.commands import Appearance, EditKey
from desktop.ui.preferences import SCALES
from desktop.ui.routes import Route
from desktop.ui.strings import tr

if TYPE_CHECKING:
    from desktop.ui.shell.window import MainWindow

_KEYS = {
    "cut": QKeySequence.StandardKey.Cut,
    "copy": QKeySequence.StandardKey.Copy,
    "paste": QKeySequence.StandardKey.Paste,
    "select_all": QKeySequence.StandardKey.SelectAll,
}


class Deeds:
    """Does to the window what a command asks for."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window

    @property
    def signed_in(self) -> bool:
        """Whether an account is open."""
        return self._window.desk is not None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a way back."""
        return bool(self._window.journey.past)

    @property
    def can_go_forward(self) -> bool:
        """Whether somebody went back."""
        return bool(self._window.journey.future)

    def go(self, route: Route) -> None:
        """Go to a screen."""
        self._window.go(route)

    def go_back(self) -> None:
        """Go where we were before."""
        self._window.go_back()

    def go_forward(self) -> None:
        """Take the last step back again."""
        self._window.go_forward()

    def press(self, screen: str, name: str) -> None:
        """Go to a screen and press one of its buttons."""
        self._window.go(Route(screen))
        button = self._window.page(screen).findChild(QPushButton, name)
        if button is not None:
            button.click()

    def open_palette(self) -> None:
        """Open the palette."""
        self._window.open_palette()

    def sync_now(self) -> None:
        """Go to Sync, which says what comes of it, and begin."""
        self.press("sync", "sync-now")

    def undo(self, *, again: bool) -> None:
        """Take back the last step, or bring it again. A text field undoes its own typing first."""
        if self._window.desk is not None:
            here = self._window.here
            if here is not None and self._window.page(here.screen).undo_here(again=again):
                return
            undoing = self._window.desk.undoing
            (undoing.redo if again else undoing.undo)()

    def edit(self, key: EditKey) -> None:
        """Press the key for it in the field with the focus, which knows best."""
        field = QApplication.focusWidget()
        if field is None:
            return
        pressed = QKeySequence.keyBindings(_KEYS[key])[0][0]  # type: ignore[index]  # it is
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, pressed.key(), pressed.keyboardModifiers())
            QApplication.sendEvent(field, event)

    def show_appearance(self, appearance: Appearance) -> None:
        """Change the colours of the window, and keep them."""
        self._window.theme.show(appearance=appearance)
        self._window.appearance_chosen.emit(appearance)

    def resize_text(self, step: int) -> None:
        """Make text larger (1), smaller (-1), or as large as the system wants it (0)."""
        theme = self._window.theme
        at = min(range(len(SCALES)), key=lambda one: abs(SCALES[one] - theme.scale)) + step
        theme.show(scale=SCALES[max(0, min(at, len(SCALES) - 1))] if step else SCALES[0])

    def toggle_full_screen(self) -> None:
        """Fill the screen, or stop it."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def show_shortcuts(self) -> None:
        """Show the sheet of shortcuts."""
        from desktop.ui.shell.shortcuts_sheet import ShortcutsSheet

        ShortcutsSheet(self._window).open()

    def help_here(self) -> None:
        """Explain the screen in sight."""
        here = self._window.here
        if here is not None:
            self._window.go(Route("help", here.screen))

    def take_tour(self) -> None:
        """Begin the tour."""
        self._window.take_tour()

    def show_about(self) -> None:
        """Say which version this is."""
        from desktop.ui.widgets.sheet import Sheet

        words = tr("Version {version}. Your classes, lessons and grades, on your own computer.",
                   version=__version__)  # fmt: skip
        sheet = Sheet(self._window, tr("Teacher Companion"), words, tr("Close"))
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.cancel_button.hide()
        sheet.open()

    def close_window(self) -> None:
        """Close the window, and with it the program."""
        self._window.close()
