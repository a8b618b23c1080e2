"""Generation jobs: ask for a lesson, watch it grow, cancel it, have a part made anew."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path
from fastapi.responses import StreamingResponse

from desktop.lessons.request import LessonRequest
from desktop.school import jobs
from desktop.school.asking import AtSchool, Staff, StrictRoute
from desktop.school.problems import answers
from desktop.school.school import School
from desktop.wire.generation import (
    IDEMPOTENCY_KEY_HEADER,
    LAST_EVENT_ID_HEADER,
    Job,
    JobState,
    ReviseRequest,
)

EVENT_STREAM = "text/event-stream"
STILL_HERE_S = 15
"""How often a silent stream says that it lives: proxies cut what is quiet for long."""
LOOK_S = 1
"""How often a stream looks for what another server process may have told."""

router = APIRouter(prefix="/generation/jobs", tags=["generation"], route_class=StrictRoute)

JobId = Annotated[str, Path(max_length=64)]
Key = Annotated[
    str, Header(alias=IDEMPOTENCY_KEY_HEADER, min_length=1, max_length=200, pattern=r"^[!-~]+$")
]
LastEventId = Annotated[str, Header(alias=LAST_EVENT_ID_HEADER, max_length=18, pattern=r"^[0-9]*$")]

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events: stage, part, usage, and at the end done or failed.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}


@router.post("", status_code=202, responses=answers(401, 402, 403, 409))
def create(body: LessonRequest, actor: Staff, school: AtSchool, key: Key) -> Job:
    """Ask for a lesson; the same key gives the same job."""
    job_id, now = school.accounts.new_id(), school.now()
    with school.database.write() as connection:
        a_day = school.lessons_a_day(connection, actor.id)
        job = jobs.create(connection, actor, body, key=key, job_id=job_id, now=now, a_day=a_day)
    school.workshop.wake()
    return job


@router.get("", responses=answers(401, 403))
def list_jobs(actor: Staff, school: AtSchool, state: JobState | None = None) -> list[Job]:
    """One's own jobs, the newest first, without their packages."""
    with school.database.read() as connection:
        return jobs.listed(connection, actor, state)


@router.get("/{job_id}", responses=answers(401, 403, 404))
def get_job(job_id: JobId, actor: Staff, school: AtSchool) -> Job:
    """One of one's jobs, with the lesson when it is done."""
    with school.database.read() as connection:
        return jobs.get(connection, actor, job_id)


@router.post("/{job_id}/cancel", responses=answers(401, 403, 404))
def cancel(job_id: JobId, actor: Staff, school: AtSchool) -> Job:
    """Stop a job; one that has ended stays as it is."""
    with school.database.write() as connection:
        job = jobs.cancel(connection, actor, job_id, school.moment())
    school.workshop.wake()
    return job


@router.post("/{job_id}/revise", status_code=202, responses=answers(401, 402, 403, 404, 409))
def revise(body: ReviseRequest, job_id: JobId, actor: Staff, school: AtSchool) -> Job:
    """Have a part of a finished lesson made anew, as a new job."""
    new_id, now = school.accounts.new_id(), school.now()
    with school.database.write() as connection:
        a_day = school.lessons_a_day(connection, actor.id)
        job = jobs.revise(connection, actor, job_id, body, job_id=new_id, now=now, a_day=a_day)
    school.workshop.wake()
    return job


@router.get(
    "/{job_id}/events",
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
    while True:
        news = school.workshop.news
        told, over = await asyncio.to_thread(_since, school, job_id, after)
        for seq, name, data in told:
            yield f"id: {seq}\nevent: {name}\ndata: {data}\n\n"
            after, silent = seq, 0
        if over:
            return
        try:
            await asyncio.wait_for(news.wait(), wait)
        except TimeoutError:
            silent += wait
            if silent >= STILL_HERE_S:
                silent = 0
                yield ": still here\n\n"


def _since(school: School, job_id: str, after: int) -> tuple[list[tuple[int, str, str]], bool]:
    """The events behind `after`, and whether there will be no more."""
    with school.database.read() as connection:
        told = jobs.events(connection, job_id, 0)
    # A job that had told something and has nothing to tell was forgotten meanwhile.
    over = told[-1][1] in ("done", "failed") if told else after > 0
    return [event for event in told if event[0] > after], over
