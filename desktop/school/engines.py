"""Engines for the two databases a school can lie in, set up so that both behave alike.

A reading transaction sees one moment; writing transactions run one after another, in SQLite by
its one write lock, in PostgreSQL by an advisory lock that every server process takes first.
"""

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from desktop.errors import WrongUse

BUSY_TIMEOUT_S = 10
POOL = 10
OVERFLOW = 6
"""With the pool: the most connections that one server process opens to PostgreSQL."""
POOL_WAIT_S = 10
CONNECT_S = 5
WRITERS_TURN = 0x5C_0001
"""The advisory lock of writing transactions; its holders commit in the order of their turns."""
IN_USE = 0x5C_0002
"""The advisory lock that connections of running servers share and a restore wants alone."""

_SESSION = {
    "TimeZone": "UTC",
    "lock_timeout": "10s",
    "statement_timeout": "60s",
    # A process that froze in the middle of a write must not hold up the others for long.
    "idle_in_transaction_session_timeout": "60s",
}


def file_url(file: Path) -> sa.URL:
    """The URL of an SQLite file."""
    return sa.URL.create("sqlite+pysqlite", database=str(file))


def is_file(url: sa.URL) -> bool:
    """Whether a school at `url` lies in a file of this machine."""
    return url.get_backend_name() == "sqlite"


def read_url(text: str) -> sa.URL:
    """Read `--database-url`.

    Raises:
        WrongUse: it is no URL, or names a database that this program cannot use.
    """
    mend = (
        "Write it like postgresql+psycopg://school@localhost/school or "
        "sqlite:////folder/school.sqlite."
    )
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        raise WrongUse("The database address is not understood.", mend=mend) from None
    match url.get_backend_name():
        case "postgresql" | "postgres":
            if not url.database:
                raise WrongUse("The database address names no database.", mend=mend)
            return url.set(drivername="postgresql+psycopg")
        case "sqlite":
            if not url.database or url.database == ":memory:" or url.query:
                raise WrongUse("A school needs a database file.", mend=mend)
            return url.set(drivername="sqlite+pysqlite")
        case other:
            raise WrongUse(f"A school cannot be kept in a {other} database.", mend=mend)


def engine(url: sa.URL, *, serves: bool = False) -> sa.Engine:
    """The engine of a school's database; `serves` marks it as in use while connections are open.

    Raises:
        WrongUse: the SQLite file cannot be opened.
    """
    return _sqlite(url) if is_file(url) else _postgresql(url, serves=serves)


def _sqlite(url: sa.URL) -> sa.Engine:
    file = Path(str(url.database))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # The file is made private before SQLite writes to it; -wal and -shm take its mode.
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise WrongUse(f"The database {file} cannot be opened: {error.strerror}.") from error
    made = sa.create_engine(
        url,
        poolclass=sa.QueuePool,
        pool_size=8,
        max_overflow=56,
        hide_parameters=True,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
    )
    sa.event.listen(made, "connect", _prepare)
    sa.event.listen(made, "begin", _begin)
    return made


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
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _postgresql(url: sa.URL, *, serves: bool) -> sa.Engine:
    made = sa.create_engine(
        url,
        pool_size=POOL,
        max_overflow=OVERFLOW,
        pool_timeout=POOL_WAIT_S,
        # A connection that died with the database is replaced before anybody meets it.
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": CONNECT_S,
            "application_name": "toolboxai-school",
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "options": " ".join(f"-c {name}={value}" for name, value in _SESSION.items()),
        },
    )
    sa.event.listen(made, "begin", _take_turn)
    if serves:
        sa.event.listen(made, "connect", _mark_in_use)
    return made


def _take_turn(connection: sa.Connection) -> None:
    # Under READ COMMITTED each later statement sees what the holders before have committed. A
    # lock taken by the first statement of REPEATABLE READ would come after its snapshot.
    if _writes(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_TURN})")


def _mark_in_use(connection: sqlite3.Connection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SELECT pg_try_advisory_lock_shared({IN_USE})")
    (free,) = cursor.fetchone()
    cursor.close()
    connection.commit()
    if not free:
        connection.close()
        reason = RuntimeError("somebody restores or resets this school")
        raise sa.exc.OperationalError("connecting", None, reason)


def _writes(connection: sa.Connection) -> bool:
    return bool(connection.get_execution_options().get("writes", False))
