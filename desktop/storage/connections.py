"""Connections to the cache's file: the one that writes, and one that only reads per thread."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event, pool

from desktop.storage import driver
from desktop.storage.driver import Key
from desktop.storage.errors import CacheClosed

BUSY_TIMEOUT_S = 10.0
"""How long a process waits for another's transaction; ours last milliseconds."""


def writer(file: Path, key: Key = None) -> Engine:
    """An engine whose every transaction takes the write lock at once.

    A transaction that reads first and writes later could find that another process wrote in
    between; `BEGIN IMMEDIATE` rules it out (https://www.sqlite.org/lang_transaction.html).
    """

    def connect() -> driver.Connection:
        connection = driver.connect(file, key, timeout=BUSY_TIMEOUT_S)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # A page of the feed touches many leaves of the indexes: with room for them, and 16 MB of
        # log between two checkpoints, a leaf is written once where it was written many times.
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
        return connection

    return _engine(connect, "BEGIN IMMEDIATE")


def reader(file: Path, key: Key = None) -> Engine:
    """An engine that can only read, each transaction on one view of the file."""

    def connect() -> driver.Connection:
        connection = driver.connect(file, key, read_only=True, timeout=BUSY_TIMEOUT_S)
        connection.execute("PRAGMA query_only = ON")
        return connection

    return _engine(connect, "BEGIN")


def _engine(connect: Callable[[], driver.Connection], begin: str) -> Engine:
    engine = create_engine(
        "sqlite://", creator=connect, module=driver.dbapi, poolclass=pool.NullPool
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver is told to leave transactions to us (isolation_level None).
        connection.exec_driver_sql(begin)

    return engine


def data_version(connection: Connection) -> int:
    """A number that moves when another connection has committed to the same file."""
    return int(_driver(connection).execute("PRAGMA data_version").fetchone()[0])


def set_durable(connection: Connection, durable: bool) -> None:
    """Choose, before a transaction, whether its commit waits for the disk."""
    _driver(connection).execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")


def scrub(connection: Connection) -> None:
    """Write the file anew without what was deleted, and empty the log of it."""
    raw = _driver(connection)
    raw.execute("VACUUM")
    # Where somebody reads an older view just now, the log is emptied when the cache is closed.
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _driver(connection: Connection) -> driver.Connection:
    return cast("driver.Connection", connection.connection.dbapi_connection)


class Readers:
    """Read-only connections, one for each thread that asks, closed together."""

    def __init__(self, file: Path, key: Key = None) -> None:
        self._engine = reader(file, key)
        self._open: dict[threading.Thread, Connection] = {}
        self._gate = threading.Condition()
        self._reading = 0
        self._closed = False

    @contextlib.contextmanager
    def connection(self) -> Iterator[Connection]:
        """The calling thread's connection, in a transaction: one unchanging view of the cache."""
        connection = self._enter()
        try:
            if connection.in_transaction():  # a query that asks another query
                yield connection
            else:
                with connection.begin():
                    yield connection
        finally:
            with self._gate:
                self._reading -= 1
                self._gate.notify_all()

    def _enter(self) -> Connection:
        with self._gate:
            if self._closed:
                raise CacheClosed("The Companion is closing, so nothing can be read now.")
            self._reading += 1
            thread = threading.current_thread()
            try:
                if thread not in self._open:
                    self._drop_dead_threads()
                    self._open[thread] = self._engine.connect()
            except BaseException:
                self._reading -= 1
                raise
            return self._open[thread]

    def _drop_dead_threads(self) -> None:
        for thread in [thread for thread in self._open if not thread.is_alive()]:
            self._open.pop(thread).close()

    def close(self) -> None:
        """Wait for the readers at work, then close every connection."""
        with self._gate:
            self._closed = True
            self._gate.wait_for(lambda: self._reading == 0)
            for connection in self._open.values():
                connection.close()
            self._open.clear()
        self._engine.dispose()
