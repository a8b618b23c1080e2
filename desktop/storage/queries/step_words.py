"""Says what a step of the teacher was about: one thing by name, many things by number."""

from collections import Counter
from dataclasses import dataclass

from desktop.storage import conflicts, history, steps
from desktop.storage.history import Change
from desktop.storage.queries.words import Words
from desktop.storage.sql import Connection
from desktop.storage.steps import Step


@dataclass(frozen=True)
class StepInWords:
    """A step, and what it changed."""

    step: Step
    words: str
    """What it was about, where that is one record; else ""."""
    counts: tuple[tuple[str, int], ...]
    """How many records of each collection it changed, the most first."""


def about(connection: Connection, step: int) -> StepInWords | None:
    """One step in words, or None where there is none of that number."""
    found = steps.get(connection, step)
    return None if found is None else _in_words(connection, found)


def about_what_was_undone(connection: Connection, step: int) -> StepInWords | None:
    """What an undo took back, in words: what it was when it was done, not its taking back."""
    found = steps.get(connection, step)
    if found is not None and found.kind == "undo" and found.undoes is not None:
        return about(connection, found.undoes)
    return about(connection, step)


def next_ones(connection: Connection) -> tuple[StepInWords | None, StepInWords | None]:
    """What an undo would take back now, and what a redo would bring back."""
    last, undone = steps.to_undo(connection), steps.to_redo(connection)
    return (
        None if last is None else about_what_was_undone(connection, last.undoes or last.id),
        None if undone is None else about_what_was_undone(connection, undone.id),
    )


def recent(connection: Connection, limit: int = 20) -> list[StepInWords]:
    """The newest steps in words, the newest first."""
    return [_in_words(connection, step) for step in steps.recent(connection, limit)]


def _in_words(connection: Connection, step: Step) -> StepInWords:
    changes = history.of_step(connection, step.id)
    names = dict.fromkeys((one.collection, one.id) for one in changes)
    for conflict in conflicts.decided_in(connection, step.id):
        names.setdefault((conflict.collection, conflict.record_id))
    counts = Counter(collection for collection, _ in names)
    words = _single(Words(connection), changes) if len(names) == 1 and changes else ""
    return StepInWords(step, words, tuple(counts.most_common()))


def _single(words: Words, changes: list[Change]) -> str:
    change = changes[0]
    if change.field:
        patch = {one.field: one.new for one in changes if one.field}
        return words.about(change.collection, change.id, "update", patch)
    if change.new is None:
        return words.about(change.collection, change.id, "delete", change.old or {})
    return words.about(change.collection, change.id, "create", change.new)
