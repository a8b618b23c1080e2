"""Takes pages of the change feed into the cache, and remembers how far it has read."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.classroom import instants
from desktop.storage import history, reconcile, records
from desktop.storage.records import StoredRecord
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction
from desktop.wire.feed import ChangedRecord

FEED = "feed"
"""The name of the cursor of the change feed."""


@dataclass(frozen=True)
class Taken:
    """What became of a page."""

    taken: int = 0
    """Records that are now as the server holds them."""
    merged: int = 0
    """Records with unsent changes, brought together with the server's."""
    known: int = 0
    """Records that were here already."""
    postponed: int = 0
    """Records that can be taken in only when an op of theirs has been answered."""


def apply_page(
    tx: Transaction,
    page: Iterable[ChangedRecord],
    cursor: str | None,
    merge: reconcile.Merge = reconcile.three_way,
) -> Taken:
    """Take in the records of one page and store the cursor that follows it, all or nothing.

    A record without unsent changes becomes what the server says; others are merged. `cursor`
    None leaves the cursor where it is, and so does a record that is postponed: it is asked for
    again.
    """
    newest = {(record.collection, record.id): record for record in page}
    here = records.get_many(tx.connection, newest) if newest else {}
    fresh: list[StoredRecord] = []
    merged = postponed = 0
    for name, changed in newest.items():
        known = here.get(name)
        if known is not None and _is_known(known, changed):
            continue
        if known is not None and known.dirty:
            if reconcile.must_wait(tx, known, changed, merge):
                postponed += 1
                continue
            reconcile.take_in(tx, known, changed, merge)
            merged += 1
            continue
        after = _as_said(changed)
        if known is not None:
            history.note(tx, *name, known.seen, after.seen, who=changed.updated_by,
                         origin=history.SERVER)  # fmt: skip
        fresh.append(after)
        tx.touched.add(name)
    records.put_all(tx.connection, fresh)
    if cursor is not None and not postponed:
        set_cursor(tx, cursor)
    return Taken(len(fresh), merged, len(newest) - len(fresh) - merged - postponed, postponed)


def _is_known(known: StoredRecord, changed: ChangedRecord) -> bool:
    """Whether the page says nothing new: an older state, or the one that is here."""
    if changed.version != known.version:
        return changed.version < known.version
    return known.base == (None if changed.deleted else changed.data)


def _as_said(changed: ChangedRecord) -> StoredRecord:
    return StoredRecord(
        collection=changed.collection,
        id=changed.id,
        version=changed.version,
        base=None if changed.deleted else changed.data,
        local=changed.data,
        deleted=changed.deleted,
        dirty=False,
        updated_at=changed.updated_at,
        updated_by=changed.updated_by,
    )


def get_cursor(connection: Connection, name: str = FEED) -> str:
    """How far the feed has been read; "" before the first page."""
    row = connection.execute("SELECT value FROM cursor WHERE name = ?", (name,)).first()
    return "" if row is None else str(row[0])


def set_cursor(tx: Transaction, value: str, name: str = FEED) -> None:
    """Remember how far the feed has been read."""
    tx.connection.execute(
        "INSERT INTO cursor (name, value, at) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at",
        (name, value, instants.to_text(tx.now)),
    )


def start_over(tx: Transaction) -> None:
    """Forget how far the feed has been read: the next round asks for everything again.

    What is here stays until then, and so does what waits to be sent.
    """
    tx.connection.execute("DELETE FROM cursor WHERE name = ?", (FEED,))


@dataclass(frozen=True)
class SetAside:
    """A record of the feed that could not be taken in."""

    collection: str
    id: str
    version: int
    reason: str
    at: str


def storable(version: int) -> int:
    """A version as SQLite can keep it; one that no server could mean counts as none."""
    return version if 0 <= version < 2**63 else 0


def set_aside(
    tx: Transaction,
    collection: str,
    id: str,  # noqa: A002
    version: int,
    content: str,
    reason: str,
) -> None:
    """Keep a record that cannot be taken in, as it came, so that the rest of its page goes on."""
    tx.connection.execute(
        "INSERT INTO poison (collection, id, version, content, reason, at) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (collection, id) DO UPDATE SET "
        "version = excluded.version, content = excluded.content, reason = excluded.reason, "
        "at = excluded.at",
        (collection, id, storable(version), content, reason, instants.to_text(tx.now)),
    )


def aside(connection: Connection) -> list[SetAside]:
    """What was set aside, oldest first."""
    rows = connection.execute("SELECT collection, id, version, reason, at FROM poison ORDER BY seq")
    return [SetAside(*row) for row in rows]
