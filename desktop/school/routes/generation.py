"""Generation jobs: ask for a lesson, watch it grow, cancel it, have a part made anew."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import StreamingResponse

from desktop.lessons import package as packages
from desktop.lessons.request import LessonRequest, of_package
from desktop.school import jobs
from desktop.school.asking import AtSchool, Staff, StrictRoute
from desktop.school.problems import answers
from desktop.school.school import School
from desktop.school.sight import Actor
from desktop.school.workshop import Live
from desktop.wire.generation import (
    IDEMPOTENCY_KEY_HEADER,
    LAST_EVENT_ID_HEADER,
    Job,
    JobState,
    ReviseRequest,
    RevisionRequest,
)

EVENT_STREAM = "text/event-stream"
STILL_HERE_S = 15
"""How often a silent stream says that it lives: proxies cut what is quiet for long."""
LOOK_S = 1
"""How often a stream looks for what another server process may have told."""

router = APIRouter(prefix="/generation", tags=["generation"], route_class=StrictRoute)

JobId = Annotated[str, Path(max_length=64)]
Key = Annotated[
    str, Header(alias=IDEMPOTENCY_KEY_HEADER, min_length=1, max_length=200, pattern=r"^[!-~]+$")
]
ByWhom = Annotated[Literal["best", "template"], Query()]
LastEventId = Annotated[str, Header(alias=LAST_EVENT_ID_HEADER, max_length=18, pattern=r"^[0-9]*$")]

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events: stage, delta, part, usage; at the end done or failed.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}


@router.post("/jobs", status_code=202, responses=answers(401, 402, 403, 409))
def create(
    body: LessonRequest, actor: Staff, school: AtSchool, key: Key, provider: ByWhom = "best"
) -> Job:
    """Ask for a lesson; the same key gives the same job.

    `provider=template` makes it from a template also where an AI provider is set up.
    """
    job_id, now = school.accounts.new_id(), school.now()
    with school.database.write() as connection:
        job = jobs.create(
            connection, actor, body, key=key, job_id=job_id, now=now,
            a_day=school.lessons_a_day(connection, actor.id),
            provider=_kind(school, actor, provider),
        )  # fmt: skip
    school.workshop.wake()
    return job


@router.get("/jobs", responses=answers(401, 403))
def list_jobs(actor: Staff, school: AtSchool, state: JobState | None = None) -> list[Job]:
    """One's own jobs, the newest first, without their packages."""
    with school.database.read() as connection:
        return jobs.listed(connection, actor, state)


@router.get("/jobs/{job_id}", responses=answers(401, 403, 404))
def get_job(job_id: JobId, actor: Staff, school: AtSchool) -> Job:
    """One of one's jobs, with the lesson when it is done."""
    with school.database.read() as connection:
        return jobs.get(connection, actor, job_id)


@router.post("/jobs/{job_id}/cancel", responses=answers(401, 403, 404))
def cancel(job_id: JobId, actor: Staff, school: AtSchool) -> Job:
    """Stop a job; one that has ended stays as it is."""
    with school.database.write() as connection:
        job = jobs.cancel(connection, actor, job_id, school.moment())
    school.workshop.stop(job_id)
    return job


@router.post("/jobs/{job_id}/resume", responses=answers(401, 403, 404, 409))
def resume(job_id: JobId, actor: Staff, school: AtSchool) -> Job:
    """Go on with a job that failed or was cancelled, after the last stage it finished."""
    with school.database.write() as connection:
        job = jobs.resume(connection, actor, job_id, school.moment())
    school.workshop.wake()
    return job


@router.post("/jobs/{job_id}/revise", status_code=202, responses=answers(401, 402, 403, 404, 409))
def revise(body: ReviseRequest, job_id: JobId, actor: Staff, school: AtSchool) -> Job:
    """Have a part of a finished lesson made anew, as a new job."""
    with school.database.read() as connection:
        wish = jobs.to_revise(connection, actor, job_id, body)
    return _revised(school, actor, wish, key=None)


@router.post("/revisions", status_code=202, responses=answers(401, 402, 403, 409))
def revise_any(body: RevisionRequest, actor: Staff, school: AtSchool, key: Key) -> Job:
    """Have a part of any lesson made anew; the same key gives the same job."""
    package = packages.load(body.package)
    wish = jobs.Revision(
        part=body.part,
        instruction=body.instruction.strip(),
        package=package,
        request=of_package(package),
        seed=secrets.randbelow(jobs.SEEDS),
    )
    return _revised(school, actor, wish, key=key)


def _revised(school: School, actor: Actor, wish: jobs.Revision, key: str | None) -> Job:
    job_id, now = school.accounts.new_id(), school.now()
    with school.database.write() as connection:
        job = jobs.revise(
            connection, actor, wish, key=key or f"revise:{job_id}", job_id=job_id, now=now,
            a_day=school.lessons_a_day(connection, actor.id),
            provider=_kind(school, actor, "best"),
        )  # fmt: skip
    school.workshop.wake()
    return job


def _kind(school: School, actor: Actor, asked: Literal["best", "template"]) -> str:
    config = school.providers.of(actor.id)
    return "template" if asked == "template" or config is None else config.kind


@router.get(
    "/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses=answers(401, 403, 404) | _STREAM,
)
def events(
    job_id: JobId, actor: Staff, school: AtSchool, last_event_id: LastEventId = ""
) -> StreamingResponse:
    """The story of a job from its beginning, or from where the last stream broke off."""
    with school.database.read() as connection:
        jobs.get(connection, actor, job_id)
    return StreamingResponse(_story(school, job_id, int(last_event_id or 0)),
                             media_type=EVENT_STREAM)  # fmt: skip


async def _story(school: School, job_id: str, after: int) -> AsyncIterator[str]:
    wait = STILL_HERE_S if school.database.is_file else LOOK_S
    silent = 0
    heard = Heard()
    while True:
        news = school.workshop.news
        told, over = await asyncio.to_thread(_since, school, job_id, after)
        for seq, name, data in told:
            yield f"id: {seq}\nevent: {name}\ndata: {data}\n\n"
            after, silent = seq, 0
        if over:
            return
        more = heard.more(school.workshop.live(job_id))
        if more is not None:
            # Without an id: the whole text comes with its part, so nothing is lost on a break.
            yield f"event: delta\ndata: {more}\n\n"
        try:
            await asyncio.wait_for(news.wait(), wait)
        except TimeoutError:
            silent += wait
            if silent >= STILL_HERE_S:
                silent = 0
                yield ": still here\n\n"


@dataclass
class Heard:
    """How much of the text in the making one listener has heard."""

    stage: str = ""
    attempt: int = 0
    letters: int = 0

    def more(self, live: Live | None) -> str | None:
        """What is new, as the data of a `delta` event."""
        if live is None:
            return None
        if (live.stage, live.attempt) != (self.stage, self.attempt):
            self.stage, self.attempt, self.letters = live.stage, live.attempt, 0
        text = live.text[self.letters :]
        if not text:
            return None
        self.letters += len(text)
        told = {"part": live.stage, "text": text, "attempt": live.attempt}
        return msgspec.json.encode(told).decode()


def _since(school: School, job_id: str, after: int) -> tuple[list[tuple[int, str, str]], bool]:
    """The events behind `after`, and whether there will be no more."""
    with school.database.read() as connection:
        return jobs.events(connection, job_id, after), jobs.is_over(connection, job_id)
