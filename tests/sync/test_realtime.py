"""The Pusher client against a real WebSocket server that says what the test wants."""

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from desktop.backend import problems
from desktop.classroom.instants import SystemClock
from desktop.sync import realtime
from desktop.sync.realtime import Event, Next, RealtimeClient, after_code
from desktop.wire.capabilities import Realtime
from desktop.wire.realtime import AuthResponse

CHANNEL = "private-user-7"
Talk = Callable[[ServerConnection], Awaitable[None]]


class QuickClock(SystemClock):
    """Real time, a hundred times faster, so that waits of seconds pass in a test."""

    def monotonic(self) -> float:
        return super().monotonic() * 100

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 100)


class Client:
    """The real client, and what it told."""

    def __init__(self, port: int) -> None:
        self.events: list[Event] = []
        self.live: list[bool] = []
        self.signed: list[tuple[str, str]] = []
        self.refuse = False
        self.paths: list[str] = []
        self.where: Realtime | None = Realtime(key="k/1", host="127.0.0.1", port=port, tls=False)
        self.client = RealtimeClient(
            self._find,
            [CHANNEL],
            authorise=self._sign,
            on_event=self.events.append,
            on_live=self.live.append,
            clock=QuickClock(),
            chance=random.Random(3),
        )

    async def _find(self) -> Realtime | None:
        return self.where

    async def _sign(self, socket_id: str, channel: str) -> AuthResponse:
        if self.refuse:
            raise problems.Forbidden
        self.signed.append((socket_id, channel))
        return AuthResponse(auth=f"k:{socket_id}")


@contextlib.asynccontextmanager
async def listening(*talks: Talk) -> AsyncIterator[tuple[Client, asyncio.Task[None]]]:
    """A client that runs against a server; each connection is talked to by the next of `talks`."""
    left = list(talks)

    async def handle(connection: ServerConnection) -> None:
        assert connection.request is not None
        client.paths.append(connection.request.path)
        talk = left.pop(0) if len(left) > 1 else left[0]
        with contextlib.suppress(ConnectionClosed):  # a test that ends hangs up as it likes
            await talk(connection)

    async with serve(handle, "127.0.0.1", 0) as server:
        client = Client(next(iter(server.sockets)).getsockname()[1])
        running = asyncio.create_task(client.client.run())
        try:
            yield client, running
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def frame(event: str, data: Any, channel: str = "") -> str:
    return json.dumps({"event": event, "data": data, "channel": channel})


async def greet(connection: ServerConnection, *, silence: int = 120) -> dict[str, Any]:
    """Establish and let in; gives what the client subscribed with."""
    told = json.dumps({"socket_id": f"{id(connection)}.1", "activity_timeout": silence})
    await connection.send(frame("pusher:connection_established", told))
    asked: dict[str, Any] = json.loads(await connection.recv())
    await connection.send(frame("pusher_internal:subscription_succeeded", "{}", CHANNEL))
    return asked


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  (conditions of all kinds)
            await asyncio.sleep(0.005)


async def test_it_signs_for_its_channel_and_passes_events_on() -> None:
    asked: list[dict[str, Any]] = []

    async def talk(connection: ServerConnection) -> None:
        asked.append(await greet(connection))
        await connection.send(frame("sync.changed", '{"version": 5}', CHANNEL))
        await connection.wait_closed()

    async with listening(talk) as (client, _):
        await until(lambda: bool(client.events))
        assert client.events == [Event("sync.changed", CHANNEL, {"version": 5})]
        assert client.live == [True]
        assert client.paths[0].startswith("/app/k%2F1?protocol=7&")
        assert asked[0]["event"] == "pusher:subscribe"
        assert asked[0]["data"] == {"channel": CHANNEL, "auth": f"k:{client.signed[0][0]}"}


