"""The end of the program: nothing outlives the window."""

import os
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.ui import loop
from desktop.ui.routes import PLACES, Route
from desktop.ui.shell.window import MainWindow
from tests.ui import driving
from tests.ui.driving import click, opened, quiet, said, until

CLOSED_BY_A_PERSON = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from desktop import app
from desktop.settings import Settings
from desktop.ui.shell.window import MainWindow
shown = MainWindow.show
def show_and_close_soon(window):
    shown(window)
    QTimer.singleShot(1500, window.close)
MainWindow.show = show_and_close_soon
sys.exit(app.run(Settings.load(profile=Path(sys.argv[1]))))
"""


def test_the_process_ends_with_nought_and_leaves_no_child(tmp_path: Path) -> None:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CLOSED_BY_A_PERSON, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "QTimer" not in done.stderr
    assert time.monotonic() - started < 30
    assert (tmp_path / "window.json").exists()


SECOND = (
    "import sys; from desktop import app; from desktop.settings import Settings; "
    "from pathlib import Path; sys.exit(app.run(Settings.load(profile=Path(sys.argv[1]))))"
)


def test_a_second_window_brings_the_first_to_the_front_hands_it_its_link_and_ends(
    tmp_path: Path,
) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    noted = CLOSED_BY_A_PERSON.replace("1500, window.close", "12_000, window.close").replace(
        "MainWindow.show = ",
        "MainWindow.raise_ = lambda window: window.close()\n"
        "MainWindow.hand = lambda window, given: print(*given, flush=True)\n"
        "MainWindow.show = ",
    )
    first = subprocess.Popen(
        [sys.executable, "-c", noted, str(tmp_path)], env=environment, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    started = time.monotonic()
    while not (tmp_path / "window-line.json").exists():
        assert time.monotonic() - started < 60
        time.sleep(0.05)
    second = subprocess.run(
        [sys.executable, "-c", SECOND, str(tmp_path), "toolboxai://sync"], env=environment,
        timeout=60, check=False,
    )  # fmt: skip
    assert second.returncode == 0
    said, _ = first.communicate(timeout=30)  # raised, which this first one takes as a sign to close
    assert first.returncode == 0
    assert said.split() == ["toolboxai://sync"], "the link, and not the other arguments"


def test_closing_in_the_middle_of_work_ends_the_school_too(
    qapp: QApplication, tmp_path: Path
) -> None:
    before = set(driving.children_of(os.getpid()))

    async def in_the_middle() -> None:
        async with opened(tmp_path) as window:
            await until(lambda: driving.visible(window, "choose-own"), "the choice")
            click(window, "choose-own")
            await until(lambda: window.here is not None or said(window), "Today")
            assert window.here is not None, said(window)
            await _no_stray_windows(window)
            window.page("generate")
            window.page("sync").sync_now()  # type: ignore[attr-defined]  # the page's own slot

    loop.run(qapp, in_the_middle())
    assert set(driving.children_of(os.getpid())) <= before


async def _no_stray_windows(window: MainWindow) -> None:
    """A widget that is shown before it has a parent would flash as a window of its own."""
    flashed: list[str] = []
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    watched = _Watcher(flashed, window)
    application.installEventFilter(watched)
    for place in PLACES:
        window.go(Route(place.screen))
        await quiet(window)
    application.removeEventFilter(watched)
    assert not flashed


class _Watcher(QObject):
    def __init__(self, flashed: list[str], window: MainWindow) -> None:
        super().__init__()
        self._flashed, self._window = flashed, window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Note each window that shows and is neither ours nor a dialog."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._window
            and not isinstance(watched, QDialog)
        ):
            self._flashed.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False
