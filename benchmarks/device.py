"""A computer that syncs with a school server as the window does, and one that only fetches."""

import contextlib
import random
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import httpx
import msgspec

from desktop.backend import session
from desktop.backend.companion import CompanionClient
from desktop.backend.secrets import MemoryStore
from desktop.backend.session import Session
from desktop.backend.transport import Answer, HttpTransport, Request
from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.sync.engine import SyncEngine
from desktop.wire import API_PREFIX
from desktop.wire.feed import MAX_PAGE, EndOfPage

NDJSON = {"Accept": "application/x-ndjson"}


class Recording(HttpTransport):
    """The program's own transport, and the bodies of what it pushed."""

    def __init__(self, server: str) -> None:
        super().__init__(server)
        self.pushed: list[bytes] = []

    async def send(self, request: Request) -> Answer:
        if request.path.endswith("/sync/push") and request.body is not None:
            self.pushed.append(request.body)
        return await super().send(request)


class Device:
    """An account on one computer: its cache in `folder`, its engine, its line."""

    def __init__(self, folder: Path, transport: Recording) -> None:
        clock = SystemClock()
        self.transport = transport
        self.session = Session(transport, MemoryStore(), "bench", clock=clock)
        self.cache = Cache.open(folder, clock=clock, chance=random.Random(1))
        client = CompanionClient(self.session)
        self.engine = SyncEngine(self.cache, client, clock=clock, lock=_alone)

    async def sync(self) -> None:
        """One round, which must come to its end."""
        report = await self.engine.round()
        if report.problem is not None:
            raise report.problem


def _alone() -> AbstractAsyncContextManager[None]:
    return contextlib.nullcontext()


@contextlib.asynccontextmanager
async def signed_in(folder: Path, server: str, owner: dict[str, str]) -> AsyncIterator[Device]:
    """A fresh device of the school's owner."""
    device = Device(folder, Recording(server))
    tokens = await session.log_in(
        device.transport, owner["username"], owner["password"], "benchmark"
    )
    await device.session.keep(tokens)
    try:
        yield device
    finally:
        await device.transport.close()
        device.cache.close()


async def fetch(client: httpx.AsyncClient, cursor: str = "") -> str:
    """What a pull has to fetch, and nothing done with it; returns the last cursor."""
    more = True
    while more:
        asked = {"limit": str(MAX_PAGE)} | ({"cursor": cursor} if cursor else {})
        answer = await client.get(f"{API_PREFIX}/sync/changes", params=asked, headers=NDJSON)
        body = answer.raise_for_status().content
        end = msgspec.json.decode(body.rstrip().rpartition(b"\n")[2], type=EndOfPage)
        cursor, more = end.cursor, end.has_more
    return cursor
