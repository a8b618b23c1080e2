"""Clicks and types at random on the real window: `python -m tests.ui.monkey --seed 1`."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import argparse
import asyncio
import ctypes
import faulthandler
import gc
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from desktop.ui import loop
from desktop.ui.routes import PLACES, Route
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme.theme import qt_application
from tests.ui import driving
from tests.ui.monkey.census import Census
from tests.ui.monkey.hands import Hands, in_front
from tests.ui.monkey.watch import Watch, memory_mb, unsound

WARM_UP = 0.4
"""The share of the deeds after which every screen has been built, and memory is counted from."""
MOST_GROWTH_MB = 60.0
BAD_WEATHER = 0.02
"""The share of deeds that are the network's."""
DEEDS_AN_HOUR = 600
"""What a busy teacher does in an hour: something every six seconds, without a pause."""
LONGEST_DIALOG = 15
"""Deeds after which the monkey wants out of a dialog, with Escape."""


def main(arguments: list[str]) -> int:
    """Let the monkey in; its deeds are told.

    A seed draws the same chances again, from what is in sight then: that comes out as before as
    long as the machine is about as quick.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.ui.monkey", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what all chance is drawn from")
    how_long = parser.add_mutually_exclusive_group()
    how_long.add_argument("--deeds", type=int, default=150, help="how many")
    how_long.add_argument("--hours", type=float, default=0.0,
                          help=f"as many as hours, at {DEEDS_AN_HOUR} an hour")  # fmt: skip
    parser.add_argument("--count-every", type=int, default=0, metavar="DEEDS",
                        help="tell so often what there is more of in memory")  # fmt: skip
    asked = parser.parse_args(arguments)
    deeds = round(asked.hours * DEEDS_AN_HOUR) or asked.deeds
    faulthandler.enable()
    profile, began = Path(tempfile.mkdtemp(prefix="monkey-")), time.monotonic()
    watch = Watch()
    application = qt_application(sys.argv)
    with watch.keeping(application):
        try:
            monkey = Monkey(asked.seed, deeds, asked.count_every, profile, watch)
            grown = loop.run(application, monkey.play())
        except AssertionError:  # what was heard before often says why
            print(*watch.faults, sep="\n")
            raise
        finally:
            gc.collect()
    faults = [*watch.faults, *unsound(profile)]
    if grown > MOST_GROWTH_MB:
        faults.append(f"Memory grew by {grown:.0f} MB.")
    shutil.rmtree(profile, ignore_errors=True)
    print(*faults, sep="\n")
    seconds = time.monotonic() - began
    print(f"seed {asked.seed}: {deeds} deeds in {seconds:.0f} s, {grown:+.0f} MB, "
          f"{len(faults)} faults")  # fmt: skip
    return 1 if faults else 0


class Monkey:
    """One monkey at one window, on a profile of its own."""

    def __init__(
        self, seed: int, deeds: int, count_every: int, profile: Path, watch: Watch
    ) -> None:
        self._seed, self._deeds, self._count_every = seed, deeds, count_every
        self._profile, self._watch = profile, watch
        self._in_dialog = 0
        self._at = 0
        self._warm_mb = 0.0
        self._before: Census | None = None

    async def play(self) -> float:
        """Do every deed; returns by how many megabytes memory grew after the warm-up.

        A monkey that quits opens the program again, on the same profile.
        """
        grown = None
        while grown is None:
            async with driving.opened(self._profile) as window:
                try:
                    grown = await self._evening(window)
                except AssertionError:  # a dead end: what everything waits for says where it is
                    for task in asyncio.all_tasks():
                        task.print_stack(limit=8, file=sys.stdout)
                    raise
            left = driving.children_of(os.getpid())
            if left:
                self._watch.faults.append(f"{len(left)} processes outlived the window: {left}")
        return grown

    async def _evening(self, window: MainWindow) -> float | None:
        """The deeds of one opening; None when the monkey quit, else how memory grew in all."""
        if self._at == 0:
            await driving.in_sample_school(window)
        await driving.until(lambda: _open(window), "the first page, or an account")
        hands = Hands(window, self._profile / "files")
        while self._at < self._deeds and not window.was_closed:
            at, self._at = self._at, self._at + 1
            # Chance of its own for each deed: one that came out otherwise moves no other.
            await self._step(window, hands, at, random.Random(f"{self._seed}/{at}"))
            if at == int(self._deeds * WARM_UP):
                self._warm_mb = _collected()
            if self._count_every and at % self._count_every == 0:
                await _settled(window)  # who holds every object must not meet one half made
                self._count(at)
        if window.was_closed:
            print(f"{self._at:4} quit, and opened again", flush=True)
            return None
        await self._rest(window)
        return _collected() - self._warm_mb

    async def _step(self, window: MainWindow, hands: Hands, at: int, chance: random.Random) -> None:
        heard = len(self._watch.faults)
        if chance.random() < BAD_WEATHER and window.desk is not None:
            words, do = "", lambda: None
            await _weather(window, at, chance)
        else:
            words, do = hands.draw(chance)
            print(f"{at:4} {_where(window)}: {words}", flush=True)
        await driving.outside_of_tasks(do)
        await asyncio.sleep(chance.choice((0.0, 0.0, 0.02, 0.1)))
        if chance.random() < 0.7:  # else the next deed comes before this one's work is done
            await _settled(window)
        await self._no_trap(window)
        assert window.was_closed or window.isVisible(), "no window is in sight, and nobody quit"
        for fault in self._watch.faults[heard:]:
            print(f"     FAULT {fault}", flush=True)

    def _count(self, at: int) -> None:
        _collected()
        now = Census.taken()
        print(f"{at:4} census: {now.more_than(self._before or now)}", flush=True)
        self._before = now

    async def _no_trap(self, window: MainWindow) -> None:
        """Whatever lies over the window goes away with Escape."""
        self._in_dialog = 0 if in_front(window) is window else self._in_dialog + 1
        if self._in_dialog > LONGEST_DIALOG:
            await _escape(window)
            self._in_dialog = 0

    async def _rest(self, window: MainWindow) -> None:
        """The window answers: dialogs close, every screen comes, the account syncs."""
        await _escape(window)
        await driving.until(lambda: _open(window), "the first page, or an account")
        if window.desk is None:
            return
        for place in PLACES:
            window.go(Route(place.screen))
            await driving.quiet(window)
        window.desk.services.sync.now()
        await driving.until(lambda: window.status._sync.text() not in ("", "Saving…"), "a sync")
        await _escape(window)
        left = [one for one in QApplication.allWidgets() if isinstance(one, QDialog)]
        if left:
            names = sorted({type(one).__name__ for one in left})
            self._watch.faults.append(f"{len(left)} dialogs were never let go: {names}")


def _open(window: MainWindow) -> bool:
    """Whether an account is open, or the first page offers something."""
    found = window.pages.findChildren(QAbstractButton)
    return window.desk is not None or any(one.isVisible() and one.isEnabled() for one in found)


def _where(window: MainWindow) -> str:
    front = in_front(window)
    over = "" if front is window else f" under {type(front).__name__}"
    return f"{window.here.screen if window.here else 'first page'}{over}"


async def _settled(window: MainWindow) -> None:
    if window.here is not None and window.desk is not None:
        page = window.page(window.here.screen)
        await driving.until(
            lambda: window.desk is None or not page.isVisible() or not page._refreshing,
            f"the page {type(page).__name__}",
        )


async def _escape(window: MainWindow) -> None:
    for _ in range(12):
        front = in_front(window)
        if front is window:
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            return
        driving.key(front, Qt.Key.Key_Escape)
        await asyncio.sleep(0.1)
    raise AssertionError(f"no way out of {type(in_front(window)).__name__}")


async def _weather(window: MainWindow, at: int, chance: random.Random) -> None:
    """The school crashes, hangs for a moment, or the network comes back."""
    assert window.desk is not None
    services = window.desk.services
    school = services.line.school
    process = None if school is None else school._process
    kind = chance.choice(("crash", "hang", "online", "away"))
    print(f"{at:4} {_where(window)}: weather, {kind}", flush=True)
    if kind == "online":
        services.sync.went_online()
    elif kind == "away":
        services.sync.set_active(False)
        services.sync.set_active(True)
    elif process is not None and process.returncode is None:
        process.send_signal(signal.SIGKILL if kind == "crash" else signal.SIGSTOP)
        await asyncio.sleep(0.5)
        if kind == "hang":
            process.send_signal(signal.SIGCONT)


def _collected() -> float:
    gc.collect()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)  # what the allocator keeps in its holes is not grown
    return memory_mb()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
