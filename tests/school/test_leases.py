"""Several server processes make the lessons of one queue: each once, whoever dies or sleeps."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from desktop.lessons import templates
from desktop.lessons.request import LessonRequest
from desktop.school import jobs
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.realtime.hub import Hub
from desktop.school.sight import Actor
from desktop.school.tables import job, job_event
from desktop.school.workshop import Workshop

WISH = LessonRequest(topic="fractions on a number line", grade_level=4)
LEASE_S = 1.0
GENERATE = templates.generate


@pytest.fixture
def databases(tmp_path: Path, database_url: sa.URL | None) -> Iterator[list[Database]]:
    """One database as three processes have it."""
    url = database_url or file_url(tmp_path / "s.sqlite")
    opened = [Database(url) for _ in range(3)]
    opened[0].migrate()
    yield opened
    for database in opened:
        database.close()


class Brake:
    """Holds the template generator up after its first stage until it is let go."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.begun = 0

    def generate(self, request: LessonRequest, *, seed: int, now: Any) -> Iterator[Any]:
        self.begun += 1
        first, *rest = GENERATE(request, seed=seed, now=now)
        yield first
        self.free.wait(20)  # not for ever: a test that fails must end
        yield from rest


@pytest.fixture
def brake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Brake]:
    held = Brake()
    monkeypatch.setattr(templates, "generate", held.generate)
    yield held
    held.free.set()


@contextlib.asynccontextmanager
async def at_work(databases: list[Database], clock: Any) -> AsyncIterator[list[Workshop]]:
    """A workshop on each database, as long as the block lasts."""
    async with contextlib.AsyncExitStack() as stack:
        shops = [
            Workshop(one, clock.now, Hub("k", "s"), alone=False, lease_s=LEASE_S)
            for one in databases
        ]
        for shop in shops:
            await stack.enter_async_context(shop.running())
        yield shops


def ask(database: Database, clock: Any, teacher: str, number: int = 0) -> str:
    job_id = f"{teacher}-{number}"
    with database.write() as connection:
        jobs.create(
            connection, Actor(teacher, "teacher"), WISH,
            key=str(number), job_id=job_id, now=clock.now(), a_day=100,
        )  # fmt: skip
    return job_id


def row_of(database: Database, job_id: str) -> Any:
    with database.read() as connection:
        return connection.execute(sa.select(job).where(job.c.id == job_id)).one()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(holds):  # noqa: ASYNC110  (other processes tell no way)
            await asyncio.sleep(0.02)


async def test_three_processes_make_each_lesson_once(databases: list[Database], clock: Any) -> None:
    asked = [ask(databases[0], clock, f"t{t}", n) for t in range(3) for n in range(2)]
    async with at_work(databases, clock) as shops:
        for shop in shops:
            shop.wake()
        await until(lambda: all(row_of(databases[0], one).state == "done" for one in asked))
    with databases[0].read() as connection:
        told = connection.execute(
            sa.select(job_event.c.job_id, sa.func.count())
            .where(job_event.c.name == "stage")
            .group_by(job_event.c.job_id)
        ).all()
    assert {row[0]: row[1] for row in told} == dict.fromkeys(asked, len(templates.STAGES))
    assert [row_of(databases[0], one).attempts for one in asked] == [1] * len(asked)


async def test_two_lessons_of_a_teacher_are_made_at_once_by_all_processes_together(
    databases: list[Database], clock: Any, brake: Brake
) -> None:
    asked = [ask(databases[0], clock, "ada", number) for number in range(5)]
    async with at_work(databases, clock) as shops:
        await until(lambda: brake.begun == 2)
        for shop in shops:
            shop.wake()
        waiting = sa.select(sa.func.count()).where(job.c.state == "queued")
        with databases[0].read() as connection:
            assert connection.execute(waiting).scalar_one() == 3
        brake.free.set()
        await until(lambda: all(row_of(databases[0], one).state == "done" for one in asked))
    assert [row_of(databases[0], one).attempts for one in asked] == [1] * 5


async def test_what_a_killed_process_was_at_is_made_by_another_when_its_lease_ends(
    databases: list[Database], clock: Any
) -> None:
    job_id = ask(databases[0], clock, "ada")
    async with at_work(databases[1:], clock):
        with databases[0].write() as connection:
            connection.exec_driver_sql(
                "UPDATE job SET state = 'running', attempts = 1, worker = 'killed', "
                "leased_until = '2026-03-02T09:00:01.000Z'"
            )
        clock.forward(0.9)
        await asyncio.sleep(LEASE_S)
        assert row_of(databases[0], job_id).worker == "killed"
        clock.forward(0.2)
        await until(lambda: row_of(databases[0], job_id).state == "done")
    assert row_of(databases[0], job_id).attempts == 2


async def test_a_lease_given_by_a_clock_that_was_years_ahead_does_not_hold(
    databases: list[Database], clock: Any
) -> None:
    job_id = ask(databases[0], clock, "ada")
    with databases[0].write() as connection:
        connection.exec_driver_sql(
            "UPDATE job SET state = 'running', worker = 'x', "
            "leased_until = '2031-01-01T00:00:00.000Z'"
        )
    async with at_work(databases[1:2], clock):
        await until(lambda: row_of(databases[0], job_id).state == "done")


async def test_work_that_takes_longer_than_a_lease_keeps_it(
    databases: list[Database], clock: Any, brake: Brake
) -> None:
    job_id = ask(databases[0], clock, "ada")
    async with at_work(databases[:2], clock):
        await until(lambda: row_of(databases[0], job_id).stage == 1)
        for _ in range(3):
            held = row_of(databases[0], job_id).leased_until
            clock.forward(0.8 * LEASE_S)
            await until(lambda held=held: row_of(databases[0], job_id).leased_until > held)  # type: ignore[misc]
        brake.free.set()
        await until(lambda: row_of(databases[0], job_id).state == "done")
    assert (brake.begun, row_of(databases[0], job_id).attempts) == (1, 1)


async def test_whoever_lost_its_lease_writes_nothing_more(
    databases: list[Database], clock: Any, brake: Brake
) -> None:
    job_id = ask(databases[0], clock, "ada")
    async with at_work(databases[:1], clock) as [shop]:
        await until(lambda: row_of(databases[0], job_id).stage == 1)
        with databases[1].write() as connection:
            connection.execute(job.update().values(worker="another"))
        brake.free.set()
        await until(lambda: not shop._at_work)
    left = row_of(databases[0], job_id)
    assert (left.state, left.stage, left.worker) == ("running", 1, "another")


async def test_a_clean_stop_gives_the_work_back_at_once(
    databases: list[Database], clock: Any, brake: Brake
) -> None:
    job_id = ask(databases[0], clock, "ada")
    async with at_work(databases[:1], clock):
        await until(lambda: row_of(databases[0], job_id).stage == 1)
        asyncio.get_running_loop().call_later(0.1, brake.free.set)
    assert row_of(databases[0], job_id).leased_until == ""
    async with at_work(databases[1:2], clock):
        await until(lambda: row_of(databases[0], job_id).state == "done")
