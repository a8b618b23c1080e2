"""Generation jobs: who can make a lesson, and the stages of making one as they come."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from desktop.errors import WrongUse
from desktop.lessons import templates
from desktop.lessons.request import LessonRequest
from desktop.lessons.templates import Stage

TEMPLATE = "template"


class ProviderUnavailable(WrongUse):
    """There is no such provider, or it is not set up on this machine."""


class Generate(Protocol):
    """Makes a lesson stage by stage; the last stage carries the package."""

    def __call__(self, request: LessonRequest, *, seed: int, now: dt.datetime) -> Iterator[Stage]:
        """Yield each stage as it is done."""


@dataclass(frozen=True)
class Provider:
    """Somebody who can make lessons. `generate` is None while they are not set up."""

    name: str
    title: str
    generate: Generate | None = None


PROVIDERS: dict[str, Provider] = {
    provider.name: provider
    for provider in (
        Provider(TEMPLATE, "Templates, without AI", templates.generate),
        Provider("openai", "A server that speaks the OpenAI protocol"),
        Provider("anthropic", "Anthropic"),
        Provider("google", "Google"),
        Provider("platform", "The ToolBoxAI platform"),
    )
}


@dataclass(frozen=True)
class Job:
    """One wish for a lesson. The same job gives the same lesson, whenever it is run again."""

    request: LessonRequest
    seed: int
    provider: str = TEMPLATE

    @property
    def key(self) -> str:
        """The same for the same wish: what the contract calls the Idempotency-Key."""
        wish = f"{self.provider}\n{self.seed}\n{self.request.model_dump_json()}"
        return hashlib.sha256(wish.encode()).hexdigest()


def generator(name: str) -> Generate:
    """The generator of a provider.

    Raises:
        ProviderUnavailable: nobody of this name, or not set up; says who is there.
    """
    provider = PROVIDERS.get(name)
    if provider is None:
        raise ProviderUnavailable(
            f"There is no provider '{name}'.", mend=f"There are: {', '.join(PROVIDERS)}."
        )
    if provider.generate is None:
        raise ProviderUnavailable(
            f"The provider '{name}' ({provider.title}) is not set up yet.",
            mend="Lessons from templates need no set-up: choose the provider 'template'.",
        )
    return provider.generate


def stages(job: Job, now: dt.datetime) -> Iterator[Stage]:
    """Run a job in this thread.

    Raises:
        ProviderUnavailable: the provider cannot be used.
        CompanionError: as the provider's generator says.
    """
    return generator(job.provider)(job.request, seed=job.seed, now=now)


async def run(job: Job, now: dt.datetime) -> AsyncIterator[Stage]:
    """Run a job beside the event loop: each stage is made in a worker thread.

    Raises:
        ProviderUnavailable: the provider cannot be used.
        CompanionError: as the provider's generator says.
    """
    coming = stages(job, now)
    after: Callable[[], Stage | None] = lambda: next(coming, None)  # noqa: E731  (typed)
    while (stage := await asyncio.to_thread(after)) is not None:
        yield stage
