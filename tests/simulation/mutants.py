"""Engines that are broken on purpose: a world that does not catch them proves nothing."""

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from desktop.backend import companion, problems
from desktop.backend.companion import FeedPage
from desktop.classroom import merging
from desktop.classroom.merging import Merged
from desktop.storage import backup, driver, ingest, reconcile, records, sending
from desktop.storage.driver import Key
from desktop.storage.records import StoredRecord, dump
from desktop.storage.transaction import Transaction
from desktop.sync import intake, unsettled
from desktop.sync.dispatch import Write
from desktop.sync.live import LiveSync
from desktop.sync.schedule import RoundEnd, Schedule
from desktop.sync.status import Counts
from desktop.wire.feed import ChangedRecord

_take_page = intake.take_page
_take_in = reconcile.take_in
_counts = unsettled.counts
_drop_absent = intake.drop_absent
_plan_next = Schedule._plan_next


def _dropped(tx: Transaction, op_ids: Iterable[str], error: str = "") -> None:
    tx.connection.execute(
        "DELETE FROM op WHERE op_id IN (SELECT value FROM json_each(?))", (dump(list(op_ids)),)
    )


def _renamed(tx: Transaction, op_ids: Iterable[str], error: str = "") -> None:
    for op_id in op_ids:
        tx.connection.execute(
            "UPDATE op SET op_id = ?, state = 'pending' WHERE op_id = ?", (tx.new_id(), op_id)
        )


async def _cursor_first(write: Write, page: FeedPage, cursor: str | None) -> ingest.Taken:
    if cursor is not None:
        await write(lambda tx: ingest.set_cursor(tx, cursor))
    return await _take_page(write, page, None)


def _theirs(collection: str, base: Any, mine: Any, theirs: Any) -> Merged:
    return Merged(dict(theirs))


def _mine(collection: str, base: Any, mine: Any, theirs: Any) -> Merged:
    return Merged(dict(mine))


def _newest(record: StoredRecord, changed: ChangedRecord) -> Merged:
    if changed.updated_at > record.updated_at:
        return Merged(dict(changed.data), deleted=changed.deleted)
    return Merged(dict(record.local), deleted=record.deleted)


def _by_the_clock(
    tx: Transaction, record: StoredRecord, changed: ChangedRecord, merge: reconcile.Merge
) -> None:
    _take_in(tx, record, changed, _newest)


def _overwrite(
    tx: Transaction, record: StoredRecord, changed: ChangedRecord, merge: reconcile.Merge
) -> None:
    tx.connection.execute(
        "DELETE FROM op WHERE collection = ? AND id = ?", (record.collection, record.id)
    )
    records.put(tx.connection, replace(ingest._as_said(changed), dirty=False))


def _nothing_waits(connection: Any) -> Counts:
    return replace(_counts(connection), waiting=0, since=None)


def _forget_what_waits(tx: Transaction, *rest: Any) -> Any:
    tx.connection.execute("DELETE FROM op")
    return _drop_absent(tx, *rest)


def _give_up(schedule: Schedule, end: RoundEnd) -> None:
    _plan_next(schedule, end)
    if end.failed:
        schedule._due = schedule._not_before = float("inf")


def _stop(line: bytes, reason: str) -> Any:
    raise problems.BadAnswer("school", reason)


def _in_plain(file: Path, target: Path, key: Key) -> None:
    source = driver.connect(file, key)
    source.execute("ATTACH ? AS plain KEY ''", (str(target),))
    source.execute("SELECT sqlcipher_export('plain')").fetchone()
    source.close()


MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "an op is dropped on a time-out": (sending, "returned", _dropped),
    "an op gets a fresh id when it is tried again": (sending, "returned", _renamed),
    "the cursor is stored before its page": (intake, "take_page", _cursor_first),
    "a merge takes the server's side": (merging, "merge", _theirs),
    "a merge takes the side of this device": (merging, "merge", _mine),
    "the newest clock wins": (reconcile, "take_in", _by_the_clock),
    "a pull writes over what waits": (reconcile, "take_in", _overwrite),
    "children go before their parents": (sending, "_unborn", lambda _: frozenset()),
    "synced is said while something waits": (unsettled, "counts", _nothing_waits),
    "what was on its way stays there after a start": (sending, "return_all", lambda _: 0),
    "a fresh snapshot forgets what waits": (intake, "drop_absent", _forget_what_waits),
    "two values meet and nobody is asked": (reconcile, "_write_down", lambda *_: None),
    "an edit calls for no round": (Schedule, "edited", lambda _: None),
    "a poke is not heard": (LiveSync, "_heard", lambda *_: None),
    "nothing follows a round that failed": (Schedule, "_plan_next", _give_up),
    "a record nobody can read stops its page": (companion, "_named", _stop),
    "the copies of an encrypted cache are plain": (backup, "duplicate", _in_plain),
    "what nobody can read is not named": (ingest, "set_aside", lambda *_: None),
}
"""What is wrong with each, and where it is put in."""


@contextlib.contextmanager
def broken(name: str) -> Iterator[None]:
    """The engine with one defect, until the block ends."""
    module, function, defect = MUTANTS[name]
    with patch.object(module, function, defect):
        yield
