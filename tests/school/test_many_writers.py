"""Several server processes write at once: versions keep their order, and each op counts once."""

import datetime as dt
import json
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from desktop.classroom.instants import SystemClock
from desktop.school import facts, feed, store
from desktop.school.accounts import Accounts
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.passwords import Passwords
from desktop.school.problems import Fault
from desktop.school.push import Pushed, parts
from desktop.school.sight import Actor
from desktop.wire.push import Op

WRITERS = 8
ROUNDS = 6
MOMENT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
ADA = Actor("ada", "teacher")


@pytest.fixture
def processes(tmp_path: Path, database_url: sa.URL | None) -> Iterator[list[Database]]:
    """A database as each of several processes has it: nothing is shared but what it holds."""
    url = database_url or file_url(tmp_path / "s.sqlite")
    opened = [Database(url) for _ in range(WRITERS + 1)]
    opened[0].migrate()
    with opened[0].write() as connection:
        facts.begin(connection)
        accounts().add(connection, username="ada", role="teacher", user_id=ADA.id)
    yield opened
    for database in opened:
        database.close()


def accounts() -> Accounts:
    clock = SystemClock()
    return Accounts(clock.now, clock.monotonic, random.Random(1), Passwords())


def make(op_id: str, record_id: str) -> Op:
    return Op.model_validate(
        {
            "op_id": op_id,
            "collection": "classes",
            "id": record_id,
            "kind": "create",
            "base_version": 0,
            "patch": {"name": record_id},
            "at": "2026-03-02T09:00:00Z",
        }
    )


def push(database: Database, ops: list[Op]) -> Pushed:
    [part] = parts(lambda: MOMENT, ADA, ops)
    with database.write() as connection:
        return part(connection)


def at_once(databases: list[Database], work: Callable[[int, Database], object]) -> list[object]:
    """Run `work` in a thread for each database, all let go at the same moment."""
    gate = threading.Barrier(len(databases))

    def run(place: int) -> object:
        gate.wait()
        return work(place, databases[place])

    with ThreadPoolExecutor(len(databases)) as pool:
        return list(pool.map(run, range(len(databases))))


class Follower(threading.Thread):
    """A client that asks for what is new, again and again, as fast as it can."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._last_round = threading.Event()
        self._cursor = ""
        self.seen: list[int] = []

    def finish(self) -> None:
        self._last_round.set()
        self.join()

    def run(self) -> None:
        while True:
            last = self._last_round.is_set()
            self._pull()
            if last:
                return

    def _pull(self) -> None:
        more = True
        while more:
            with self._database.read() as connection:
                body = feed.page(connection, ADA, self._cursor, 20, []).body
            *lines, end = body.splitlines()
            self.seen += [json.loads(line)["version"] for line in lines]
            told = json.loads(end)
            self._cursor, more = told["cursor"], told["has_more"]


def test_a_reader_that_follows_eight_writers_misses_no_version(processes: list[Database]) -> None:
    reader, *writers = processes
    follower = Follower(reader)
    follower.start()

    def write(place: int, database: Database) -> None:
        for number in range(ROUNDS):
            ops = [make(f"{place}-{number}-{n}", f"{place}-{number}-{n}") for n in range(3)]
            push(database, ops)

    try:
        at_once(writers, write)
    finally:
        follower.finish()
    count = WRITERS * ROUNDS * 3
    assert follower.seen == list(range(1, count + 1))
    with reader.read() as connection:
        assert store.current_version(connection) == count


def test_an_op_that_reaches_eight_processes_at_once_counts_once(
    processes: list[Database],
) -> None:
    for number in range(5):
        op = make(f"same-{number}", f"class-{number}")
        results = at_once(processes[1:], lambda _, database, op=op: push(database, [op]))
        told = [(r.results[0].outcome, r.results[0].version) for r in results]  # type: ignore[attr-defined]
        assert sorted(told) == [("applied", number + 1)] + [("duplicate", number + 1)] * 7


def test_two_people_cannot_take_one_name_at_once(processes: list[Database]) -> None:
    names = ["Zoë", "ZOË", "zoe\u0308", "ZOE\u0308"] * 2

    def join(place: int, database: Database) -> str:
        try:
            with database.write() as connection:
                return accounts().add(
                    connection, username=names[place], role="teacher", user_id=f"u{place}"
                )
        except Fault as fault:
            return fault.code

    told = at_once(processes[1:], join)
    assert told.count("username_taken") == 7


def test_what_a_reader_sees_does_not_change_while_it_reads(processes: list[Database]) -> None:
    reader, writer, *_ = processes
    with reader.read() as connection:
        before = store.current_version(connection)
        push(writer, [make("o", "c")])
        assert store.current_version(connection) == before
    with reader.read() as connection:
        assert store.current_version(connection) == before + 1
