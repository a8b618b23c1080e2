"""The receiving half of a round: pages of the feed into the cache, whatever is in them."""

import logging
from functools import partial

import msgspec

from desktop.backend.companion import FeedPage, Unreadable
from desktop.errors import CompanionError
from desktop.storage import absent, faults, incoming, ingest
from desktop.storage.ingest import Taken
from desktop.storage.transaction import Transaction
from desktop.sync.dispatch import Write
from desktop.wire.feed import ChangedRecord

TRIES = 3
"""How often a page or a record that breaks us is tried before it is set aside."""

_log = logging.getLogger(__name__)


async def take_page(write: Write, page: FeedPage, cursor: str | None) -> Taken:
    """Store a page together with the cursor that follows it.

    A record that cannot be read or stored is set aside and named, and the rest goes on.
    """
    for _ in range(TRIES):
        taken = await _try(write, page, cursor)
        if isinstance(taken, Taken):
            return taken
    return await _one_by_one(write, page, cursor)


def stage(tx: Transaction, page: FeedPage) -> None:
    """Put a page of a fresh snapshot beside what is there."""
    lines = [
        incoming.Line(one.collection, _name(one), one.version, one.content, one.reason)
        for one in page.unreadable
    ]
    incoming.add(tx, page.records, lines)


def swap(tx: Transaction, cursor: str) -> Taken:
    """Take a whole snapshot over in this one transaction: whoever reads sees the old or the new."""
    total = Taken()
    broken: list[incoming.Line] = incoming.unreadable(tx.connection)
    for chunk in incoming.chunks(tx.connection):
        taken = _take(tx, chunk)
        total = _sum(total, taken) if isinstance(taken, Taken) else total
        for record in [] if isinstance(taken, Taken) else chunk:
            alone = _take(tx, [record])
            if isinstance(alone, Taken):
                total = _sum(total, alone)
            else:
                content = msgspec.json.encode(record).decode()
                broken.append(
                    incoming.Line(record.collection, record.id, record.version, content, alone)
                )
    for one in broken:
        ingest.set_aside(tx, one.collection, one.id, one.version, one.content, one.reason)
    present = incoming.names(tx.connection)
    all_named = all(one.named for one in broken)
    total = _sum(total, drop_absent(tx, present, None if total.postponed else cursor, all_named))
    incoming.clear(tx)
    absent.settle_set_aside(tx)
    return total


def _take(tx: Transaction, records: list[ChangedRecord]) -> Taken | str:
    """Take records in, or nothing of them and the name of what broke."""
    tx.connection.execute("SAVEPOINT taking")
    try:
        taken = ingest.apply_page(tx, records, None)
    except Exception as error:
        if faults.is_of_the_machine(error):
            raise  # the disk is full, say: no record is to blame
        tx.connection.execute("ROLLBACK TO taking")
        tx.connection.execute("RELEASE taking")
        return type(error).__name__
    tx.connection.execute("RELEASE taking")
    return taken


def _sum(one: Taken, other: Taken) -> Taken:
    return Taken(
        one.taken + other.taken,
        one.merged + other.merged,
        one.known + other.known,
        one.postponed + other.postponed,
    )


def drop_absent(
    tx: Transaction, present: set[tuple[str, str]], cursor: str | None, all_named: bool
) -> Taken:
    """End a fresh snapshot: what it did not hold is gone at the server; then move the cursor."""
    gone = absent.missing_from(tx.connection, present, all_named=all_named)
    return ingest.apply_page(tx, gone, cursor)


async def _try(write: Write, page: FeedPage, cursor: str | None) -> Taken | str:
    """Store a page, or give the name of what broke over it; nothing of it is stored then."""
    try:
        taken: Taken = await write(partial(_apply, page=page, cursor=cursor))
    except CompanionError:
        raise  # the disk is full, say: no record is to blame
    except Exception as error:  # noqa: BLE001  (whatever a record breaks, the others go on)
        return type(error).__name__
    return taken


def _apply(tx: Transaction, page: FeedPage, cursor: str | None) -> Taken:
    taken = ingest.apply_page(tx, page.records, cursor)
    for one in page.unreadable:
        ingest.set_aside(tx, one.collection, _name(one), one.version, one.content, one.reason)
    return taken


async def _one_by_one(write: Write, page: FeedPage, cursor: str | None) -> Taken:
    """Each record in a transaction of its own; the cursor moves with the last step only."""
    total = Taken()
    unreadable: list[Unreadable] = list(page.unreadable)
    for record in page.records:
        taken = await _try(write, FeedPage((record,), "", has_more=False), None)
        if isinstance(taken, str):
            _log.info("a record of %s was set aside (%s)", record.collection, taken)
            unreadable.append(_as_unreadable(record, taken))
            continue
        total = _sum(total, taken)
    rest = FeedPage((), page.cursor, page.has_more, tuple(unreadable))
    await write(partial(_apply, page=rest, cursor=None if total.postponed else cursor))
    return total


def _as_unreadable(record: ChangedRecord, reason: str) -> Unreadable:
    content = msgspec.json.encode(record).decode()
    return Unreadable(record.collection, record.id, record.version, content, reason)


def _name(one: Unreadable) -> str:
    return one.id or f"{incoming.UNNAMED}{one.version}"
