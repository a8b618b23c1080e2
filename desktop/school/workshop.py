"""The workshop: runs generation jobs beside the requests, two at a time for each teacher."""

import asyncio
import contextlib
import datetime as dt
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec
import sqlalchemy as sa
import structlog

from desktop.classroom import instants
from desktop.errors import CompanionError
from desktop.lessons import generation
from desktop.lessons import package as packages
from desktop.lessons.providers import (
    Delta,
    Draft,
    Event,
    Making,
    PartMade,
    Provider,
    Revising,
    Stage,
    Usage,
)
from desktop.lessons.providers.config import ProviderConfig
from desktop.lessons.providers.problems import ProviderProblem
from desktop.lessons.request import LessonRequest
from desktop.school import jobs, leases, problems
from desktop.school.database import PASSING, Database, reason_of
from desktop.school.providers import Providers
from desktop.school.realtime.channels import Channels
from desktop.school.tables import job
from desktop.wire.realtime import user_channel

log = structlog.get_logger("school.jobs")


class Workshop:
    """Takes queued jobs, oldest first, and makes them. Lives in one event loop.

    Several processes may do so on one database: each holds leases on the jobs that it makes.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], dt.datetime],
        channels: Channels,
        providers: Providers | None = None,
        *,
        alone: bool,
        lease_s: float = leases.LEASE_S,
    ) -> None:
        """`alone`: no other process takes jobs from this database."""
        self._database = database
        self._now = now
        self._channels = channels
        self._providers = providers or Providers()
        self._alone = alone
        self._lease_s = lease_s
        self._name = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._stopping = False
        self._at_work: set[str] = set()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._live: dict[str, Live] = {}

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
                for task in self._tasks.values():
                    task.cancel()
                self._ring()
        self._loop = None
        await asyncio.to_thread(self._end)

    def wake(self) -> None:
        """Look for something new to do, or to tell; from any thread."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: the next start looks
                loop.call_soon_threadsafe(self._ring)

    def stop(self, job_id: str) -> None:
        """Break off a job that was cancelled: every request under way ends. From any thread."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed, and the job with it
                loop.call_soon_threadsafe(self._break_off, job_id)

    def _break_off(self, job_id: str) -> None:
        task = self._tasks.get(job_id)
        if task is not None:
            task.cancel()
        self._ring()

    def live(self, job_id: str) -> "Live | None":
        """What is being written for a job at this moment, if anything."""
        return self._live.get(job_id)

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
                task = workers.create_task(self._make(row))
                self._tasks[row.id] = task
            with contextlib.suppress(TimeoutError):
                # Not wait_for: Python 3.11's swallows a cancellation that meets the news.
                async with asyncio.timeout(self._lease_s / 3):
                    await news.wait()

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
                return leases.take(connection, self._name, moment, span, self._can_begin)
        except PASSING as error:  # looked at again in a moment
            log.warning("job.queue_not_reached", reason=reason_of(error))
            return []

    def _can_begin(self, row: sa.Row[Any]) -> bool:
        """Whether the provider of a job is here: a teacher's own is handed over after a start."""
        return self._providers.config(row.user_id, row.provider) is not None

    async def _make(self, row: sa.Row[Any]) -> None:
        try:
            await self._run(row)
        except CompanionError as error:
            # Trying again helps where the provider was in trouble, or its settings can be mended.
            again = isinstance(error, ProviderProblem)
            code = problems.code_of(error)
            await asyncio.to_thread(self._fail, row, code, str(error), retryable=again)
        except PASSING as error:
            # A full disk or a busy database: it is taken up again when its lease has run out.
            log.warning("job.postponed", job_id=row.id, reason=reason_of(error))
        except Exception:  # a defect of ours in one lesson must not stop the others
            log.exception("job.failed", job_id=row.id)
            detail = "Something went wrong while this lesson was made; it was noted."
            await asyncio.to_thread(self._fail, row, "server_fault", detail, retryable=True)
        finally:
            self._at_work.discard(row.id)
            self._tasks.pop(row.id, None)
            self._live.pop(row.id, None)
            self._ring()

    async def _run(self, row: sa.Row[Any]) -> None:
        config = self._providers.config(row.user_id, row.provider)
        if config is None:
            return
        provider = generation.open_provider(config)
        try:
            async with contextlib.aclosing(_events(provider, row)) as events:
                async for event in events:
                    if isinstance(event, Delta):
                        self._live.setdefault(row.id, Live()).add(event)
                        self._ring()
                    elif self._stopping or not await asyncio.to_thread(
                        self._told, row, event, config
                    ):
                        return
        finally:
            await provider.close()

    def _told(self, row: sa.Row[Any], event: Event, config: ProviderConfig) -> bool:
        """Write down what came; False when nobody waits for the job any more."""
        with self._database.write() as connection:
            done = leases.stage_of(connection, self._name, row.id)
            if done is None:
                return False
            values = _values(event, done, jobs.drafts(connection, row.id), config)
            if values:
                values["updated_at"] = instants.to_text(self._now())
                connection.execute(job.update().where(job.c.id == row.id).values(**values))
            self._say(connection, row, event, done)
        self._announce(row, event)
        return True

    def _say(self, connection: sa.Connection, row: sa.Row[Any], event: Event, done: int) -> None:
        """Add to the job's story what an interruption has not had told already."""
        match event:
            case Stage():
                if event.index > done:
                    jobs.say(connection, row.id, "stage", _words(event))
                if event.package is not None:
                    now = instants.to_text(self._now())
                    whole = event.package.model_dump_json()
                    jobs.end(connection, row.id, now, "done", package=whole)
            case PartMade():
                if event.name not in jobs.told_parts(connection, row.id):
                    value = {"name": event.name, "value": event.value}
                    jobs.say(connection, row.id, "part", value)
            case Usage():
                jobs.say(connection, row.id, "usage", jobs.used(connection, row.id))

    def _announce(self, row: sa.Row[Any], event: Event) -> None:
        if isinstance(event, Stage) and event.package is not None:
            self._tell(row, "generation_completed", {})
        elif isinstance(event, Stage):
            self._tell(row, "generation_progress", _words(event))
        else:
            self.wake()

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
            loop.call_soon_threadsafe(self._channels.publish, channel, event, told)
        self.wake()


