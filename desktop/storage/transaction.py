"""What a piece of work on the storage thread is handed: one transaction, its time, its ids."""

import datetime as dt
import random
from dataclasses import dataclass, field

from desktop.classroom import ids
from desktop.storage.sql import Connection

Changes = frozenset[tuple[str, str]]
"""Which records changed: (collection, id). `EVERYTHING` stands for any."""

EVERYTHING: Changes = frozenset({("*", "*")})
"""Said when another process wrote to the cache, and nobody knows what."""


@dataclass
class Transaction:
    """One transaction of the cache. Use it only inside the work it was handed to."""

    connection: Connection
    now: dt.datetime
    """The moment the transaction began: for people, never for ordering."""
    who: str
    """The person at this computer, for the history."""
    chance: random.Random
    touched: set[tuple[str, str]] = field(default_factory=set)
    step: int = 0
    """The step of the history that its edits belong to; 0 until there is one (see `steps`)."""

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        return ids.new_id(self.now, self.chance)

    def touch(self, collection: str, id: str) -> None:  # noqa: A002  (the word of the contract)
        """Say that a record changed; subscribers hear it after the commit."""
        self.touched.add((collection, id))
