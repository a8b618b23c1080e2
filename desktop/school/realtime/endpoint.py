"""The WebSocket at `/app/{key}`: one connected client from hello to goodbye."""

import asyncio
import contextlib
import time

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from desktop.school.limits import Window
from desktop.school.realtime import protocol
from desktop.school.realtime.hub import MAX_SOCKETS, Hub, Socket
from desktop.school.realtime.protocol import BadFrame, Frame

log = structlog.get_logger("school.realtime")

CLIENT_EVENTS_A_SECOND = 10
MAX_BAD_FRAMES = 20


async def connected(websocket: WebSocket) -> None:
    """Serve one client until either side leaves."""
    hub: Hub = websocket.app.state.school.hub
    await websocket.accept()
    refusal = _refusal(websocket, hub)
    if refusal is not None:
        code, message = refusal
        await websocket.send_text(protocol.error(message, code))
        await websocket.close(code)
        return
    socket = Socket(protocol.new_socket_id())
    hub.sockets.add(socket)
    try:
        await _Conversation(websocket, hub, socket).run()
    finally:
        hub.disconnect(socket)


def _refusal(websocket: WebSocket, hub: Hub) -> tuple[int, str] | None:
    if websocket.path_params["key"] != hub.key:
        return protocol.UNKNOWN_KEY, "There is no such app here."
    if websocket.query_params.get("protocol", "7") not in protocol.PROTOCOLS:
        return protocol.UNSUPPORTED_PROTOCOL, "This server speaks protocol 7."
    if len(hub.sockets) >= MAX_SOCKETS:
        return protocol.OVER_CAPACITY, "Too many are connected; try again later."
    return None


class _Conversation:
    """What one client and the server say to each other."""

    def __init__(self, websocket: WebSocket, hub: Hub, socket: Socket) -> None:
        self._websocket = websocket
        self._hub = hub
        self._socket = socket
        self._events = Window(CLIENT_EVENTS_A_SECOND, 1, time.monotonic)
        self._bad = 0

    async def run(self) -> None:
        hello = {"socket_id": self._socket.id, "activity_timeout": protocol.ACTIVITY_TIMEOUT_S}
        self._socket.send(protocol.write("pusher:connection_established", hello))
        tasks = [
            asyncio.create_task(part)
            for part in (self._write(), self._read(), self._socket.overrun.wait())
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if self._socket.overrun.is_set():
                await self._close(protocol.OVER_CAPACITY)
        finally:
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception) and not isinstance(outcome, _GONE):
                raise outcome

    async def _write(self) -> None:
        while True:
            await self._websocket.send_text(await self._socket.outbox.get())

    async def _read(self) -> None:
        while True:
            text = await self._next()
            if text is None:
                return
            try:
                self._answer(protocol.read(text))
            except BadFrame as error:
                self._bad += 1
                self._socket.send(protocol.error(str(error), None))
                if self._bad > MAX_BAD_FRAMES:
                    await self._close(protocol.OVER_CAPACITY)
                    return

    async def _next(self) -> str | None:
        """The next message; None when the client left or stayed silent after a ping."""
        receive = asyncio.ensure_future(self._websocket.receive())
        try:
            for wait in (protocol.ACTIVITY_TIMEOUT_S, protocol.PONG_TIMEOUT_S):
                done, _ = await asyncio.wait({receive}, timeout=wait)
                if done:
                    message = receive.result()
                    if message["type"] == "websocket.disconnect":
                        return None
                    return message.get("text") or ""
                self._socket.send(protocol.write("pusher:ping", {}))
        finally:
            receive.cancel()
        await self._close(protocol.PONG_MISSING)
        return None

    async def _close(self, code: int) -> None:
        with contextlib.suppress(*_GONE):
            await self._websocket.close(code)

    def _answer(self, frame: Frame) -> None:
        match frame.event:
            case "pusher:ping":
                self._socket.send(protocol.write("pusher:pong", {}))
            case "pusher:pong":
                pass
            case "pusher:subscribe":
                self._subscribe(frame)
            case "pusher:unsubscribe":
                channel = _field(frame, "channel")
                if channel in self._socket.channels:
                    self._hub.unsubscribe(self._socket, channel)
            case event if event.startswith("client-"):
                self._client_event(frame)
            case _:
                raise BadFrame("This event is not known.")

    def _subscribe(self, frame: Frame) -> None:
        channel = _field(frame, "channel")
        if not protocol.is_channel(channel):
            raise BadFrame("That is no name of a channel.")
        if len(self._socket.channels) >= protocol.MAX_CHANNELS:
            self._refuse(channel, "This connection is in too many channels.", 429)
            return
        data = frame.data.get("channel_data")
        channel_data = data if isinstance(data, str) else None
        if not self._hub.subscribe(self._socket, channel, _field(frame, "auth"), channel_data):
            self._refuse(channel, "The signature does not fit this channel.", 401)

    def _refuse(self, channel: str, message: str, status: int) -> None:
        data = {"type": "AuthError", "error": message, "status": status}
        self._socket.send(protocol.write("pusher:subscription_error", data, channel))

    def _client_event(self, frame: Frame) -> None:
        inside = frame.channel in self._socket.channels
        if not inside or not protocol.needs_auth(frame.channel):
            message = "Only members of a private or presence channel may send events to it."
            self._socket.send(protocol.error(message, protocol.CLIENT_EVENT_REFUSED))
            return
        if self._events.wait(""):
            message = "Too many events; wait a moment."
            self._socket.send(protocol.error(message, protocol.CLIENT_EVENT_REFUSED))
            return
        self._events.hit("")
        member = self._socket.members.get(frame.channel, {})
        self._hub.publish(
            frame.channel,
            frame.event,
            frame.data,
            leave_out=self._socket,
            user_id=str(member.get("user_id", "")),
        )


def _field(frame: Frame, name: str) -> str:
    value = frame.data.get(name, "") if isinstance(frame.data, dict) else None
    if not isinstance(value, str):
        raise BadFrame(f"The message has no {name}.")
    return value


_GONE = (WebSocketDisconnect, RuntimeError, OSError)
"""What sending to a client that has left raises."""
