"""Long work that the services keep: syncing, pushes into Studio, lessons being written. No Qt."""

import asyncio
from asyncio import wrap_future
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from desktop.storage import lesson_jobs
from desktop.storage.lesson_jobs import StoredJob
from desktop.storage.pushes import StoredPush
from desktop.ui.parts.task_centre import LongTask, State
from desktop.ui.routes import Route
from desktop.ui.strings import mark, plural, tr

if TYPE_CHECKING:
    from desktop.services import Services

Run = Callable[[Coroutine[Any, Any, Any]], object]
SYNC = "sync"
MOST_PUSHES = MOST_LESSONS = 12
_LESSON = "lesson-"
_PUSHES: dict[str, tuple[State, str, float | None]] = {
    "queued": ("waiting", mark("Waits for Studio"), None),
    "offered": ("running", mark("Asking Studio"), 0.2),
    "planned": ("running", mark("Asking Studio"), 0.4),
    "committing": ("running", mark("Going in"), 0.7),
    "conflict": ("asks", mark("Needs your decision"), None),
    "failed": ("failed", mark("Did not work"), None),
    "landed": ("done", mark("Verified in Studio"), 1.0),
    "undone": ("done", mark("Taken back"), 1.0),
}
"""Each state of a push that is long work: its own, its words, and how far it is."""


class Pushes:
    """Pushes into Studio; they are kept in the cache, and go on after a restart."""

    def __init__(self, services: "Services", run: Run, changed: Callable[[], object]) -> None:
        self._studio, self._run, self._changed = services.studio, run, changed
        self._pushes: list[StoredPush] = []

    async def load(self) -> None:
        """Ask for them anew, beside the window: at the beginning, and when one changed."""
        self._pushes = await asyncio.to_thread(self._studio.pushes)
        self._changed()

    def tasks(self) -> Sequence[LongTask]:
        """The newest pushes."""
        return [_of_push(push) for push in self._pushes[:MOST_PUSHES] if push.state in _PUSHES]

    def cancel(self, task_id: str) -> None:
        """A push that is under way is Studio's; there it is undone as a whole."""

    def retry(self, task_id: str) -> None:
        """Queue a failed push again."""
        push_id = task_id.removeprefix("push-")
        if push_id != task_id:
            self._run(self._studio.choose_window(push_id, ""))


def _of_push(push: StoredPush) -> LongTask:
    state, words, share = _PUSHES[push.state]
    return LongTask(
        f"push-{push.id}",
        tr("Push “{title}” to Studio", title=push.title),
        state,
        push.reason if push.state == "failed" and push.reason else tr(words),
        share=share if state == "running" else None,
        route=Route("studio"),
        can_retry=push.state == "failed",
    )


class Lessons:
    """Lessons asked of a server; they are kept in the cache, and go on after a restart."""

    def __init__(self, services: "Services", run: Run, changed: Callable[[], object]) -> None:
        self._services, self._run, self._changed = services, run, changed
        self._jobs: list[StoredJob] = []

    async def load(self) -> None:
        """Ask for them anew: at the beginning, and when one changed."""
        self._jobs = await wrap_future(self._services.ask(lesson_jobs.listed))
        self._changed()

    def tasks(self) -> Sequence[LongTask]:
        """The newest of them."""
        return [_of_job(job) for job in self._jobs[:MOST_LESSONS]]

    def cancel(self, task_id: str) -> None:
        """Give one up."""
        job_id = task_id.removeprefix(_LESSON)
        if job_id != task_id:
            self._run(self._services.lessons.cancel(job_id))

    def retry(self, task_id: str) -> None:
        """Go on with one that stopped."""
        job_id = task_id.removeprefix(_LESSON)
        if job_id != task_id:
            self._run(self._services.lessons.resume(job_id))


def _of_job(job: StoredJob) -> LongTask:
    ended = job.state in ("failed", "cancelled")
    return LongTask(
        f"{_LESSON}{job.id}",
        tr("Write a lesson: {title}", title=job.title),
        job.state,
        job.detail if ended or job.state == "waiting" else job.words,
        route=Route("generate"),
        can_cancel=job.state in ("waiting", "running"),
        can_retry=ended and job.retryable,
    )


class Rounds:
    """The round of syncing that runs."""

    def __init__(self, services: "Services") -> None:
        self._sync = services.sync

    def tasks(self) -> Sequence[LongTask]:
        """One task while a round runs; quiet ones are over before anybody could read of them."""
        status = self._sync.status
        if not status.syncing:
            return []
        got = plural("{count} record taken in", "{count} records taken in", status.pulled)
        stage = got if status.pulled else tr("Asking the school what is new")
        return [LongTask(SYNC, tr("Sync"), "running", stage, route=Route("sync"))]

    def cancel(self, task_id: str) -> None:
        """A round is over soon, and can be cut off at any moment without harm."""

    def retry(self, task_id: str) -> None:
        """Ask for a round."""
        if task_id == SYNC:
            self._sync.now()
