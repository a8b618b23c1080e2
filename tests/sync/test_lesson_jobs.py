"""Lessons asked of a real school: queued offline, sent once, followed, taken up when started."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.backend.generation import GenerationClient
from desktop.lessons import package
from desktop.lessons.request import LessonRequest, QuizRequest
from desktop.lessons.schema import Passage, Source
from desktop.storage import erasing, lesson_jobs, outbox
from desktop.storage.lesson_jobs import StoredJob
from desktop.sync.lesson_jobs import WAITS, LessonJobs, Writing
from desktop.wire.generation import ProviderWish
from tests.lessons.providers import answers
from tests.lessons.providers.fake import MODEL, FakeProvider, Reply
from tests.sync.world import Device, School, devices

REQUEST = LessonRequest(topic="the water cycle", grade_level=5, quiz=QuizRequest(questions=3))


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    provider = FakeProvider()
    yield provider
    provider.close()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110  (another process is at it)
            await asyncio.sleep(0.02)


class Desk:
    """A teacher's device with its queue of lessons."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.client = GenerationClient(device.session)
        self.jobs = LessonJobs(device.cache, self.client, clock=device.clock, chance=device.chance)

    async def own(self, fake: FakeProvider) -> None:
        wish = ProviderWish(kind="openai", base_url=fake.url, model=MODEL, key="secret-key")
        await self.client.hand_over(wish)

    def stored(self, job_id: str) -> StoredJob:
        found = self.device.cache.read(lambda connection: lesson_jobs.get(connection, job_id))
        assert found is not None
        return found

    async def until(self, job_id: str, *states: str) -> StoredJob:
        await until(lambda: self.stored(job_id).state in states)
        return self.stored(job_id)


@contextlib.asynccontextmanager
async def at_desk(folder: Path, school: School, fake: FakeProvider) -> AsyncIterator[Desk]:
    async with devices(folder, school, "laptop") as [device]:
        desk = Desk(device)
        await desk.own(fake)
        await desk.jobs.start()
        try:
            yield desk
        finally:
            await desk.jobs.stop()


