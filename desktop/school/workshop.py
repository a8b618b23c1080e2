"""The workshop: runs generation jobs beside the requests, two at a time for each teacher."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable
from typing import Any

import sqlalchemy as sa
import structlog

from desktop.classroom import instants
from desktop.errors import CompanionError
from desktop.lessons import generation
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.templates import Stage
from desktop.school import jobs
from desktop.school.database import PASSING, Database, reason_of
from desktop.school.realtime.hub import Hub
from desktop.school.tables import job
from desktop.wire.realtime import user_channel

AT_ONCE = 2
"""Jobs of one teacher that run at the same time."""
AT_ONCE_IN_ALL = 4
PARTS = ("title", "summary", "objectives", "activities", "vocabulary", "quiz", "world")

log = structlog.get_logger("school.jobs")


class Workshop:
    """Takes queued jobs, oldest first, and makes them. Lives in one event loop."""

    def __init__(self, database: Database, now: Callable[[], dt.datetime], hub: Hub) -> None:
        self._database = database
        self._now = now
        self._hub = hub
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._stopping = False
        self._at_work: set[str] = set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work in this event loop until the block ends; a job in the middle is resumed later."""
        self._loop = asyncio.get_running_loop()
        self._stopping = False
        await asyncio.to_thread(self._recover)
        async with asyncio.TaskGroup() as workers:
            shift = workers.create_task(self._work(workers))
            try:
                yield
            finally:
                self._stopping = True
                shift.cancel()
                self._ring()
        self._loop = None

    def wake(self) -> None:
        """Look for something new to do, or to tell; from any thread."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the next start looks
                loop.call_soon_threadsafe(self._ring)

    @property
    def news(self) -> asyncio.Event:
        """Is set at the next change of any job. Take it before looking, so that none is missed."""
        return self._news

    def _ring(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    def _recover(self) -> None:
        with self._database.write() as connection:
            jobs.recover(connection, instants.to_text(self._now()))

    async def _work(self, workers: asyncio.TaskGroup) -> None:
        while True:
            news = self._news
            for row in await asyncio.to_thread(self._next):
                self._at_work.add(row.id)
                workers.create_task(self._make(row))
            await news.wait()

    def _next(self) -> list[sa.Row[Any]]:
        """Queued jobs that may begin now."""
        busy = sa.select(job.c.user_id).where(job.c.id.in_(list(self._at_work)))
        queued = sa.select(job).where(job.c.state == "queued").order_by(job.c.created_at, job.c.id)
        with self._database.read() as connection:
            owners = list(connection.execute(busy).scalars())
            waiting = connection.execute(queued.limit(500)).all()
        chosen: list[sa.Row[Any]] = []
        for row in waiting:
            if len(owners) >= AT_ONCE_IN_ALL:
                break
            if row.id not in self._at_work and owners.count(row.user_id) < AT_ONCE:
                owners.append(row.user_id)
                chosen.append(row)
        return chosen

    async def _make(self, row: sa.Row[Any]) -> None:
        try:
            await asyncio.to_thread(self._make_in_thread, row)
        except PASSING as error:
            # A full disk or a busy database: the job stays, and the next start takes it up.
            log.warning("job.postponed", job_id=row.id, reason=reason_of(error))
            return
        finally:
            self._at_work.discard(row.id)
            self._ring()

    def _make_in_thread(self, row: sa.Row[Any]) -> None:
        with self._database.write() as connection:
            taken = connection.execute(
                job.update()
                .where(job.c.id == row.id, job.c.state == "queued")
                .values(state="running", attempts=job.c.attempts + 1)
            ).rowcount
        if not taken:
            return  # it was cancelled meanwhile
        try:
            self._run(row)
        except CompanionError as error:
            self._fail(row, _code(error), str(error), retryable=False)
        except PASSING:
            raise
        except Exception:  # a defect of ours in one lesson must not stop the others
            log.exception("job.failed", job_id=row.id)
            detail = "Something went wrong while this lesson was made; it was noted."
            self._fail(row, "server_fault", detail, retryable=True)

    def _run(self, row: sa.Row[Any]) -> None:
        request = LessonRequest.model_validate_json(row.request)
        wish = generation.Job(request, row.seed, row.provider)
        # The moment of asking: a job that is taken up again makes the very same lesson.
        for stage in generation.stages(wish, instants.from_text(row.created_at)):
            if self._stopping or not self._told(row, stage):
                return

    def _told(self, row: sa.Row[Any], stage: Stage) -> bool:
        """Write a stage down; False when nobody waits for the job any more."""
        with self._database.write() as connection:
            here = sa.select(job.c.state, job.c.stage).where(job.c.id == row.id)
            state, done = connection.execute(here).one_or_none() or ("gone", 0)
            if state != "running":
                return False
            # What was told before an interruption is not told again.
            if stage.index > done:
                now = instants.to_text(self._now())
                connection.execute(
                    job.update().where(job.c.id == row.id).values(stage=stage.index, updated_at=now)
                )
                jobs.say(connection, row.id, "stage", _words(stage))
            if stage.package is not None:
                self._finish(connection, row, stage.package)
        if stage.package is None:
            self._tell(row, "generation_progress", _words(stage))
        else:
            self._tell(row, "generation_completed", {})
        return True

    def _finish(self, connection: sa.Connection, row: sa.Row[Any], package: LessonPackage) -> None:
        value = package.model_dump(mode="json")
        for part in [row.part] if row.part else PARTS:
            jobs.say(connection, row.id, "part", {"name": part, "value": value[part]})
        now = instants.to_text(self._now())
        jobs.end(connection, row.id, now, "done", package=package.model_dump_json())

    def _fail(self, row: sa.Row[Any], code: str, detail: str, *, retryable: bool) -> None:
        now = instants.to_text(self._now())
        with self._database.write() as connection:
            jobs.end(
                connection, row.id, now, "failed", code=code, detail=detail, retryable=retryable
            )
        self._tell(row, "generation_failed", {"code": code})

    def _tell(self, row: sa.Row[Any], event: str, data: dict[str, Any]) -> None:
        loop = self._loop
        if loop is None:
            return
        channel, told = user_channel(row.user_id), {"job_id": row.id, **data}
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is connected
            loop.call_soon_threadsafe(self._hub.publish, channel, event, told)
        self.wake()


def _words(stage: Stage) -> dict[str, Any]:
    return {"name": stage.name, "index": stage.index, "of": stage.of, "words": stage.words}


def _code(error: CompanionError) -> str:
    """`UnknownTopic` as `unknown_topic`."""
    name = type(error).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]
