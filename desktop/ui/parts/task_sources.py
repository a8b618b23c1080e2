"""Long work that the services keep: rounds of syncing and pushes into Studio. No Qt."""

from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from desktop.storage.pushes import StoredPush
from desktop.ui.parts.task_centre import LongTask, State
from desktop.ui.routes import Route
from desktop.ui.strings import mark, plural, tr

if TYPE_CHECKING:
    from desktop.services import Services

Run = Callable[[Coroutine[Any, Any, Any]], object]
SYNC = "sync"
MOST_PUSHES = 12
_PUSHES: dict[str, tuple[State, str, float | None]] = {
    "queued": ("waiting", mark("Waits for Studio"), None),
    "offered": ("running", mark("Asking Studio"), 0.2),
    "planned": ("running", mark("Asking Studio"), 0.4),
    "committing": ("running", mark("Going in"), 0.7),
    "conflict": ("failed", mark("Needs your decision"), None),
    "failed": ("failed", mark("Did not work"), None),
    "landed": ("done", mark("Verified in Studio"), 1.0),
    "undone": ("done", mark("Taken back"), 1.0),
}
"""Each state of a push that is long work: its own, its words, and how far it is."""


class Pushes:
    """Pushes into Studio; they are kept in the cache, and go on after a restart."""

    def __init__(self, services: "Services", run: Run) -> None:
        self._studio, self._run = services.studio, run

    def tasks(self) -> Sequence[LongTask]:
        """The newest pushes."""
        return [
            _of_push(push) for push in self._studio.pushes()[:MOST_PUSHES] if push.state in _PUSHES
        ]

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
