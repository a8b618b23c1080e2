"""Forgotten passwords: a code by mail, good once and for an hour."""

import datetime as dt
import hashlib
import secrets

import sqlalchemy as sa
import structlog

from desktop.classroom import instants
from desktop.school import accounts, mail, people
from desktop.school.accounts import key_of
from desktop.school.passwords import LOCKED
from desktop.school.problems import Fault
from desktop.school.school import School
from desktop.school.tables import account, reset_token
from desktop.wire.auth import PasswordResetRequest

LIFETIME_S = 3_600
LETTER = """Somebody, probably you, asked for a new password for {name}.

The code is: {code}

It works once and for one hour. If it was not you, nothing has changed: please ignore this message.
"""

log = structlog.get_logger("school.accounts")


def ask(school: School, request: PasswordResetRequest, address: str) -> None:
    """Send a code to whoever is meant, if there is such a person; tell nobody whether there is.

    Called after the answer has gone out, so that its time tells nothing either.
    """
    name = key_of(request.username or request.email or "")
    if school.resets.admit(name) or school.reset_addresses.admit(address):
        log.info("password.asked_too_often")
        return
    code = secrets.token_urlsafe(24)
    with school.database.write() as connection:
        found = accounts.find(connection, name, by_email=not request.username)
        if found is None or found.password_hash == LOCKED:
            return
        connection.execute(reset_token.delete().where(reset_token.c.user_id == found.id))
        ends = school.now() + dt.timedelta(seconds=LIFETIME_S)
        row = {"digest": digest(code), "user_id": found.id, "expires_at": instants.to_text(ends)}
        connection.execute(reset_token.insert(), row)
        school.accounts.note(connection, found.id, "password.reset_asked", found.id)
    _tell(school, found.id, found.email, found.username, code)


def _tell(school: School, user_id: str, email: str, name: str, code: str) -> None:
    if school.mail is None:
        if school.is_private:
            # Whoever reads this log owns the machine and its database.
            log.warning("password.reset_code", user_id=user_id, code=code)
        else:
            log.warning("password.no_mail_server", user_id=user_id)
        return
    if not email:
        log.warning("password.no_mail_address", user_id=user_id)
        return
    try:
        mail.send(school.mail, email, "A new password", LETTER.format(name=name, code=code))
    except OSError as error:
        log.warning("password.mail_failed", user_id=user_id, reason=type(error).__name__)


def confirm(school: School, code: str, password: str) -> None:
    """Replace a password by a code, and sign every device of that person out.

    Raises:
        Fault: 403, the code is unknown, used or too old.
    """
    moment = school.moment()
    # A code is looked for before the slow hash is made: guessing costs us nothing.
    with school.database.read() as connection:
        _owner_of(connection, code, moment)
    kept = school.accounts.hash(password)
    with school.database.write() as connection:
        user_id = _owner_of(connection, code, moment)
        connection.execute(
            account.update().where(account.c.id == user_id).values(password_hash=kept)
        )
        people.sign_out(connection, user_id, "password", moment)
        school.accounts.note(connection, user_id, "password.reset", user_id)


def _owner_of(connection: sa.Connection, code: str, moment: str) -> str:
    found = connection.execute(
        sa.select(reset_token.c.user_id).where(
            reset_token.c.digest == digest(code), reset_token.c.expires_at > moment
        )
    ).scalar()
    if found is None:
        raise Fault(403, "reset_invalid", "This code does not work any more. Ask for a new one.")
    return str(found)


def digest(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
