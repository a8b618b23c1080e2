"""The receiving half of a round: pages of the feed into the cache, whatever is in them."""

import logging
from functools import partial

import msgspec

from desktop.backend.companion import FeedPage, Unreadable
from desktop.errors import CompanionError
from desktop.storage import absent, ingest
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


def names(page: FeedPage) -> set[tuple[str, str]]:
    """The records that a page speaks of."""
    return {(one.collection, one.id) for one in page.records} | {
        (one.collection, one.id) for one in page.unreadable
    }


def drop_absent(tx: Transaction, present: set[tuple[str, str]], cursor: str) -> Taken:
    """End a fresh snapshot: what it did not hold is gone at the server; then move the cursor."""
    gone = absent.missing_from(tx.connection, present)
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
        name = one.id or f"unnamed at {one.version}"
        ingest.set_aside(tx, one.collection, name, one.version, one.content, one.reason)
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
        total = Taken(
            total.taken + taken.taken, total.merged + taken.merged, total.known + taken.known
        )
    rest = FeedPage((), page.cursor, page.has_more, tuple(unreadable))
    await write(partial(_apply, page=rest, cursor=cursor))
    return total


def _as_unreadable(record: ChangedRecord, reason: str) -> Unreadable:
    content = msgspec.json.encode(record).decode()
    return Unreadable(record.collection, record.id, record.version, content, reason)
