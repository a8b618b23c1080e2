"""A damaged cache is put aside whole, and what never reached the server is carried over."""

import contextlib
import datetime as dt
import json
import shutil
import struct
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.storage import driver, word_index
from desktop.storage.driver import Key
from desktop.storage.records import PUT, StoredRecord, row_of, stored

Row = dict[str, Any]

_FROM_SERVER = frozenset(
    {"record", "membership", "cursor", "poison", "incoming", "alembic_version"}
)
"""Tables that fill again from the server; of `record`, what waits is carried over."""


def is_damaged(file: Path, key: Key = None) -> bool:
    """Whether SQLite finds a fault in the file.

    Raises:
        driver.OperationalError: the file cannot be opened or is busy, which is no damage.
    """
    try:
        with contextlib.closing(driver.connect(file, key)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",))
    except driver.OperationalError:
        raise
    except driver.DatabaseError:
        return True


_LOG_HEAD_BYTES = 32
_FRAME_HEAD_BYTES = 24
_LOG_MAGIC = (0x377F0682, 0x377F0683)


def log_is_damaged(file: Path) -> bool:
    """Whether commits in the log beside `file` can no longer be read.

    SQLite takes a log as far as it is whole and says nothing of the rest, since a torn end is
    usual after a crash. A hole is not: zeros, or good frames after a bad one
    (https://www.sqlite.org/fileformat.html#walformat).
    """
    log = file.with_name(file.name + "-wal")
    if not log.exists() or log.stat().st_size <= _LOG_HEAD_BYTES:
        return False
    with log.open("rb") as opened:
        magic, _, page_size, _, salt = struct.unpack(">IIII8s8x", opened.read(_LOG_HEAD_BYTES))
        if magic not in _LOG_MAGIC or not 512 <= page_size <= 65_536:
            return True
        ended = False
        while len(head := opened.read(_FRAME_HEAD_BYTES)) == _FRAME_HEAD_BYTES:
            belongs = head[8:16] == salt
            if not any(head) or (ended and belongs):
                return True
            ended = ended or not belongs
            opened.seek(page_size, 1)
    return False


LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database. Left beside another one, it would destroy that."""


def move_aside(file: Path, now: dt.datetime, why: str = "damaged") -> Path:
    """Move the cache with its log into a folder of its own beside it, and return that folder.

    The logs go first: should this be cut short, no log is ever left beside another file.
    """
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = Path(tempfile.mkdtemp(prefix=f"{why}-{stamp}-", dir=file.parent))
    for part in (*(file.with_name(file.name + end) for end in LOGS), file):
        if part.exists():
            part.replace(aside / part.name)
    return aside


_EDITS = ("op", "conflict", "rejected")


@dataclass(frozen=True)
class Rescued:
    """What could be carried over."""

    ops: int
    whole: bool
    """Everything that waited could be read; otherwise a copy helped, as far as it goes."""


def rescue(
    aside: Path, copies: Iterable[Path], target: Path, *, keys: Sequence[Key] = (None,)
) -> Rescued:
    """Carry unsent changes, conflicts, refusals and the history into the new cache `target`.

    Where the damaged file cannot be read, the newest readable copy stands in: an op that the
    server has had since is recognised there by its id. `keys` are those that may open the
    files; the first is that of `target`.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="rescue-") as scratch:
        sources = [_Source(aside / target.name, Path(scratch) / "damaged", keys)]
        for number, copy in enumerate(copies):
            sources.append(_Source(copy, Path(scratch) / f"copy{number}", keys))
            if sources[-1].tables:
                break
        try:
            with contextlib.closing(driver.connect(target, keys[0])) as connection, connection:
                connection.execute("BEGIN IMMEDIATE")
                return _carry_over(sources, connection)
        finally:
            for source in sources:
                source.close()


def _carry_over(sources: list["_Source"], target: driver.Connection) -> Rescued:
    damaged, *copies = sources
    for table in _tables_of(target):
        if table in _FROM_SERVER or table.startswith(word_index.TABLE):
            continue
        _insert(target, table, damaged.rows(table))
        if not damaged.has_whole(table):
            # A copy is an earlier state of the same file: the same number is the same row.
            for copy in copies:
                _insert(target, table, copy.rows(table))
    _carry_records(sources, target)
    count = target.execute("SELECT count(*) FROM op").fetchone()[0]
    return Rescued(int(count), all(map(damaged.has_whole, _EDITS)))


