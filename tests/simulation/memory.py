"""The school's database in memory, on one connection that stays."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.school.database import Database


def opened(file: Path) -> sqlite3.Connection:
    """The tables of a database file, in memory, with transactions left to the caller."""
    stored = sqlite3.connect(file, isolation_level=None)
    stored.execute("PRAGMA journal_mode = DELETE")
    stored.close()
    memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    memory.deserialize(file.read_bytes())
    return memory


class InMemory(Database):
    """A school's database with nobody to share it with: no pool, no locks, no files."""

    def __init__(self, memory: sqlite3.Connection) -> None:
        self._memory = memory
        self.is_file = True
        engine = sa.create_engine("sqlite://", creator=lambda: memory, poolclass=sa.StaticPool)
        self._connection = engine.connect()

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        self._memory.execute("BEGIN")
        try:
            yield self._connection
        except BaseException:
            self._memory.execute("ROLLBACK")
            raise
        self._memory.execute("COMMIT")

    write = read

    def _answer(self, question: Callable[[sa.Connection], Any]) -> Any:
        with self.read() as connection:
            return question(connection)
