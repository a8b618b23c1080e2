"""What an administrator does with a school's folder: reset, validate, back up, restore, doctor."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.classroom.records import check
from desktop.errors import CompanionError, Refused, WrongUse
from desktop.school import facts, mail, privacy, rules
from desktop.school.billing import terms
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.folder import DATABASE, LOCK, SECRETS, Folder, SchoolInUse
from desktop.school.school import School
from desktop.school.tables import record

MOST_PROBLEMS = 100


class NoSchool(CompanionError):
    """There is no school in the folder."""


class BadBackup(Refused):
    """The file is no backup of a school, or is damaged."""


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and what to do when it is not well."""

    check: str
    ok: bool
    detail: str
    mend: str = ""


@contextlib.contextmanager
def held(path: Path) -> Iterator[Folder]:
    """The folder for as long as the block runs; no server may be running on it.

    Raises:
        SchoolInUse: a server is.
    """
    folder = Folder.open(path)
    folder.lock()
    try:
        yield folder
    finally:
        folder.release()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[School]:
    """The school in a folder, beside a server that may be running on it.

    Raises:
        NoSchool: the folder holds none.
    """
    if not (path / DATABASE).exists():
        raise NoSchool(
            f"There is no school in {path}.", mend="Start one with `school serve` or `school seed`."
        )
    with contextlib.closing(School.open(Folder.open(path))) as school:
        yield school


def reset(folder: Folder) -> list[str]:
    """Delete the school's records, accounts and secrets; return the names of what went."""
    gone = []
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", SECRETS):
        file = folder.path / name
        if file.exists():
            file.unlink()
            gone.append(name)
    return gone


def validate(school: School) -> dict[str, Any]:
    """Read every record and say what does not fit: fields, lost parents, the file itself."""
    problems: list[dict[str, str]] = []
    with school.database.read() as connection:
        there = {
            (row.collection, row.id)
            for row in connection.execute(sa.select(record.c.collection, record.c.id))
        }
        live = sa.select(record.c.collection, record.c.id, record.c.data)
        count = 0
        for row in connection.execute(live.where(record.c.deleted.is_(False))):
            count += 1
            problems += [
                {"collection": row.collection, "id": row.id, "problem": fault}
                for fault in _faults(row.collection, msgspec.json.decode(row.data), there)
            ]
        problems += [
            {"collection": "", "id": "", "problem": line}
            for line in _integrity(connection)
            if line != "ok"
        ]
    return {
        "ok": not problems,
        "records": count,
        "problems": problems[:MOST_PROBLEMS],
        "problem_count": len(problems),
    }


def backup(path: Path, target: Path) -> dict[str, Any]:
    """Copy the school into one file while it may be in use.

    Raises:
        NoSchool: there is none.
        WrongUse: the target cannot be written, or is there already.
    """
    source = path / DATABASE
    if not source.exists():
        raise NoSchool(f"There is no school in {path}.")
    if target.exists():
        raise WrongUse(f"{target} is there already.", mend="Choose another name for the backup.")
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with _plain(source) as original, _plain(target) as copy:
            original.backup(copy)
            # One file, without a log beside it that could be left behind or mixed up.
            copy.execute("PRAGMA journal_mode=DELETE")
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise WrongUse(f"The backup could not be written to {target}: {error}.") from error
    return {"path": str(target), "bytes": target.stat().st_size}


def restore(folder: Folder, source: Path) -> dict[str, Any]:
    """Put a backup in place of the school; every client takes a new snapshot afterwards.

    The school as it was is kept beside it as `school.sqlite.before-restore`.

    Raises:
        BadBackup: the file is no whole backup of a school; nothing was changed.
    """
    _check_backup(source)
    fresh = folder.path / f"{DATABASE}.restoring"
    shutil.copyfile(source, fresh)
    fresh.chmod(0o600)
    kept = folder.path / f"{DATABASE}.before-restore"
    if folder.database.exists():
        # Opening and closing folds the log into the file: a log left beside a restored file
        # would be read as part of it.
        with _plain(folder.database) as current:
            current.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        folder.database.replace(kept)
    for leftover in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (folder.path / leftover).unlink(missing_ok=True)
    fresh.replace(folder.database)
    with contextlib.closing(School.open(folder)) as school:
        with school.database.write() as connection:
            facts.new_epoch(connection)
        records = validate(school)["records"]
    return {"records": records, "kept": str(kept) if kept.exists() else ""}


