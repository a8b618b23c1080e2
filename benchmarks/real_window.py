"""The real window on a Local school of 100,000 records: how it feels while all of it comes in.

`python -m benchmarks.real_window PROFILE` prints what it found as JSON. A heartbeat measures how
late the window's loop is; edits are made as a person makes them, and each page is opened.
"""

import asyncio
import ctypes
import dataclasses
import gc
import json
import os
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from benchmarks import offscreen
from desktop import app
from desktop.actions import xp
from desktop.settings import Settings
from desktop.storage import records
from desktop.ui import loop
from desktop.ui.preferences import Preferences
from desktop.ui.routes import PLACES, Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import Theme
from tests.ui.driving import click, until, visible

BEAT_MS = 5
EDIT_EVERY_S = 0.1
IDLE_S = 5.0
PATIENCE_S = 120.0


class Heart(QObject):
    """Beats every `BEAT_MS`; `late` holds by how many seconds each beat was late."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def beats(self) -> list[float]:
        """What was heard since the last time, which begins anew."""
        heard, self.late, self._last = self.late, [], time.perf_counter()
        return heard

    def start(self) -> None:
        self._last = time.perf_counter()
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._last - BEAT_MS / 1_000))
        self._last = now


def main(profile: Path) -> None:
    """Open the window, watch it, and print what was seen."""
    qt = offscreen.application()
    bare = QMainWindow()
    bare.show()
    qt.processEvents()
    found: dict[str, object] = {"bare_mb": memory_mb()}
    bare.close()
    settings = dataclasses.replace(
        Settings.load(profile=profile), studio_plugins=profile / "Studio plugins"
    )
    window = MainWindow(Theme(qt, "light"), Preferences(toured=True))
    window.show()
    loop.run(qt, _watched(settings, window, found))
    print(json.dumps(found))


async def _watched(settings: Settings, window: MainWindow, found: dict[str, object]) -> None:
    living = asyncio.ensure_future(app.live(settings, window))
    heart = Heart()
    await until(lambda: visible(window, "choose-own"), "the choice", PATIENCE_S)
    heart.start()
    await asyncio.sleep(1)
    found["idle"] = heart.beats()
    click(window, "choose-own")
    await until(lambda: window.here is not None, "Today", PATIENCE_S)
    heart.beats()
    found["edits"] = await _edit_while_it_syncs(window)
    found["busy"] = heart.beats()
    heart.stop()
    found["pages_mb"] = await _open_pages(window)
    window.go(Route("today"))
    await asyncio.sleep(1)
    found["wake_ups"] = await _wake_ups()
    window.close()
    await living


async def _edit_while_it_syncs(window: MainWindow) -> list[float]:
    """Award XP every now and then until all is there; the seconds until each was saved."""
    assert window.desk is not None
    services = window.desk.services
    took: list[float] = []
    chance = random.Random(1)
    end = time.monotonic() + PATIENCE_S
    while services.sync.status.last_synced is None or len(took) < 5:
        if time.monotonic() > end:
            raise RuntimeError("The first sync did not end.")
        await asyncio.sleep(EDIT_EVERY_S)
        find = services.ask(records.find, "students", limit=30)
        students = await asyncio.wrap_future(find)
        if not students:
            continue
        one = chance.choice(students)
        began = time.perf_counter()
        given = services.act(xp.award, one.local["class_ids"][0], [one.id], 5, "Measured")
        await asyncio.wrap_future(given)
        took.append(time.perf_counter() - began)
    return took


async def _open_pages(window: MainWindow) -> dict[str, float]:
    """The memory after each page was opened."""
    held = {"first sync": memory_mb()}
    for place in PLACES:
        window.go(Route(place.screen))
        await asyncio.sleep(0.5)
        held[place.screen] = memory_mb()
    return held


async def _wake_ups() -> float:
    """How often a second any thread of the process wakes while nobody does anything."""
    before = _switches()
    await asyncio.sleep(IDLE_S)
    return (_switches() - before) / IDLE_S


def _switches() -> int:
    """How often the threads went to sleep and were woken (Linux)."""
    total = 0
    for status in Path("/proc/self/task").glob("*/status"):
        line = next(one for one in status.read_text().splitlines() if one.startswith("voluntary"))
        total += int(line.split()[1])
    return total


def memory_mb() -> float:
    """What the process holds of memory, once the allocator has given back what it can (Linux)."""
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


if __name__ == "__main__":
    main(Path(sys.argv[1]))
