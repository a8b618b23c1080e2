"""Generation jobs as they are kept: asked for once, told event by event, never lost."""

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.classroom import instants
from desktop.lessons import generation
from desktop.lessons.request import LessonRequest
from desktop.lessons.templates import STAGES
from desktop.school.problems import Fault, too_many
from desktop.school.sight import Actor
from desktop.school.tables import job, job_event
from desktop.wire.generation import Job, ReviseRequest

MOST_WAITING = 20
"""Jobs that one teacher may have queued or running."""
MOST_LISTED = 100
SEEDS = 2**31
REMADE = frozenset({"quiz", "world"})
"""What another seed changes in a template's lesson; everything else is its fixed words."""


def create(
    connection: sa.Connection,
    actor: Actor,
    request: LessonRequest,
    *,
    key: str,
    job_id: str,
    now: dt.datetime,
    a_day: int,
) -> Job:
    """The job of this key, made now if it is new.

    Raises:
        Fault: 409, the key was used for another request; 402, generation is not in the plan;
            429, too many jobs wait or the day's allowance is used up.
    """
    wish = request.model_dump_json()
    known = connection.execute(
        sa.select(job).where(job.c.user_id == actor.id, job.c.idempotency_key == key)
    ).one_or_none()
    if known is not None:
        if known.request != wish:
            raise Fault(409, "idempotency_key_reused", "This key belongs to another request.")
        return told(known)
    _admit(connection, actor, now, a_day)
    row = _row(actor, wish, key=key, job_id=job_id, now=now, seed=secrets.randbelow(SEEDS))
    connection.execute(job.insert(), row)
    return get(connection, actor, job_id)


def revise(
    connection: sa.Connection,
    actor: Actor,
    old_id: str,
    wish: ReviseRequest,
    *,
    job_id: str,
    now: dt.datetime,
    a_day: int,
) -> Job:
    """A new job that makes a part of a finished lesson anew.

    Raises:
        Fault: 404, there is no such job; 409, it is not done; 422, a template cannot do this;
            402 and 429 as for a new job.
    """
    old = _own(connection, actor, old_id)
    if old.state != "done":
        raise Fault(409, "job_not_done", "Only a finished lesson can be revised.")
    if wish.instruction.strip():
        raise Fault(
            422,
            "instruction_not_followed",
            "This lesson came from a template, which cannot follow words. Leave the instruction "
            "empty for other questions, or change the lesson yourself.",
        )
    if wish.part not in REMADE:
        raise Fault(
            422,
            "part_is_fixed",
            f"A template writes the {wish.part} in the same words each time. "
            "Change them in the lesson itself.",
        )
    _admit(connection, actor, now, a_day)
    row = _row(
        actor, old.request, key=f"revise:{job_id}", job_id=job_id, now=now,
        seed=(old.seed + 1) % SEEDS, revises=old_id, part=wish.part,
    )  # fmt: skip
    connection.execute(job.insert(), row)
    return get(connection, actor, job_id)


def get(connection: sa.Connection, actor: Actor, job_id: str) -> Job:
    """One's own job, with its package when it is done.

    Raises:
        Fault: 404, there is no such job of theirs.
    """
    return told(_own(connection, actor, job_id))


def listed(connection: sa.Connection, actor: Actor, state: str | None) -> list[Job]:
    """One's own jobs, the newest first, without their packages."""
    query = sa.select(job).where(job.c.user_id == actor.id)
    if state is not None:
        query = query.where(job.c.state == state)
    rows = connection.execute(query.order_by(job.c.created_at.desc(), job.c.id.desc()))
    return [told(row).model_copy(update={"package": None}) for row in rows.fetchmany(MOST_LISTED)]


def cancel(connection: sa.Connection, actor: Actor, job_id: str, now: str) -> Job:
    """Stop a job that is not done; one that ended stays as it is.

    Raises:
        Fault: 404, there is no such job of theirs.
    """
    if _own(connection, actor, job_id).state in ("queued", "running"):
        end(connection, job_id, now, "cancelled", code="cancelled", detail="It was cancelled.")
    return get(connection, actor, job_id)


