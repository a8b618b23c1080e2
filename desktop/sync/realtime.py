"""A client of the Pusher Channels protocol 7: the server pokes, we pull.

Nothing that arrives here is believed: an event only says that a pull is worth while. After each
new connection there is one poke, for whatever was missed. Protocol:
https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/
"""

import asyncio
import contextlib
import enum
import json
import logging
import random
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from desktop.backend import transport
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError
from desktop.sync import backoff, waiting
from desktop.wire.capabilities import Realtime
from desktop.wire.realtime import AuthResponse

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection
    from websockets.exceptions import ConnectionClosed

OPENING_S = 15.0
PONG_S = 10.0
LONGEST_SILENCE_S = 120.0
STEADY_S = 30.0
"""A connection that lasted this long was a good one: the next failure starts again at 1 s."""
MAX_FRAME_BYTES = 1_000_000

_log = logging.getLogger(__name__)


class Lost(Exception):
    """The connection is gone or silent."""


class Socket(Protocol):
    """A WebSocket that is open."""

    async def send(self, text: str) -> None:
        """Send one frame; raises Lost when the connection is gone."""

    async def receive(self) -> str:
        """The next frame; raises Lost when the connection is gone."""


OpenSocket = Callable[[str], AbstractAsyncContextManager[Socket]]
Find = Callable[[], Awaitable[Realtime | None]]
"""Where the endpoint is, asked before each connection: it may have moved, or not be there."""
Authorise = Callable[[str, str], Awaitable[AuthResponse]]
"""(socket id, channel) -> the signature, asked for anew on each connection."""


class Next(enum.Enum):
    """What the server's error code asks for."""

    STOP = "stop"
    BACK_OFF = "back off"
    AT_ONCE = "at once"


class Told(Exception):
    """The server ended the connection with a code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(f"{code} {message}")
        self.code = code


def after_code(code: int) -> Next:
    """What to do after an error code, by its hundred."""
    if 4_000 <= code <= 4_099:
        return Next.STOP
    if 4_200 <= code <= 4_299:
        return Next.AT_ONCE
    return Next.BACK_OFF


@dataclass(frozen=True)
class Event:
    """Something that happened on a channel."""

    name: str
    channel: str
    data: Any


class RealtimeClient:
    """Keeps one connection alive, and calls back. It belongs to the event loop's thread."""

    def __init__(
        self,
        find: Find,
        channels: Sequence[str],
        *,
        authorise: Authorise,
        on_event: Callable[[Event], None],
        on_live: Callable[[bool], None],
        clock: Clock,
        chance: random.Random,
        open_socket: OpenSocket | None = None,
    ) -> None:
        self._find = find
        self._channels = tuple(channels)
        self._authorise = authorise
        self._on_event = on_event
        self._on_live = on_live
        self._clock = clock
        self._chance = chance
        self._open_socket = open_socket or open_websocket
        self._hurried = asyncio.Event()

    def hurry(self) -> None:
        """The network is back: do not wait for the next try."""
        self._hurried.set()

    async def run(self) -> None:
        """Stay connected until cancelled, or until the server says not to come back."""
        failures = 0
        while True:
            began = self._clock.monotonic()
            then = await self._one_connection()
            if then is Next.STOP:
                return
            if self._clock.monotonic() - began >= STEADY_S:
                failures = 0
            failures += 1
            # 'At once' holds for the first time only: a server that always says so is ill.
            if then is Next.BACK_OFF or failures > 1:
                await self._pause(backoff.reconnect_after(failures, self._chance))

    async def _pause(self, seconds: float) -> None:
        self._hurried.clear()
        with contextlib.suppress(TimeoutError):
            await waiting.within(self._clock, seconds, self._until_hurried())

    async def _until_hurried(self) -> None:
        await self._hurried.wait()

    async def _one_connection(self) -> Next:
        try:
            where = await self._find()
            if where is None:
                return Next.STOP
            async with self._open_socket(address(where)) as socket:
                await self._converse(socket)
        except Told as told:
            _log.info("realtime: the server said %s", told)
            return after_code(told.code)
        except (Lost, OSError, TimeoutError) as error:
            _log.info("realtime: connection lost (%s)", type(error).__name__)
        except CompanionError as error:
            # No signature for the channel: signed out, offline or refused. The schedule says it.
            _log.info("realtime: no signature (%s)", type(error).__name__)
        finally:
            self._on_live(False)
        return Next.BACK_OFF

    async def _converse(self, socket: Socket) -> None:
        greeting = await waiting.within(self._clock, OPENING_S, self._greeting(socket))
        silence = _silence(greeting.get("activity_timeout"))
        for channel in self._channels:
            await self._subscribe(socket, str(greeting.get("socket_id", "")), channel)
        missing = set(self._channels)
        while True:
            frame = await self._next_frame(socket, silence)
            if frame.name == "pusher_internal:subscription_succeeded" and missing:
                missing.discard(frame.channel)
                if not missing:
                    self._on_live(True)
            elif frame.name == "pusher:ping":
                await socket.send(_frame("pusher:pong", {}))
            elif not frame.name.startswith(("pusher:", "pusher_internal:")):
                self._on_event(frame)

    async def _greeting(self, socket: Socket) -> dict[str, Any]:
        while True:
            frame = _read(await socket.receive())
            if frame.name == "pusher:connection_established" and isinstance(frame.data, dict):
                return frame.data

    async def _subscribe(self, socket: Socket, socket_id: str, channel: str) -> None:
        data = {"channel": channel}
        if channel.startswith(("private-", "presence-")):
            signed = await self._authorise(socket_id, channel)
            data["auth"] = signed.auth
            if signed.channel_data is not None:
                data["channel_data"] = signed.channel_data
        await socket.send(_frame("pusher:subscribe", data))

    async def _next_frame(self, socket: Socket, silence: float) -> Event:
        """The next frame; after a silence asks whether anybody is there, and gives up without."""
        try:
            text = await waiting.within(self._clock, silence, socket.receive())
        except TimeoutError:
            await socket.send(_frame("pusher:ping", {}))
            text = await waiting.within(self._clock, PONG_S, socket.receive())
        return _read(text)