@dataclass
class Live:
    """The text of a stage as it is being written; it is in no database."""

    stage: str = ""
    attempt: int = 1
    text: str = ""

    def add(self, delta: Delta) -> None:
        """One more piece; another stage or attempt begins anew."""
        if (delta.stage, delta.attempt) != (self.stage, self.attempt):
            self.stage, self.attempt, self.text = delta.stage, delta.attempt, ""
        self.text += delta.text


def _events(provider: Provider, row: sa.Row[Any]) -> AsyncGenerator[Event, None]:
    """The events of a job, going on after what was drafted before."""
    request = LessonRequest.model_validate_json(row.request)
    cost = None if row.cost is None else Decimal(row.cost)
    used = Usage(row.input_tokens, row.output_tokens, cost)
    if row.base is None:
        drafts = msgspec.json.decode(row.drafts, type=dict[str, dict[str, Any]])
        return provider.make(Making(request, row.seed, row.created_at, drafts, used))
    base = packages.load(row.base)
    return provider.revise(
        Revising(base, row.part, row.instruction, request, row.seed, row.created_at, used)
    )


def _values(
    event: Event, done: int, drafts: dict[str, Any], config: ProviderConfig
) -> dict[str, Any]:
    """What an event changes in the row of its job."""
    match event:
        case Stage() if event.index > done:
            return {"stage": event.index, "model": config.model}
        case Draft():
            kept = {**drafts, event.stage: event.value}
            # A lesson that gets on with every start is not what brings the server down.
            return {"drafts": msgspec.json.encode(kept).decode(), "attempts": 1}
        case Usage():
            cost = None if event.cost is None else str(event.cost)
            return {"input_tokens": event.input_tokens, "output_tokens": event.output_tokens,
                    "cost": cost, "model": config.model}  # fmt: skip
    return {}


def _words(stage: Stage) -> dict[str, Any]:
    return {"name": stage.name, "index": stage.index, "of": stage.of, "words": stage.words}
