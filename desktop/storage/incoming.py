"""A fresh snapshot of the server, kept beside what is there until it is whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from desktop.storage import ingest
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction
from desktop.wire.feed import ChangedRecord

CHUNK = 500
"""Records that are taken over at a time: memory grows by the page, not by the set."""

UNNAMED = "unnamed at "
"""Begins what stands for the id of a record of which not even the id could be read."""

_read = msgspec.json.Decoder(ChangedRecord).decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Line:
    """A record of the snapshot that could not be read, as it came."""

    collection: str
    id: str
    version: int
    content: str
    reason: str

    @property
    def named(self) -> bool:
        """Whether it is known which record it is."""
        return not self.id.startswith(UNNAMED)


def clear(tx: Transaction) -> None:
    """Forget a snapshot that broke off."""
    tx.connection.execute("DELETE FROM incoming")


def add(tx: Transaction, whole: Iterable[ChangedRecord], unreadable: Iterable[Line]) -> None:
    """Put a page of the snapshot beside what is there; nobody sees it yet."""
    rows = [
        (one.collection, one.id, ingest.storable(one.version), _encode(one).decode(), "")
        for one in whole
    ] + [
        (one.collection, one.id, ingest.storable(one.version), one.content, one.reason)
        for one in unreadable
    ]
    tx.connection.execute_many(
        "INSERT INTO incoming (collection, id, version, content, reason) VALUES (?, ?, ?, ?, ?)",
        rows,
    )


def chunks(connection: Connection) -> Iterator[list[ChangedRecord]]:
    """The records that could be read, in the order they came, some at a time."""
    last = 0
    while rows := connection.execute(
        "SELECT seq, content FROM incoming WHERE seq > ? AND reason = '' ORDER BY seq LIMIT ?",
        (last, CHUNK),
    ).all():
        last = rows[-1][0]
        yield [_read(content) for _, content in rows]


def unreadable(connection: Connection) -> list[Line]:
    """The records that could not be read."""
    rows = connection.execute(
        "SELECT collection, id, version, content, reason FROM incoming WHERE reason <> '' "
        "ORDER BY seq"
    )
    return [Line(*row) for row in rows]


def names(connection: Connection) -> set[tuple[str, str]]:
    """Which records the snapshot speaks of."""
    rows = connection.execute("SELECT collection, id FROM incoming")
    return {(collection, id_) for collection, id_ in rows}
