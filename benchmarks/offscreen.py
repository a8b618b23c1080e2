"""The one application of a benchmark of the window, without a screen."""

import os

from PySide6.QtWidgets import QApplication

from desktop.ui.theme.theme import qt_application


def application() -> QApplication:
    """The application, made when it is first asked for; painting goes into memory."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else qt_application(["benchmarks"])
