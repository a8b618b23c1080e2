"""Finds the records a verb works on, or says in a sentence that they are not there."""

from desktop.sentences import say
from desktop.storage import records
from desktop.storage.errors import UnknownRecord
from desktop.storage.records import StoredRecord
from desktop.storage.transaction import Transaction

_ONE = {
    "classes": "class",
    "students": "student",
    "lessons": "lesson",
    "assessments": "assessment",
    "submissions": "submission",
}


def need(tx: Transaction, collection: str, id: str) -> StoredRecord:  # noqa: A002
    """The record as the teacher sees it.

    Raises:
        UnknownRecord: it does not exist, or was deleted.
    """
    found = records.get(tx.connection, collection, id)
    if found is None or found.deleted:
        one = _ONE.get(collection, "record")
        raise UnknownRecord(
            say("This {one} is no longer here.", one=one), mend=say("Look at the list again.")
        )
    return found
