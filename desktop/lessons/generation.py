"""Making a lesson by whoever is set up for it: the provider of a configuration, and its name."""

import hashlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from desktop.classroom import instants
from desktop.errors import CompanionError
from desktop.lessons.package import LessonPackage
from desktop.lessons.providers import Event, Making, Provider, Stage
from desktop.lessons.providers.config import ProviderConfig, checked
from desktop.lessons.request import LessonRequest
from desktop.sentences import say

TEMPLATE = "template"


@dataclass(frozen=True)
class Job:
    """One wish for a lesson. From a template, the same job always gives the same lesson."""

    request: LessonRequest
    seed: int
    provider: str = TEMPLATE

    @property
    def key(self) -> str:
        """The same for the same wish: what the contract calls the Idempotency-Key."""
        wish = f"{self.provider}\n{self.seed}\n{self.request.model_dump_json()}"
        return hashlib.sha256(wish.encode()).hexdigest()


def open_provider(config: ProviderConfig) -> Provider:
    """Whoever makes lessons by this configuration.

    Raises:
        ProviderNotSetUp: something is missing in it, or its address is none.
    """
    in_order = checked(config)
    if in_order.kind == "template":
        from desktop.lessons.providers.template import TemplateProvider

        return TemplateProvider()
    if in_order.kind == "platform":
        from desktop.lessons.providers.platform import PlatformProvider

        return PlatformProvider(in_order)
    from desktop.lessons.providers.model import ModelProvider

    return ModelProvider(in_order)


async def run(
    job: Job, config: ProviderConfig, clock: instants.Clock
) -> AsyncGenerator[Event, None]:
    """Make a lesson here, in this process, from the beginning to its end.

    Raises:
        CompanionError: as the provider says.
    """
    provider = open_provider(config)
    try:
        wish = Making(job.request, job.seed, instants.to_text(clock.now()), {})
        async for event in provider.make(wish):
            yield event
    finally:
        await provider.close()


def package_of(event: Event | None) -> LessonPackage:
    """The lesson that the last event of a stream carries.

    Raises:
        CompanionError: it carries none.
    """
    package = event.package if isinstance(event, Stage) else None
    if package is None:
        raise CompanionError(say("The provider ended without a lesson."))
    return package
