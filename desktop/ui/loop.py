"""Qt and asyncio as one loop: the only module that knows qasync."""

import contextlib
import gc
import logging
from collections.abc import Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
Sink = Callable[[BaseException], None]

COLLECT_EVERY_MS = 5_000
GENERATION_1_EVERY, GENERATION_2_EVERY = 6, 60

log = logging.getLogger(__name__)


def run(application: QApplication, main: Coroutine[Any, Any, T]) -> T:
    """Run `main` on one loop that serves Qt and asyncio, and return what it returns.

    What is shown already is painted first: asyncio takes longer to import than a window to paint.
    """
    application.setQuitOnLastWindowClosed(False)
    application.processEvents()
    import qasync

    with qasync.QEventLoop(application) as loop, collecting_here(application):
        return loop.run_until_complete(main)  # type: ignore[no-any-return]  # qasync is untyped


@contextlib.contextmanager
def collecting_here(parent: QObject) -> Iterator[None]:
    """Collect garbage on this thread only, for as long as this lasts.

    The cyclic collector runs on whichever thread allocates, and would destroy widgets on a
    worker thread: Qt aborts the process for it.
    """
    rounds = 0

    def collect() -> None:
        nonlocal rounds
        rounds += 1
        older = 2 if rounds % GENERATION_2_EVERY == 0 else int(rounds % GENERATION_1_EVERY == 0)
        gc.collect(older)

    timer = QTimer(parent)
    timer.timeout.connect(collect)
    timer.start(COLLECT_EVERY_MS)
    gc.disable()
    try:
        yield
    finally:
        timer.stop()
        gc.collect()
        gc.enable()


class Tasks:
    """The running work of one screen: what fails is told to `sink`, closing cancels the rest."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Begin `work`; it is held until it is done."""
        import asyncio

        task = asyncio.get_event_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def cancel(self) -> None:
        """Cancel everything, without waiting."""
        for task in tuple(self._running):
            task.cancel()

    async def close(self) -> None:
        """Cancel everything and wait until it has ended."""
        import asyncio

        self.cancel()
        if self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._running.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._sink(error)
