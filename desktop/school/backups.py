"""Backups: one SQLite file, whichever database the school is in, restored into either.

So a school that outgrows a laptop moves to a server, and back.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.errors import CompanionError, Refused, WrongUse
from desktop.school import facts, validation
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.folder import DATABASE, Folder
from desktop.school.site import Site
from desktop.school.tables import metadata

KEPT = f"{DATABASE}.before-restore"
ROWS_AT_ONCE = 2_000


class NoSchool(CompanionError):
    """There is no school here."""


class BadBackup(Refused):
    """The file is no backup of a school, or is damaged."""


def backup(site: Site, target: Path) -> dict[str, Any]:
    """Copy the school, as it is at one moment, into one file while it may be in use.

    Raises:
        NoSchool: there is none.
        WrongUse: the target cannot be written, or is there already.
    """
    if not site.has_school():
        raise NoSchool(f"There is no school in {site}.")
    if target.exists():
        raise WrongUse(f"{target} is there already.", mend="Choose another name for the backup.")
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        if site.file:
            with _plain(site.file) as original, _plain(target) as copy:
                original.backup(copy)
        else:
            _export(site, target)
        with _plain(target) as copy:
            # One file, without a log beside it that could be left behind or mixed up.
            copy.execute("PRAGMA journal_mode=DELETE")
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise WrongUse(f"The backup could not be written to {target}: {error}.") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return {"path": str(target), "bytes": target.stat().st_size}


def restore(site: Site, folder: Folder, source: Path) -> dict[str, Any]:
    """Put a backup in place of the school; every client takes a new snapshot afterwards.

    The school as it was is kept in the data folder as `school.sqlite.before-restore`. No server
    may be running.

    Raises:
        BadBackup: the file is no whole backup of a school; nothing was changed.
    """
    _check_backup(source)
    fresh = folder.path / f"{DATABASE}.restoring"
    shutil.copyfile(source, fresh)
    fresh.chmod(0o600)
    kept = folder.path / KEPT
    if site.file:
        _replace(site.file, fresh, kept)
    else:
        try:
            _import(site, fresh, kept)
        finally:
            fresh.unlink(missing_ok=True)
    with contextlib.closing(Database(site.url)) as database:
        database.migrate()
        with database.write() as connection:
            facts.new_epoch(connection)
        records = validation.validate(database)["records"]
    return {"records": records, "kept": str(kept) if kept.exists() else ""}


def _replace(file: Path, fresh: Path, kept: Path) -> None:
    if file.exists():
        # Opening and closing folds the log into the file: a log left beside a restored file
        # would be read as part of it.
        with _plain(file) as current:
            current.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.move(file, kept)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(fresh, file)


def _export(site: Site, target: Path) -> None:
    """Copy a school from a database server into an SQLite file."""
    with (
        contextlib.closing(Database(site.url)) as database,
        contextlib.closing(Database(file_url(target))) as copy,
    ):
        if not database.is_current():
            raise WrongUse(
                "The school's tables are of another version of the program.",
                mend="Make the backup with the version that serves the school.",
            )
        copy.migrate()
        with database.read() as source, copy.write() as into:
            _copy_rows(source, into)


def _import(site: Site, file: Path, kept: Path) -> None:
    """Put the school of an SQLite file into a database server, all of it or nothing."""
    if site.has_school():
        kept.unlink(missing_ok=True)
        backup(site, kept)
    with (
        contextlib.closing(Database(file_url(file))) as found,
        contextlib.closing(Database(site.url)) as database,
    ):
        found.migrate()  # a backup of an older version is brought to this one's shape first
        try:
            with found.read() as source, database.write() as into:
                database.make_anew(into)
                _copy_rows(source, into)
                _set_sequences(into)
        except sa.exc.DataError as error:
            raise BadBackup(
                "The backup holds a value that this database has no room for; nothing was changed."
            ) from error
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def _copy_rows(source: sa.Connection, into: sa.Connection) -> None:
    """Fill empty tables; constraints between them there are none, so the order is free."""
    for table in metadata.sorted_tables:
        found = source.execution_options(yield_per=ROWS_AT_ONCE).execute(sa.select(table))
        for rows in found.mappings().partitions():
            into.execute(table.insert(), [dict(row) for row in rows])


def _set_sequences(connection: sa.Connection) -> None:
    """Let PostgreSQL number on behind what was copied."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and isinstance(column.type, sa.Integer):
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            last = sa.func.max(column)
            connection.execute(
                sa.select(sa.func.setval(sequence, sa.func.coalesce(last, 1), last.is_not(None)))
            )


def _check_backup(source: Path) -> None:
    try:
        with _plain(source, read_only=True) as backup_file:
            whole = backup_file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            counted = backup_file.execute("SELECT count(*) FROM record, counter").fetchone()
    except (sqlite3.Error, OSError) as error:
        raise BadBackup(f"{source} is not a backup of a school: {error}.") from error
    if not whole or counted is None:
        raise BadBackup(f"{source} is damaged and was not used.")


@contextlib.contextmanager
def _plain(file: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    uri = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=10)) as connection:
        yield connection
