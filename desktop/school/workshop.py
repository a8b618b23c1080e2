"""The workshop: runs generation jobs beside the requests, two at a time for each teacher."""

import asyncio
import contextlib
import datetime as dt
import secrets
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
from desktop.school import jobs, leases
from desktop.school.database import PASSING, Database, reason_of
from desktop.school.realtime.hub import Hub
from desktop.school.tables import job
from desktop.wire.realtime import user_channel

PARTS = ("title", "summary", "objectives", "activities", "vocabulary", "quiz", "world")

log = structlog.get_logger("school.jobs")


class Workshop:
    """Takes queued jobs, oldest first, and makes them. Lives in one event loop.

    Several processes may do so on one database: each holds leases on the jobs that it makes.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], dt.datetime],
        hub: Hub,
        *,
        alone: bool,
        lease_s: float = leases.LEASE_S,
    ) -> None:
        """`alone`: no other process takes jobs from this database."""
        self._database = database
        self._now = now
        self._hub = hub
        self._alone = alone
        self._lease_s = lease_s
        self._name = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._stopping = False
        self._at_work: set[str] = set()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work in this event loop until the block ends; a job in the middle is resumed later."""
        self._loop = asyncio.get_running_loop()
        self._stopping = False
        self._name = secrets.token_hex(8)
        await asyncio.to_thread(self._begin)
        async with asyncio.TaskGroup() as workers:
            shift = workers.create_task(self._work(workers))
            try:
                yield
            finally:
                self._stopping = True
                shift.cancel()
                self._ring()
        self._loop = None
        await asyncio.to_thread(self._end)

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

    def _begin(self) -> None:
        if self._alone:  # whoever was at a job is gone
            with self._database.write() as connection:
                leases.end_all(connection)

    def _end(self) -> None:
        """Let others take up at once what is left in the middle."""
        try:
            with self._database.write() as connection:
                leases.give_back(connection, self._name)
        except PASSING as error:  # the leases run out by themselves
            log.warning("job.leases_left", reason=reason_of(error))

    async def _work(self, workers: asyncio.TaskGroup) -> None:
        while True:
            news = self._news
            for row in await asyncio.to_thread(self._next, list(self._at_work)):
                self._at_work.add(row.id)
                workers.create_task(self._make(row))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), self._lease_s / 3)

    def _next(self, at_work: list[str]) -> list[sa.Row[Any]]:
        """Jobs to begin now, ours already; the leases of those at work are renewed meanwhile."""
        moment, span = self._now(), dt.timedelta(seconds=self._lease_s)
        try:
            with self._database.read() as connection:
                idle = not at_work and not leases.anything(connection, moment, span)
            if idle:
                return []
            with self._database.write() as connection:
                leases.renew(connection, self._name, at_work, moment, span)
                leases.recover(connection, moment, span)
                return leases.take(connection, self._name, moment, span)
        except PASSING as error:  # looked at again in a moment
            log.warning("job.queue_not_reached", reason=reason_of(error))
            return []

    async def _make(self, row: sa.Row[Any]) -> None:
        try:
            await asyncio.to_thread(self._make_in_thread, row)
        except PASSING as error:
            # A full disk or a busy database: it is taken up again when its lease has run out.
            log.warning("job.postponed", job_id=row.id, reason=reason_of(error))
            return
        finally:
            self._at_work.discard(row.id)
            self._ring()

    def _make_in_thread(self, row: sa.Row[Any]) -> None:
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
            done = leases.stage_of(connection, self._name, row.id)
            if done is None:
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
            if leases.stage_of(connection, self._name, row.id) is None:
                return
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
