"""Looks at everything a school server needs, and says how to mend what is not well."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.errors import CompanionError
from desktop.school import engines, mail, privacy, providers
from desktop.school.billing import terms
from desktop.school.database import Database, DatabaseAway
from desktop.school.folder import SECRETS, Folder, SchoolInUse
from desktop.school.realtime import service
from desktop.school.site import Site
from desktop.school.validation import integrity

OLDEST_SERVER = 14
"""The oldest major version of PostgreSQL that was still kept up when this was written."""
SPARE_CONNECTIONS = 20


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, and what to do when it is not well."""

    check: str
    ok: bool
    detail: str
    mend: str = ""


def doctor(site: Site) -> list[dict[str, Any]]:
    """Every check, in the order in which to mend."""
    checks = [_folder_check(site.path)]
    if checks[0].ok:
        checks += [
            _use_check(site),
            _space_check(site.path),
            *_database_checks(site),
            *_secrets_check(site.path),
            *_file_checks(site.path),
            *_realtime_check(site.path),
        ]
    return [asdict(found) for found in checks]


def _told(check: str, error: CompanionError) -> Check:
    return Check(check, False, str(error.args[0]), error.mend)


def _folder_check(path: Path) -> Check:
    if not path.is_dir():
        return Check("folder", False, f"{path} is not there.", "Start the school once.")
    if not os.access(path, os.W_OK):
        return Check("folder", False, f"{path} cannot be written to.", "Change its permissions.")
    open_to_others = os.name == "posix" and path.stat().st_mode & 0o077
    if open_to_others:
        return Check("folder", False, f"{path} is open to other people.", f"chmod 700 {path}")
    return Check("folder", True, str(path))


def _use_check(site: Site) -> Check:
    try:
        with site.held():
            return Check("server", True, "No server is running on this school.")
    except SchoolInUse:
        return Check("server", True, "A server is running on this school.")
    except DatabaseAway:
        return Check("server", True, "Whether a server is running cannot be seen.")


def _space_check(path: Path) -> Check:
    free = shutil.disk_usage(path).free // 1_000_000
    mend = "" if free > 500 else "Make room on this disk."
    return Check("disk", free > 500, f"{free} MB are free.", mend)


def _database_checks(site: Site) -> Iterator[Check]:
    try:
        if not site.has_school():
            yield Check("database", False, "There is no school here yet.", "Run `school serve`.")
            return
        with contextlib.closing(Database(site.url)) as database:
            yield _whole(database) if site.file else _server(database)
            if not site.file:
                yield _durable(database)
            current = database.is_current()
            detail = "The tables are of this version." if current else "The tables are older."
            yield Check("tables", current, detail, "" if current else "Start the school once.")
    except DatabaseAway as error:
        yield _told("database", error)
    except sa.exc.DatabaseError as error:
        mend = "Restore the last backup with `school restore`."
        yield Check("database", False, f"The file cannot be read: {error.orig}.", mend)


def _whole(database: Database) -> Check:
    with database.read() as connection:
        faults = [line for line in integrity(connection) if line != "ok"]
    return Check(
        "database",
        not faults,
        faults[0] if faults else "The file is whole.",
        "Restore the last backup with `school restore`." if faults else "",
    )


def _server(database: Database) -> Check:
    with database.read() as connection:
        version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
        most = int(connection.exec_driver_sql("SHOW max_connections").scalar_one())
        used = connection.exec_driver_sql("SELECT count(*) FROM pg_stat_activity").scalar_one()
    major = version // 10_000
    if major < OLDEST_SERVER:
        return Check("database", False, f"This is PostgreSQL {major}.", "Upgrade PostgreSQL.")
    detail = f"PostgreSQL {major} answers; {used} of {most} connections are in use."
    if most - used < SPARE_CONNECTIONS:
        each = engines.POOL + engines.OVERFLOW
        mend = f"Raise max_connections: each server process may open {each}."
        return Check("database", False, detail, mend)
    return Check("database", True, detail)


def _durable(database: Database) -> Check:
    """Whether what PostgreSQL acknowledges is on its disk."""
    with database.read() as connection:
        off = [
            name
            for name in ("fsync", "full_page_writes", "synchronous_commit")
            if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off"
        ]
    if off:
        detail = f"{', '.join(off)} is off: what was acknowledged can be lost with the power."
        return Check("durability", False, detail, "Switch it on in postgresql.conf.")
    return Check("durability", True, "What is acknowledged is on the disk.")


def _secrets_check(path: Path) -> Iterator[Check]:
    try:
        Folder(path).secrets()
    except CompanionError as error:
        yield _told("secrets", error)
        return
    file = path / SECRETS
    if os.name == "posix" and file.stat().st_mode & 0o077:
        detail = "Other people can read the school's keys."
        yield Check("secrets", False, detail, f"chmod 600 {file}, then `school rotate-key`.")
    else:
        yield Check("secrets", True, "The school's keys can be read, by nobody else.")


def _file_checks(path: Path) -> Iterator[Check]:
    """The files that an administrator writes."""
    for name, file, read in (
        ("billing", terms.FILE, lambda path: terms.read(path, os.environ)),
        ("mail", mail.FILE, mail.read),
        ("provider", providers.FILE, providers.read),
        ("retention", privacy.RETENTION, privacy.retention),
    ):
        try:
            read(path)
        except CompanionError as error:
            yield _told(name, error)
            continue
        there = (path / file).exists()
        yield Check(name, True, f"{file} fits." if there else f"There is no {file}.")


def _realtime_check(path: Path) -> Iterator[Check]:
    """Sends an event that nobody listens for through the service, where there is one."""
    try:
        settings = service.read(path)
    except CompanionError as error:
        yield _told("realtime", error)
        return
    if settings is None:
        yield Check("realtime", True, "The server itself tells apps of what is new.")
        return
    try:
        service.client_of(settings).trigger("private-doctor", "doctor", {})
    except Exception as error:  # noqa: BLE001  (the library lets through whatever its HTTP raises)
        detail = f"{settings.host} does not take events: {type(error).__name__}."
        mend = f"Look at {service.FILE}: app_id, key, secret, and where the service is."
        yield Check("realtime", False, detail, mend)
        return
    yield Check("realtime", True, f"{settings.host} takes events.")
