"""Lessons written by a model: our stages, one question each, checked before the next is asked."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, cast

from desktop.lessons import builder, parts
from desktop.lessons.package import InvalidPackage, LessonPackage
from desktop.lessons.providers import (
    Delta,
    Draft,
    Event,
    Making,
    PartMade,
    Revising,
    Usage,
    assemble,
    drafts,
    models,
    prompts,
    rules,
    stage,
)
from desktop.lessons.providers.config import ProviderConfig
from desktop.lessons.providers.corrections import Correction
from desktop.lessons.providers.drafts import Form
from desktop.lessons.providers.talk import Talk
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import Provenance, Revision

WRITTEN = ("analyse", "outline", "world", "interactions", "quiz")
"""The stages that a model writes; the others are ours."""


class ModelProvider:
    """One model behind one address."""

    def __init__(
        self,
        config: ProviderConfig,
        opening: Callable[[ProviderConfig], models.OpenModel] = models.open_model,
    ) -> None:
        self._config = config
        self._opening = opening
        self._opened: models.OpenModel | None = None

    @property
    def name(self) -> str:
        """What the provenance says."""
        return self._config.kind

    async def make(self, wish: Making) -> AsyncGenerator[Event, None]:
        """See `Provider.make`."""
        talk = await self._talk(wish.used)
        done = {name: dict(value) for name, value in wish.drafts.items()}
        for name in WRITTEN:
            async for event in _write(talk, name, wish.request, done):
                yield event
            for part in assemble.parts_of(name, done, wish.request):
                yield part
            yield stage(name, assemble.words(name, done, wish.request))
        package = assemble.package(done, wish.request, self._provenance(wish))
        build = await asyncio.to_thread(builder.build, package, lesson_id="draft", telemetry=None)
        yield stage("script", f"{len(build.scripts)} scripts, {build.instance_count} instances.")
        if wish.request.sources:
            async for event in _write(talk, "validate", wish.request, done):
                yield event
            package = assemble.with_evidence(package, done["validate"], wish.request)
        yield stage("validate", assemble.verdict(package), package)

    async def revise(self, wish: Revising) -> AsyncGenerator[Event, None]:
        """See `Provider.revise`."""
        talk = await self._talk(wish.used)
        question = prompts.revise(wish.package, wish.part, wish.instruction)
        form = drafts.REVISIONS[wish.part]
        yield stage("analyse", "")
        made: Correction[LessonPackage] | None = None

        def check(filled: Any) -> list[str]:  # noqa: ANN401  (one of several forms)
            nonlocal made
            try:
                made = assemble.revised(wish, filled, self._revision(wish))
            except (InvalidPackage, drafts.InvalidDraft) as invalid:
                return invalid.sentences
            return []

        async for event in talk.ask(wish.part, question, form, check):
            if isinstance(event, (Delta, Usage)):
                yield event
        corrected = cast("Correction[LessonPackage]", made)
        package = corrected.value
        yield PartMade(wish.part, parts.value_of(package, wish.part))
        yield stage("validate", " ".join([assemble.verdict(package), *corrected.notes]), package)

    async def close(self) -> None:
        """See `Provider.close`."""
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened.close()

    async def _talk(self, used: Usage) -> Talk:
        if self._opened is None:
            # The clients' packages take a second to load.
            self._opened = await asyncio.to_thread(self._opening, self._config)
        return Talk(self._opened, self._config, used)

    def _provenance(self, wish: Making) -> Provenance:
        return Provenance(
            provider=self.name,
            model=self._config.model,
            prompt_version=prompts.version(),
            time=wish.time,
        )

    def _revision(self, wish: Revising) -> Revision:
        return Revision(
            part=wish.part,
            provider=self.name,
            model=self._config.model,
            prompt_version=prompts.version(),
            time=wish.time,
            instruction=wish.instruction,
        )


async def _write(
    talk: Talk, name: str, request: LessonRequest, done: dict[str, dict[str, Any]]
) -> AsyncGenerator[Event, None]:
    """Have a stage written, unless an earlier run has; `done` holds it afterwards."""
    if name in done:
        return
    question = prompts.make(name, request, done)
    check = rules.check_of(name, request, done)
    schema = rules.schema_of(name, request, done)
    async for event in talk.ask(name, question, drafts.FORMS[name], check, schema):
        if isinstance(event, Form):
            done[name] = event.model_dump(mode="json")
            yield Draft(name, done[name])
        else:
            yield event
