"""One Studio window on the bridge: the handshake, then frames both ways."""

import asyncio
import hmac
import secrets
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from desktop.studio import protocol
from desktop.studio.pairing import Pairing
from desktop.studio.polling import PolledSocket

HANDSHAKE_S = 5.0
Socket = WebSocket | PolledSocket
"""What a plugin greets us over."""
_MAX_NAME = 200

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Window:
    """A connected Studio window, as a person would tell it from others."""

    sid: str
    place_id: str
    """Which place is open: the place's number, or its name when it was never published."""
    place_name: str
    mode: str
    plugin_version: str
    studio_version: str
    through: Literal["plugin", "server"] = "plugin"
    """By our plugin, or by Studio's own MCP server."""


class Line(Protocol):
    """What carries the frames: a WebSocket, or whatever does the same."""

    async def send_text(self, data: str, /) -> None:
        """Send a frame. Raises RuntimeError or WebSocketDisconnect when it is closed."""

    async def receive(self) -> MutableMapping[str, Any]:
        """Wait for an event as ASGI describes it: `websocket.receive` or `.disconnect`."""

    async def close(self) -> None:
        """Close it. Raises RuntimeError or WebSocketDisconnect when it is closed."""


class Gone(Exception):
    """The window closed, or what it said made no sense."""


class Connection:
    """A line whose other end has proved to be our plugin, or was brought there by us."""

    def __init__(self, socket: Line, window: Window) -> None:
        self._socket = socket
        self._sent = 0
        self._received = 0
        self._sending = asyncio.Lock()
        self.window = window

    async def send(self, message: dict[str, Any]) -> None:
        """Send a message with the next sequence number.

        Raises:
            Gone: the window is closed.
        """
        async with self._sending:
            self._sent += 1
            try:
                await self._socket.send_text(protocol.write({**message, "seq": self._sent}))
            except (WebSocketDisconnect, RuntimeError) as error:
                raise Gone from error

    async def receive(self) -> protocol.Message:
        """Wait for the next message.

        Raises:
            Gone: the window closed, or spoke out of order.
        """
        try:
            message = protocol.read_message(await _text(self._socket))
        except protocol.BadFrame as error:
            _log.warning("studio sent a frame we cannot read", reason=str(error)[:200])
            raise Gone from error
        if message.seq != self._received + 1:
            _log.warning("studio sent a frame out of order")
            raise Gone
        self._received += 1
        return message

    async def close(self) -> None:
        """Close it; closing twice does nothing."""
        try:
            await self._socket.close()
        except (WebSocketDisconnect, RuntimeError):
            return  # it was closed from the other side


async def shake_hands(
    socket: Socket, pairing: Callable[[], Pairing], *, version: str
) -> Connection | None:
    """Let a plugin prove that it is ours, and prove to it that we are who installed it.

    Returns None when it is not; then the socket is closed and nothing was told.
    """
    nonce_a = secrets.token_hex(32)
    try:
        async with asyncio.timeout(HANDSHAKE_S):
            await socket.accept()
            await socket.send_text(protocol.write({"type": "challenge", "nonceA": nonce_a}))
            hello = protocol.read_hello(await _text(socket))
    except (WebSocketDisconnect, RuntimeError) as error:
        raise Gone from error
    except (TimeoutError, Gone, protocol.BadFrame):
        await _reject(socket, "malformed", "The greeting made no sense.")
        return None
    secret = pairing().secret
    # The port this connection came in at: a program on another port that hands the greeting on
    # to us cannot make the plugin's proof fit.
    port = int(socket.scope["server"][1])
    expected = protocol.plugin_mac(secret, port, nonce_a, hello.nonce_b, hello.sid)
    if not hmac.compare_digest(expected.encode(), hello.mac.encode()):
        await _reject(
            socket,
            "secret",
            "This plugin was installed by another Companion. Install it again from this one.",
        )
        return None
    if hello.proto != protocol.VERSION:
        await _reject(socket, "version", "This plugin is of another version. Install it again.")
        return None
    mac = protocol.app_mac(secret, port, nonce_a, hello.nonce_b)
    if isinstance(socket, PolledSocket):
        socket.key = protocol.line_key(secret, port, nonce_a, hello.nonce_b)
    await socket.send_text(
        protocol.write({"type": "welcome", "mac": mac, "app": version, "proto": protocol.VERSION})
    )
    window = window_of(
        sid=hello.sid,
        place_id=hello.place_id,
        place_name=hello.place_name,
        mode=hello.mode,
        plugin=hello.plugin,
        studio=hello.studio,
    )
    return Connection(socket, window)


def window_of(
    *,
    sid: str,
    place_id: int | float,
    place_name: str,
    mode: str,
    studio: str,
    plugin: str = "",
    through: Literal["plugin", "server"] = "plugin",
) -> Window:
    """A window of what the other side tells of itself, with bounds on it."""
    name = place_name[:_MAX_NAME]
    number = int(place_id)
    return Window(
        sid=sid,
        place_id=str(number) if number else f"unpublished:{name}",
        place_name=name,
        mode=mode,
        plugin_version=plugin[:_MAX_NAME],
        studio_version=studio[:_MAX_NAME],
        through=through,
    )


async def _reject(socket: Socket, code: str, human: str) -> None:
    """Say why, then close: Studio cannot read a close code."""
    try:
        await socket.send_text(protocol.write({"type": "reject", "code": code, "human": human}))
        await socket.close(1008)
    except (WebSocketDisconnect, RuntimeError):
        return


async def turn_away(socket: Socket) -> None:
    """Close a socket that is still greeting us; its handshake ends."""
    try:
        await socket.close(1008)
    except (WebSocketDisconnect, RuntimeError):
        return  # it was closed already


async def _text(socket: Line) -> str:
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise Gone
    text = message.get("text")
    if not isinstance(text, str):
        raise protocol.BadFrame("not a text")
    return text
