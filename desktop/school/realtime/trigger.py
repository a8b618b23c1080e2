"""The signed REST door of Pusher Channels: other programs of the school send events through it.

https://pusher.com/docs/channels/library_auth_reference/rest-api/
"""

import hashlib
import hmac
import json
from typing import Annotated, TypeVar

import msgspec
import pydantic
from fastapi import Request, Response
from pydantic import BaseModel, Field

from desktop.school.problems import Fault
from desktop.school.realtime import protocol
from desktop.school.realtime.hub import Hub
from desktop.school.school import School

APP_ID = "1"
"""There is one app; the official libraries want a number for its name."""
LATE_S = 600
"""How far a signature's time may lie from ours, as the protocol says."""
MAX_CHANNELS = 100

Model = TypeVar("Model", bound=BaseModel)

_Channel = Annotated[str, Field(min_length=1, max_length=164)]


class Event(BaseModel):
    """What is sent, and to which channels; `socket_id` is left out of the sending."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    data: Annotated[str, Field(max_length=protocol.MAX_FRAME_BYTES)]
    channels: Annotated[list[_Channel], Field(max_length=MAX_CHANNELS)] = []
    channel: _Channel | None = None
    socket_id: str | None = None


class Batch(BaseModel):
    """Several events at once."""

    batch: Annotated[list[Event], Field(min_length=1, max_length=10)]


async def trigger(request: Request) -> Response:
    """Send one event."""
    school: School = request.app.state.school
    body = await _signed_body(request, school)
    _send(school.hub, _read(Event, body))
    return Response("{}", media_type="application/json")


async def trigger_batch(request: Request) -> Response:
    """Send several events."""
    school: School = request.app.state.school
    body = await _signed_body(request, school)
    for event in _read(Batch, body).batch:
        _send(school.hub, event)
    return Response('{"batch": []}', media_type="application/json")


def signature(secret: str, method: str, path: str, query: dict[str, str]) -> str:
    """What a request with this query has to be signed with."""
    signed = "&".join(
        f"{name.lower()}={value}"
        for name, value in sorted(query.items())
        if name != "auth_signature"
    )
    text = f"{method}\n{path}\n{signed}"
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


async def _signed_body(request: Request, school: School) -> bytes:
    query = dict(request.query_params)
    secret = school.secrets.realtime_secret
    wanted = signature(secret, request.method, request.url.path, query)
    body = await request.body()
    md5 = hashlib.md5(body).hexdigest()  # noqa: S324  (the protocol's; the HMAC is what protects)
    fits = (
        request.path_params["app_id"] == APP_ID
        and query.get("auth_key") == school.secrets.realtime_key
        and hmac.compare_digest(wanted.encode(), query.get("auth_signature", "").encode())
        and hmac.compare_digest(md5.encode(), query.get("body_md5", "").encode())
    )
    try:
        age = abs(school.now().timestamp() - float(query.get("auth_timestamp", "")))
    except ValueError:
        age = float("inf")
    if not fits or not age <= LATE_S:
        raise Fault(401, "signature_invalid", "The signature of this request does not fit.")
    return body


def _read(model: type[Model], body: bytes) -> Model:
    try:
        return model.model_validate(msgspec.json.decode(body))
    except (pydantic.ValidationError, msgspec.MsgspecError, RecursionError) as error:
        raise Fault(400, "bad_request", "This is no event of the protocol.") from error


def _send(hub: Hub, event: Event) -> None:
    channels = event.channels or ([event.channel] if event.channel else [])
    if not channels or not all(protocol.is_channel(name) for name in channels):
        raise Fault(400, "bad_request", "The event names no channel.")
    without = next((socket for socket in hub.sockets if socket.id == event.socket_id), None)
    try:
        data = json.loads(event.data)
    except ValueError:
        data = event.data
    for channel in channels:
        hub.publish(channel, event.name, data, leave_out=without)
