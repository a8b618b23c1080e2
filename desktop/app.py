"""The window's process: Qt and asyncio joined, the shell shown, services built, an orderly end."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent

from desktop import __version__
from desktop.backend.one_window import OneWindow
from desktop.ui import language, loop
from desktop.ui.links import is_link
from desktop.ui.preferences import Preferences
from desktop.ui.shell import boundary
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme, qt_application

if TYPE_CHECKING:
    from desktop.settings import Settings


def run(settings: "Settings") -> int:
    """Open the window and return the process's exit code."""
    only = OneWindow(settings.profile)
    if not only.take(sys.argv[1:]):
        return 0  # the window that was open has come to the front
    try:
        return _run(settings, only)
    finally:
        only.close()


def _run(settings: "Settings", only: OneWindow) -> int:
    application = qt_application(sys.argv)
    application.setApplicationName("Teacher Companion")
    application.setApplicationVersion(__version__)
    language.speak(application, settings.language)
    preferences = Preferences.load(settings.profile)
    theme = Theme(application, settings.theme, preferences.scale, preferences.motion, bare=True)
    window = MainWindow(theme, preferences, bare=True)
    window.hand([one for one in sys.argv[1:] if is_link(one)])
    if sys.platform == "darwin":
        application.installEventFilter(Opened(window))
    window.show()
    with boundary.fenced(window.tell_fault):
        return loop.run(application, _live_alone(settings, window, only))


class Opened(QObject):
    """What macOS asks the running program to open: links, and files put on its icon."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Hand them to the window."""
        if isinstance(event, QFileOpenEvent):
            self._window.hand([event.file() or event.url().toString()])
            return True
        return super().eventFilter(watched, event)


async def _live_alone(settings: "Settings", window: MainWindow, only: OneWindow) -> int:
    """As `live`; a second window of the profile brings this one to the front instead."""
    import asyncio

    window.furnish()  # the loop has painted the frame
    here = asyncio.get_running_loop()
    only.listen(lambda given: here.call_soon_threadsafe(_come_forward, window, given))
    window.closing.connect(only.deaf)
    return await live(settings, window)


def _come_forward(window: MainWindow, given: list[str]) -> None:
    from PySide6.QtCore import Qt

    if not window.was_closed:
        window.hand([one for one in given if is_link(one)])
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()


async def live(settings: "Settings", window: MainWindow) -> int:
    """Everything between the first paint and the end of the process.

    The window is on screen before this begins; storage, network and the school's process are
    opened behind it. When a person closes the window it hides at once, and the rest ends in
    order: the pages' work, the services, the school's process.
    """
    import asyncio

    from desktop.ui.shell.front_door import FrontDoor

    closed = asyncio.Event()
    window.closing.connect(closed.set)
    if window.was_closed:  # between the first paint and this line
        closed.set()
    door = FrontDoor(settings, window)
    door.open()
    await closed.wait()
    try:
        await door.close()
    finally:
        window.preferences.save(settings.profile)
        window.theme.close()
    return 0
