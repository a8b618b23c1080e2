"""Frames, channel names and signatures of Pusher Channels protocol 7."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

import msgspec

ACTIVITY_TIMEOUT_S = 120
PONG_TIMEOUT_S = 30
MAX_FRAME_BYTES = 10_240
MAX_CHANNELS = 100
PROTOCOLS = ("5", "6", "7")

UNKNOWN_KEY = 4001
UNSUPPORTED_PROTOCOL = 4007
OVER_CAPACITY = 4100
PONG_MISSING = 4201
CLIENT_EVENT_REFUSED = 4301

_CHANNEL = re.compile(r"[A-Za-z0-9_\-=@,.;]{1,164}")
_SOCKET = re.compile(r"\d{1,20}\.\d{1,20}")


@dataclass(frozen=True)
class Frame:
    """One message from a client."""

    event: str
    data: Any
    channel: str = ""


class BadFrame(Exception):
    """A message that is no frame of the protocol."""


class _Incoming(msgspec.Struct):
    event: str
    data: Any = None
    channel: str = ""


def read(text: str) -> Frame:
    """Read a client's message; `data` may be an object or JSON in a string.

    Raises:
        BadFrame: it is too long, no JSON, or no frame.
    """
    if len(text.encode("utf-8", "replace")) > MAX_FRAME_BYTES:
        raise BadFrame(f"A message has at most {MAX_FRAME_BYTES} bytes.")
    try:
        incoming = msgspec.json.decode(text, type=_Incoming)
        data = incoming.data
        own = incoming.event.startswith(("pusher:", "pusher_internal:"))
        if own and isinstance(data, str) and data:
            data = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
        raise BadFrame("The message is no frame of this protocol.") from error
    return Frame(incoming.event, data, incoming.channel)


def write(event: str, data: object, channel: str = "", user_id: str = "") -> str:
    """A server's message: `data` goes as JSON within a string, as the protocol wants it."""
    frame: dict[str, object] = {"event": event, "data": msgspec.json.encode(data).decode()}
    if channel:
        frame["channel"] = channel
    if user_id:
        frame["user_id"] = user_id
    return msgspec.json.encode(frame).decode()


def error(message: str, code: int | None) -> str:
    """An error frame; its data is an object, unlike everywhere else."""
    frame = {"event": "pusher:error", "data": {"message": message, "code": code}}
    return msgspec.json.encode(frame).decode()


def new_socket_id() -> str:
    """A socket id: two numbers with a dot between them."""
    return f"{secrets.randbelow(10**9)}.{secrets.randbelow(10**9)}"


def sign(key: str, secret: str, socket_id: str, channel: str, channel_data: str | None) -> str:
    """The `auth` that lets a socket into a private or presence channel."""
    parts = [socket_id, channel] + ([channel_data] if channel_data is not None else [])
    mac = hmac.new(secret.encode(), ":".join(parts).encode(), hashlib.sha256)
    return f"{key}:{mac.hexdigest()}"


def is_channel(name: str) -> bool:
    """Whether `name` may be the name of a channel."""
    return _CHANNEL.fullmatch(name) is not None


def is_socket_id(text: str) -> bool:
    """Whether `text` looks like a socket id."""
    return _SOCKET.fullmatch(text) is not None


def needs_auth(channel: str) -> bool:
    """Whether a channel is entered with a signature only."""
    return channel.startswith(("private-", "presence-"))


def has_members(channel: str) -> bool:
    """Whether a channel tells who is in it."""
    return channel.startswith("presence-")
