"""Taking back what was done, step by step, also after a restart; and bringing it back again.

An undo is an edit like any other: it goes into the history, waits, and is sent. It never writes
over what somebody else has decided since, and it takes a step back as a whole or not at all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

import msgspec

from desktop.classroom import instants
from desktop.classroom.records import APPEND_ONLY, COLLECTIONS
from desktop.errors import Refused
from desktop.sentences import say
from desktop.storage import conflicts, history, kin, ops, outbox, records, steps
from desktop.storage.errors import InvalidEdit
from desktop.storage.history import SERVER, Change
from desktop.storage.records import Json, StoredRecord
from desktop.storage.steps import Step
from desktop.storage.transaction import Transaction

P = ParamSpec("P")
T = TypeVar("T")

TAKEN_BACK, GIVEN_AGAIN = "Taken back: ", "Given again: "
"""How the award that makes up for another says so."""
LONGEST_REASON = 200


class CannotUndo(Refused):
    """A step that cannot be taken back; the message says why, and `record` where to look."""

    def __init__(self, message: str, record: tuple[str, str] | None = None, mend: str = "") -> None:
        super().__init__(message, mend=mend)
        self.record = record
        """The collection and id of what stands in the way."""


@dataclass(frozen=True)
class Undone:
    """What an undo or a redo did."""

    step: int
    """The step it is itself, which can be undone in turn."""
    undid: int
    records: tuple[tuple[str, str], ...]
    """What is different now."""
    made_up_for: int = 0
    """Awards that had reached the server: the opposite was awarded."""


@dataclass(frozen=True)
class Recorded(Generic[T]):
    """What a verb gave back, and the step it was (0 when it changed nothing)."""

    result: T
    step: int


def recorded(
    tx: Transaction,
    verb: Callable[Concatenate[Transaction, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Recorded[T]:
    """Run a verb and tell which step it was, so that just this can be undone."""
    result = verb(tx, *args, **kwargs)
    return Recorded(result, tx.step)


def undo(tx: Transaction, step: int | None = None) -> Undone:
    """Take back the last step that holds, or the one named.

    Raises:
        CannotUndo: there is nothing to undo, it was undone before, or somebody has changed since
            what it changed. Nothing is changed then.
    """
    if step is None:
        last = steps.to_undo(tx.connection)
        if last is None:
            raise CannotUndo(say("There is nothing to undo."))
        return _reverse(tx, last)
    found = steps.get(tx.connection, step)
    if found is None:
        raise CannotUndo(say("There is no step {step} to undo.", step=step))
    if found.undone_by is not None:
        raise CannotUndo(say("This was undone before."))
    return _reverse(tx, found)


def redo(tx: Transaction) -> Undone:
    """Bring back what the last undo took back.

    Raises:
        CannotUndo: nothing was undone, or something new was done since.
    """
    last = steps.to_redo(tx.connection)
    if last is None:
        raise CannotUndo(say("There is nothing to redo."))
    return _reverse(tx, last)


def _reverse(tx: Transaction, target: Step) -> Undone:
    changes = history.of_step(tx.connection, target.id)
    decided = conflicts.decided_in(tx.connection, target.id)
    step = steps.begin(tx, "redo" if target.kind == "undo" else "undo", target.id)
    questions = decided
    if target.kind == "undo" and target.undoes is not None:
        questions = decided + conflicts.decide_again(tx, target.undoes)
    for conflict in reversed(decided):
        _reopen(tx, conflict)
    asked = {(one.collection, one.record_id, one.field) for one in questions}
    whole = {(one.collection, one.record_id) for one in questions if not one.field}
    made_up_for = 0
    for group in _backwards(changes):
        first = group[0]
        name = (first.collection, first.id)
        if name in whole:
            continue
        group = [one for one in group if (*name, one.field) not in asked]
        if not group:
            continue
        if first.field:
            _put_back_fields(tx, group)
        elif first.old is None:
            made_up_for += _take_away(tx, first)
        else:
            _bring_back(tx, first)
    touched = dict.fromkeys((one.collection, one.id) for one in changes)
    return Undone(step, target.id, tuple(touched), made_up_for)


def _backwards(changes: list[Change]) -> Iterator[list[Change]]:
    """The changes from the last to the first; fields of one record that go together, together."""
    group: list[Change] = []
    for change in reversed(changes):
        together = (
            group
            and change.field
            and group[-1].field
            and (change.collection, change.id) == (group[-1].collection, group[-1].id)
            and change.field not in {one.field for one in group}
        )
        if group and not together:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _reopen(tx: Transaction, conflict: conflicts.Conflict) -> None:
    try:
        conflicts.reopen(tx, conflict.id)
    except conflicts.CannotReopen as error:
        name = (conflict.collection, conflict.record_id)
        raise CannotUndo(str(error), name) from error


def _put_back_fields(tx: Transaction, group: list[Change]) -> None:
    first = group[0]
    record = _here(tx, first)
    for change in group:
        _refuse_if_others_wrote(tx, change)
        if record.local.get(change.field) != change.new:
            raise _changed_again(change)
    patch = {change.field: change.old for change in group}
    try:
        outbox.update(tx, first.collection, first.id, patch)
    except InvalidEdit:
        # A field that was not there before cannot always be empty; then it gets its default.
        outbox.update(tx, first.collection, first.id, _with_defaults(first.collection, patch))


def _with_defaults(collection: str, patch: dict[str, Json]) -> dict[str, Json]:
    defaults: dict[str, Any] = {}
    for field in msgspec.structs.fields(COLLECTIONS[collection]):
        if field.default is not msgspec.NODEFAULT:
            defaults[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            defaults[field.name] = field.default_factory()
    return {
        field: defaults.get(field) if value is None else value for field, value in patch.items()
    }


def _take_away(tx: Transaction, made: Change) -> int:
    """Undo the making of a record. Returns 1 where the opposite had to be awarded instead."""
    record = _here(tx, made)
    for change in history.since(tx.connection, made):
        # What the server fills in by itself (who teaches the class) is nobody's decision.
        if change.origin == SERVER and change.old not in (None, "", [], {}):
            raise _someone_changed(tx, change)
    if any(
        record.local.get(field) != value and value not in (None, "", [], {})
        for field, value in made.new.items()
    ):
        raise _changed_again(made)
    if made.collection in APPEND_ONLY:
        return _take_back_award(tx, record)
    if kin.first_child(tx.connection, made.collection, made.id) is not None:
        raise CannotUndo(
            say("Something was added to it since, so it stays."), (made.collection, made.id),
            mend=say("Undo that first, or delete it where it is shown."),
        )  # fmt: skip
    outbox.delete(tx, made.collection, made.id)
    return 0


def _take_back_award(tx: Transaction, record: StoredRecord) -> int:
    sent = record.version > 0 or any(
        op.sent for op in ops.of_record(tx.connection, record.collection, record.id)
    )
    if not sent:
        history.note(tx, record.collection, record.id, record.local, None)
        ops.settle(tx, replace(record, deleted=True))
        return 0
    if record.collection != "xp_awards":
        raise CannotUndo(
            say("A badge that has reached the school stays with the student."),
            (record.collection, record.id),
        )
    outbox.append(tx, "xp_awards", opposite(record.local, instants.to_text(tx.now)))
    return 1


def opposite(award: dict[str, Json], at: str) -> dict[str, Json]:
    """The award that makes up for `award`, and says so."""
    reason = str(award.get("reason", ""))
    if reason.startswith(TAKEN_BACK):
        reason = GIVEN_AGAIN + reason.removeprefix(TAKEN_BACK)
    else:
        reason = TAKEN_BACK + reason.removeprefix(GIVEN_AGAIN)
    kept = {field: award[field] for field in ("student_id", "class_id", "source")}
    return {**kept, "xp": -award["xp"], "reason": reason[:LONGEST_REASON].strip(), "awarded_at": at}


def _bring_back(tx: Transaction, gone: Change) -> None:
    record = records.get(tx.connection, gone.collection, gone.id)
    if record is None:  # it had never left this computer, so nothing of it was kept
        outbox.create(tx, gone.collection, gone.old, gone.id)
        return
    if not record.deleted:
        raise CannotUndo(say("It is here again already."), (gone.collection, gone.id))
    outbox.restore(tx, gone.collection, gone.id, gone.old)


def _here(tx: Transaction, change: Change) -> StoredRecord:
    record = records.get(tx.connection, change.collection, change.id)
    if record is None or record.deleted:
        by = next(
            (one for one in reversed(history.since(tx.connection, change)) if one.field == ""), None
        )
        if by is not None and by.origin == SERVER:
            raise CannotUndo(
                say("{who} has deleted this since, so there is nothing to undo.", who=_name(by))
            )
        raise CannotUndo(say("This is no longer here, so there is nothing to undo."))
    return record


def _refuse_if_others_wrote(tx: Transaction, change: Change) -> None:
    for later in history.since(tx.connection, change):
        if later.origin == SERVER and later.field == change.field:
            raise _someone_changed(tx, later)


def _someone_changed(tx: Transaction, later: Change) -> CannotUndo:
    mine = later.who and later.who == tx.who
    return CannotUndo(
        say("You have changed this on another computer since, so it was not undone.")
        if mine
        else say("{who} has changed this since, so it was not undone.", who=_name(later)),
        (later.collection, later.id),
        mend=say("Look at it, and change it there if it should be different."),
    )


def _changed_again(change: Change) -> CannotUndo:
    return CannotUndo(
        say("You have changed this again since, so it was not undone."),
        (change.collection, change.id),
        mend=say("Undo that change first."),
    )


def _name(change: Change) -> str:
    return change.who or say("Someone else")
