"""Plain SQL on the driver: a connection, its transactions, and the rows that it gives.

Everything the cache asks is written in SQL, so nothing stands between it and the driver: a layer
that composes statements takes several times as long for one of ours as SQLite itself, and three
quarters of a second to import (docs/decisions/0020).
"""

import contextlib
from collections.abc import Iterator
from typing import Any, cast

from desktop.storage import driver

__all__ = ["Connection", "Rows"]

Row = tuple[Any, ...]


class Rows:
    """What a statement gave, each row a tuple."""

    def __init__(self, cursor: "driver.dbapi.Cursor") -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Row]:
        return iter(self._cursor)

    @property
    def rowcount(self) -> int:
        """How many rows the statement changed."""
        return self._cursor.rowcount

    @property
    def gives_rows(self) -> bool:
        """Whether the statement was one that gives rows, if only none."""
        return self._cursor.description is not None

    def all(self) -> list[Row]:
        """Every row."""
        return self._cursor.fetchall()

    def first(self) -> Row | None:
        """The first row, or None; the others are let go."""
        row = self._cursor.fetchone()
        self._cursor.close()  # a statement that is not at its end holds on to its view
        return cast("Row | None", row)

    def one(self) -> Row:
        """The only row.

        Raises:
            LookupError: there is none, or there are more.
        """
        rows = self._cursor.fetchmany(2)
        if len(rows) != 1:
            raise LookupError("exactly one row was expected")
        return cast("Row", rows[0])

    def scalar(self) -> Any:  # noqa: ANN401  (a column may hold anything)
        """The first column of the first row; None when there is no row."""
        row = self.first()
        return None if row is None else row[0]

    def scalars(self) -> list[Any]:
        """The first column of every row."""
        return [row[0] for row in self._cursor]


class Connection:
    """One connection to the cache's file. One thread at a time may use it."""

    def __init__(self, raw: driver.Connection, begin: str) -> None:
        self.raw = raw
        """The driver's, for what is done outside of a transaction."""
        self.durable: bool | None = None
        """Whether a commit waits for the disk; None until somebody chose."""
        self._begin = begin

    def execute(self, statement: str, parameters: Row = ()) -> Rows:
        """Run a statement.

        Raises:
            driver.Error: SQLite's own complaint.
        """
        return Rows(self.raw.execute(statement, parameters))

    def execute_many(self, statement: str, parameters: list[Row]) -> None:
        """Run a statement once with each of the parameters.

        Raises:
            driver.Error: SQLite's own complaint.
        """
        self.raw.executemany(statement, parameters)

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self.raw.in_transaction

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction: committed when the block ends, undone when it raises."""
        self.raw.execute(self._begin)
        try:
            yield
            self.commit()
        except BaseException:
            if self.raw.in_transaction:  # SQLite has undone it by itself where the disk is full
                self.raw.execute("ROLLBACK")
            raise

    def commit(self) -> None:
        """Commit; `transaction` does it at its end."""
        self.raw.execute("COMMIT")

    def close(self) -> None:
        """Close; an open transaction is undone."""
        self.raw.close()
