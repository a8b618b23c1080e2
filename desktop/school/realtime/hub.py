"""Who is connected and in which channel, and the pokes that go out after commits."""

import asyncio
import contextlib
import hmac
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from desktop.school.realtime import protocol
from desktop.wire.realtime import SYNC_CHANGED, user_channel

COALESCE_S = 0.05
QUEUE = 500
"""Messages that may wait for one slow socket before it is let go; it pulls when it is back."""
MAX_SOCKETS = 2_000


@dataclass(eq=False)
class Socket:
    """One connected client. `members` holds what it told of itself, by presence channel."""

    id: str
    outbox: "asyncio.Queue[str]" = field(default_factory=lambda: asyncio.Queue(QUEUE))
    channels: set[str] = field(default_factory=set)
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    overrun: asyncio.Event = field(default_factory=asyncio.Event)

    def send(self, message: str) -> None:
        """Queue a message; a socket that does not keep up is marked to be closed."""
        try:
            self.outbox.put_nowait(message)
        except asyncio.QueueFull:
            self.overrun.set()


class Hub:
    """Channels and their sockets. Lives in one event loop; only `poke` is for any thread."""

    def __init__(self, key: str, secret: str) -> None:
        self.key = key
        self._secret = secret
        self._channels: dict[str, set[Socket]] = {}
        self.sockets: set[Socket] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = threading.Lock()
        self._due: dict[str, int] = {}

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Poke from this event loop until the block ends."""
        self._loop = asyncio.get_running_loop()
        try:
            yield
        finally:
            self._loop = None

    def poke(self, users: Iterable[str], version: int) -> None:
        """Tell people that there is something to pull; several pokes within 50 ms become one."""
        loop = self._loop
        people = list(users)
        if loop is None or not people:
            return
        with self._turn:
            waiting = bool(self._due)
            for user in people:
                self._due[user] = max(version, self._due.get(user, 0))
        if not waiting:
            # The loop closes when the server stops; nobody is connected then.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(loop.call_later, COALESCE_S, self._flush)

    def _flush(self) -> None:
        with self._turn:
            due, self._due = self._due, {}
        for user, version in due.items():
            self.publish(user_channel(user), SYNC_CHANGED, {"version": version})

    def sign(self, socket_id: str, channel: str, channel_data: str | None) -> str:
        """The signature that lets a socket into a channel."""
        return protocol.sign(self.key, self._secret, socket_id, channel, channel_data)

    def publish(
        self,
        channel: str,
        event: str,
        data: object,
        *,
        leave_out: Socket | None = None,
        user_id: str = "",
    ) -> None:
        """Send an event to everybody in a channel, `leave_out` excepted."""
        message = protocol.write(event, data, channel, user_id)
        for socket in self._channels.get(channel, ()):
            if socket is not leave_out:
                socket.send(message)

    def subscribe(self, socket: Socket, channel: str, auth: str, channel_data: str | None) -> bool:
        """Let a socket into a channel and answer it; False when its signature does not fit."""
        if protocol.needs_auth(channel):
            wanted = self.sign(socket.id, channel, channel_data)
            if not hmac.compare_digest(wanted.encode(), auth.encode("utf-8", "replace")):
                return False
        if channel in socket.channels:
            return True
        member = _member(channel_data) if protocol.has_members(channel) else None
        if protocol.has_members(channel) and member is None:
            return False
        newcomer = member is not None and member["user_id"] not in self._present(channel)
        if member is not None and newcomer:
            self.publish(channel, "pusher_internal:member_added", member)
        socket.channels.add(channel)
        self._channels.setdefault(channel, set()).add(socket)
        if member is not None:
            socket.members[channel] = member
        answer = self._presence(channel) if member is not None else {}
        socket.send(protocol.write("pusher_internal:subscription_succeeded", answer, channel))
        return True

    def unsubscribe(self, socket: Socket, channel: str) -> None:
        """Take a socket out of a channel and tell the others when its person is gone."""
        socket.channels.discard(channel)
        inside = self._channels.get(channel, set())
        inside.discard(socket)
        if not inside:
            self._channels.pop(channel, None)
        member = socket.members.pop(channel, None)
        if member is not None and member["user_id"] not in self._present(channel):
            gone = {"user_id": member["user_id"]}
            self.publish(channel, "pusher_internal:member_removed", gone)

    def disconnect(self, socket: Socket) -> None:
        """Forget a socket."""
        self.sockets.discard(socket)
        for channel in list(socket.channels):
            self.unsubscribe(socket, channel)

    def trouble(self) -> str:
        """Nothing lies between this hub and its sockets."""
        return ""

    def _present(self, channel: str) -> dict[str, Any]:
        """Who is in a presence channel: what each told of themselves, by user id."""
        members = (socket.members.get(channel) for socket in self._channels.get(channel, ()))
        return {member["user_id"]: member.get("user_info") or {} for member in members if member}

    def _presence(self, channel: str) -> dict[str, Any]:
        present = self._present(channel)
        return {"presence": {"count": len(present), "ids": list(present), "hash": present}}


def _member(channel_data: str | None) -> dict[str, Any] | None:
    try:
        member = msgspec.json.decode(channel_data or "", type=dict[str, Any])
    except msgspec.MsgspecError:
        return None
    return member if isinstance(member.get("user_id"), str) else None
