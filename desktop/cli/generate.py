"""A lesson from one sentence, in a shell: stages on standard error, the lesson on standard output.

An AI provider is paid for what it writes, so each finished stage is kept in the profile until the
lesson is there: the same command again goes on where the last one broke off.
"""

import asyncio
import contextlib
import random
import sys
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec

from desktop import private_files, services
from desktop.backend.local_school import own_command
from desktop.classroom import instants
from desktop.classroom.instants import SystemClock
from desktop.cli import lessons
from desktop.cli.context import Context
from desktop.lessons import generation
from desktop.lessons import package as packages
from desktop.lessons import request as requests
from desktop.lessons import sources as reading
from desktop.lessons.generation import Job
from desktop.lessons.package import LessonPackage
from desktop.lessons.providers import Delta, Draft, Event, Making, Stage, Usage
from desktop.lessons.providers.config import ADDRESSES, KINDS, ProviderConfig
from desktop.lessons.request import ALL_KINDS, LessonRequest, QuizRequest
from desktop.lessons.schema import ENVIRONMENTS, INTERACTIONS
from desktop.settings import Settings

SUBJECTS = ("mathematics", "science", "history", "language", "computing")
READER = [*own_command(), "lesson", "read-source-child"]
DRAFTS = "drafts"
"""The folder in the profile for lessons that are not finished."""


@click.command()
@click.argument("sentence")
@click.option("--subject", type=click.Choice(SUBJECTS))
@click.option("--grade", type=click.IntRange(0, 13), help="0 is kindergarten.")
@click.option("--environment", type=click.Choice(ENVIRONMENTS))
@click.option("--interaction", type=click.Choice(INTERACTIONS), default="explore")
@click.option("--difficulty", type=click.Choice(["easy", "medium", "hard", "expert"]))
@click.option("--quiz", type=click.IntRange(1, 20), default=8, help="How many questions.")
@click.option(
    "--question",
    "kinds",
    type=click.Choice(ALL_KINDS),
    multiple=True,
    help="A kind of question that is welcome; may be given several times, else all are.",
)
@click.option("--minutes", type=click.IntRange(15, 180), default=45)
@click.option("--language", help="Such as 'es'; else as the sentence is written.")
@click.option("--provider", type=click.Choice(KINDS), help="Else as the settings say.")
@click.option("--address", help="Address of the AI provider, else as the settings say.")
@click.option("--model", help="The AI provider's model, else as the settings say.")
@click.option("--key-stdin", is_flag=True, help="Read the key from standard input, once.")
@click.option(
    "--source",
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A PDF, Word or text file to rest the lesson on; may be given several times.",
)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="The same seed, the same lesson.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to a file.")
@click.pass_obj
def generate(
    context: Context,
    /,
    sentence: str,
    subject: Any,  # noqa: ANN401  (click checks the choices)
    grade: int | None,
    seed: int | None,
    out: Path | None,
    quiz: int,
    kinds: tuple[Any, ...],
    minutes: int,
    provider: str | None,
    address: str | None,
    model: str | None,
    key_stdin: bool,
    files: tuple[Path, ...],
    **wishes: str | None,
) -> None:
    """Make a lesson from one SENTENCE, such as 'fractions on a number line, grade 4'."""
    read = requests.from_sentence(sentence, grade_level=grade, subject=subject)
    request = LessonRequest.model_validate(
        {
            **read.model_dump(),
            **{wish: value for wish, value in wishes.items() if value is not None},
            "duration_minutes": minutes,
            "quiz": QuizRequest(questions=quiz, kinds=list(kinds) or ALL_KINDS),
            "sources": reading.read_files(files, READER),
        }
    )
    config = _config(context.settings, provider, address, model, key_stdin=key_stdin)
    chosen = seed if seed is not None else random.SystemRandom().getrandbits(31)
    made = asyncio.run(_make(context.settings, Job(request, chosen, config.kind), config))
    if out is not None:
        lessons.write(out, packages.dump(made).encode())
        print(f"Written to {out}.", file=sys.stderr)
    lessons.keep(context.settings, made)
    context.emit(made.model_dump())
    if not context.as_json:
        context.say(lessons.outline(made))


def _config(
    settings: Settings,
    kind: str | None,
    address: str | None,
    model: str | None,
    *,
    key_stdin: bool,
) -> ProviderConfig:
    """The settings' provider, with what the command says otherwise."""
    changes: dict[str, Any] = {}
    if kind is not None and kind != settings.ai_provider:
        changes |= {"ai_provider": kind, "ai_address": "", "ai_model": ""}
    changes |= {"ai_address": address} if address is not None else {}
    changes |= {"ai_model": model} if model is not None else {}
    chosen = replace(settings, **changes)
    if chosen.ai_provider == "template":
        return ProviderConfig()
    if key_stdin:
        return _with_key(chosen, sys.stdin.readline().strip())
    if address is not None and ProviderConfig(base_url=address).on_this_computer:
        return _with_key(chosen, "")
    return services.ai_provider(chosen)


def _with_key(settings: Settings, key: str) -> ProviderConfig:
    kind = settings.ai_provider
    address = settings.ai_address or ADDRESSES[kind]
    return ProviderConfig(kind, address, settings.ai_model, key, settings.ai_username)


async def _make(settings: Settings, job: Job, config: ProviderConfig) -> LessonPackage:
    unfinished = _Unfinished(settings.profile, job)
    provider = generation.open_provider(config)
    time = instants.to_text(SystemClock().now())
    wish = Making(job.request, job.seed, time, unfinished.drafts)
    last: Event | None = None
    try:
        async with contextlib.aclosing(provider.make(wish)) as events:
            last = await _told(events, unfinished)
    finally:
        await provider.close()
    made = generation.package_of(last)
    unfinished.forget()
    return made


async def _told(events: AsyncGenerator[Event, None], unfinished: "_Unfinished") -> Event | None:
    """Say what happens, keep what is finished, and give the last event."""
    event: Event | None = None
    used = Usage()
    attempt = 1
    try:
        async for event in events:
            match event:
                case Stage():
                    print(f"[{event.index}/{event.of}] {event.name}: {event.words}",
                          file=sys.stderr)  # fmt: skip
                case Draft():
                    unfinished.keep(event)
                case Usage():
                    used = event
                case Delta() if event.attempt > attempt:
                    print("    That was not usable; it is being put right.", file=sys.stderr)
            attempt = event.attempt if isinstance(event, Delta) else attempt
    finally:
        if used.tokens:  # also what broke off was paid for
            cost = "price not known" if used.cost is None else f"{used.cost:.4f} US dollars"
            print(f"Used {used.tokens} tokens, {cost}.", file=sys.stderr)
    return event


class _Unfinished:
    """The finished stages of a lesson that is not finished, in a file of the profile."""

    def __init__(self, profile: Path, job: Job) -> None:
        # What a model writes depends on no seed: the same wish goes on, whatever seed was drawn.
        self._file = profile / DRAFTS / f"{Job(job.request, 0, job.provider).key[:32]}.json"
        self.drafts: dict[str, dict[str, Any]] = {}
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
            self.drafts = msgspec.json.decode(
                self._file.read_bytes(), type=dict[str, dict[str, Any]]
            )
        if self.drafts:
            print(f"Going on after {len(self.drafts)} finished stages.", file=sys.stderr)

    def keep(self, draft: Draft) -> None:
        """Write a finished stage down, for this user's eyes only."""
        self.drafts[draft.stage] = draft.value
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        private_files.write(self._file, msgspec.json.encode(self.drafts))

    def forget(self) -> None:
        """The lesson is there."""
        self._file.unlink(missing_ok=True)
