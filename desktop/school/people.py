"""What an administrator changes of people's accounts: the role, the password, the way in."""

from typing import Any

import sqlalchemy as sa

from desktop.errors import CompanionError
from desktop.school import accounts, tokens
from desktop.school.passwords import LOCKED
from desktop.school.tables import account, family, reset_token


class NoSuchPerson(CompanionError):
    """There is no account of this name."""


def listed(connection: sa.Connection) -> list[dict[str, Any]]:
    """Every account by name: its role, whether it is locked, and on how many devices it is in."""
    devices = (
        sa.select(sa.func.count())
        .where(family.c.user_id == account.c.id, family.c.revoked_at == "")
        .scalar_subquery()
    )
    found = sa.select(
        account.c.id,
        account.c.username,
        account.c.display_name,
        account.c.role,
        (account.c.password_hash == LOCKED).label("locked"),
        devices.label("devices"),
    ).order_by(account.c.username_key)
    return [{**row, "locked": bool(row["locked"])} for row in connection.execute(found).mappings()]


def set_role(connection: sa.Connection, username: str, role: str) -> str:
    """Give somebody another role, from their next request on; the account's id.

    Raises:
        NoSuchPerson: nobody has this name.
    """
    user_id = _id_of(connection, username)
    connection.execute(account.update().where(account.c.id == user_id).values(role=role))
    return user_id


def set_password(connection: sa.Connection, username: str, kept: str, moment: str) -> str:
    """Replace a password by its hash, and sign every device out; the account's id.

    Raises:
        NoSuchPerson: nobody has this name.
    """
    user_id = _id_of(connection, username)
    connection.execute(account.update().where(account.c.id == user_id).values(password_hash=kept))
    sign_out(connection, user_id, "password", moment)
    return user_id


def lock(connection: sa.Connection, username: str, moment: str) -> str:
    """Let nobody in by this account any more, until it gets a new password; the account's id.

    What the person wrote stays, with their name on it.

    Raises:
        NoSuchPerson: nobody has this name.
    """
    return set_password(connection, username, LOCKED, moment)


def sign_out(connection: sa.Connection, user_id: str, why: str, moment: str) -> None:
    """End every sign-in of an account, and every code for a new password."""
    connection.execute(reset_token.delete().where(reset_token.c.user_id == user_id))
    devices = sa.select(family.c.id).where(family.c.user_id == user_id)
    for family_id in connection.execute(devices).scalars().all():
        tokens.revoke(connection, family_id, why, moment)


def _id_of(connection: sa.Connection, username: str) -> str:
    found = accounts.find(connection, accounts.key_of(username), by_email=False)
    if found is None:
        raise NoSuchPerson(
            f"Nobody here is called {username}.", mend="`school user list` shows who is."
        )
    return str(found.id)
