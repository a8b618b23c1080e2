"""Qt without a screen, and Qt's own warnings as failures."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog

from desktop.ui.theme.theme import Theme


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """What pytest-qt makes the application with: as `qt_application` makes the program's."""
    return ["tests", "-style", "fusion"]


@pytest.fixture(autouse=True)
def garbage_is_collected_on_this_thread(qapp: QApplication) -> Iterator[None]:
    """As in the program: a collector that ran on a worker thread would destroy Qt's objects there.

    What a test leaves is collected at its end, so that no later test's thread comes upon it.
    """
    gc.disable()
    yield
    for left in qapp.topLevelWidgets():
        if isinstance(left, QDialog) and left.isVisible():
            left.hide()  # what a failed test leaves open must not be taken for a later one's
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def no_qt_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning of Qt's own fails the test in which it comes."""
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    said: list[str] = []

    def hear(kind: QtMsgType, _context: object, message: str) -> None:
        if kind != QtMsgType.QtDebugMsg and kind != QtMsgType.QtInfoMsg:
            said.append(message)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    unwelcome = [line for line in said if not line.startswith(EXPECTED)]
    assert not unwelcome, unwelcome


EXPECTED = (
    "This plugin does not support",  # the offscreen platform cannot raise or move windows
    "Populating font family aliases",  # slow font look-ups of a machine without the family
)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The theme, in light, closed afterwards."""
    qapp.setQuitOnLastWindowClosed(False)
    made = Theme(qapp, "light")
    yield made
    made.close()
    made.deleteLater()
