"""A job is the same wish wherever it runs, and its stages come without holding up the loop."""

import asyncio
from typing import Any

import pytest

from desktop.classroom.instants import SystemClock
from desktop.lessons import generation
from desktop.lessons.generation import Job
from desktop.lessons.providers import Making, Revising, Stage
from desktop.lessons.providers.config import ProviderConfig
from desktop.lessons.providers.template import PartIsFixed, TemplateProvider, TemplatesFollowNoWords
from desktop.lessons.request import from_sentence, of_package
from desktop.lessons.templates.catalogue import UnknownTopic
from tests.lessons import made

REQUEST = from_sentence("cells, grade 7")
TIME = "2026-11-23T08:00:00.000Z"


async def run(job: Job) -> list[Any]:
    return [event async for event in generation.run(job, ProviderConfig(), SystemClock())]


async def test_stages_arrive_one_by_one_while_the_loop_goes_on() -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0)

    beating = asyncio.create_task(beat())
    stages = [
        (event.name, beats)
        async for event in generation.run(Job(REQUEST, 1), ProviderConfig(), SystemClock())
        if isinstance(event, Stage)
    ]
    beating.cancel()
    assert [name for name, _ in stages][-1] == "validate"
    assert stages[0][1] < stages[-1][1]


async def test_the_same_job_gives_the_same_lesson_again() -> None:
    wish = Making(REQUEST, 5, TIME, {})
    runs = [[event async for event in TemplateProvider().make(wish)] for _ in range(2)]
    assert runs[0] == runs[1]


async def test_a_template_makes_a_part_anew_and_keeps_the_rest() -> None:
    before = made.fractions()
    wish = Revising(before, "quiz", "", of_package(before), seed=99, time=TIME)
    *_, last = [event async for event in TemplateProvider().revise(wish)]
    after = generation.package_of(last)
    assert after.quiz != before.quiz
    assert after.provenance.revisions[0].provider == "template"
    assert after.model_copy(update={"quiz": before.quiz, "provenance": before.provenance}) == before


@pytest.mark.parametrize(
    ("part", "words", "kind"),
    [("quiz", "funnier", TemplatesFollowNoWords), ("summary", "", PartIsFixed)],
)
async def test_what_a_template_cannot_do_is_said(part: Any, words: str, kind: type) -> None:
    before = made.fractions()
    wish = Revising(before, part, words, of_package(before), seed=1, time=TIME)
    with pytest.raises(kind):
        await anext(TemplateProvider().revise(wish))


def test_a_job_is_known_by_its_wish() -> None:
    assert Job(REQUEST, 1).key == Job(from_sentence("cells, grade 7"), 1).key
    others = {
        Job(REQUEST, 1).key,
        Job(REQUEST, 2).key,
        Job(REQUEST, 1, "openai").key,
        Job(from_sentence("cells, grade 8"), 1).key,
    }
    assert len(others) == 4


async def test_a_refusal_reaches_whoever_waits_for_the_stages() -> None:
    with pytest.raises(UnknownTopic):
        await run(Job(from_sentence("basket weaving, grade 7"), 1))


async def test_a_stream_without_a_lesson_is_said_to_have_none() -> None:
    with pytest.raises(Exception, match="ended without a lesson"):
        generation.package_of(None)