def _read(text: str) -> Event:
    """A frame as an event. What is no protocol becomes an event without a name.

    Raises:
        Told: the frame is an error that has a code.
    """
    try:
        frame = json.loads(text)
        data = frame.get("data")
        if isinstance(data, str):
            with contextlib.suppress(ValueError):
                data = json.loads(data)
        event = Event(str(frame.get("event", "")), str(frame.get("channel", "")), data)
    except (ValueError, AttributeError, RecursionError):
        return Event("pusher:unreadable", "", None)
    code = data.get("code") if event.name == "pusher:error" and isinstance(data, dict) else None
    if isinstance(code, int):
        # Laravel Reverb says 4009 and leaves the connection open: the code counts, not the close.
        raise Told(code, "")
    return event


def _frame(event: str, data: dict[str, str]) -> str:
    return json.dumps({"event": event, "data": data})


def _silence(told: object) -> float:
    seconds = float(told) if isinstance(told, int | float) else LONGEST_SILENCE_S
    return min(max(seconds, 1.0), LONGEST_SILENCE_S)


def address(where: Realtime) -> str:
    """The WebSocket address of an endpoint, with what the protocol wants in it."""
    host = f"[{where.host}]" if ":" in where.host else where.host
    told = {"protocol": "7", "client": "toolboxai-companion", "version": "1"}
    return (
        f"{'wss' if where.tls else 'ws'}://{host}:{where.port}/app/"
        f"{urllib.parse.quote(where.key, safe='')}?{urllib.parse.urlencode(told)}"
    )


class _WebSocket:
    """The library's connection, with its end in our words."""

    def __init__(self, connection: "ClientConnection") -> None:
        self._connection = connection

    async def send(self, text: str) -> None:
        """Send one frame."""
        from websockets.exceptions import ConnectionClosed

        try:
            await self._connection.send(text)
        except ConnectionClosed as closed:
            raise _ended(closed) from closed

    async def receive(self) -> str:
        """The next frame; a binary one has no place in the protocol and reads as nothing."""
        from websockets.exceptions import ConnectionClosed

        try:
            frame = await self._connection.recv()
        except ConnectionClosed as closed:
            raise _ended(closed) from closed
        return frame if isinstance(frame, str) else ""


def _ended(closed: "ConnectionClosed") -> Exception:
    code = closed.rcvd.code if closed.rcvd is not None else 0
    return Told(code, closed.rcvd.reason) if closed.rcvd and code >= 4_000 else Lost(str(code))


@contextlib.asynccontextmanager
async def open_websocket(address: str) -> AsyncIterator[Socket]:
    """A real WebSocket; its handshake is bounded in time, its frames in size."""
    from websockets.asyncio.client import connect
    from websockets.exceptions import WebSocketException

    options: dict[str, Any] = {}
    if address.startswith("wss:"):
        options["ssl"] = await asyncio.to_thread(transport.trusted_certificates)
    if transport.is_loopback(address):
        options["proxy"] = None
    # The protocol has a ping of its own; a second one would only wake the machine.
    opening = connect(
        address,
        open_timeout=OPENING_S,
        close_timeout=2.0,
        ping_interval=None,
        max_size=MAX_FRAME_BYTES,
        **options,
    )
    try:
        connection = await opening
    except WebSocketException as error:
        raise Lost(type(error).__name__) from error
    try:
        yield _WebSocket(connection)
    finally:
        await connection.close()
