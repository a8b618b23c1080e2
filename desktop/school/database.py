"""The school's database: connections, the one writer, and migrations."""

import asyncio
import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.errors import CompanionError, WrongUse

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_S = 10

Answer = TypeVar("Answer")


class NewerSchool(CompanionError):
    """The data folder was written by a newer version of this program."""


class SchoolDamaged(CompanionError):
    """The database file cannot be read or written."""


class Database:
    """One school's database. Reads run side by side; writes run one after another."""

    def __init__(self, url: sa.URL) -> None:
        self.url = url
        self.engine = _engine(url)
        self._writer = self.engine.execution_options(writes=True)
        self._turn = threading.Lock()

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one moment of the database."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    async def ask(self, question: Callable[[sa.Connection], Answer]) -> Answer:
        """The answer to a question about a few rows, found by index, from the event loop.

        SQLite looks them up in less time than a change to a thread and back takes, and no writer
        keeps it from reading; a database elsewhere is asked in a thread.
        """
        if self.url.get_backend_name() == "sqlite":
            return self._answer(question)
        return await asyncio.to_thread(self._answer, question)

    def _answer(self, question: Callable[[sa.Connection], Answer]) -> Answer:
        with self.engine.connect() as connection:
            return question(connection)

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """The one writing transaction: durable when the block ends, undone when it raises."""
        with self._turn, self._writer.begin() as connection:
            yield connection

    def migrate(self) -> None:
        """Bring the tables to this program's shape.

        Raises:
            NewerSchool: a newer program made them.
            SchoolDamaged: the file is no database any more, or cannot be written.
        """
        try:
            self._migrate()
        except sa.exc.DatabaseError as error:
            raise SchoolDamaged(
                f"The school's database {self.url.database} cannot be used: {error.orig}.",
                mend="Put a backup in its place with `school restore`, or ask `school doctor`.",
            ) from error

    def _migrate(self) -> None:
        config = alembic_config()
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with self._turn, self._writer.begin() as connection:
            now = MigrationContext.configure(connection).get_current_revision()
            if now is not None and now not in known:
                raise NewerSchool(
                    "This school was last used by a newer version of the program.",
                    mend="Install the newer version; nothing here was changed.",
                )
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def scrub(self) -> None:
        """Leave no trace of what was deleted or overwritten in the file or its log.

        Rewrites the whole file; writers wait meanwhile. A log that a reader still needs is
        emptied when that reader is done.
        """
        if self.url.get_backend_name() != "sqlite":
            return  # a server's own vacuum does it
        with self._turn:
            pooled = self.engine.raw_connection()
            try:
                pooled.cursor().execute("VACUUM")
                pooled.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                pooled.close()

    def is_current(self) -> bool:
        """Whether the tables have this program's shape."""
        head = ScriptDirectory.from_config(alembic_config()).get_current_head()
        with self.read() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head

    def close(self) -> None:
        """Close every connection; SQLite then folds its log back into the file."""
        self.engine.dispose()


def alembic_config() -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def file_url(file: Path) -> sa.URL:
    """The URL of an SQLite file."""
    return sa.URL.create("sqlite+pysqlite", database=str(file))


def read_url(text: str) -> sa.URL:
    """Read `--database-url`.

    Raises:
        WrongUse: it is no URL, or names a database whose driver is not part of this program.
    """
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        raise WrongUse(
            "The database address is not understood.",
            mend="Write it like sqlite:////folder/school.sqlite.",
        ) from None
    if url.get_backend_name() != "sqlite":
        raise WrongUse(
            f"This program cannot reach a {url.get_backend_name()} database yet: "
            "the driver for it is not part of this version.",
            mend="Use an SQLite file, or leave --database-url out.",
        )
    if not url.database or url.database == ":memory:" or url.query:
        raise WrongUse("A school needs a database file, written like sqlite:////folder/school.db.")
    return url.set(drivername="sqlite+pysqlite")


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    file = Path(str(url.database))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # The file is made private before SQLite writes to it; -wal and -shm take its mode.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise WrongUse(f"The database {file} cannot be opened: {error.strerror}.") from error
    engine = sa.create_engine(
        url,
        poolclass=sa.QueuePool,
        pool_size=8,
        max_overflow=56,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    # We say BEGIN ourselves (see _begin): the driver's own choice would start a write as a read
    # and fail half-way, https://docs.sqlalchemy.org/en/21/dialects/sqlite.html
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "mmap_size=0",
        "journal_size_limit=16777216",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
