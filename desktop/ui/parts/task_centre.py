"""The task centre: every piece of long work in one list, with its stage and what can be done.

Work in this process is wrapped in `doing`; work that is kept elsewhere (pushes, syncing) comes in
through a `Source`. A line in a small journal outlives the program, so that work which ended with
it is told of at the next start instead of being forgotten. No Qt; it belongs to one loop.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from desktop import private_files
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError
from desktop.ui.routes import Route
from desktop.ui.strings import tr

State = Literal["waiting", "running", "asks", "done", "failed", "cancelled", "interrupted"]
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled", "interrupted"})
_ORDER: tuple[State, ...] = (
    "running", "asks", "failed", "interrupted", "waiting", "cancelled", "done",
)  # fmt: skip
MOST_ENDED = 20
LEAST_SHARE, LEAST_S = 0.05, 2.0
"""Before so much is done, and so long after the beginning, nobody can say when it ends."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LongTask:
    """One piece of long work, as the list shows it."""

    id: str
    title: str
    state: State
    stage: str = ""
    """What it does just now, or why it ended."""
    share: float | None = None
    """How much is done, from 0 to 1; None where nobody can know."""
    left_s: float | None = None
    """How many seconds are left, as far as can be told."""
    route: Route | None = None
    """Where it can be looked at."""
    can_cancel: bool = False
    can_retry: bool = False


class Source(Protocol):
    """Long work that is kept somewhere else."""

    def tasks(self) -> Sequence[LongTask]:
        """What there is now."""

    def cancel(self, task_id: str) -> None:
        """Stop one of them."""

    def retry(self, task_id: str) -> None:
        """Begin one of them again."""


class Doing:
    """A running piece of work, in the hands of whoever does it."""

    def __init__(self, centre: "TaskCentre", task_id: str, begun: float) -> None:
        self._centre, self._id, self._begun = centre, task_id, begun

    def tell(self, stage: str, share: float | None = None) -> None:
        """Say what is being done, and how much of all is behind us."""
        past = self._centre.clock.monotonic() - self._begun
        left = _left(past, share)
        self._centre.change(self._id, stage=stage, share=share, left_s=left)


class TaskCentre:
    """The list. `subscribe` to hear of every change of it."""

    def __init__(self, clock: Clock, journal: Path) -> None:
        self.clock = clock
        self._journal = journal
        self._tasks: dict[str, LongTask] = {}
        self._running: dict[str, asyncio.Task[object]] = {}
        self._again: dict[str, Callable[[], object]] = {}
        self._sources: list[Source] = []
        self._listeners: list[Callable[[], None]] = []
        self._last = 0

    @contextlib.asynccontextmanager
    async def doing(
        self,
        title: str,
        *,
        route: Route | None = None,
        again: Callable[[], object] | None = None,
    ) -> AsyncIterator[Doing]:
        """Show what happens inside as one piece of work; cancelling it cancels the caller's task.

        `again` begins it anew, should it fail. An error is shown here and raised on.
        """
        task_id = self._begin(title, route, again)
        try:
            await self._note()
            yield Doing(self, task_id, self.clock.monotonic())
        except asyncio.CancelledError:
            self._end(task_id, "cancelled", tr("What was saved before stays, and can be undone."))
            raise
        except BaseException as error:
            known = isinstance(error, CompanionError)
            self._end(task_id, "failed", str(error) if known else tr("It did not work."))
            raise
        else:
            self._end(task_id, "done", "")
        finally:
            await asyncio.shield(self._note())

    def add(self, source: Source) -> None:
        """Show the work of a source too."""
        self._sources.append(source)
        self.changed()

    def tasks(self) -> list[LongTask]:
        """All there is: what runs first, then what wants a look, then what waits, then the rest."""
        own = list(self._tasks.values())[::-1]
        others = [task for source in self._sources for task in source.tasks()]
        found = sorted((*own, *others), key=lambda task: _ORDER.index(task.state))
        ended = [task for task in found if task.state in ENDED]
        return [task for task in found if task.state not in ENDED] + ended[:MOST_ENDED]

    def cancel(self, task_id: str) -> None:
        """Stop a task."""
        if task_id in self._running:
            self._running[task_id].cancel()
            return
        for source in self._sources:
            source.cancel(task_id)

    def retry(self, task_id: str) -> None:
        """Begin a task again, and take the failed line away."""
        again = self._again.pop(task_id, None)
        if again is not None:
            self._tasks.pop(task_id, None)
            self.changed()
            again()
            return
        for source in self._sources:
            source.retry(task_id)

    def clear(self) -> None:
        """Take away what has ended."""
        self._tasks = {id_: one for id_, one in self._tasks.items() if one.state not in ENDED}
        self._again = {id_: one for id_, one in self._again.items() if id_ in self._tasks}
        self.changed()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have `listener` called after each change; returns what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def change(self, task_id: str, **changes: object) -> None:
        """Change what a task of ours shows."""
        if task_id in self._tasks:
            self._tasks[task_id] = replace(self._tasks[task_id], **changes)  # type: ignore[arg-type]
            self.changed()

    def changed(self) -> None:
        """Something changed, here or in a source."""
        for listener in list(self._listeners):
            listener()

    async def recall(self) -> None:
        """Tell of what was running when the program ended last."""
        for title, screen, subject in await asyncio.to_thread(_read, self._journal):
            task_id = self._next_id()
            route = Route(screen, subject) if screen else None
            stage = tr("The Companion was closed meanwhile. Begin it again, please.")
            self._tasks[task_id] = LongTask(task_id, title, "interrupted", stage, route=route)
        await self._note()
        self.changed()

    def _begin(self, title: str, route: Route | None, again: Callable[[], object] | None) -> str:
        task_id = self._next_id()
        current = asyncio.current_task()
        if current is not None:
            self._running[task_id] = current
        if again is not None:
            self._again[task_id] = again
        self._tasks[task_id] = LongTask(
            task_id, title, "running", route=route, can_cancel=current is not None
        )
        self.changed()
        return task_id

    def _end(self, task_id: str, state: State, stage: str) -> None:
        self._running.pop(task_id, None)
        retry = task_id in self._again and state in ("failed", "cancelled")
        share = 1.0 if state == "done" else None
        self.change(
            task_id, state=state, stage=stage, share=share, left_s=None, can_cancel=False,
            can_retry=retry,
        )  # fmt: skip

    def _next_id(self) -> str:
        self._last += 1
        return f"own-{self._last}"

    async def _note(self) -> None:
        lines = [
            {"title": task.title, **(asdict(task.route) if task.route else {})}
            for task in self._tasks.values()
            if task.state == "running"
        ]
        await asyncio.to_thread(_write, self._journal, lines)


def _left(past: float, share: float | None) -> float | None:
    if share is None or share < LEAST_SHARE or past < LEAST_S:
        return None
    return past * (1 - share) / share


def _write(file: Path, lines: list[dict[str, object]]) -> None:
    """A full disk costs the list its memory, nothing else."""
    try:
        if lines:
            private_files.write(file, json.dumps(lines).encode())
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("The list of running tasks could not be kept (%s).", error)


def _read(file: Path) -> list[tuple[str, str, str]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    lines = found if isinstance(found, list) else []
    return [
        (str(one.get("title", "")), str(one.get("screen", "")), str(one.get("subject", "")))
        for one in lines[:MOST_ENDED]
        if isinstance(one, dict) and one.get("title")
    ]