def _carry_records(sources: list["_Source"], target: driver.Connection) -> None:
    """Every record that something carried over is about, with its unsent changes in sight."""
    names = target.execute(
        "SELECT collection, id FROM op UNION SELECT collection, id FROM conflict "
        "WHERE resolved_at IS NULL UNION SELECT collection, id FROM rejected "
        "WHERE settled_at IS NULL"
    ).fetchall()
    for collection, id_ in names:
        edits = target.execute(
            "SELECT kind, 1, patch FROM rejected WHERE collection = ?1 AND id = ?2 "
            "AND settled_at IS NULL UNION ALL SELECT kind, base_version, patch FROM "
            "(SELECT * FROM op WHERE collection = ?1 AND id = ?2 ORDER BY seq)",
            (collection, id_),
        ).fetchall()
        found = next(filter(None, (source.record(collection, id_) for source in sources)), None)
        record = found or _made_up(collection, id_, edits)
        row = row_of(_with_edits(record, edits))
        word_index.forget(target.execute, [(collection, id_)])
        target.execute(PUT, row)
        word_index.learn(target.execute, [(collection, id_)])
        for class_id in json.loads(row[4]).get("class_ids") or ():
            target.execute(
                "INSERT OR IGNORE INTO membership (collection, class_id, id) VALUES (?, ?, ?)",
                (collection, class_id, id_),
            )


def _with_edits(record: StoredRecord, edits: list[tuple[str, int, str]]) -> StoredRecord:
    """A record from a copy is older than its edits: what they say is what the teacher sees."""
    local, deleted = dict(record.local), record.deleted
    for kind, _, patch in edits:
        deleted = kind == "delete"
        local.update(json.loads(patch))
    return StoredRecord(
        record.collection, record.id, record.version, record.base, local,
        deleted=deleted, dirty=True, updated_at=record.updated_at, updated_by=record.updated_by,
    )  # fmt: skip


def _made_up(collection: str, id_: str, edits: list[tuple[str, int, str]]) -> StoredRecord:
    """A record that could not be read at all: its edits alone; the server fills in the rest.

    Where it had been on the server, the next pull merges them with what is there, and asks.
    """
    is_new = any(kind in ("create", "append") for kind, _, _ in edits)
    version = 0 if is_new else max((version for _, version, _ in edits), default=1)
    return StoredRecord(
        collection, id_, version, {} if version else None, {}, deleted=False, dirty=True
    )


def _tables_of(connection: driver.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [name for (name,) in rows]


def _insert(target: driver.Connection, table: str, rows: Iterator[Row]) -> None:
    known = {row[1] for row in target.execute(f'PRAGMA table_info("{table}")')}
    for row in rows:
        columns = [column for column in row if column in known]
        target.execute(
            f'INSERT OR IGNORE INTO "{table}" ({", ".join(columns)}) '  # noqa: S608  (our schema)
            f"VALUES ({', '.join('?' * len(columns))})",
            [row[column] for column in columns],
        )


class _Source:
    """A damaged cache or a copy, read from a duplicate as far as it can be read."""

    def __init__(self, file: Path, scratch: Path, keys: Sequence[Key]) -> None:
        self._broken: set[str] = set()
        self.tables: frozenset[str] = frozenset()
        scratch.mkdir()
        for part in file.parent.glob(file.name + "*"):
            shutil.copy(part, scratch / part.name)
        self._file = scratch / file.name
        for self._key in keys:  # another key may fit; where none does, there are no tables
            self._connection = self._connect()
            with contextlib.suppress(driver.DatabaseError):
                names = self._connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
                self.tables = frozenset(row[0] for row in names)
                break
            self._connection.close()

    def _connect(self) -> driver.Connection:
        connection = driver.connect(self._file, self._key)
        connection.row_factory = driver.Row
        return connection

    def _failed(self, table: str) -> None:
        """Remember a fault. After one, SQLCipher gives nothing more through a connection."""
        self._broken.add(table)
        self._connection.close()
        self._connection = self._connect()

    def has_whole(self, table: str) -> bool:
        """Whether a table is there, and nothing of it failed to be read so far."""
        return table in self.tables and table not in self._broken

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table: forwards to the fault, then backwards to it."""
        if table not in self.tables:
            return
        seen: set[int] = set()
        for order in ("ASC", "DESC"):
            try:
                for row in self._connection.execute(
                    f'SELECT rowid AS "rowid!", * FROM "{table}" ORDER BY rowid {order}'  # noqa: S608
                ):
                    values = dict(row)
                    number = values.pop("rowid!")
                    if number in seen:
                        return
                    seen.add(number)
                    yield values
            except driver.DatabaseError:
                self._failed(table)
            else:
                return

    def record(self, collection: str, id_: str) -> StoredRecord | None:
        """A record, by the index or, where that is what is damaged, by going through them all."""
        if "record" not in self.tables:
            return None
        query = (
            "SELECT collection, id, version, base, local, deleted, dirty, updated_at, updated_by "
            "FROM record {} WHERE collection = ? AND id = ?"
        )
        for how in ("", "NOT INDEXED"):
            try:
                row = self._connection.execute(query.format(how), (collection, id_)).fetchone()
                if row is not None:
                    return stored(tuple(row))
            except (driver.DatabaseError, ValueError):
                self._failed("record")
        return None

    def close(self) -> None:
        """Let go of the duplicate."""
        self._connection.close()
