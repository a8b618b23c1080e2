"""Attacks on the port that are about time and numbers: none of them stalls a genuine push."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from desktop.studio import door, protocol
from desktop.studio.bridge import BridgeServer
from desktop.studio.service import StudioService
from desktop.studio.simulator import SimulatedStudio
from tests.studio import builds

CROWD = 300
"""Far above what the bridge keeps, far below what a test machine has of file handles."""
LAND_S = 20.0
Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class ImpatientDoor(door.DoorProtocol):
    arrive_s = 0.1


@pytest.fixture
async def server() -> AsyncIterator[BridgeServer]:
    async def answer(scope: object, receive: object, send: object) -> None:
        with contextlib.suppress(ClientDisconnect):  # shown out: that is what is tested
            await Request(scope, receive).body()  # type: ignore[arg-type]
        await PlainTextResponse("here")(scope, receive, send)  # type: ignore[arg-type]

    made = BridgeServer(answer, [0], door=ImpatientDoor)
    await made.start()
    yield made
    await made.stop()


async def trickle(server: BridgeServer, first: bytes, drop: bytes) -> None:
    """Send a byte now and then, and return when the other side has had enough."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(first)
    with contextlib.suppress(ConnectionError):
        async with asyncio.timeout(10):
            while not reader.at_eof():
                writer.write(drop)
                await writer.drain()
                with contextlib.suppress(TimeoutError):
                    assert not await asyncio.wait_for(reader.read(100), 0.02)
    writer.close()


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"GET /status HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 800000\r\n\r\n",
    ],
)
async def test_a_head_or_a_body_that_trickles_in_is_cut_off(
    server: BridgeServer, first: bytes
) -> None:
    await trickle(server, first, b"x")


async def test_a_second_request_may_not_trickle_in_either(server: BridgeServer) -> None:
    await trickle(server, b"", b"")
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"200" in await reader.readline()
    writer.write(b"GET / HT")
    async with asyncio.timeout(10):
        with contextlib.suppress(ConnectionError):
            await reader.read()
    writer.close()


async def idle(port: int) -> Pair:
    return await asyncio.open_connection("127.0.0.1", port)


async def dawdling(port: int) -> Pair:
    reader, writer = await idle(port)
    writer.write(b"GET /lb/v1/ws HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    return reader, writer


async def endless_body(port: int) -> Pair:
    reader, writer = await idle(port)
    writer.write(
        b"POST /status HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5\r\nhello\r\n"
    )
    return reader, writer


@pytest.mark.parametrize("kind", [idle, dawdling, endless_body])
async def test_a_crowd_of_connections_stalls_no_push(
    service: StudioService, profile: Path, kind: Callable[[int], Awaitable[Pair]]
) -> None:
    crowd = [await kind(service.ports[0]) for _ in range(CROWD)]
    async with SimulatedStudio(profile):
        push_id = await service.queue(builds.lesson())
        crowd += [await kind(service.ports[0]) for _ in range(50)]
        assert (await service.settled(push_id, LAND_S)).state == "landed"
    for _, writer in crowd:
        writer.close()


async def test_a_crowd_that_never_ends_its_greeting_stalls_no_push(
    service: StudioService, profile: Path
) -> None:
    url = f"ws://127.0.0.1:{service.ports[0]}{protocol.PATH}"
    async with contextlib.AsyncExitStack() as crowd:
        for _ in range(60):
            with contextlib.suppress(WebSocketException, OSError):
                await crowd.enter_async_context(connect(url, proxy=None))
        async with SimulatedStudio(profile):
            push_id = await service.queue(builds.lesson())
            assert (await service.settled(push_id, LAND_S)).state == "landed"


async def test_a_gigabyte_without_a_length_is_cut_off_after_the_first_of_it(
    service: StudioService,
) -> None:
    reader, writer = await idle(service.ports[0])
    writer.write(
        b"POST /control/v1/wake HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    sent, chunk = 0, b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    with contextlib.suppress(ConnectionError):
        while sent < 1_000_000_000 and not reader.at_eof():
            writer.write(chunk)
            await writer.drain()
            sent += 65_536
            await asyncio.sleep(0)
    assert sent < 50_000_000
    writer.close()
