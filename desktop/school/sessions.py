"""The devices a person is signed in on."""

import datetime as dt

import sqlalchemy as sa
from pydantic import BaseModel

from desktop.classroom import instants
from desktop.school import tokens
from desktop.school.sight import Actor
from desktop.school.tables import family


class Session(BaseModel):
    """A signed-in device. `current` marks the one that asks."""

    id: str
    device_name: str
    created_at: str
    used_at: str
    current: bool


def open_sessions(connection: sa.Connection, actor: Actor, now: dt.datetime) -> list[Session]:
    """The devices whose sign-in still holds, the last used first."""
    oldest = instants.to_text(now - dt.timedelta(seconds=tokens.REFRESH_S))
    rows = connection.execute(
        sa.select(family)
        .where(family.c.user_id == actor.id, family.c.revoked_at == "", family.c.used_at > oldest)
        .order_by(family.c.used_at.desc())
    )
    return [
        Session(
            id=row.id,
            device_name=row.device_name,
            created_at=row.created_at,
            used_at=row.used_at,
            current=row.id == actor.family_id,
        )
        for row in rows
    ]


def close(connection: sa.Connection, actor: Actor, family_id: str, now: str) -> bool:
    """Sign a device of this person out; False when they have no such device."""
    found = connection.execute(
        sa.select(family.c.id).where(family.c.id == family_id, family.c.user_id == actor.id)
    ).scalar()
    if found is None:
        return False
    tokens.revoke(connection, family_id, "closed", now)
    return True
