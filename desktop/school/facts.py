"""Facts about the school itself: its epoch, what it was filled with, whose it is."""

import secrets

import sqlalchemy as sa

from desktop.school.statements import Prepared
from desktop.school.store import VERSION
from desktop.school.tables import counter, fact

EPOCH = "epoch"
"""Changes when versions may go back (restore, reset): every cursor from before then expires."""
FILLED = "filled"
"""`sample`, `size`, or `empty`."""
OWNER = "owner"
"""The id of the teacher who works on this machine."""
SAMPLE_TEACHER = "sample_teacher"


def get(connection: sa.Connection, name: str) -> str:
    """A fact, or "" when it was never set."""
    found = _VALUE.first(connection, {"fact": name})
    return found[0] if found else ""


def put(connection: sa.Connection, name: str, value: str) -> None:
    """Set a fact."""
    connection.execute(fact.delete().where(fact.c.name == name))
    connection.execute(fact.insert().values(name=name, value=value))


def begin(connection: sa.Connection) -> None:
    """Give a new school its epoch and its version counter; a school that has them keeps them."""
    if not get(connection, EPOCH):
        new_epoch(connection)
        connection.execute(counter.insert().values(name=VERSION, value=0))


def new_epoch(connection: sa.Connection) -> None:
    """Expire every cursor that was given out."""
    put(connection, EPOCH, secrets.token_hex(6))


_VALUE = Prepared(sa.select(fact.c.value).where(fact.c.name == sa.bindparam("fact")))
