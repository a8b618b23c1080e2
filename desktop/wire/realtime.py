"""Realtime: the names of channels and events, and the signature for private ones."""

from pydantic import BaseModel

SYNC_CHANGED = "sync.changed"
NOTIFICATION = "notification"
"""Something a person should know of; `kind` in its payload says what."""


def user_channel(user_id: str) -> str:
    """The channel of one person, where `sync.changed` pokes."""
    return f"private-user-{user_id}"


def class_channel(class_id: str) -> str:
    """The channel of a class, with who is there."""
    return f"presence-class-{class_id}"


class AuthRequest(BaseModel):
    """Ask to join a private or presence channel on a socket."""

    socket_id: str
    channel_name: str


class AuthResponse(BaseModel):
    """The signature `key:hmac_sha256(secret, socket_id:channel_name)` that lets the socket in."""

    auth: str
    channel_data: str | None = None
