"""Accounts: who may sign in, who invited them, and which devices they signed in on."""

import datetime as dt
import random
import secrets
import unicodedata
from collections.abc import Callable
from typing import Any, get_args

import sqlalchemy as sa

from desktop.classroom import ids, instants
from desktop.errors import WrongUse
from desktop.school.database import Database
from desktop.school.limits import Window
from desktop.school.passwords import LOCKED, Passwords
from desktop.school.problems import Fault, too_many
from desktop.school.tables import account, audit, invite
from desktop.wire.auth import LoginRequest, RegisterRequest, Role

ROLES: tuple[str, ...] = get_args(Role)
INVITED_ROLES = ("teacher", "student", "parent")
"""What an invite code can make of somebody: nobody registers as an administrator."""
INVITE_DAYS = 90
INVITE_USES = 500
FAILURES = 5
FAILURE_WINDOW_S = 60
ADDRESS_FAILURES = 100
"""Failures of all accounts from one address in a minute: a school shares one address."""
_CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class Accounts:
    """The people of a school."""

    def __init__(
        self,
        now: Callable[[], dt.datetime],
        monotonic: Callable[[], float],
        chance: random.Random,
        passwords: Passwords,
    ) -> None:
        self._now = now
        self._chance = chance
        self._passwords = passwords
        self._by_account = Window(FAILURES, FAILURE_WINDOW_S, monotonic)
        self._by_address = Window(ADDRESS_FAILURES, FAILURE_WINDOW_S, monotonic)
        self._registrations = Window(20, 60, monotonic)
        self._session_hashes: dict[str, str] = {}

    def add_session_password(self, user_id: str, password: str) -> None:
        """Let `password` sign this person in too, for as long as this process lives."""
        self._session_hashes[user_id] = self._passwords.hash(password)

    def check(self, database: Database, request: LoginRequest, address: str) -> sa.Row[Any]:
        """The account that the name and the password fit.

        Raises:
            Fault: 401 when they do not, 429 after five failures within a minute.
        """
        name = key_of(request.username or request.email or "")
        # The address is part of the key, so that a stranger cannot lock a teacher out.
        key = (name, address)
        # Each attempt counts as a failure until it is none: many at once are no way around.
        wait = self._by_account.admit(key)
        if not wait and (wait := self._by_address.admit(address)):
            self._by_account.take_back(key)
        if wait:
            raise too_many("There were too many wrong passwords. Please wait a moment.", wait)
        with database.read() as connection:
            row = find(connection, name, by_email=not request.username)
        if row is None:
            self._passwords.fits(None, request.password)
        # The slow part holds no connection: those are few, and others wait for them.
        if row is None or not self._fits(row, request.password):
            raise Fault(401, "wrong_credentials", "The name or the password is not right.")
        self._by_account.forget(key)
        self._by_address.take_back(address)
        return row

    def _fits(self, row: sa.Row[Any], password: str) -> bool:
        session = self._session_hashes.get(row.id)
        if session is not None and self._passwords.fits(session, password):
            return True
        return self._passwords.fits(row.password_hash, password)

    def hash(self, password: str) -> str:
        """The hash to keep of a new password; slow, so done before a transaction begins."""
        return self._passwords.hash(password)

    def register(
        self, connection: sa.Connection, request: RegisterRequest, password_hash: str
    ) -> str:
        """Make the account that an invite code allows, and return its id.

        Raises:
            Fault: 403 for a code that is unknown, used up or expired; 409 for a taken name.
        """
        moment = instants.to_text(self._now())
        code = request.invite_code.strip().upper()
        role = connection.execute(
            sa.update(invite)
            .where(invite.c.code == code, invite.c.uses_left > 0, invite.c.expires_at > moment)
            .values(uses_left=invite.c.uses_left - 1)
            .returning(invite.c.role)
        ).scalar_one_or_none()
        if role is None:
            raise Fault(403, "invite_invalid", "This invite code does not work any more.")
        return self.add(
            connection,
            username=request.username,
            role=role,
            password_hash=password_hash,
            email=request.email,
            display_name=request.display_name,
        )

    def admit_registration(self, address: str) -> None:
        """Count an attempt to register from `address`.

        Raises:
            Fault: 429, too many of them: codes must not be guessed.
        """
        if wait := self._registrations.admit(address):
            raise too_many("There were too many attempts to register. Please wait.", wait)

    def add(
        self,
        connection: sa.Connection,
        *,
        username: str,
        role: str,
        password_hash: str = LOCKED,
        email: str = "",
        display_name: str = "",
        user_id: str = "",
    ) -> str:
        """Make an account and return its id.

        Raises:
            Fault: 409 `username_taken`, or 422 for a name that cannot be one.
        """
        name = username.strip()
        shown = f"{name}{email}{display_name}"
        if not name or any(unicodedata.category(letter)[0] == "C" for letter in shown):
            raise Fault(422, "invalid_request", "A user name has visible letters only.")
        made = connection.execute(
            _insert_ignoring(connection)
            .values(
                id=user_id or self.new_id(),
                username=name,
                username_key=key_of(name),
                email=email.strip(),
                email_key=key_of(email),
                display_name=display_name.strip() or name,
                role=role,
                password_hash=password_hash,
                created_at=instants.to_text(self._now()),
            )
            .returning(account.c.id)
        ).scalar_one_or_none()
        if made is None:
            raise Fault(409, "username_taken", f"The name {name} is taken.")
        return str(made)

    def invite(self, connection: sa.Connection, role: str) -> str:
        """Make a new invite code for `role`.

        Raises:
            WrongUse: nobody is invited to that role.
        """
        if role not in INVITED_ROLES:
            raise WrongUse(f"Nobody is invited as {role}.", mend="Use `school user add` for it.")
        code = "-".join("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(3))
        now = self._now()
        connection.execute(
            invite.insert().values(
                code=code,
                role=role,
                created_at=instants.to_text(now),
                expires_at=instants.to_text(now + dt.timedelta(days=INVITE_DAYS)),
                uses_left=INVITE_USES,
            )
        )
        return code

    def standing_invites(self, connection: sa.Connection) -> dict[str, str]:
        """A working invite code for each role, made where there is none."""
        moment = instants.to_text(self._now())
        working = connection.execute(
            sa.select(invite.c.role, invite.c.code)
            .where(invite.c.uses_left > 0, invite.c.expires_at > moment)
            .order_by(invite.c.created_at, invite.c.code)
        )
        codes = {row.role: row.code for row in working}
        return {role: codes.get(role) or self.invite(connection, role) for role in INVITED_ROLES}

    def note(self, connection: sa.Connection, user_id: str, action: str, subject: str) -> None:
        """Write a privileged action into the audit log."""
        connection.execute(
            audit.insert().values(
                at=instants.to_text(self._now()), user_id=user_id, action=action, subject=subject
            )
        )

    def new_id(self) -> str:
        """A new id."""
        return ids.new_id(self._now(), self._chance)


def find(connection: sa.Connection, key: str, *, by_email: bool) -> sa.Row[Any] | None:
    """The account of a name, or of an e-mail address, in the form of `key_of`.

    Of several with one address it is the oldest: nobody takes another's way in by joining with
    their address. The others sign in by name.
    """
    if not key:
        return None
    column = account.c.email_key if by_email else account.c.username_key
    oldest = sa.select(account).where(column == key).order_by(account.c.created_at, account.c.id)
    return connection.execute(oldest.limit(1)).one_or_none()


def key_of(name: str) -> str:
    """The form in which names are compared: without case, composed the same way."""
    return unicodedata.normalize("NFKC", name.strip()).casefold()


def _insert_ignoring(connection: sa.Connection) -> sa.Insert:
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(account).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(account).on_conflict_do_nothing()
