"""Leases on generation jobs: each is made by one server process, and by another when that dies.

A process has to renew its leases well before they end. Clocks may differ or jump: then two
processes can be at one job for a while, but whoever no longer holds its lease writes nothing more.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from desktop.classroom import instants
from desktop.school import jobs
from desktop.school.tables import job

LEASE_S = 30.0
AT_ONCE = 2
"""Jobs of one teacher that run at the same time."""
AT_ONCE_IN_ALL = 4
"""In one process."""
ATTEMPTS = 3
"""A job that was interrupted so often fails: it may be what brings the server down."""


def anything(connection: sa.Connection, now: dt.datetime, span: dt.timedelta) -> bool:
    """Whether a job waits, or lost the process that was at it."""
    waiting = sa.or_(job.c.state == "queued", _lost(now, span))
    return connection.execute(sa.select(job.c.id).where(waiting).limit(1)).first() is not None


def renew(
    connection: sa.Connection,
    worker: str,
    at_work: list[str],
    now: dt.datetime,
    span: dt.timedelta,
) -> None:
    """Hold on to the jobs that `worker` is at; one that it gave up runs out."""
    held = _held_by(worker).where(job.c.id.in_(at_work))
    connection.execute(held.values(leased_until=instants.to_text(now + span)))


def recover(connection: sa.Connection, now: dt.datetime, span: dt.timedelta) -> None:
    """Queue what another process left in the middle; give up on what never comes through."""
    left = sa.select(job.c.id, job.c.attempts).where(_lost(now, span))
    for row in connection.execute(left).all():
        if row.attempts >= ATTEMPTS:
            detail = "The server was interrupted each time it made this lesson."
            moment = instants.to_text(now)
            jobs.end(connection, row.id, moment, "failed", code="interrupted", detail=detail)
        else:
            freed = job.update().where(job.c.id == row.id)
            connection.execute(freed.values(state="queued", worker="", leased_until=""))


def take(
    connection: sa.Connection,
    worker: str,
    now: dt.datetime,
    span: dt.timedelta,
    can_begin: Callable[[sa.Row[Any]], bool],
) -> list[sa.Row[Any]]:
    """Queued jobs that `can_begin` now, the oldest first; they are `worker`'s from here on."""
    running = sa.select(job.c.user_id, job.c.worker).where(job.c.state == "running")
    at_work = connection.execute(running).all()
    owners = [row.user_id for row in at_work]
    own = sum(1 for row in at_work if row.worker == worker)
    queued = sa.select(job).where(job.c.state == "queued").order_by(job.c.created_at, job.c.id)
    chosen: list[sa.Row[Any]] = []
    for row in connection.execute(queued.limit(500)).all():
        if own + len(chosen) >= AT_ONCE_IN_ALL:
            break
        if owners.count(row.user_id) < AT_ONCE and can_begin(row):
            owners.append(row.user_id)
            chosen.append(row)
    for row in chosen:
        connection.execute(
            job.update()
            .where(job.c.id == row.id)
            .values(
                state="running",
                attempts=job.c.attempts + 1,
                worker=worker,
                leased_until=instants.to_text(now + span),
            )
        )
    return chosen


def stage_of(connection: sa.Connection, worker: str, job_id: str) -> int | None:
    """The last stage that was told of a job; None when it is not `worker`'s any more."""
    here = sa.select(job.c.stage).where(
        job.c.id == job_id, job.c.state == "running", job.c.worker == worker
    )
    return connection.execute(here).scalar()


def give_back(connection: sa.Connection, worker: str) -> None:
    """Let others take up at once what `worker` is at."""
    connection.execute(_held_by(worker).values(leased_until=""))


def end_all(connection: sa.Connection) -> None:
    """End every lease: nobody but the one who asks can be at work."""
    connection.execute(job.update().where(job.c.state == "running").values(leased_until=""))


def _held_by(worker: str) -> sa.Update:
    return job.update().where(job.c.state == "running", job.c.worker == worker)


def _lost(now: dt.datetime, span: dt.timedelta) -> sa.ColumnElement[bool]:
    """A lease has run out; one that lies far ahead was given by a clock that was wrong."""
    ended = job.c.leased_until < instants.to_text(now)
    absurd = job.c.leased_until > instants.to_text(now + 3 * span)
    return sa.and_(job.c.state == "running", sa.or_(ended, absurd))
