"""What lies in the folder of a cache: records, sizes, copies, and what was put aside."""

from dataclasses import dataclass
from pathlib import Path

from desktop.storage import backup, erasing, sending
from desktop.storage.backup import Copy
from desktop.storage.driver import Key
from desktop.storage.sql import Connection


@dataclass(frozen=True)
class Contents:
    """What a cache holds."""

    records: dict[str, int]
    """Records that are not deleted, by collection."""
    unsent: int
    history: int
    """Lines of the history."""


@dataclass(frozen=True)
class Aside:
    """A folder that a repair, a restore or a lost key left behind."""

    folder: Path
    size: int


def contents(connection: Connection) -> Contents:
    """Count what is in the cache."""
    counted = connection.execute(
        "SELECT collection, count(*) FROM record WHERE deleted = 0 GROUP BY 1 ORDER BY 1"
    )
    records = {str(collection): int(number) for collection, number in counted}
    lines = connection.execute("SELECT count(*) FROM history").scalar()
    return Contents(records, sending.count(connection), int(lines))


def copies(folder: Path, key: Key) -> list[Copy]:
    """Every copy, newest first, each opened and read through."""
    return [backup.check(copy, key) for copy in backup.copies(folder)]


def asides(folder: Path) -> list[Aside]:
    """Everything that was put aside, newest first."""
    found = sorted(
        (one for pattern in erasing.ASIDE for one in folder.glob(pattern)),
        key=lambda one: one.stat().st_mtime,
        reverse=True,
    )
    return [Aside(one, size_of(one)) for one in found]


def size_of(folder: Path) -> int:
    """How many bytes the files of a folder take."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
