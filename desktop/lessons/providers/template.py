"""Our own templates as a provider: no AI, no network, nothing to pay; and it says so."""

import asyncio
from collections.abc import AsyncGenerator, Callable

from desktop.classroom import instants
from desktop.errors import WrongUse
from desktop.lessons import parts, templates
from desktop.lessons.package import LessonPackage
from desktop.lessons.providers import Event, Making, PartMade, Revising, Stage
from desktop.lessons.schema import PARTS, Revision
from desktop.sentences import say

TEMPLATE = "template"
REMADE = frozenset({"quiz", "world"})
"""What another seed changes in a template's lesson; everything else is its fixed words."""


class TemplatesFollowNoWords(WrongUse):
    """A template was asked to change a part by an instruction."""


class PartIsFixed(WrongUse):
    """A template writes this part in the same words each time."""


class TemplateProvider:
    """Makes lessons from templates in a worker thread, a stage at a time."""

    name = TEMPLATE

    async def make(self, wish: Making) -> AsyncGenerator[Event, None]:
        """See `Provider.make`; the same wish gives the same lesson."""
        # The moment of asking: a job that is taken up again makes the very same lesson.
        moment = instants.from_text(wish.time)
        steps = templates.generate(wish.request, seed=wish.seed, now=moment)
        after: Callable[[], Stage | None] = lambda: next(steps, None)  # noqa: E731  (typed)
        while (stage := await asyncio.to_thread(after)) is not None:
            if stage.package is not None:
                for part in _told(stage.package):
                    yield part
            yield stage

    async def revise(self, wish: Revising) -> AsyncGenerator[Event, None]:
        """See `Provider.revise`: other questions or another world, from another seed."""
        refuse(wish.part, wish.instruction)
        async for event in self.make(Making(wish.request, wish.seed, wish.time, {})):
            if not isinstance(event, Stage):
                continue
            if event.package is None:
                yield event
                continue
            value = parts.value_of(event.package, wish.part)
            revision = Revision(
                part=wish.part,
                provider=self.name,
                prompt_version=event.package.provenance.prompt_version,
                time=wish.time,
            )
            made = parts.replaced(wish.package, wish.part, value, revision)
            yield PartMade(wish.part, value)
            yield Stage(event.name, event.index, event.of, event.words, made)

    async def close(self) -> None:
        """There is nothing to let go of."""


def refuse(part: str, instruction: str) -> None:
    """Say what a template cannot do.

    Raises:
        TemplatesFollowNoWords: there is an instruction.
        PartIsFixed: the part is the same each time.
    """
    if instruction.strip():
        raise TemplatesFollowNoWords(
            say("A template cannot follow words."),
            mend=say(
                "Leave the instruction empty for other questions, set up an AI provider in "
                "Settings, or change the lesson yourself."
            ),
        )
    if part not in REMADE:
        raise PartIsFixed(
            say(
                "A template writes the {part} in the same words each time.",
                part=part.replace("_", " "),
            ),
            mend=say("Change them in the lesson itself."),
        )


def _told(package: LessonPackage) -> list[PartMade]:
    value = package.model_dump(mode="json")
    return [PartMade(name, value[name]) for name in PARTS]
