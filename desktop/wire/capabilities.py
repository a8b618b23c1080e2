"""What a school server can do, told before anybody signs in."""

from pydantic import BaseModel

from desktop.wire import API_VERSION


class Realtime(BaseModel):
    """Where the Pusher Channels protocol 7 endpoint listens, and who signs for private channels."""

    key: str
    host: str
    port: int
    tls: bool
    auth_path: str = "/api/v1/realtime/auth"


class Limits(BaseModel):
    """Bounds a client keeps to."""

    feed_page: int = 500
    push_ops: int = 500
    body_bytes: int = 4_000_000


class Capabilities(BaseModel):
    """The answer of `GET /capabilities`."""

    name: str
    version: str
    api: str = API_VERSION
    features: list[str]
    realtime: Realtime | None = None
    limits: Limits = Limits()
