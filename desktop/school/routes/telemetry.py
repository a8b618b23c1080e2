"""The way back from the game: place keys for teachers, events from places."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Header, Response

from desktop.school import place_keys
from desktop.school.asking import AtSchool, Staff, StrictRoute
from desktop.school.place_keys import Place
from desktop.school.problems import Fault, answers, too_many
from desktop.school.school import School
from desktop.school.store import Writing
from desktop.school.telemetry import Reception
from desktop.wire.telemetry import (
    PLACE_KEY_HEADER,
    PlaceKey,
    PlaceKeyRequest,
    PlaceKeyState,
    TelemetryBatch,
    TelemetryEvent,
    TelemetryResult,
)

router = APIRouter(prefix="/telemetry", tags=["telemetry"], route_class=StrictRoute)


@router.post("/place-keys", status_code=201, responses=answers(401, 403, 404))
def make_key(body: PlaceKeyRequest, actor: Staff, school: AtSchool) -> PlaceKey:
    """Make a key with which one lesson's place reports for one class."""
    key_id = school.accounts.new_id()
    with school.database.write() as connection:
        key = place_keys.make(connection, actor, body, key_id=key_id, now=school.moment())
        school.accounts.note(connection, actor.id, "place_key.made", key_id)
    return key


@router.get("/place-keys", responses=answers(401, 403))
def list_keys(actor: Staff, school: AtSchool) -> list[PlaceKeyState]:
    """The keys of the classes one teaches; the keys themselves are not told again."""
    with school.database.read() as connection:
        return place_keys.listed(connection, actor)


@router.delete("/place-keys/{key_id}", status_code=204, responses=answers(401, 403, 404))
def revoke_key(key_id: str, actor: Staff, school: AtSchool) -> Response:
    """End a key: the place's reports are refused from now on."""
    with school.database.write() as connection:
        place_keys.revoke(connection, actor, key_id, school.moment())
        school.accounts.note(connection, actor.id, "place_key.revoked", key_id)
    return Response(status_code=204)


@router.post("/events", responses=answers(401))
async def events(
    body: TelemetryBatch,
    school: AtSchool,
    key: Annotated[str, Header(alias=PLACE_KEY_HEADER, max_length=200)] = "",
) -> TelemetryResult:
    """Take what happened in a place; events that came before are counted once."""
    if not key:
        raise Fault(401, "place_key_missing", "Reports of a place carry its key.")
    place = await school.database.ask(lambda reading: place_keys.place_of(reading, key))
    _admit(school, place, len(body.events))
    result, hearers, version = await school.commits.write(
        lambda connection: _take(school, place, body.events, connection)
    )
    school.channels.poke(hearers, version)
    return result


def _take(
    school: School, place: Place, told: list[TelemetryEvent], connection: sa.Connection
) -> tuple[TelemetryResult, frozenset[str], int]:
    """What became of the events, and who has to hear of it at which version."""
    writing = Writing(connection, now=school.moment(), by="")
    result = Reception(writing, place, school.now(), school.accounts.new_id).take(told)
    writing.finish()
    return result, writing.hearers(), writing.version


def _admit(school: School, place: Place, count: int) -> None:
    wait = max(school.place_requests.wait(place.key_id), school.place_events.wait(place.key_id))
    if wait:
        raise too_many("This place reports too often.", wait)
    school.place_requests.hit(place.key_id)
    school.place_events.hit(place.key_id, count)