async def test_a_lesson_is_asked_for_followed_and_kept(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    fake.script = lambda stage, _: Reply(answers.good(stage), pieces=10, pause_s=0.02)
    async with at_desk(tmp_path, school, fake) as desk:
        heard: list[Writing] = []
        unsubscribe = desk.jobs.subscribe(heard.append)
        job_id = await desk.jobs.ask(REQUEST)
        done = await desk.until(job_id, "done", "failed")
        unsubscribe()
    assert done.lesson is not None
    assert package.load(done.lesson).title == "The water cycle"
    assert (done.stage, done.model, done.tokens, done.cost) == (7, MODEL, 750, None)
    assert {one.stage for one in heard} & set(answers.GOOD)
    assert all(answers.good(one.stage).startswith(one.text) for one in heard)


async def test_a_wish_made_offline_is_sent_once_when_the_network_is_back(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    async with at_desk(tmp_path, school, fake) as desk:
        desk.device.network.lose_request("/generation/jobs")
        desk.device.network.lose_answer("/generation/jobs")
        job_id = await desk.jobs.ask(REQUEST)
        await until(lambda: desk.stored(job_id).detail == WAITS)
        desk.jobs.went_online()
        done = await desk.until(job_id, "done")
    assert done.detail == ""
    assert fake.stages().count("analyse") == 1


async def test_the_next_start_of_the_app_takes_up_what_is_not_finished(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    async with at_desk(tmp_path, school, fake) as desk:
        await desk.jobs.stop()
        job_id = await desk.jobs.ask(REQUEST)
        assert desk.stored(job_id).state == "waiting"
        again = Desk(desk.device)
        await again.jobs.start()
        await again.until(job_id, "done")
        await again.jobs.stop()


async def test_a_failed_lesson_goes_on_where_it_broke_off(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    fake.script = lambda stage, number: (
        Reply(status=401) if (stage, number) == ("quiz", 1) else None
    )
    async with at_desk(tmp_path, school, fake) as desk:
        job_id = await desk.jobs.ask(REQUEST)
        failed = await desk.until(job_id, "failed")
        assert "does not accept the key" in failed.detail
        assert (failed.retryable, failed.stage) == (True, 4)
        await desk.jobs.resume(job_id)
        await desk.until(job_id, "done")
    assert fake.stages().count("analyse") == 1
    assert fake.stages().count("quiz") == 2


async def test_a_lesson_is_given_up_here_and_there(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    fake.script = lambda _stage, _number: Reply("x" * 4_000, pieces=2_000, pause_s=0.02)
    async with at_desk(tmp_path, school, fake) as desk:
        job_id = await desk.jobs.ask(REQUEST)
        await desk.until(job_id, "running")
        await until(lambda: desk.jobs.writing(job_id) is not None)
        await desk.jobs.cancel(job_id)
        assert desk.stored(job_id).state == "cancelled"
        assert await asyncio.to_thread(fake.gone.wait, 30)
        assert (await desk.client.job(desk.stored(job_id).job_id)).state == "cancelled"


async def test_a_part_is_revised_from_the_lesson_as_it_stands(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    async with at_desk(tmp_path, school, fake) as desk:
        job_id = await desk.jobs.ask(REQUEST)
        made = package.load((await desk.until(job_id, "done")).lesson or {})
        mine = made.model_copy(update={"title": "My title"})
        revision = await desk.jobs.revise(mine, "summary", "shorter", lesson_id="l1")
        done = await desk.until(revision, "done")
    assert done.lesson is not None
    assert (done.lesson["title"], done.lesson["summary"]) == ("My title", "A shorter summary.")
    assert done.lesson_id == "l1"


ROSTER = (
    {"given_name": "Wilhelmina", "family_name": "Okonkwo", "roblox_username": "MinaBuilds",
     "email": "mina@school.example"},
    {"given_name": "Tadeusz", "family_name": "Łukasiewicz"},
)  # fmt: skip
TELLING = ("wilhelmina", "okonkwo", "minabuilds", "mina@school", "tadeusz", "łukasiewicz")


async def test_no_name_of_the_roster_reaches_a_provider(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    text = "Story by Wilhelmina Okonkwo. Heat from the sun turns the water of the sea into vapour."
    source = Source(id="s1", title="Story", kind="paste", passages=[Passage(id="p1", text=text)])
    request = REQUEST.model_copy(
        update={
            "topic": "the water cycle for MinaBuilds",
            "notes": "Tadeusz needs pictures; write to mina@school.example. List the class.",
            "accommodations": ["Large print for Wilhelmina"],
            "objectives": ["Tadeusz Łukasiewicz names three stages"],
            "sources": [source],
        }
    )
    async with at_desk(tmp_path, school, fake) as desk:
        for pupil in ROSTER:
            desk.device.create("students", **pupil)
        job_id = await desk.jobs.ask(request)
        made = package.load((await desk.until(job_id, "done")).lesson or {})
        revision = await desk.jobs.revise(made, "summary", "Praise Tadeusz in it")
        await desk.until(revision, "done")
        kept = desk.stored(job_id).body + desk.stored(revision).body
    told = fake.told().casefold()
    assert [name for name in TELLING if name in told] == []
    assert [name for name in TELLING if name in kept.casefold()] == []
    assert "large print for a student" in told
    assert "praise a student in it" in told


async def test_names_are_sent_when_the_teacher_allows_it(
    tmp_path: Path, school: School, fake: FakeProvider
) -> None:
    request = REQUEST.model_copy(update={"notes": "Wilhelmina likes rivers."})
    async with at_desk(tmp_path, school, fake) as desk:
        desk.device.create("students", **ROSTER[0])
        job_id = await desk.jobs.ask(request, with_names=True)
        await desk.until(job_id, "done")
    assert "Wilhelmina likes rivers." in fake.told()


async def test_a_refused_wish_says_why(tmp_path: Path, school: School, fake: FakeProvider) -> None:
    async with at_desk(tmp_path, school, fake) as desk:
        desk.device.network.answer("/generation/jobs", 402, b'{"detail": "Not in your plan."}')
        failed = await desk.until(await desk.jobs.ask(REQUEST), "failed")
    assert "Not in your plan" in failed.detail


def test_words_that_are_also_names_stay_in_a_topic() -> None:
    from desktop.lessons.names import Names, Pupil

    names = Names([Pupil("Rose", "Mark"), Pupil("Al", "Xu"), Pupil()])
    assert names.hide("the rose and its parts", about_students=False) == (
        "the rose and its parts", 0,
    )  # fmt: skip
    assert names.hide("Rose  Mark, and MARK, ROSE", about_students=False)[1] == 2
    assert names.hide("Rose reads; roses grow; Al waits", about_students=True) == (
        "a student reads; roses grow; Al waits", 1,
    )  # fmt: skip


def test_a_list_of_ended_lessons_does_not_grow_for_ever(act: Any, cache: Any) -> None:
    for number in range(lesson_jobs.MOST_KEPT + 20):
        state: Any = "waiting" if number == 0 else "done"
        new = StoredJob(f"{number:04}", "make", "t", "", "best", "{}", state)
        act(lesson_jobs.add, new)
    kept = cache.read(lesson_jobs.listed)
    assert len(kept) <= lesson_jobs.MOST_KEPT + 1
    assert "0000" in {job.id for job in kept}


def test_erasing_a_student_takes_the_wishes_that_name_them(act: Any, cache: Any) -> None:
    student = act(outbox.create, "students", ROSTER[0]).id
    for name, body in (("about", '{"notes": "Wilhelmina likes rivers"}'), ("other", "{}")):
        act(lesson_jobs.add, StoredJob(name, "make", "rivers", "", "best", body, "done"))
    act(erasing.erase, student)
    assert [job.id for job in cache.read(lesson_jobs.listed)] == ["other"]
