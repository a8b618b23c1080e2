"""What routes ask of a request: the school, the signed-in person, and a strictly read body."""

import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from desktop.school.problems import Fault
from desktop.school.school import School
from desktop.school.sight import Actor

_bearer = HTTPBearer(auto_error=False, description="The access token of /auth/login.")


# None of these waits, so all are coroutines: a plain function would be run in a thread of its own,
# which takes longer than everything that most requests ask for.


async def _school(request: Request) -> School:
    school: School = request.app.state.school
    return school


AtSchool = Annotated[School, Depends(_school)]


async def _actor(
    school: AtSchool,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Actor:
    if credentials is None:
        raise Fault(401, "not_signed_in", "Please sign in first.")
    token = credentials.credentials
    return await school.database.ask(lambda connection: school.tokens.actor(connection, token))


SignedIn = Annotated[Actor, Depends(_actor)]


async def _staff(actor: SignedIn) -> Actor:
    if actor.role not in ("teacher", "admin"):
        raise Fault(403, "forbidden", "This is for teachers.")
    return actor


Staff = Annotated[Actor, Depends(_staff)]


def address_of(request: Request) -> str:
    """Where a request comes from, for limits."""
    return request.client.host if request.client else ""


class _StrictRequest(Request):
    """Reads JSON by RFC 8259: no NaN, no lone surrogates, no duplicate meaning."""

    async def json(self) -> object:
        """The body as JSON."""
        body = await self.body()
        try:
            return msgspec.json.decode(body)
        except (msgspec.MsgspecError, RecursionError) as error:
            raise json.JSONDecodeError(str(error)[:200], "", 0) from error


class StrictRoute(APIRoute):
    """A route whose JSON body is read strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, on a strict request."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(_StrictRequest(request.scope, request.receive))

        return strict
