"""The school's database: reading, the one writer at a time, and migrations."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop.errors import CompanionError
from desktop.school import engines
from desktop.school.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
PASSING = (sa.exc.OperationalError, sa.exc.InternalError, sa.exc.TimeoutError)
"""Failures of the database's moment (busy, full, away, read-only for now), not of a statement."""

Answer = TypeVar("Answer")


class NewerSchool(CompanionError):
    """The data folder was written by a newer version of this program."""


class SchoolDamaged(CompanionError):
    """The database file cannot be read or written."""


class DatabaseAway(CompanionError):
    """The database server does not answer, or does not let us in."""


class Database:
    """One school's database. Reads run side by side; writes run one after another.

    In PostgreSQL that holds for all server processes together, so that whoever looks before they
    write is right, and versions become visible in their own order.
    """

    def __init__(self, url: sa.URL, *, serves: bool = False) -> None:
        self.url = url
        self.is_file = engines.is_file(url)
        self.engine = engines.engine(url, serves=serves)
        self._writer = self.engine.execution_options(writes=True)
        self._reader = (
            self.engine
            if self.is_file
            else self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        )
        self._turn = threading.Lock()
        self._asked: sa.Connection | None = None

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one moment of the database."""
        with self._reader.connect() as connection, connection.begin():
            yield connection

    async def ask(self, question: Callable[[sa.Connection], Answer]) -> Answer:
        """The answer to a question about a few rows, found by index, from the event loop.

        SQLite looks them up in less time than a change to a thread and back takes, and no writer
        keeps it from reading; a database elsewhere is asked in a thread.
        """
        if self.is_file:
            return self._answer(question)
        return await asyncio.to_thread(self._looked_up, question)

    def _answer(self, question: Callable[[sa.Connection], Answer]) -> Answer:
        # Taking a connection and giving it back would take longer than most answers.
        if self._asked is None:
            self._asked = self._reader.connect()
        try:
            return question(self._asked)
        finally:
            self._asked.rollback()

    def _looked_up(self, question: Callable[[sa.Connection], Answer]) -> Answer:
        with self._reader.connect() as connection:
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
            DatabaseAway: the database server cannot be used.
        """
        try:
            self._migrate()
        except sa.exc.DatabaseError as error:
            if self.is_file:
                raise SchoolDamaged(
                    f"The school's database {self.url.database} cannot be used: {error.orig}.",
                    mend="Put a backup in its place with `school restore`, or ask `school doctor`.",
                ) from error
            raise away(self.url, error) from error

    def _migrate(self) -> None:
        config = alembic_config()
        with self._turn, self._writer.begin() as connection:
            now = _refuse_newer(connection)
            if now is None and not self.is_file:
                _check_encoding(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def scrub(self) -> None:
        """Leave no trace of what was deleted or overwritten in the database's files.

        Rewrites all of them; writers wait meanwhile. What a reader still needs is emptied when
        that reader is done, and PostgreSQL's own log when it is reused.
        """
        with self._turn:
            pooled = self.engine.raw_connection()
            try:
                if self.is_file:
                    pooled.cursor().execute("VACUUM")
                    pooled.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                else:
                    _rewrite_tables(pooled)
            finally:
                pooled.close()

    def clear(self) -> list[str]:
        """Remove every table of the school from a database server; their names.

        Raises:
            NewerSchool: a newer program made them; nothing was removed.
        """
        with self.write() as connection:
            return self._clear(connection)

    def make_anew(self, connection: sa.Connection) -> None:
        """Empty tables in place of whatever is there, within one transaction.

        Raises:
            NewerSchool: a newer program made what is there.
        """
        self._clear(connection)
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    def _clear(self, connection: sa.Connection) -> list[str]:
        _refuse_newer(connection)
        there = set(sa.inspect(connection).get_table_names())
        names = [name for name in (*metadata.tables, "alembic_version") if name in there]
        for name in names:
            connection.exec_driver_sql(f"DROP TABLE {name}")
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS audit_append_only()")
        return names

    def is_current(self) -> bool:
        """Whether the tables have this program's shape."""
        head = ScriptDirectory.from_config(alembic_config()).get_current_head()
        with self.read() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head

    def close(self) -> None:
        """Close every connection; SQLite then folds its log back into the file."""
        if self._asked is not None:
            self._asked.close()
        self.engine.dispose()


def alembic_config() -> Config:
    """Alembic's configuration, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def away(url: sa.URL, error: sa.exc.DatabaseError) -> DatabaseAway:
    """What to say when a database server cannot be used; a password is never part of it."""
    return DatabaseAway(
        f"The school's database {url.render_as_string(hide_password=True)} "
        f"cannot be used: {reason_of(error).rstrip('.')}.",
        mend="Look whether it runs, and whether name and password (PGPASSWORD, or the file "
        "that PGPASSFILE names) are right.",
    )


def _refuse_newer(connection: sa.Connection) -> str | None:
    """The revision of the tables, which has to be one that this program knows."""
    scripts = ScriptDirectory.from_config(alembic_config())
    now = MigrationContext.configure(connection).get_current_revision()
    if now is not None and now not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerSchool(
            "This school was last used by a newer version of the program.",
            mend="Install the newer version; nothing here was changed.",
        )
    return now


def reason_of(error: Exception) -> str:
    """What the driver said, without statement and parameters: fit for a log."""
    return " ".join(str(getattr(error, "orig", None) or error).split())


def is_full(error: Exception) -> bool:
    """Whether a write failed because the disk has no room."""
    orig = getattr(error, "orig", None)
    # PostgreSQL's code for disk_full, https://www.postgresql.org/docs/15/errcodes-appendix.html
    return getattr(orig, "sqlstate", None) == "53100" or "disk is full" in str(orig)


def _check_encoding(connection: sa.Connection) -> None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        raise DatabaseAway(
            f"The database keeps its text as {encoding}, which has no room for every name.",
            mend="Make one with `createdb --encoding=UTF8 --template=template0`.",
        )


def _rewrite_tables(pooled: sa.PoolProxiedConnection) -> None:
    driver = pooled.driver_connection
    if driver is None:
        return
    # VACUUM cannot run inside a transaction, which this driver opens by itself.
    driver.autocommit = True
    try:
        names = ", ".join(metadata.tables)
        driver.execute(f"VACUUM (FULL) {names}")
    finally:
        driver.autocommit = False
