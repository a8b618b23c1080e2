"""What a fresh snapshot no longer holds, and what was set aside and is whole again."""

from desktop.storage.records import load
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction
from desktop.wire.feed import ChangedRecord


def missing_from(
    connection: Connection, present: set[tuple[str, str]], *, all_named: bool
) -> list[ChangedRecord]:
    """The records the server once held and a whole snapshot did not, as deletions.

    They keep their version: the snapshot does not say when they went. Where it held a record
    that could not even be named, each of them may be that one: those with unsent changes stay,
    and the answer to their changes tells. The others come back with the record itself.
    """
    rows = connection.execute(
        "SELECT collection, id, version, local FROM record "
        "WHERE version > 0 AND CASE WHEN dirty THEN ? ELSE NOT deleted END",
        (all_named,),
    )
    return [
        ChangedRecord(
            collection=collection,
            id=id_,
            version=version,
            updated_at="",
            deleted=True,
            data=load(local),
        )
        for collection, id_, version, local in rows
        if (collection, id_) not in present
    ]


def settle_set_aside(tx: Transaction) -> None:
    """Forget what was set aside once the same record came in whole, as it was or newer."""
    tx.connection.execute(
        "DELETE FROM poison WHERE EXISTS (SELECT 1 FROM record r WHERE r.id = poison.id "
        "AND r.collection = poison.collection AND r.version >= poison.version)"
    )
