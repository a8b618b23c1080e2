"""Generation jobs as they are kept: asked for once, told event by event, never lost."""

import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import sqlalchemy as sa

from desktop.classroom import instants
from desktop.lessons import package as packages
from desktop.lessons.package import LessonPackage
from desktop.lessons.providers import template
from desktop.lessons.providers.template import TEMPLATE
from desktop.lessons.request import LessonRequest
from desktop.lessons.templates import STAGES
from desktop.school.problems import Fault, too_many
from desktop.school.sight import Actor
from desktop.school.tables import job, job_event
from desktop.wire.generation import Job, Part, ReviseRequest

MOST_WAITING = 20
"""Jobs that one teacher may have queued or running."""
MOST_LISTED = 100
SEEDS = 2**31


def create(
    connection: sa.Connection,
    actor: Actor,
    request: LessonRequest,
    *,
    key: str,
    job_id: str,
    now: dt.datetime,
    a_day: int,
    provider: str = TEMPLATE,
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
    connection.execute(job.insert(), {**row, "provider": provider})
    return get(connection, actor, job_id)


@dataclass(frozen=True)
class Revision:
    """A part to be made anew, of this lesson."""

    part: Part
    instruction: str
    package: LessonPackage
    request: LessonRequest
    seed: int
    revises: str = ""
    """The job that made the lesson, if one did."""


def to_revise(
    connection: sa.Connection, actor: Actor, old_id: str, wish: ReviseRequest
) -> Revision:
    """What revising a finished job means.

    Raises:
        Fault: 404, there is no such job; 409, it is not done.
        InvalidPackage: the lesson that was sent along is none.
    """
    old = _own(connection, actor, old_id)
    if old.state != "done":
        raise Fault(409, "job_not_done", "Only a finished lesson can be revised.")
    return Revision(
        part=wish.part,
        instruction=wish.instruction.strip(),
        package=packages.load(old.package if wish.package is None else wish.package),
        request=LessonRequest.model_validate_json(old.request),
        seed=(old.seed + 1) % SEEDS,
        revises=old_id,
    )


def revise(
    connection: sa.Connection,
    actor: Actor,
    wish: Revision,
    *,
    key: str,
    job_id: str,
    now: dt.datetime,
    a_day: int,
    provider: str = TEMPLATE,
) -> Job:
    """A new job that makes a part of a lesson anew; the same key gives the same job.

    Raises:
        Fault: 409, the key was used for another request; 422, a template cannot do this;
            402 and 429 as for a new job.
    """
    base = wish.package.model_dump_json()
    known = connection.execute(
        sa.select(job).where(job.c.user_id == actor.id, job.c.idempotency_key == key)
    ).one_or_none()
    if known is not None:
        if (known.part, known.instruction, known.base) != (wish.part, wish.instruction, base):
            raise Fault(409, "idempotency_key_reused", "This key belongs to another request.")
        return told(known)
    if provider == TEMPLATE:
        _refuse_what_templates_cannot_do(wish)
    _admit(connection, actor, now, a_day)
    row = _row(
        actor, wish.request.model_dump_json(), key=key, job_id=job_id, now=now, seed=wish.seed,
        revises=wish.revises, part=wish.part,
    )  # fmt: skip
    more = {"instruction": wish.instruction, "base": base, "provider": provider}
    connection.execute(job.insert(), {**row, **more})
    return get(connection, actor, job_id)


def _refuse_what_templates_cannot_do(wish: Revision) -> None:
    try:
        template.refuse(wish.part, wish.instruction)
    except template.TemplatesFollowNoWords as error:
        raise Fault(422, "instruction_not_followed", str(error)) from error
    except template.PartIsFixed as error:
        raise Fault(422, "part_is_fixed", str(error)) from error


def get(connection: sa.Connection, actor: Actor, job_id: str) -> Job:
    """One's own job, with its package when it is done.

    Raises:
        Fault: 404, there is no such job of theirs.
    """
    return told(_own(connection, actor, job_id))


def listed(connection: sa.Connection, actor: Actor, state: str | None) -> list[Job]:
    """One's own jobs, the newest first, without their packages and sources."""
    query = sa.select(job).where(job.c.user_id == actor.id)
    if state is not None:
        query = query.where(job.c.state == state)
    rows = connection.execute(query.order_by(job.c.created_at.desc(), job.c.id.desc()))
    return [_in_a_list(told(row)) for row in rows.fetchmany(MOST_LISTED)]


def _in_a_list(whole: Job) -> Job:
    """A job without what makes it large."""
    request = {name: value for name, value in whole.request.items() if name != "sources"}
    return whole.model_copy(update={"package": None, "request": request})


def cancel(connection: sa.Connection, actor: Actor, job_id: str, now: str) -> Job:
    """Stop a job that is not done; one that ended stays as it is.

    Raises:
        Fault: 404, there is no such job of theirs.
    """
    if _own(connection, actor, job_id).state in ("queued", "running"):
        end(connection, job_id, now, "cancelled", code="cancelled", detail="It was cancelled.")
    return get(connection, actor, job_id)


def resume(connection: sa.Connection, actor: Actor, job_id: str, now: str) -> Job:
    """Go on with a job that failed or was cancelled, after the last stage it finished.

    Raises:
        Fault: 404, there is no such job of theirs; 409, it runs or is done, or would fail again.
    """
    row = _own(connection, actor, job_id)
    if row.state != "cancelled" and not (row.state == "failed" and row.retryable):
        raise Fault(409, "job_not_resumable", "This job has nothing to go on with.")
    fresh = {"state": "queued", "attempts": 0, "code": "", "detail": "", "updated_at": now}
    connection.execute(job.update().where(job.c.id == job_id).values(**fresh))
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
    connection.execute(
        job.update()
        .where(job.c.id == job_id)
        .values(
            state=state,
            code=code,
            detail=detail,
            updated_at=now,
            package=package,
            retryable=retryable and state != "done",
        )
    )
    if state == "done":
        say(connection, job_id, "usage", used(connection, job_id))
        say(connection, job_id, "done", {"job_id": job_id})
    else:
        failed = {"code": code, "detail": detail, "retryable": retryable}
        say(connection, job_id, "failed", failed)


def drafts(connection: sa.Connection, job_id: str) -> dict[str, Any]:
    """What a provider has written of a job so far, by stage."""
    text = connection.execute(sa.select(job.c.drafts).where(job.c.id == job_id)).scalar_one()
    return msgspec.json.decode(text, type=dict[str, Any])


def used(connection: sa.Connection, job_id: str) -> dict[str, Any]:
    """What a job has taken so far; the cost in US dollars, null where the price is not known."""
    columns = sa.select(job.c.input_tokens, job.c.output_tokens, job.c.cost)
    row = connection.execute(columns.where(job.c.id == job_id)).one()
    cost = None if row.cost is None else float(row.cost)
    return {"input_tokens": row.input_tokens, "output_tokens": row.output_tokens, "cost": cost}


def say(connection: sa.Connection, job_id: str, name: str, data: Mapping[str, Any]) -> None:
    """Add an event to a job's story."""
    last = connection.execute(
        sa.select(sa.func.max(job_event.c.seq)).where(job_event.c.job_id == job_id)
    ).scalar()
    text = msgspec.json.encode(data).decode()
    row = {"job_id": job_id, "seq": (last or 0) + 1, "name": name, "data": text}
    connection.execute(job_event.insert(), row)


def told_parts(connection: sa.Connection, job_id: str) -> frozenset[str]:
    """The parts that a job's story has told already."""
    query = sa.select(job_event.c.data).where(
        job_event.c.job_id == job_id, job_event.c.name == "part"
    )
    return frozenset(msgspec.json.decode(data)["name"] for (data,) in connection.execute(query))


def is_over(connection: sa.Connection, job_id: str) -> bool:
    """Whether a job will tell no more: it has ended, or was forgotten."""
    state = connection.execute(sa.select(job.c.state).where(job.c.id == job_id)).scalar()
    return state not in ("queued", "running")


def events(connection: sa.Connection, job_id: str, after: int) -> list[tuple[int, str, str]]:
    """The events of a job behind `after`: number, name, data as JSON."""
    query = sa.select(job_event.c.seq, job_event.c.name, job_event.c.data).where(
        job_event.c.job_id == job_id, job_event.c.seq > after
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query.order_by(job_event.c.seq))]


def told(row: sa.Row[Any]) -> Job:
    """A row as it is told."""
    fields = dict(row._mapping)  # noqa: SLF001  (the documented way to a row's names)
    for name in ("user_id", "idempotency_key", "attempts", "worker", "leased_until", "base",
                 "drafts"):  # fmt: skip
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
        "provider": TEMPLATE,
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
