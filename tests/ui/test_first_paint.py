"""The first paint: what waits for it, what does not, and that nothing jumps afterwards."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.ui.preferences import Preferences
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme import tokens
from desktop.ui.theme.theme import Theme

TO_THE_FIRST_PAINT = """
import sys
from desktop.ui import loop
def run(application, life):
    life.close()
    application.processEvents()
    print(*sys.modules)
    return 0
loop.run = run
sys.argv[1:] = []
from desktop.__main__ import main
main()
"""
AFTERWARDS = {
    "asyncio", "click", "httpx", "qasync", "sqlite3", "tomllib", "PySide6.QtSvg",
    "desktop.cli", "desktop.services", "desktop.ui.page", "desktop.ui.shell.sidebar",
}  # fmt: skip
"""What costs more than the frame of the window, or is not needed for it."""


def _opened(profile: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", TO_THE_FIRST_PAINT], capture_output=True, text=True, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TOOLBOXAI_PROFILE": str(profile),
             **environment},
    )  # fmt: skip


def test_the_first_paint_waits_for_nothing_it_can_do_without(tmp_path: Path) -> None:
    done = _opened(tmp_path)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "desktop.ui.shell.window" in loaded
    assert not loaded & AFTERWARDS


def test_the_frame_looks_like_the_window_before_anybody_is_signed_in(
    qtbot: QtBot, theme: Theme
) -> None:
    window = MainWindow(theme, Preferences(), bare=True)
    qtbot.addWidget(window)
    window.show()
    bare = window.grab().toImage()
    window.furnish()
    assert window.grab().toImage() == bare


def test_every_menu_has_its_title_at_once_and_its_commands_when_furnished(
    qtbot: QtBot, theme: Theme
) -> None:
    window = MainWindow(theme, Preferences(), bare=True)
    qtbot.addWidget(window)
    menus = window.menuBar().findChildren(QMenu)
    titles = [menu.title() for menu in menus]
    assert titles == ["&File", "&Edit", "&View", "&Go", "&Help"]
    assert not any(menu.actions() for menu in menus)
    window.furnish()
    assert all(menu.actions() for menu in menus)
    assert [menu.title() for menu in window.menuBar().findChildren(QMenu)] == titles


def test_the_frame_is_dark_where_the_system_is(qapp: QApplication) -> None:
    before = qapp.palette()
    dark = QPalette(before)
    dark.setColor(QPalette.ColorRole.Window, QColor("#202020"))
    dark.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
    qapp.setPalette(dark)
    try:
        theme = Theme(qapp, bare=True)
        assert theme.palette == tokens.DARK
        theme.close()
        theme.deleteLater()
    finally:
        qapp.setPalette(before)


def test_a_setting_that_does_not_fit_is_said_before_any_window(tmp_path: Path) -> None:
    done = _opened(tmp_path, TOOLBOXAI_THEME="pink")
    assert done.returncode == 2, done.stderr
    assert "'theme'" in done.stderr
    assert "Traceback" not in done.stderr
