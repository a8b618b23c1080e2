"""The Qt that is locked, on the Python that runs it."""

import subprocess
import sys

EMIT = """
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rang = Signal(bool)
heard = []
bell = Bell()
bell.rang.connect(heard.append)
for _ in range(1_000):
    bell.rang.emit(True)
print(len(heard), all(heard))
"""


def test_a_thousand_signals_leave_the_interpreter_alive() -> None:
    # PySide6 6.12.0 on CPython 3.11 loses a reference to True with each emit, and aborts.
    done = subprocess.run([sys.executable, "-c", EMIT], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "1000 True\n"), done.stderr
