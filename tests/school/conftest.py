"""A real school server on loopback for each test, and people who use it over HTTP."""

import asyncio
import contextlib
import datetime as dt
import itertools
import json
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import argon2
import httpx
import pytest
import sqlalchemy as sa
import uvicorn

from desktop.school import application
from desktop.school.folder import Folder
from desktop.school.passwords import Passwords
from desktop.school.school import School
from desktop.school.serve import listen, settings

PASSWORD = "correct horse battery"
START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


class HeldClock:
    """A clock that moves when a test moves it."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> dt.datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)

    def forward(self, seconds: float) -> None:
        self.moment += dt.timedelta(seconds=seconds)


class Person:
    """Somebody signed in, with the whole API at hand."""

    numbers = itertools.count()

    def __init__(self, client: httpx.Client, tokens: dict[str, Any]) -> None:
        self.client = client
        self.tokens = tokens
        self.id: str = tokens["user"]["id"]
        self.cursor = ""

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.client.get(path, params=params, headers=self.headers)

    def post(self, path: str, body: object = None) -> httpx.Response:
        return self.client.post(path, json=body, headers=self.headers)

    def delete(self, path: str) -> httpx.Response:
        return self.client.delete(path, headers=self.headers)

    def push(self, *ops: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.post("/sync/push", {"ops": list(ops)})
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def apply(self, *ops: dict[str, Any]) -> list[int]:
        """Push ops that have to be applied, and return the versions."""
        results = self.push(*ops)
        assert [result["outcome"] for result in results] == ["applied"] * len(ops), results
        return [result["version"] for result in results]

    def pull(self, **params: Any) -> list[dict[str, Any]]:
        """Everything since the last pull."""
        records: list[dict[str, Any]] = []
        while True:
            answer = self.get("/sync/changes", cursor=self.cursor, **params)
            assert answer.status_code == 200, answer.text
            *page, end = [json.loads(line) for line in answer.text.splitlines()]
            records += page
            self.cursor = end["cursor"]
            if not end["has_more"]:
                return records


def make_op(
    kind: str, collection: str, record_id: str, patch: dict[str, Any] | None = None, base: int = 0
) -> dict[str, Any]:
    return {
        "op_id": f"op-{next(Person.numbers)}",
        "collection": collection,
        "id": record_id,
        "kind": kind,
        "base_version": base,
        "patch": patch or {},
        "at": "2026-03-02T09:00:00.000Z",
    }


class Served:
    """A school that answers over real HTTP, in a thread of this process."""

    def __init__(self, school: School, clock: HeldClock) -> None:
        self.school = school
        self.clock = clock
        self.listener = listen("127.0.0.1", 0)
        self.port: int = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        config = settings(application.build(school))
        config.timeout_graceful_shutdown = 1
        self._server = uvicorn.Server(config)
        self._server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]
        self._thread = threading.Thread(target=self._run)
        self.client = httpx.Client(base_url=f"{self.url}/api/v1", timeout=30)

    def _run(self) -> None:
        asyncio.run(self._server.serve(sockets=[self.listener]))

    def start(self) -> None:
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()

    def stop(self) -> None:
        self.client.close()
        self._server.should_exit = True
        self._thread.join()
        self.listener.close()
        self.school.close()

    def add(self, username: str, role: str = "teacher") -> str:
        """Make an account and return its id."""
        accounts = self.school.accounts
        with self.school.database.write() as connection:
            return accounts.add(
                connection, username=username, role=role, password_hash=accounts.hash(PASSWORD)
            )

    def sign_in(self, username: str, password: str = PASSWORD) -> Person:
        body = {"username": username, "password": password, "device_name": "test"}
        answer = self.client.post("/auth/login", json=body)
        assert answer.status_code == 200, answer.text
        return Person(self.client, answer.json())

    def person(self, username: str, role: str = "teacher") -> Person:
        """A new account, signed in."""
        self.add(username, role)
        return self.sign_in(username)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def open_school(
    tmp_path: Path, clock: HeldClock, database_url: sa.URL | None
) -> Callable[[], School]:
    """Opens the school in this test's folder or database; again when called again."""
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

    def opened() -> School:
        return School.open(
            Folder.open(tmp_path / "school"),
            url=database_url,
            clock=clock,
            chance=random.Random(7),
            passwords=Passwords(quick),
            slow_s=3_600,  # on a busy machine slow answers are no fault of the server
        )

    return opened


@pytest.fixture
def served(open_school: Callable[[], School], clock: HeldClock) -> Iterator[Served]:
    """A running school with nobody in it."""
    running = Served(open_school(), clock)
    running.start()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def op() -> Callable[..., dict[str, Any]]:
    """Makes ops: kind, collection, id, patch, base version."""
    return make_op


@pytest.fixture
def ada(served: Served) -> Person:
    """A teacher with a class `math` of the pupils `kim` and `lee`."""
    person = served.person("ada")
    person.apply(
        make_op("create", "classes", "math", {"name": "Mathematics"}),
        make_op(
            "create",
            "students",
            "kim",
            {"given_name": "Kim", "class_ids": ["math"], "roblox_username": "KimPlays"},
        ),
        make_op("create", "students", "lee", {"given_name": "Lee", "class_ids": ["math"]}),
    )
    return person


@pytest.fixture
def ben(served: Served) -> Person:
    """Another teacher, with a class `art` of the pupil `sam`."""
    person = served.person("ben")
    person.apply(
        make_op("create", "classes", "art", {"name": "Art"}),
        make_op("create", "students", "sam", {"given_name": "Sam", "class_ids": ["art"]}),
    )
    return person
