"""What an administrator does with a school: open it beside its server, and reset it."""

import contextlib
from collections.abc import Iterator

from desktop.school.backups import NoSchool
from desktop.school.database import Database
from desktop.school.folder import SECRETS, Folder
from desktop.school.school import School
from desktop.school.site import Site


@contextlib.contextmanager
def opened(site: Site) -> Iterator[School]:
    """The school of a site, beside a server that may be running on it.

    Raises:
        NoSchool: there is none.
    """
    if not site.has_school():
        raise NoSchool(
            f"There is no school in {site}.", mend="Start one with `school serve` or `school seed`."
        )
    with contextlib.closing(School.open(Folder.open(site.path), url=site.url)) as school:
        yield school


def reset(site: Site, folder: Folder) -> list[str]:
    """Delete the school's records, accounts and secrets; return the names of what went."""
    gone = []
    if site.file:
        names = (site.file.name + suffix for suffix in ("", "-wal", "-shm"))
        files = [site.file.with_name(name) for name in names]
    else:
        files = []
        if site.has_school():
            with contextlib.closing(Database(site.url)) as database:
                gone += database.clear()
    for file in (*files, folder.path / SECRETS):
        if file.exists():
            file.unlink()
            gone.append(file.name)
    return gone