def doctor(path: Path) -> list[dict[str, Any]]:
    """Look at everything a school server needs, and say how to mend what is not well."""
    checks = [_folder_check(path)]
    if checks[0].ok:
        checks += [
            _use_check(path),
            _space_check(path),
            *_database_checks(path),
            *_file_checks(path),
        ]
    return [asdict(found) for found in checks]


def _folder_check(path: Path) -> Check:
    if not path.is_dir():
        return Check("folder", False, f"{path} is not there.", "Start the school once.")
    if not os.access(path, os.W_OK):
        return Check("folder", False, f"{path} cannot be written to.", "Change its permissions.")
    open_to_others = os.name == "posix" and path.stat().st_mode & 0o077
    if open_to_others:
        return Check("folder", False, f"{path} is open to other people.", f"chmod 700 {path}")
    return Check("folder", True, str(path))


def _use_check(path: Path) -> Check:
    folder = Folder(path)
    if not (path / LOCK).exists():
        return Check("server", True, "No server is running on this folder.")
    try:
        folder.lock()
    except SchoolInUse:
        return Check("server", True, "A server is running on this folder.")
    folder.release()
    return Check("server", True, "No server is running on this folder.")


def _space_check(path: Path) -> Check:
    free = shutil.disk_usage(path).free // 1_000_000
    mend = "" if free > 500 else "Make room on this disk."
    return Check("disk", free > 500, f"{free} MB are free.", mend)


def _database_checks(path: Path) -> Iterator[Check]:
    if not (path / DATABASE).exists():
        yield Check("database", False, "There is no school here yet.", "Run `school serve`.")
        return
    try:
        database = Database(file_url(path / DATABASE))
        with contextlib.closing(database):
            with database.read() as connection:
                faults = [line for line in _integrity(connection) if line != "ok"]
            yield Check(
                "database",
                not faults,
                faults[0] if faults else "The file is whole.",
                "Restore the last backup with `school restore`." if faults else "",
            )
            current = database.is_current()
            detail = "The tables are of this version." if current else "The tables are older."
            yield Check("tables", current, detail, "" if current else "Start the school once.")
    except sa.exc.DatabaseError as error:
        mend = "Restore the last backup with `school restore`."
        yield Check("database", False, f"The file cannot be read: {error.orig}.", mend)
    try:
        Folder(path).secrets()
        yield Check("secrets", True, "The school's keys can be read.")
    except CompanionError as error:
        yield Check("secrets", False, str(error), error.mend)


def _file_checks(path: Path) -> Iterator[Check]:
    """The files that an administrator writes."""
    for name, file, read in (
        ("billing", terms.FILE, lambda path: terms.read(path, os.environ)),
        ("mail", mail.FILE, mail.read),
        ("retention", privacy.RETENTION, privacy.retention),
    ):
        try:
            read(path)
        except CompanionError as error:
            yield Check(name, False, str(error), error.mend)
            continue
        there = (path / file).exists()
        yield Check(name, True, f"{file} fits." if there else f"There is no {file}.")


def _faults(collection: str, data: dict[str, Any], there: set[tuple[str, str]]) -> Iterator[str]:
    try:
        check(collection, data)
    except (KeyError, msgspec.ValidationError) as error:
        yield str(error)
        return
    for field, parent, record_id in rules.parents_of(collection, data):
        if (parent, record_id) not in there:
            yield f"{field} names {record_id}, which is not in {parent}"


def _integrity(connection: sa.Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return ["ok"]
    return [str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars()]


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
