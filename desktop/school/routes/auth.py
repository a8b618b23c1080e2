"""Signing in and out, the devices signed in, and joining by invite code."""

from fastapi import APIRouter, BackgroundTasks, Request, Response

from desktop.school import forgotten, tokens
from desktop.school.asking import AtSchool, SignedIn, StrictRoute, address_of
from desktop.school.problems import Fault, answers
from desktop.school.school import School
from desktop.school.sessions import Session, close, open_sessions
from desktop.school.sight import Actor
from desktop.school.tables import account
from desktop.school.tokens import ACCESS_S, REFRESH_S, Pair
from desktop.wire.auth import (
    LoginRequest,
    PasswordResetAnswer,
    PasswordResetConfirm,
    PasswordResetRequest,
    RefreshRequest,
    RegisterRequest,
    Tokens,
    User,
)

router = APIRouter(prefix="/auth", tags=["auth"], route_class=StrictRoute)


@router.post("/login", responses=answers(401))
def login(request: Request, body: LoginRequest, school: AtSchool) -> Tokens:
    """Sign in with a name (or e-mail address) and a password."""
    if (body.username is None) == (body.email is None):
        raise Fault(422, "invalid_request", "Give either a user name or an e-mail address.")
    row = school.accounts.check(school.database, body, address_of(request))
    return _signed_in(school, row.id, body.device_name)


@router.post("/refresh", responses=answers(401))
def refresh(body: RefreshRequest, school: AtSchool) -> Tokens:
    """Exchange a refresh token for the next one; it dies as it is used."""
    with school.database.write() as connection:
        pair = school.tokens.refresh(connection, body.refresh_token)
    if pair is None:
        raise Fault(
            401, "refresh_reused", "This sign-in was used twice and has ended. Please sign in."
        )
    return _answer(school, pair)


@router.post("/logout", status_code=204, responses=answers(401))
def logout(actor: SignedIn, school: AtSchool) -> Response:
    """End this device's sign-in."""
    with school.database.write() as connection:
        tokens.revoke(connection, actor.family_id, "logout", school.moment())
    return Response(status_code=204)


@router.get("/me", responses=answers(401))
async def me(actor: SignedIn) -> User:
    """Who is signed in."""
    return _user(actor)


@router.post("/register", status_code=201, responses=answers(403, 409))
def register(request: Request, body: RegisterRequest, school: AtSchool) -> Tokens:
    """Make an account with an invite code, and sign in."""
    school.accounts.admit_registration(address_of(request))
    kept = school.accounts.hash(body.password)
    with school.database.write() as connection:
        user_id = school.accounts.register(connection, body, kept)
        school.accounts.note(connection, user_id, "account.registered", user_id)
    return _signed_in(school, user_id, body.device_name)


@router.post("/password-reset", status_code=202, responses=answers())
def password_reset(
    request: Request, body: PasswordResetRequest, school: AtSchool, after: BackgroundTasks
) -> PasswordResetAnswer:
    """Ask for a code to replace a forgotten password; the answer never tells who is here."""
    if (body.username is None) == (body.email is None):
        raise Fault(422, "invalid_request", "Give either a user name or an e-mail address.")
    after.add_task(forgotten.ask, school, body, address_of(request))
    return PasswordResetAnswer()


@router.post("/password-reset/confirm", status_code=204, responses=answers(403))
def password_reset_confirm(body: PasswordResetConfirm, school: AtSchool) -> Response:
    """Replace a forgotten password with the code of the message."""
    forgotten.confirm(school, body.token, body.password)
    return Response(status_code=204)


@router.get("/sessions", responses=answers(401))
def sessions(actor: SignedIn, school: AtSchool) -> list[Session]:
    """The devices on which this person is signed in."""
    with school.database.read() as connection:
        return open_sessions(connection, actor, school.now())


@router.delete("/sessions/{session_id}", status_code=204, responses=answers(401, 404))
def end_session(session_id: str, actor: SignedIn, school: AtSchool) -> Response:
    """Sign one of one's own devices out."""
    with school.database.write() as connection:
        if not close(connection, actor, session_id, school.moment()):
            raise Fault(404, "not_found", "There is no such device.")
        school.accounts.note(connection, actor.id, "session.ended", session_id)
    return Response(status_code=204)


def _signed_in(school: School, user_id: str, device_name: str) -> Tokens:
    with school.database.write() as connection:
        family_id = school.accounts.new_id()
        pair = school.tokens.start_family(connection, user_id, family_id, device_name)
    return _answer(school, pair)


def _answer(school: School, pair: Pair) -> Tokens:
    with school.database.read() as connection:
        row = connection.execute(account.select().where(account.c.id == pair.user_id)).one()
    return Tokens(
        access_token=pair.access_token,
        expires_in=ACCESS_S,
        refresh_token=pair.refresh_token,
        refresh_expires_in=REFRESH_S,
        user=_user(Actor(row.id, row.role, row.username, row.display_name, row.email)),
    )


def _user(actor: Actor) -> User:
    return User.model_validate(
        {
            "id": actor.id,
            "username": actor.username,
            "email": actor.email,
            "display_name": actor.display_name,
            "role": actor.role,
        }
    )
