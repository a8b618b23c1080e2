"""Connections to the cache's file: the one that writes, and one that only reads per thread."""

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from desktop.sentences import say
from desktop.storage import driver
from desktop.storage.driver import Key
from desktop.storage.errors import CacheClosed
from desktop.storage.sql import Connection

BUSY_TIMEOUT_S = 10.0
"""How long a process waits for another's transaction; ours last milliseconds."""
BEGIN_WRITING = "BEGIN IMMEDIATE"


def open_writer(file: Path, key: Key = None) -> Connection:
    """A connection whose every transaction takes the write lock at once.

    A transaction that reads first and writes later could find that another process wrote in
    between; `BEGIN IMMEDIATE` rules it out (https://www.sqlite.org/lang_transaction.html).
    """
    return Connection(writing_driver(file, key), BEGIN_WRITING)


def writing_driver(file: Path, key: Key = None) -> driver.Connection:
    """The driver's connection of one that writes."""
    connection = driver.connect(file, key, timeout=BUSY_TIMEOUT_S)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Pages of the feed touch many leaves of the indexes: with room for all of a batch, and 32 MB
    # of log (64 of an encrypted cache) between two checkpoints, a leaf is written once where it
    # was written many times.
    connection.execute("PRAGMA cache_size = -32000")
    connection.execute("PRAGMA wal_autocheckpoint = 8000")
    return connection


def open_reader(file: Path, key: Key = None) -> Connection:
    """A connection that can only read, each transaction on one view of the file."""
    connection = driver.connect(file, key, read_only=True, timeout=BUSY_TIMEOUT_S)
    connection.execute("PRAGMA query_only = ON")
    return Connection(connection, "BEGIN")


def data_version(connection: Connection) -> int:
    """A number that moves when another connection has committed to the same file."""
    return int(connection.raw.execute("PRAGMA data_version").fetchone()[0])


def set_durable(connection: Connection, durable: bool) -> None:
    """Choose, before a transaction, whether its commit waits for the disk."""
    if connection.durable is not durable:
        connection.raw.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        connection.durable = durable


def scrub(connection: Connection) -> None:
    """Write the file anew without what was deleted, and empty the log of it."""
    connection.raw.execute("VACUUM")
    # Where somebody reads an older view just now, the log is emptied when the cache is closed.
    connection.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


class Readers:
    """Read-only connections, one for each thread that asks, closed together."""

    def __init__(self, file: Path, key: Key = None) -> None:
        self._file = file
        self._key = key
        self._open: dict[threading.Thread, Connection] = {}
        self._gate = threading.Condition()
        self._reading = 0
        self._closed = False

    @contextlib.contextmanager
    def connection(self) -> Iterator[Connection]:
        """The calling thread's connection, in a transaction: one unchanging view of the cache."""
        connection = self._enter()
        try:
            if connection.in_transaction:  # a query that asks another query
                yield connection
            else:
                with connection.transaction():
                    yield connection
        finally:
            with self._gate:
                self._reading -= 1
                self._gate.notify_all()

    def _enter(self) -> Connection:
        with self._gate:
            if self._closed:
                raise CacheClosed(say("The Companion is closing, so nothing can be read now."))
            self._reading += 1
            thread = threading.current_thread()
            try:
                if thread not in self._open:
                    self._drop_dead_threads()
                    self._open[thread] = open_reader(self._file, self._key)
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
