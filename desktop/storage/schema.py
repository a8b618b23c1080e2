"""Brings the tables of a cache to the newest revision, keeping a copy of what was there."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.sentences import say
from desktop.storage import connections, driver
from desktop.storage.driver import Key
from desktop.storage.errors import NewerCache

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


@functools.cache
def newest() -> str:
    """The revision this version of the app works with.

    Revisions are numbered in one line, so the file names tell it; Alembic is only imported
    when there is something to migrate.
    """
    return max(file.name[1:5] for file in (MIGRATIONS / "versions").glob("r[0-9]*.py"))


def revision_of(file: Path, key: Key = None) -> str | None:
    """The revision of the cache in `file`; None when it has no tables yet.

    Raises:
        driver.DatabaseError: the file is no database, or is damaged, or has another key.
    """
    connection = driver.connect(file, key)
    try:
        found = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        ).fetchone()
        if found is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    finally:
        connection.close()


def refuse_if_newer(revision: str | None) -> None:
    """Stop before touching a cache that this version does not know.

    Raises:
        NewerCache: the revision is later than `newest()`.
    """
    if revision is not None and revision > newest():
        raise NewerCache(
            say(
                "The work on this computer was saved by a newer version of the Companion, "
                "so this version leaves it alone."
            ),
            mend=say("Install the newer version, and everything will be there."),
        )


def migrate(file: Path, key: Key = None, to: str = "head") -> None:
    """Run every revision that is missing up to `to`, all in one transaction.

    Alembic, and SQLAlchemy beneath it, are imported only here: they cost a second. Another
    process may have migrated since the caller looked, so the revision is read again under the
    write lock.
    """
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from sqlalchemy import create_engine, event, pool

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)

    def missing(revision: str | tuple[str, ...], _context: object) -> list[object]:
        return list(script._upgrade_revs(to, revision))  # type: ignore[arg-type]  # noqa: SLF001

    engine = create_engine(
        "sqlite://",
        creator=lambda: connections.writing_driver(file, key),
        module=driver.dbapi,
        poolclass=pool.NullPool,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: "Connection") -> None:
        # The driver is told to leave transactions to us (isolation_level None).
        connection.exec_driver_sql(connections.BEGIN_WRITING)

    with engine.begin() as connection:
        _run(EnvironmentContext(config, script, fn=missing, destination_rev=to), connection)


def _run(environment: object, connection: object) -> None:
    with environment:  # type: ignore[attr-defined]
        environment.configure(connection=connection, transactional_ddl=True)  # type: ignore[attr-defined]
        environment.run_migrations()  # type: ignore[attr-defined]
