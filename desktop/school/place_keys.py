"""Place keys: what lets one lesson's place report for one class, and nothing else."""

import hashlib
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from desktop.school import sight, store
from desktop.school.problems import Fault
from desktop.school.sight import Actor
from desktop.school.tables import class_teacher, place_key
from desktop.wire.telemetry import PlaceKey, PlaceKeyRequest, PlaceKeyState

_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LETTERS = 6


@dataclass(frozen=True)
class Place:
    """A place that may report: for which lesson and class, and its join code."""

    key_id: str
    lesson_id: str
    class_id: str
    join_code: str


def make(
    connection: sa.Connection, actor: Actor, request: PlaceKeyRequest, *, key_id: str, now: str
) -> PlaceKey:
    """Make a key for a lesson and a class of this teacher; the key itself is told only here.

    Raises:
        Fault: 404, one of the two is not there or not theirs.
    """
    for collection, record_id in (("classes", request.class_id), ("lessons", request.lesson_id)):
        if not _theirs(connection, actor, collection, record_id):
            raise Fault(404, "not_found", "There is no such lesson or class of yours.")
    key = f"tbx_{secrets.token_urlsafe(32)}"
    join_code = "".join(secrets.choice(_CODE_LETTERS) for _ in range(CODE_LETTERS))
    connection.execute(
        place_key.insert(),
        {
            "id": key_id,
            "digest": digest(key),
            "lesson_id": request.lesson_id,
            "class_id": request.class_id,
            "join_code": join_code,
            "created_by": actor.id,
            "created_at": now,
            "revoked_at": "",
        },
    )
    return PlaceKey(
        id=key_id,
        key=key,
        lesson_id=request.lesson_id,
        class_id=request.class_id,
        join_code=join_code,
    )


def listed(connection: sa.Connection, actor: Actor) -> list[PlaceKeyState]:
    """The keys of the classes that this person teaches, the newest first."""
    query = sa.select(place_key).order_by(place_key.c.created_at.desc(), place_key.c.id.desc())
    if not actor.sees_all:
        taught = sa.select(class_teacher.c.class_id).where(class_teacher.c.user_id == actor.id)
        query = query.where(place_key.c.class_id.in_(taught))
    return [
        PlaceKeyState(
            id=row.id,
            lesson_id=row.lesson_id,
            class_id=row.class_id,
            join_code=row.join_code,
            created_at=row.created_at,
            revoked_at=row.revoked_at,
        )
        for row in connection.execute(query)
    ]


def revoke(connection: sa.Connection, actor: Actor, key_id: str, now: str) -> None:
    """End a key.

    Raises:
        Fault: 404, there is no such key of a class of theirs.
    """
    if key_id not in {state.id for state in listed(connection, actor)}:
        raise Fault(404, "not_found", "There is no such place key of yours.")
    connection.execute(
        place_key.update()
        .where(place_key.c.id == key_id, place_key.c.revoked_at == "")
        .values(revoked_at=now)
    )


def place_of(connection: sa.Connection, key: str) -> Place:
    """The place that a key was made for.

    Raises:
        Fault: 401, the key is unknown or revoked.
    """
    row = connection.execute(_PLACE, {"digest": digest(key)}).one_or_none()
    if row is None or row.revoked_at:
        raise Fault(401, "place_key_invalid", "This place key does not work any more.")
    return Place(row.id, row.lesson_id, row.class_id, row.join_code)


def digest(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _theirs(connection: sa.Connection, actor: Actor, collection: str, record_id: str) -> bool:
    found = store.get(connection, collection, record_id)
    if found is None or found.deleted:
        return False
    scopes = sight.scopes_of_stored(connection, collection, record_id)
    return actor.sees_all or bool(scopes & sight.scopes_of_user(connection, actor.id))


_PLACE = sa.select(place_key).where(place_key.c.digest == sa.bindparam("digest"))
