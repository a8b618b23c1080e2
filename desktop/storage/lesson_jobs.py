"""Lessons asked of a server, as the cache keeps them: nothing asked for is lost, sent or not.

States: waiting (not sent yet, or not known to be), running (the server has it), done, failed,
cancelled. The id of a row is the job's Idempotency-Key, so that sending it twice is harmless.
"""

import json
from dataclasses import dataclass, fields
from typing import Any, Literal

from desktop.classroom import instants
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction

JobState = Literal["waiting", "running", "done", "failed", "cancelled"]
COLLECTION = "lesson_jobs"
"""What subscribers of the cache hear when one changed."""
MOST_KEPT = 100
"""Ended jobs; older ones are forgotten. Their lessons are records of their own by then."""


@dataclass(frozen=True)
class StoredJob:
    """One wish and what became of it. `package` and `body` are JSON."""

    id: str
    kind: Literal["make", "revise"]
    title: str
    """What it is about, for lists."""
    lesson_id: str
    """The lesson that a revision is for, or that was kept of it; else empty."""
    provider: Literal["best", "template"]
    body: str
    state: JobState = "waiting"
    job_id: str = ""
    """The server's own id, once it has the job."""
    stage: int = 0
    words: str = ""
    """What the last stage said."""
    detail: str = ""
    retryable: bool = False
    model: str = ""
    tokens: int = 0
    cost: str | None = "0"
    """US dollars; None where the price is not known."""
    package: str | None = None
    created_at: str = ""
    updated_at: str = ""

    @property
    def lesson(self) -> dict[str, Any] | None:
        """The lesson that came of it, as plain JSON."""
        return json.loads(self.package) if self.package else None


_NAMES = tuple(field.name for field in fields(StoredJob))
_SELECT = f"SELECT {', '.join(_NAMES)} FROM lesson_job"  # noqa: S608
_ADD = f"INSERT INTO lesson_job ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"  # noqa: S608


def add(tx: Transaction, new: StoredJob) -> StoredJob:
    """Keep a wish, to be sent when the server can be reached."""
    now = instants.to_text(tx.now)
    row = {name: getattr(new, name) for name in _NAMES} | {"created_at": now, "updated_at": now}
    tx.connection.execute(_ADD, tuple(row.values()))
    _forget_old(tx)
    tx.touch(COLLECTION, new.id)
    return StoredJob(**row)


def change(tx: Transaction, own_id: str, /, **values: object) -> None:
    """Write down how a job goes on; one that was forgotten stays so."""
    values["updated_at"] = instants.to_text(tx.now)
    unknown = set(values) - set(_NAMES)
    if unknown:
        raise ValueError(f"no such columns: {unknown}")
    sets = ", ".join(f"{name} = ?" for name in values)
    tx.connection.execute(
        f"UPDATE lesson_job SET {sets} WHERE id = ?",  # noqa: S608  (names are checked above)
        (*values.values(), own_id),
    )
    tx.touch(COLLECTION, own_id)


def forget(tx: Transaction, job_id: str) -> None:
    """Take a job off the list."""
    tx.connection.execute("DELETE FROM lesson_job WHERE id = ?", (job_id,))
    tx.touch(COLLECTION, job_id)


def get(connection: Connection, job_id: str) -> StoredJob | None:
    """One job, or None."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (job_id,)).first()
    return _stored(row) if row is not None else None


def listed(connection: Connection) -> list[StoredJob]:
    """Every job, the newest first."""
    rows = connection.execute(f"{_SELECT} ORDER BY created_at DESC, id DESC")
    return [_stored(row) for row in rows]


def unfinished(connection: Connection) -> list[StoredJob]:
    """What has not ended, the oldest first."""
    rows = connection.execute(
        f"{_SELECT} WHERE state IN ('waiting', 'running') ORDER BY created_at, id"
    )
    return [_stored(row) for row in rows]


def _stored(row: Any) -> StoredJob:  # noqa: ANN401  (a row of the driver)
    values = dict(zip(_NAMES, row, strict=True))
    return StoredJob(**{**values, "retryable": bool(values["retryable"])})


def _forget_old(tx: Transaction) -> None:
    tx.connection.execute(
        "DELETE FROM lesson_job WHERE state NOT IN ('waiting', 'running') AND id NOT IN "
        "(SELECT id FROM lesson_job ORDER BY created_at DESC, id DESC LIMIT ?)",
        (MOST_KEPT,),
    )
