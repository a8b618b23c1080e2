"""The first window painted, from the start of the process, against a bare QMainWindow."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Row, Stopwatch, alternate

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
    print("painted", flush=True)
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
import sys
from pathlib import Path
from desktop.ui import loop
{PAINTED}
def run(application, life):
    life.close()
    wait_for_paint(application)
    return 0
loop.run = run
from desktop import __main__
from desktop.settings import Settings
__main__.open_window(Settings(profile=Path(sys.argv[1])))
"""


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as scratch:
        # Compiled bytecode, as an installed program has it, whatever the environment says.
        subprocess.run([sys.executable, "-m", "compileall", "-q", "desktop"], check=False)
        times = alternate(
            lambda: _until_painted(OURS, str(Path(scratch) / "profile")),
            lambda: _until_painted(FLOOR),
        )
    yield Row("first window painted, warm", "a bare QMainWindow", *times, 1.5, 1.2)


def _until_painted(code: str, *arguments: str) -> float:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, *arguments]
    with (
        Stopwatch() as watch,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child,
    ):
        if child.stdout is None or child.stdout.readline().strip() != "painted":
            raise RuntimeError("The window was not painted.")
        watch.lap()
    return watch.seconds
