"""What this computer holds about one pupil, and how it is erased: cache, log and copies."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import backup, driver, ops, records, word_index
from desktop.storage.driver import Key
from desktop.storage.ops import PendingOp
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

ASIDE = ("damaged-*", "replaced-*", "locked-*")
"""What earlier repairs kept. It cannot be erased in part, so all of it goes."""

Execute = Callable[[str, tuple[Any, ...]], Iterable[Any]]

_PUPIL = "(collection = 'students' AND id = ?1) OR student_id = ?1"
_WAITING = ("op", "conflict", "rejected", "history", "poison", "incoming")
_TEXTS = {
    "history": "old || new",
    "op": "patch",
    "rejected": "patch",
    "conflict": "base || mine || theirs",
    "poison": "content",
    "incoming": "content",
}


# A wish for a lesson may name a student where their teacher allowed it. A lesson that came of it
# and was kept is a record of its own.
_WISHES_THAT_NAME_THEM = """
DELETE FROM lesson_job WHERE EXISTS (
    SELECT 1 FROM record WHERE collection = 'students' AND id = ?1
    AND length(local ->> '$.given_name') > 2
    AND instr(lesson_job.title || lesson_job.body || coalesce(lesson_job.package, ''),
        local ->> '$.given_name')
)
"""


@dataclass(frozen=True)
class Traces:
    """What there is about a pupil in the cache."""

    student_id: str
    name: str
    records: dict[str, int]
    """How many records, by collection."""
    unsent: list[PendingOp]
    """Changes about the pupil that the server does not have."""


def traces(connection: Connection, student_id: str) -> Traces:
    """Look before erasing.

    Raises:
        WrongUse: no pupil of that id is on this computer.
    """
    counted = connection.execute(
        f"SELECT collection, count(*) FROM record WHERE {_PUPIL} GROUP BY 1 ORDER BY 1",  # noqa: S608
        (student_id,),
    ).all()
    if not counted:
        raise WrongUse(
            say("There is no student {student_id} on this computer.", student_id=student_id)
        )
    pupil = records.get(connection, "students", student_id)
    data = {} if pupil is None else pupil.local
    name = " ".join(str(data.get(part) or "") for part in ("given_name", "family_name")).strip()
    unsent = [
        op
        for collection, id_ in pairs(connection, student_id)
        for op in ops.of_record(connection, collection, id_)
    ]
    return Traces(student_id, name, {str(one): int(number) for one, number in counted}, unsent)


def pairs(connection: Connection, student_id: str) -> list[tuple[str, str]]:
    """Every record of and about a pupil: collection and id."""
    rows = connection.execute(
        f"SELECT collection, id FROM record WHERE {_PUPIL} ORDER BY seq",  # noqa: S608
        (student_id,),
    )
    return [(str(collection), str(id_)) for collection, id_ in rows]


def erase(tx: Transaction, student_id: str) -> None:
    """Take everything about a pupil out of the cache, unsent changes and the history too.

    Nothing of it is sent: the school keeps what it has.
    """
    for collection, id_ in pairs(tx.connection, student_id):
        tx.touch(collection, id_)

    def execute(statement: str, values: tuple[Any, ...]) -> Iterable[Any]:
        result = tx.connection.execute(statement, values)
        return result.all() if result.gives_rows else ()

    _erase(execute, student_id)


def erase_from_copies(folder: Path, student_id: str, key: Key) -> int:
    """Erase a pupil from every copy; what cannot be opened goes whole. Returns how many went."""
    gone = 0
    for copy in backup.copies(folder):
        try:
            _erase_from_file(copy, student_id, None if driver.is_plain(copy) else key)
        except driver.DatabaseError:
            copy.unlink()
            gone += 1
    for pattern in ASIDE:
        for aside in folder.glob(pattern):
            shutil.rmtree(aside)
            gone += 1
    return gone


def _erase_from_file(file: Path, student_id: str, key: Key) -> None:
    connection = driver.connect(file, key)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("BEGIN IMMEDIATE")
        _erase(lambda statement, values: connection.execute(statement, values), student_id)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _erase(execute: Execute, student_id: str) -> None:
    """The same for the cache and for its copies, which may have fewer tables."""
    there = {row[0] for row in execute("SELECT name FROM sqlite_master WHERE type = 'table'", ())}
    pupils = f"SELECT collection, id FROM record WHERE {_PUPIL}"  # noqa: S608  (our own words)
    for table in _WAITING:
        if table in there:
            execute(
                f"DELETE FROM {table} WHERE (collection, id) IN ({pupils}) "  # noqa: S608
                f"OR instr({_TEXTS[table]}, ?1)",
                (student_id,),
            )
    if "lesson_job" in there:
        execute(_WISHES_THAT_NAME_THEM, (student_id,))
    if word_index.TABLE in there:
        word_index.forget(execute, [("students", student_id)])
    execute(f"DELETE FROM membership WHERE (collection, id) IN ({pupils})", (student_id,))  # noqa: S608
    execute(f"DELETE FROM record WHERE {_PUPIL}", (student_id,))  # noqa: S608
