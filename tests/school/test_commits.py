"""Group commit: what comes at the same time is durable together, and fails by itself."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop.school import facts
from desktop.school.commits import Commits
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.statements import Prepared
from desktop.school.tables import fact

READY_S = 30


@pytest.fixture
def database(tmp_path: Path, database_url: sa.URL | None) -> Iterator[Database]:
    with contextlib.closing(Database(database_url or file_url(tmp_path / "s.sqlite"))) as opened:
        opened.migrate()
        yield opened


def put(name: str) -> Callable[[sa.Connection], str]:
    def work(connection: sa.Connection) -> str:
        facts.put(connection, name, "there")
        return name

    return work


def kept(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.execute(sa.select(fact.c.name)).scalars())


def together(
    database: Database, *works: Callable[[sa.Connection], str]
) -> tuple[list[str | BaseException], int]:
    """What became of `works` that all came while another write was under way; and the commits."""
    commits: list[object] = []

    async def ask() -> list[str | BaseException]:
        loop = asyncio.get_running_loop()
        busy, free = threading.Event(), threading.Event()

        def first(connection: sa.Connection) -> str:
            busy.set()
            assert free.wait(READY_S)
            return put("first")(connection)

        together = Commits(database)
        async with together.running():
            before = loop.create_task(together.write(first))
            await asyncio.to_thread(busy.wait, READY_S)
            sa.event.listen(database.engine, "commit", commits.append)
            waiting = [loop.create_task(together.write(work)) for work in works]
            await asyncio.sleep(0)  # each of them stands in the queue now
            free.set()
            answers = await asyncio.gather(before, *waiting, return_exceptions=True)
        return answers[1:]

    return asyncio.run(ask()), len(commits)


def test_what_comes_while_a_commit_is_under_way_shares_the_next_one(database: Database) -> None:
    names = [f"n{number}" for number in range(20)]
    answers, commits = together(database, *map(put, names))
    assert answers == names
    assert kept(database) >= {"first", *names}
    assert commits == 2


def test_a_piece_that_fails_undoes_itself_alone(database: Database) -> None:
    def fails(connection: sa.Connection) -> str:
        put("half")(connection)
        raise LookupError("not this one")

    answers, _ = together(database, put("before"), fails, put("after"))
    assert answers[0] == "before"
    assert isinstance(answers[1], LookupError)
    assert answers[2] == "after"
    assert kept(database) >= {"first", "before", "after"}
    assert "half" not in kept(database)


def test_when_the_disk_fails_nobody_of_the_group_is_told_that_it_was_done(
    database: Database,
) -> None:
    def full(connection: sa.Connection) -> str:
        raise sa.exc.OperationalError("INSERT", None, Exception("database or disk is full"))

    answers, _ = together(database, put("before"), full, put("after"))
    assert [type(answer) for answer in answers] == [sa.exc.OperationalError] * 3
    assert kept(database) == {"first"}


def test_what_waits_when_the_server_stops_is_still_written(database: Database) -> None:
    async def stop_at_once() -> "asyncio.Task[str]":
        async with (together := Commits(database)).running():
            waiting = asyncio.create_task(together.write(put("late")))
            await asyncio.sleep(0)
        return waiting

    assert asyncio.run(stop_at_once()).result() == "late"
    assert kept(database) == {"late"}


def test_a_refused_statement_is_said_as_ever_and_without_its_values(database: Database) -> None:
    insert = Prepared(fact.insert())
    with database.write() as connection:
        insert.run(connection, {"name": "pupil", "value": "Kim Okafor"})
        with pytest.raises(sa.exc.IntegrityError) as refused:
            insert.run(connection, {"name": "pupil", "value": "Kim Okafor"})
    assert "Kim" not in str(refused.value)
