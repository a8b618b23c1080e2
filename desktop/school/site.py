"""Where a school lies: its data folder, and its database in there or elsewhere."""

import contextlib
import os
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from desktop.errors import CompanionError
from desktop.school import engines
from desktop.school.database import Database, away
from desktop.school.folder import DATABASE, Folder, SchoolInUse

FILE = "database.toml"


class DatabaseUnreadable(CompanionError):
    """The file that names the database does not fit."""


@dataclass(frozen=True)
class Site:
    """The folder with secrets and settings, and the address of the database."""

    path: Path
    url: sa.URL

    @classmethod
    def find(cls, path: Path, given: str | None = None) -> "Site":
        """The site of a folder.

        Its database is the `given` one, else what `database.toml` names, else the file in there.

        Raises:
            WrongUse: the address is none that a school can be kept at.
            DatabaseUnreadable: the file is there and does not fit.
        """
        text = given or _named(path / FILE)
        return cls(path, engines.read_url(text) if text else engines.file_url(path / DATABASE))

    @property
    def file(self) -> Path | None:
        """The file that the school is kept in; None when it is on a database server."""
        return Path(str(self.url.database)) if engines.is_file(self.url) else None

    def __str__(self) -> str:
        """As people are told it: a password is never shown."""
        return str(self.file) if self.file else self.url.render_as_string(hide_password=True)

    def has_school(self) -> bool:
        """Whether there are tables of a school.

        Raises:
            DatabaseAway: the database server cannot be asked.
        """
        if self.file:
            return self.file.exists()
        try:
            with contextlib.closing(Database(self.url)) as database, database.read() as connection:
                return sa.inspect(connection).has_table("fact")
        except sa.exc.DatabaseError as error:
            raise away(self.url, error) from error

    @contextlib.contextmanager
    def held(self) -> Iterator[Folder]:
        """The data folder for as long as the block runs, while no server works on this school.

        Raises:
            SchoolInUse: one does, on this folder or on this database.
            DatabaseAway: the database server cannot be asked.
        """
        folder = Folder.open(self.path)
        folder.lock()
        try:
            with contextlib.nullcontext() if self.file else _alone(self):
                yield folder
        finally:
            folder.release()


@contextlib.contextmanager
def _alone(site: Site) -> Iterator[None]:
    """Keep servers off a PostgreSQL database; its lock lasts as long as the connection."""
    with contextlib.closing(Database(site.url)) as database, contextlib.ExitStack() as stack:
        try:
            guard = stack.enter_context(database.engine.connect())
            asked = f"SELECT pg_try_advisory_lock({engines.IN_USE})"
            free = guard.exec_driver_sql(asked).scalar_one()
            guard.commit()
        except sa.exc.DatabaseError as error:
            raise away(site.url, error) from error
        if not free:
            raise SchoolInUse(
                f"A school server is running on {site}.", mend="Stop every one of them first."
            )
        yield


def _named(file: Path) -> str:
    mend = 'Write one line, such as url = "postgresql+psycopg://school@localhost/school".'
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError) as error:
        raise DatabaseUnreadable(f"{file} cannot be read.", mend=mend) from error
    url = found.pop("url", None)
    if not isinstance(url, str) or found:
        raise DatabaseUnreadable(f"{file} does not name a database.", mend=mend)
    open_to_others = os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077
    if open_to_others and engines.read_url(url).password:
        raise DatabaseUnreadable(
            f"{file} holds a password and can be read by other people.", mend=f"chmod 600 {file}"
        )
    return url
