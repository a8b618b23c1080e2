"""What Generate decides about lessons that a provider writes: by whom, from what, and how far."""

import asyncio
import datetime as dt
from asyncio import wrap_future
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydantic_core

from desktop.backend.local_school import own_command
from desktop.classroom import instants
from desktop.lessons import package as packages
from desktop.lessons import sources as reading
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import Source
from desktop.storage import lesson_jobs
from desktop.storage.lesson_jobs import StoredJob
from desktop.sync.lesson_jobs import WAITS, Writing
from desktop.ui.parts.by_whom import ByWhom, by_whom
from desktop.ui.parts.words import ago, dotted
from desktop.ui.strings import mark, plural, tr

if TYPE_CHECKING:
    from desktop.services import Services

READER = [*own_command(), "lesson", "read-source-child"]
LINES_SHOWN = 14
"""Of the text that is being written: the newest."""
WAITING_WORDS = mark(
    "Waiting for the school server: it is sent by itself as soon as it can be reached."
)
_STATES = {
    "waiting": mark("Waits to be sent"),
    "running": mark("Being made"),
    "done": mark("Done"),
    "failed": mark("Stopped"),
    "cancelled": mark("Cancelled"),
}


@dataclass(frozen=True)
class JobShown:
    """One lesson that was asked for, in words."""

    id: str
    title: str
    caption: str
    state: str
    can_open: bool
    can_resume: bool
    can_cancel: bool


@dataclass
class Material:
    """What the lesson is to rest on, in the order in which it was given."""

    sources: list[Source] = field(default_factory=list)

    def renumbered(self) -> list[Source]:
        """The sources under the ids s1, s2, ..."""
        return [
            source.model_copy(update={"id": f"s{number}"})
            for number, source in enumerate(self.sources, 1)
        ]


class Asking:
    """Asks for lessons, and says how they stand."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self.material = Material()

    async def by_whom(self) -> ByWhom:
        """Who would write a lesson now."""
        return await by_whom(self._services)

    async def ask(self, request: LessonRequest, *, with_names: bool) -> str:
        """Ask for a lesson with the material that was given; returns the id of the wish."""
        whole = request.model_copy(update={"sources": self.material.renumbered()})
        return await self._services.lessons.ask(whole, with_names=with_names)

    async def add_files(self, files: list[str]) -> str:
        """Read files as material; returns what was left out of them, if anything.

        Raises:
            SourceUnreadable: one of them cannot be read; those before it were.
        """
        notices = []
        for file in files:
            read = await asyncio.to_thread(reading.read_file, Path(file), READER)
            self.material.sources.append(read.source)
            notices.append(read.notice)
        return " ".join(notice for notice in notices if notice)

    def add_paste(self, text: str) -> str:
        """Take pasted text as material; returns what was left out, if anything.

        Raises:
            SourceUnreadable: there is no text.
        """
        read = reading.from_paste(text)
        self.material.sources.append(read.source)
        return read.notice

    def remove(self, at: int) -> None:
        """Take one piece of material away."""
        del self.material.sources[at]

    def listed(self) -> list[str]:
        """The material in words."""
        return [
            dotted(
                source.title, plural("{count} passage", "{count} passages", len(source.passages))
            )
            for source in self.material.sources
        ]

    async def jobs(self) -> list[JobShown]:
        """What was asked for, the newest first."""
        stored = await wrap_future(self._services.ask(lesson_jobs.listed))
        return [self._shown(one) for one in stored]

    async def job(self, job_id: str) -> StoredJob | None:
        """One of them."""
        return await wrap_future(self._services.ask(lesson_jobs.get, job_id))

    async def cancel(self, job_id: str) -> None:
        """Give a wish up."""
        await self._services.lessons.cancel(job_id)

    async def resume(self, job_id: str) -> None:
        """Go on with one that stopped."""
        await self._services.lessons.resume(job_id)

    async def forget(self, job_id: str) -> None:
        """Take one off the list."""
        await self._services.lessons.forget(job_id)

    def on_text(self, listener: Callable[[Writing], None]) -> Callable[[], None]:
        """Hear text as it is written; returns what ends that."""
        return self._services.lessons.subscribe(listener)

    def _shown(self, job: StoredJob) -> JobShown:
        made = instants.from_text(job.created_at)
        now: dt.datetime = self._services.clock.now()
        what = tr("Revision") if job.kind == "revise" else ""
        told = detail_of(job) if job.state in ("failed", "waiting") else used(job)
        return JobShown(
            id=job.id,
            title=job.title,
            caption=dotted(*(one for one in (what, tr(_STATES[job.state]), ago(made, now), told)
                             if one)),
            state=job.state,
            can_open=job.state == "done" and job.kind == "make",
            can_resume=job.state in ("failed", "cancelled") and job.retryable,
            can_cancel=job.state in ("waiting", "running"),
        )  # fmt: skip


def lesson_of(job: StoredJob) -> LessonPackage:
    """The lesson that came of a job, checked anew.

    Raises:
        InvalidPackage: it is none.
    """
    return packages.load(job.package or "")


def detail_of(job: StoredJob) -> str:
    """What is said about how a job stands."""
    return tr(WAITING_WORDS) if job.detail == WAITS else job.detail


def used(job: StoredJob) -> str:
    """What a job has taken so far; empty while that is nothing."""
    if not job.tokens:
        return ""
    cost = tr("price not known")
    if job.cost is not None:
        cost = tr("{cost} US dollars", cost=f"{float(job.cost):.3f}")
    return dotted(plural("{count} token", "{count} tokens", job.tokens), cost)


def readable(text: str) -> str:
    """The sentences in a JSON text that is being written, the newest of them."""
    start = text.find("{")
    if start < 0:
        return text[-600:]
    try:
        found = pydantic_core.from_json(text[start:], allow_partial="trailing-strings")
    except ValueError:
        return ""
    lines = [line for line in _lines(found) if " " in line]  # single words are mostly codes
    return "\n".join(lines[-LINES_SHOWN:])


def _lines(value: Any) -> list[str]:  # noqa: ANN401  (plain JSON)
    if isinstance(value, dict):
        return [line for one in value.values() for line in _lines(one)]
    if isinstance(value, list):
        return [line for one in value for line in _lines(one)]
    return [value] if isinstance(value, str) else []