async def test_it_answers_pings_and_asks_by_itself_after_a_silence() -> None:
    heard: list[str] = []

    async def talk(connection: ServerConnection) -> None:
        await greet(connection, silence=30)
        await connection.send(frame("pusher:ping", {}))
        heard.append(json.loads(await connection.recv())["event"])
        heard.append(json.loads(await connection.recv())["event"])
        await connection.send(frame("pusher:pong", {}))
        heard.append(json.loads(await connection.recv())["event"])
        await connection.wait_closed()

    async with listening(talk) as (_, _):
        await until(lambda: len(heard) == 3)
    assert heard == ["pusher:pong", "pusher:ping", "pusher:ping"]


async def test_a_connection_that_looks_alive_and_is_not_is_given_up() -> None:
    opened: list[int] = []

    async def dead(connection: ServerConnection) -> None:
        opened.append(1)
        await greet(connection, silence=5)
        await connection.wait_closed()

    async with listening(dead) as (client, _):
        await until(lambda: client.live[:3] == [True, False, True])


async def test_each_connection_is_signed_for_anew_and_followed_by_a_new_poke() -> None:
    async def brief(connection: ServerConnection) -> None:
        await greet(connection)
        await connection.close()

    async with listening(brief) as (client, _):
        await until(lambda: len(client.signed) >= 3)
        sockets = [socket for socket, _ in client.signed]
        assert len(set(sockets)) == len(sockets)
        assert client.live[:4] == [True, False, True, False]


@pytest.mark.parametrize("closes", [True, False])
async def test_a_code_of_the_first_hundred_ends_it_even_when_nothing_closes(closes: bool) -> None:
    async def forbid(connection: ServerConnection) -> None:
        if closes:
            await connection.close(4001, "no such app")
        else:
            await connection.send(frame("pusher:error", {"code": 4009, "message": "no"}))
            await connection.wait_closed()

    async with listening(forbid) as (client, running):
        await asyncio.wait_for(running, 5)
        assert len(client.paths) == 1


async def test_a_code_of_the_third_hundred_comes_back_at_once() -> None:
    async def again(connection: ServerConnection) -> None:
        await connection.close(4200, "reconnect")

    async def stay(connection: ServerConnection) -> None:
        await greet(connection)
        await connection.wait_closed()

    async with listening(again, stay) as (client, _):
        await until(lambda: client.live == [False, True])


def test_codes_are_answered_by_their_hundred() -> None:
    assert [after_code(code) for code in (4000, 4099, 4100, 4199, 4200, 4299, 1006, 4300)] == [
        Next.STOP, Next.STOP, Next.BACK_OFF, Next.BACK_OFF, Next.AT_ONCE, Next.AT_ONCE,
        Next.BACK_OFF, Next.BACK_OFF,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "nonsense", ["", "[]", "7", "{", '{"event": 5}', '{"data": "{"}', "[" * 100_000, b"\x00\x01"]
)
async def test_nonsense_is_passed_over(nonsense: str | bytes) -> None:
    async def talk(connection: ServerConnection) -> None:
        await greet(connection)
        await connection.send(nonsense)
        await connection.send(frame("sync.changed", {"version": 1}, CHANNEL))
        await connection.wait_closed()

    async with listening(talk) as (client, _):
        await until(lambda: any(event.name == "sync.changed" for event in client.events))
        assert len(client.paths) == 1


async def test_a_refused_signature_backs_off_and_is_tried_again() -> None:
    async def talk(connection: ServerConnection) -> None:
        await greet(connection)
        await connection.wait_closed()

    async with listening(talk) as (client, _):
        client.refuse = True
        await until(lambda: len(client.paths) >= 2)
        client.refuse = False
        await until(lambda: True in client.live)


async def test_a_server_without_realtime_is_left_alone() -> None:
    client = Client(1)
    client.where = None
    await asyncio.wait_for(client.client.run(), 5)
    assert client.live == [False]


async def test_a_closed_port_is_tried_again_until_somebody_listens() -> None:
    client = Client(9)
    running = asyncio.create_task(client.client.run())
    await until(lambda: len(client.live) >= 3)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


def test_an_address_carries_the_protocol_and_brackets_for_ipv6() -> None:
    where = Realtime(key="k", host="::1", port=443, tls=True)
    assert realtime.address(where).startswith("wss://[::1]:443/app/k?protocol=7&client=")
