"""What must hold whatever the monkey does: who hears faults, what grew, whether files are sound."""

import contextlib
import logging
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QWidget

from desktop.cli import checkups
from desktop.settings import Settings
from desktop.ui.leaderboard.projector import Projector
from desktop.ui.shell import boundary
from tests.ui.conftest import EXPECTED

PAGE_B = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4_096


WINDOWS = (QMainWindow, QDialog, Projector)
"""What is meant to be a window of its own."""


class Strays(QObject):
    """Finds every window that opens by itself: a widget that was shown before it lay in one."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.found: list[str] = []

    def __enter__(self) -> "Strays":
        self._application.installEventFilter(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Look at what is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            kind = watched.windowType()
            if kind == Qt.WindowType.Window and not isinstance(watched, WINDOWS):
                self.found.append(f"{type(watched).__name__} is a window of its own\n{_stack()}")
        return False


class Watch(logging.Handler):
    """Hears every exception, every warning of Qt's, and every error that is logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """An error was logged."""
        told = self.format(record)
        self.faults.append(f"logged by {record.name}: {told}")

    @contextlib.contextmanager
    def keeping(self, application: QApplication) -> Iterator[None]:
        """Listen, for as long as this lasts."""
        qt = qInstallMessageHandler(self._qt)
        unraisable, sys.unraisablehook = sys.unraisablehook, self._unraisable
        logging.getLogger().addHandler(self)
        try:
            with boundary.fenced(self._uncaught), Strays(application) as strays:
                strays.found = self.faults
                yield
        finally:
            logging.getLogger().removeHandler(self)
            sys.unraisablehook = unraisable
            qInstallMessageHandler(qt)

    def _qt(self, kind: QtMsgType, _context: object, message: str) -> None:
        quiet = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if kind not in quiet and not message.startswith(EXPECTED):
            self.faults.append(f"Qt: {message}\n{_stack()}")

    def _uncaught(self, error: BaseException) -> None:
        self.faults.append("uncaught: " + "".join(traceback.format_exception(error)))

    def _unraisable(self, told: Any) -> None:
        lines = traceback.format_exception(told.exc_value)
        self.faults.append(f"ignored in {told.object!r}: {''.join(lines)}")


def _stack() -> str:
    return "".join(traceback.format_stack(limit=14)[:-2])


def memory_mb() -> float:
    """What this process holds in memory now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_B / 1e6


def unsound(profile: Path) -> list[str]:
    """What the doctor finds wrong with the files, once nobody has them open."""
    settings = Settings.load(profile=profile)
    checks: tuple[Callable[[Settings], Iterator[checkups.Finding]], ...] = (
        checkups.account, checkups.cache, checkups.school_data,
    )  # fmt: skip
    found = [finding for check in checks for finding in check(settings)]
    return [f"{one.check}: {one.detail}" for one in found if not one.ok]