def end(
    connection: sa.Connection,
    job_id: str,
    now: str,
    state: str,
    *,
    code: str = "",
    detail: str = "",
    retryable: bool = True,
    package: str | None = None,
) -> None:
    """Write how a job ended, and say so."""
    values = {"state": state, "code": code, "detail": detail, "updated_at": now, "package": package}
    connection.execute(job.update().where(job.c.id == job_id).values(**values))
    if state == "done":
        say(connection, job_id, "usage", {"input_tokens": 0, "output_tokens": 0, "cost": 0})
        say(connection, job_id, "done", {"job_id": job_id})
    else:
        failed = {"code": code, "detail": detail, "retryable": retryable}
        say(connection, job_id, "failed", failed)


def say(connection: sa.Connection, job_id: str, name: str, data: Mapping[str, Any]) -> None:
    """Add an event to a job's story."""
    last = connection.execute(
        sa.select(sa.func.max(job_event.c.seq)).where(job_event.c.job_id == job_id)
    ).scalar()
    text = msgspec.json.encode(data).decode()
    row = {"job_id": job_id, "seq": (last or 0) + 1, "name": name, "data": text}
    connection.execute(job_event.insert(), row)


def events(connection: sa.Connection, job_id: str, after: int) -> list[tuple[int, str, str]]:
    """The events of a job behind `after`: number, name, data as JSON."""
    query = sa.select(job_event.c.seq, job_event.c.name, job_event.c.data).where(
        job_event.c.job_id == job_id, job_event.c.seq > after
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query.order_by(job_event.c.seq))]


def told(row: sa.Row[Any]) -> Job:
    """A row as it is told."""
    fields = dict(row._mapping)  # noqa: SLF001  (the documented way to a row's names)
    for name in ("user_id", "idempotency_key", "attempts", "worker", "leased_until"):
        del fields[name]
    fields["request"] = msgspec.json.decode(fields["request"])
    fields["package"] = msgspec.json.decode(fields["package"]) if fields["package"] else None
    return Job(of=len(STAGES), **fields)


def _own(connection: sa.Connection, actor: Actor, job_id: str) -> sa.Row[Any]:
    query = sa.select(job).where(job.c.id == job_id, job.c.user_id == actor.id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Fault(404, "not_found", "There is no such job of yours.")
    return row


def midnight(now: dt.datetime) -> dt.datetime:
    """When the day of the allowance began."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def made_today(connection: sa.Connection, user_id: str, now: dt.datetime) -> int:
    """How many lessons a person has had made since midnight."""
    today = sa.select(sa.func.count()).where(
        job.c.user_id == user_id, job.c.created_at >= instants.to_text(midnight(now))
    )
    return int(connection.execute(today).scalar_one())


def _admit(connection: sa.Connection, actor: Actor, now: dt.datetime, a_day: int) -> None:
    if a_day == 0:
        raise Fault(402, "not_entitled", "Making lessons on this server is not in your plan.")
    waiting = sa.select(sa.func.count()).where(
        job.c.user_id == actor.id, job.c.state.in_(["queued", "running"])
    )
    if connection.execute(waiting).scalar_one() >= MOST_WAITING:
        raise too_many("Many of your lessons are still being made. Please wait for them.", 10)
    if made_today(connection, actor.id, now) >= a_day:
        left = (midnight(now) + dt.timedelta(days=1) - now).total_seconds()
        raise too_many(f"You have had {a_day} lessons made today; tomorrow there are more.", left)


def _row(
    actor: Actor,
    wish: str,
    *,
    key: str,
    job_id: str,
    now: dt.datetime,
    seed: int,
    revises: str = "",
    part: str = "",
) -> dict[str, Any]:
    moment = instants.to_text(now)
    return {
        "id": job_id,
        "user_id": actor.id,
        "idempotency_key": key,
        "state": "queued",
        "stage": 0,
        "attempts": 0,
        "provider": generation.TEMPLATE,
        "seed": seed,
        "request": wish,
        "created_at": moment,
        "updated_at": moment,
        "revises": revises,
        "part": part,
        "code": "",
        "detail": "",
        "package": None,
    }
