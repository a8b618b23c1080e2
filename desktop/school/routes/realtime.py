"""Signatures that let a socket into private and presence channels."""

import msgspec
from fastapi import APIRouter

from desktop.school.asking import AtSchool, SignedIn, StrictRoute
from desktop.school.problems import Fault, answers
from desktop.school.realtime import protocol
from desktop.wire.realtime import AuthRequest, AuthResponse, class_channel, user_channel

router = APIRouter(prefix="/realtime", tags=["realtime"], route_class=StrictRoute)


@router.post("/auth", responses=answers(401, 403))
def auth(body: AuthRequest, actor: SignedIn, school: AtSchool) -> AuthResponse:
    """Sign for one's own channel, or for the channel of a class one teaches."""
    channel = body.channel_name
    if not protocol.is_socket_id(body.socket_id):
        raise Fault(422, "invalid_request", "That is no socket id.")
    if channel == user_channel(actor.id):
        return AuthResponse(auth=school.channels.sign(body.socket_id, channel, None))
    taught = school.classes_of(actor.id) if actor.is_staff else frozenset()
    if channel in {class_channel(name) for name in taught}:
        member = {"user_id": actor.id, "user_info": {"name": actor.display_name}}
        data = msgspec.json.encode(member).decode()
        return AuthResponse(
            auth=school.channels.sign(body.socket_id, channel, data), channel_data=data
        )
    raise Fault(403, "forbidden", "This channel is not yours.")
