"""A small real world for tests: a school process, devices on it, and a network that misbehaves."""

import asyncio
import contextlib
import datetime as dt
import heapq
import itertools
import json
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.backend import accounts, locks, problems, secrets, session
from desktop.backend.companion import CompanionClient
from desktop.backend.transport import Answer, HttpTransport, Request, Transport
from desktop.classroom.instants import SystemClock
from desktop.storage import outbox, records, sending
from desktop.storage.cache import Cache
from desktop.sync.engine import SyncEngine
from desktop.sync.outcome import Report

ROOT = Path(__file__).parents[2]


class School:
    """The real server as its own process."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        with (folder / "school.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "desktop", "school", "serve",
                 "--data", str(folder / "data"), "--owner", "--until-stdin-closes", *options],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.stop()
            raise AssertionError((folder / "school.log").read_text())
        self.ready: dict[str, Any] = json.loads(line)

    @property
    def url(self) -> str:
        return str(self.ready["url"])

    @property
    def username(self) -> str:
        return str(self.ready["owner"]["username"])

    @property
    def password(self) -> str:
        return str(self.ready["owner"]["password"])

    def stop(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """One empty school for all tests of a worker: each test makes and looks at its own records."""
    running = School(tmp_path_factory.mktemp("school"), "--empty")
    yield running
    running.stop()


class Network:
    """A transport in front of the real one. Each planned mishap happens once, to what it fits."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self._planned: list[tuple[str, Callable[[Request], Awaitable[Answer]]]] = []
        self.sent: list[Request] = []

    @property
    def server(self) -> str:
        return self._inner.server

    async def close(self) -> None:
        await self._inner.close()

    async def send(self, request: Request) -> Answer:
        self.sent.append(request)
        for place, (path, mishap) in enumerate(self._planned):
            if request.path.endswith(path):
                del self._planned[place]
                return await mishap(request)
        return await self._inner.send(request)

    async def lines(self, request: Request) -> AsyncIterator[str]:
        self.sent.append(request)
        async for line in self._inner.lines(request):
            yield line

    def calm(self) -> None:
        """Whatever mishap has not happened yet does not happen any more."""
        self._planned.clear()

    def requests(self, path: str) -> list[Request]:
        return [request for request in self.sent if request.path.endswith(path)]

    def lose_request(self, path: str) -> None:
        async def mishap(_: Request) -> Answer:
            raise problems.Offline(self.server)

        self._planned.append((path, mishap))

    def lose_answer(self, path: str) -> None:
        async def mishap(request: Request) -> Answer:
            await self._inner.send(request)
            raise problems.LostAnswer(self.server)

        self._planned.append((path, mishap))

    def answer(
        self, path: str, status: int, body: bytes = b"{}", headers: Mapping[str, str] = {}
    ) -> None:
        async def mishap(_: Request) -> Answer:
            return Answer(status, {"content-type": "application/json", **headers}, body)

        self._planned.append((path, mishap))

    def change_answer(self, path: str, change: Callable[[Answer], Answer]) -> None:
        async def mishap(request: Request) -> Answer:
            return change(await self._inner.send(request))

        self._planned.append((path, mishap))

    def hold(self, path: str) -> tuple[asyncio.Event, asyncio.Event]:
        """The request arrives, and its answer waits: (arrived, let go)."""
        arrived, let_go = asyncio.Event(), asyncio.Event()

        async def mishap(request: Request) -> Answer:
            answer = await self._inner.send(request)
            arrived.set()
            await let_go.wait()
            return answer

        self._planned.append((path, mishap))
        return arrived, let_go


class Device:
    """One computer of the teacher, with the real cache, session, client and engine."""

    def __init__(self, folder: Path, school: School, name: str) -> None:
        self.name = name
        self.clock = SystemClock()
        self.chance = random.Random(name)
        self.store = secrets.MemoryStore()
        self.network = Network(HttpTransport(school.url))
        self.folder = folder / name
        self._school = school

    async def open(self) -> "Device":
        tokens = await session.log_in(
            self.network, self._school.username, self._school.password, self.name
        )
        self.account = accounts.local_account(tokens)
        self.session = accounts.open_session(
            self.folder, self.account, self.network, self.store, clock=self.clock
        )
        await self.session.keep(tokens)
        place = accounts.place(self.folder, self.account)
        self.cache = Cache.open(place.folder, clock=self.clock, chance=self.chance, who=self.name)
        self.client = CompanionClient(self.session)
        self.engine = SyncEngine(
            self.cache,
            self.client,
            clock=self.clock,
            lock=lambda: locks.held(place.sync_lock, self.clock, 5.0),
        )
        return self

    async def close(self) -> None:
        await self.network.close()
        await asyncio.to_thread(self.cache.close)

    async def round(self) -> Report:
        """A round that has to finish whole."""
        report = await self.engine.round()
        assert report.problem is None, report.problem
        return report

    def create(self, collection: str, **data: Any) -> str:
        return self.cache.write(lambda tx: outbox.create(tx, collection, data)).result().id

    def edit(self, collection: str, record: str, **patch: Any) -> str:
        change = self.cache.write(lambda tx: outbox.update(tx, collection, record, patch))
        return change.result().op_id

    def delete(self, collection: str, record: str) -> None:
        self.cache.write(lambda tx: outbox.delete(tx, collection, record)).result()

    def see(self, collection: str, record: str) -> dict[str, Any] | None:
        found = self.cache.read(lambda connection: records.get(connection, collection, record))
        return None if found is None else found.seen

    def waiting(self) -> list[sending.PendingOp]:
        return self.cache.read(sending.waiting)


@contextlib.asynccontextmanager
async def devices(folder: Path, school: School, *names: str) -> AsyncIterator[list[Device]]:
    """Devices that are signed in and have pulled what there is."""
    opened = [await Device(folder, school, name).open() for name in names]
    try:
        for device in opened:
            await device.round()
        yield opened
    finally:
        for device in opened:
            await device.close()


class VirtualClock:
    """A clock that moves only when a test moves it."""

    def __init__(self) -> None:
        self._now = 1_000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 3, 2, tzinfo=dt.UTC) + dt.timedelta(seconds=self._now)

    def monotonic(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._order), woken))
        await woken

    async def advance(self, seconds: float) -> None:
        """Let `seconds` pass, waking each sleeper at its moment."""
        until = self._now + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= until:
            self._now, _, woken = heapq.heappop(self._sleepers)
            if not woken.done():
                woken.set_result(None)
            await settle()
        self._now = until
        await settle()


async def settle() -> None:
    """Let everything that can go on without time passing go on."""
    for _ in range(30):
        await asyncio.sleep(0)


def run_cli(
    *arguments: str, stdin: str = "", **environment: str
) -> "subprocess.CompletedProcess[str]":
    """One command, as a real process, as a script from outside would run it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TOOLBOXAI")}
    return subprocess.run(
        [sys.executable, "-m", "desktop", *arguments],
        cwd=ROOT, input=stdin, capture_output=True, text=True, env=clean | environment,
    )  # fmt: skip
