"""A job is the same wish wherever it runs, and its stages come without holding up the loop."""

import asyncio

import pytest

from desktop.lessons import generation
from desktop.lessons.generation import Job, ProviderUnavailable
from desktop.lessons.request import from_sentence
from desktop.lessons.templates.catalogue import UnknownTopic
from tests.lessons import made

REQUEST = from_sentence("cells, grade 7")


async def test_stages_arrive_one_by_one_while_the_loop_goes_on() -> None:
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            beats += 1
            await asyncio.sleep(0)

    beating = asyncio.create_task(beat())
    job = Job(REQUEST, seed=1)
    stages = [(stage.name, beats) async for stage in generation.run(job, made.NOW)]
    beating.cancel()
    assert [name for name, _ in stages][-1] == "validate"
    assert stages[0][1] < stages[-1][1]


async def test_the_same_job_gives_the_same_lesson_again() -> None:
    job = Job(REQUEST, seed=5)
    runs = [[stage async for stage in generation.run(job, made.NOW)] for _ in range(2)]
    assert runs[0] == runs[1]


def test_a_job_is_known_by_its_wish() -> None:
    assert Job(REQUEST, 1).key == Job(from_sentence("cells, grade 7"), 1).key
    others = {
        Job(REQUEST, 1).key,
        Job(REQUEST, 2).key,
        Job(REQUEST, 1, "openai").key,
        Job(from_sentence("cells, grade 8"), 1).key,
    }
    assert len(others) == 4


@pytest.mark.parametrize("name", [name for name in generation.PROVIDERS if name != "template"])
def test_a_provider_that_is_not_set_up_says_so(name: str) -> None:
    with pytest.raises(ProviderUnavailable, match="is not set up yet"):
        generation.stages(Job(REQUEST, 1, name), made.NOW)


def test_an_unknown_provider_is_told_who_there_is() -> None:
    with pytest.raises(ProviderUnavailable, match="There are: template, "):
        generation.generator("gpt")


async def test_a_refusal_reaches_whoever_waits_for_the_stages() -> None:
    job = Job(from_sentence("basket weaving, grade 7"), 1)
    with pytest.raises(UnknownTopic):
        await anext(generation.run(job, made.NOW))
