"""Tokens: short-lived access tokens, and refresh tokens that rotate within a family.

Each refresh token is derived from the one before it with a secret of the school, so that asking
again with the same token within the grace gives the same answer: a lost answer costs nothing,
and two honest askers at once end with one and the same token. Only digests are stored.
"""

import datetime as dt
import functools
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import jwt
import sqlalchemy as sa

from desktop.classroom import instants
from desktop.school.folder import Secrets
from desktop.school.problems import Fault
from desktop.school.sight import Actor
from desktop.school.statements import Prepared
from desktop.school.tables import account, family, refresh_token

ACCESS_S = 900
REFRESH_S = 86_400
GRACE_S = 30
ISSUER = "toolboxai-school"
ALGORITHM = "HS256"
TOKENS_KNOWN = 4_096
"""Access tokens whose signature was found good and is not computed again."""


@dataclass(frozen=True)
class Pair:
    """What a sign-in or a refresh gives."""

    user_id: str
    access_token: str
    refresh_token: str


@dataclass(frozen=True)
class _Claims:
    """What an access token says. `ends` in seconds since 1970."""

    user_id: str
    family_id: str
    ends: float


class Tokens:
    """Issues and checks the tokens of one school."""

    def __init__(self, secrets: Secrets, now: Callable[[], dt.datetime]) -> None:
        self._secrets = secrets
        self._now = now
        self._signed = functools.lru_cache(TOKENS_KNOWN)(self._verified)

    def start_family(
        self, connection: sa.Connection, user_id: str, family_id: str, device_name: str
    ) -> Pair:
        """Sign a device in."""
        now = self._now()
        moment = instants.to_text(now)
        connection.execute(
            family.insert(),
            {
                "id": family_id,
                "user_id": user_id,
                "device_name": device_name,
                "created_at": moment,
                "used_at": moment,
                "revoked_at": "",
                "why": "",
            },
        )
        token = f"{family_id}.{secrets.token_urlsafe(32)}"
        self._keep(connection, token, family_id, 0, now)
        return Pair(user_id, self._access(user_id, family_id, now), token)

    def refresh(self, connection: sa.Connection, token: str) -> Pair | None:
        """Exchange a refresh token for the next one.

        None means that the token was used before: its whole family is revoked now, and the
        caller has to let this transaction commit.

        Raises:
            Fault: 401, the token is unknown, expired or revoked.
        """
        row = connection.execute(_TOKEN, {"digest": _digest(token)}).one_or_none()
        if row is None or row.revoked_at:
            if row is not None and row.why == "reused":
                return None
            raise Fault(401, "refresh_invalid", "This sign-in has ended. Please sign in again.")
        now = self._now()
        if now >= instants.from_text(row.expires_at):
            raise Fault(401, "refresh_expired", "This sign-in has expired. Please sign in again.")
        following = self._next(token)
        if row.used_at:
            # The very last token may be asked with again for a moment: its answer can get lost.
            age = (now - instants.from_text(row.used_at)).total_seconds()
            if row.generation != row.newest - 1 or not -GRACE_S <= age <= GRACE_S:
                revoke(connection, row.family_id, "reused", instants.to_text(now))
                return None
        else:
            moment = instants.to_text(now)
            connection.execute(_USE, {"the_digest": _digest(token), "moment": moment})
            connection.execute(
                family.update().where(family.c.id == row.family_id).values(used_at=moment)
            )
            self._keep(connection, following, row.family_id, row.generation + 1, now)
        return Pair(row.user_id, self._access(row.user_id, row.family_id, now), following)

    def actor(self, connection: sa.Connection, token: str) -> Actor:
        """Who an access token speaks for.

        Raises:
            Fault: 401, the token is wrong, expired, or its family was revoked.
        """
        claims = self._signed(token)
        if self._now().timestamp() >= claims.ends:
            raise Fault(401, "token_expired", "The access token has expired; refresh it.")
        row = _ACTOR.first(connection, {"family": claims.family_id})
        if row is None or row[0] != claims.user_id or row[5]:
            raise Fault(401, "token_revoked", "This device was signed out. Please sign in again.")
        return Actor(row[0], row[1], row[2], row[3], row[4], claims.family_id)

    def _verified(self, token: str) -> "_Claims":
        """What a token says, if the school said it; whether it still holds is not looked at."""
        try:
            wanted = jwt.get_unverified_header(token).get("kid")
            key = next(key for key in self._secrets.signing if key.id == wanted)
            claims = jwt.decode(
                token,
                key.secret,
                algorithms=[ALGORITHM],
                issuer=ISSUER,
                # Our own clock below: it can be held still, and `iat` may lie in a jumped future.
                options={
                    "verify_exp": False,
                    "verify_iat": False,
                    "require": ["exp", "sub", "sid", "iss"],
                },
            )
            return _Claims(str(claims["sub"]), str(claims["sid"]), float(claims["exp"]))
        except (jwt.PyJWTError, StopIteration, ValueError, TypeError) as error:
            raise Fault(401, "token_invalid", "The sign-in is not valid here.") from error

    def _access(self, user_id: str, family_id: str, now: dt.datetime) -> str:
        key = self._secrets.signing[0]
        issued = int(now.timestamp())
        claims = {
            "iss": ISSUER,
            "sub": user_id,
            "sid": family_id,
            "iat": issued,
            "exp": issued + ACCESS_S,
            "jti": secrets.token_hex(8),
        }
        return jwt.encode(claims, key.secret, algorithm=ALGORITHM, headers={"kid": key.id})

    def _next(self, token: str) -> str:
        family_id = token.partition(".")[0]
        mac = hmac.new(self._secrets.refresh.encode(), token.encode(), hashlib.sha256)
        return f"{family_id}.{mac.hexdigest()}"

    def _keep(
        self,
        connection: sa.Connection,
        token: str,
        family_id: str,
        generation: int,
        now: dt.datetime,
    ) -> None:
        connection.execute(
            refresh_token.insert(),
            {
                "digest": _digest(token),
                "family_id": family_id,
                "generation": generation,
                "expires_at": instants.to_text(now + dt.timedelta(seconds=REFRESH_S)),
                "used_at": "",
            },
        )


def revoke(connection: sa.Connection, family_id: str, why: str, now: str) -> None:
    """End a family: none of its tokens works from now on."""
    connection.execute(
        family.update()
        .where(family.c.id == family_id, family.c.revoked_at == "")
        .values(revoked_at=now, why=why)
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_newest = refresh_token.alias("newest")
_TOKEN = (
    sa.select(
        refresh_token.c.family_id,
        refresh_token.c.generation,
        refresh_token.c.expires_at,
        refresh_token.c.used_at,
        family.c.user_id,
        family.c.revoked_at,
        family.c.why,
        sa.select(sa.func.max(_newest.c.generation))
        .where(_newest.c.family_id == refresh_token.c.family_id)
        .scalar_subquery()
        .label("newest"),
    )
    .join(family, family.c.id == refresh_token.c.family_id)
    .where(refresh_token.c.digest == sa.bindparam("digest"))
)
_USE = (
    refresh_token.update()
    .where(refresh_token.c.digest == sa.bindparam("the_digest"))
    .values(used_at=sa.bindparam("moment"))
)
_ACTOR = Prepared(
    sa.select(
        account.c.id,
        account.c.role,
        account.c.username,
        account.c.display_name,
        account.c.email,
        family.c.revoked_at,
    )
    .join(family, family.c.user_id == account.c.id)
    .where(family.c.id == sa.bindparam("family"))
)
