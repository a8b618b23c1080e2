"""What the list of tasks says: states in words, and how long something still takes. No Qt."""

from dataclasses import dataclass

from desktop.ui.parts.task_centre import ENDED, LongTask, State
from desktop.ui.strings import mark, plural, tr

LOOKS: dict[State, tuple[str, str, str]] = {
    "running": (mark("Running"), "sync", "accent"),
    "waiting": (mark("Waits"), "clock", "ink_soft"),
    "asks": (mark("Needs your decision"), "warning", "warn"),
    "failed": (mark("Did not work"), "warning", "bad"),
    "interrupted": (mark("Interrupted"), "warning", "warn"),
    "cancelled": (mark("Stopped"), "close", "ink_soft"),
    "done": (mark("Done"), "check", "good"),
}
"""Each state: its word, its icon, and the colour of that."""


@dataclass(frozen=True)
class Told:
    """A task in words."""

    title: str
    words: str
    icon: str
    tone: str
    has_bar: bool


def told(task: LongTask) -> Told:
    """One task as its row shows it."""
    word, icon, tone = LOOKS[task.state]
    # What went wrong is named first; otherwise the stage says it all.
    named = not task.stage or (task.state in ENDED and task.state != "done")
    named = named and task.state != "running" and tr(word) != task.stage
    parts = [tr(word) if named else "", task.stage, left(task.left_s)]
    words = " · ".join(part for part in parts if part)
    return Told(task.title, words, icon, tone, has_bar=task.state == "running")


def left(seconds: float | None) -> str:
    """How long it still takes, as a person says it; "" where nobody can know."""
    if seconds is None:
        return ""
    if seconds < 60:
        return tr("less than a minute left")
    minutes = round(seconds / 60)
    return plural("about {count} minute left", "about {count} minutes left", minutes)


def glance(tasks: list[LongTask]) -> str:
    """The few words at the foot of the window; "" when nothing wants to be seen."""
    running = [task for task in tasks if task.state == "running"]
    troubled = sum(1 for task in tasks if task.state in ("asks", "failed", "interrupted"))
    if len(running) == 1:
        share = running[0].share
        return running[0].title if share is None else f"{running[0].title} · {share:.0%}"
    if running:
        return plural("{count} task runs", "{count} tasks run", len(running))
    if troubled:
        return plural("{count} task wants a look", "{count} tasks want a look", troubled)
    return ""
