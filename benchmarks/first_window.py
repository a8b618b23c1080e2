"""The first window painted, from the start of the process, against a bare QMainWindow.

Ours goes through the program's own door, on a profile that was used before.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Row, Stopwatch, alternate
from desktop.ui.preferences import Preferences

PAINTED = """
from PySide6.QtCore import QEvent, QObject
class Painted(QObject):
    seen = False
    def eventFilter(self, watched, event):
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False
def wait_for_paint(application):
    eye = Painted()
    application.installEventFilter(eye)
    while not eye.seen:
        application.processEvents()
    print("there", flush=True)
"""
FLOOR = f"""
{PAINTED}
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
wait_for_paint(application)
"""
OURS = f"""
from desktop.ui import loop
{PAINTED}
def run(application, life):
    life.close()
    wait_for_paint(application)
    return 0
loop.run = run
from desktop.__main__ import main
main()
"""
CHOICES = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from desktop.ui.shell.window import MainWindow
shown = MainWindow.show
def show(window):
    shown(window)
    def look():
        choice = window.findChild(QWidget, "choose-sample")
        if choice is not None and choice.isVisible():
            print("there", flush=True)
            os._exit(0)
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(2)
MainWindow.show = show
from desktop.__main__ import main
main()
"""


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as scratch:
        profile = Path(scratch)
        Preferences(toured=True).save(profile)
        # Compiled bytecode, as an installed program has it, whatever the environment says.
        subprocess.run([sys.executable, "-m", "compileall", "-q", "desktop"], check=False)
        times = alternate(lambda: _until_there(OURS, profile), lambda: _until_there(FLOOR, profile))
        usable = statistics.median(_until_there(CHOICES, profile) for _ in range(3))
    note = f"the first page's choices are there after {usable * 1000:.0f} ms"
    yield Row("first window painted, warm", "a bare QMainWindow", *times, 1.5, 1.2, note)


def _until_there(code: str, profile: Path) -> float:
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "TOOLBOXAI_PROFILE": str(profile)
    }  # fmt: skip
    with (
        Stopwatch() as watch,
        subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
        ) as child,
    ):
        if child.stdout is None or child.stdout.readline().strip() != "there":
            raise RuntimeError("The window did not come.")
        watch.lap()
    return watch.seconds
