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
BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a file that is open, or was when its process died."""
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
        NewerSchool: a newer program made it; nothing was changed.
        WrongUse: the school's file cannot be replaced.
    """
    kept = folder.path / KEPT
    place = site.file or folder.database
    fresh = place.with_name(f"{place.name}.restoring")
    try:
        _make_ready(source, fresh)
        if site.file:
            _replace(site.file, fresh, kept)
        else:
            _import(site, fresh, kept)
    finally:
        for suffix in ("", *BESIDE):
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    with contextlib.closing(Database(site.url)) as database:
        records = validation.validate(database)["records"]
    return {"records": records, "kept": str(kept) if kept.exists() else ""}


def _make_ready(source: Path, fresh: Path) -> None:
    """Make of a backup the file that can take the school's place in one step.

    Raises:
        NewerSchool: a newer program made it.
        BadBackup: it is none, or there is no room for it.
    """
    _check_backup(source)
    try:
        fresh.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        # By SQLite, not byte by byte: changes may still lie in a log beside the file.
        with _plain(source, read_only=True) as original, _plain(fresh) as copy:
            original.backup(copy)
    except (OSError, sqlite3.Error) as error:
        raise BadBackup(
            f"{source} could not be copied to {fresh.parent}: {error}; nothing was changed."
        ) from error
    with contextlib.closing(Database(file_url(fresh))) as database:
        database.migrate()  # a backup of an older version is brought to this one's shape first
        with database.write() as connection:
            facts.new_epoch(connection)


def _replace(file: Path, fresh: Path, kept: Path) -> None:
    """Put `fresh` in place; at no moment is there no school."""
    if file.exists():
        # Opening and closing folds the log into the file; a damaged one cannot even be opened.
        with contextlib.suppress(sqlite3.Error), _plain(file) as current:
            current.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for suffix in ("", *BESIDE):
            kept.with_name(kept.name + suffix).unlink(missing_ok=True)
        _keep(file, kept)
        # A log left beside the restored file would be read as part of it.
        for suffix in BESIDE:
            beside = file.with_name(file.name + suffix)
            if beside.exists():
                shutil.move(beside, kept.with_name(kept.name + suffix))
    try:
        fresh.replace(file)
    except OSError as error:
        raise WrongUse(
            f"The backup could not be put in the place of {file}: {error.strerror or error}. "
            "The school is as it was.",
            mend="Close whatever else has the file open, and try again.",
        ) from error


def _keep(file: Path, kept: Path) -> None:
    """Give a file a second name, where the file system can; a second copy elsewhere."""
    try:
        os.link(file, kept)
    except OSError:
        os.close(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        shutil.copyfile(file, kept)


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
        try:
            with found.read() as source, database.write() as into:
                database.make_anew(into)
                _copy_rows(source, into)
                _set_sequences(into)
        except sa.exc.DataError as error:
            raise BadBackup(
                "The backup holds a value that this database has no room for; nothing was changed."
            ) from error


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
