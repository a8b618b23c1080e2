"""What routes ask of a request: the school, the signed-in person, and a strictly read body."""

import json
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Request, Response
from fastapi.openapi.models import HTTPBearer
from fastapi.routing import APIRoute
from fastapi.security.base import SecurityBase
from fastapi.security.utils import get_authorization_scheme_param

from desktop.school import sight
from desktop.school.accounts import ROLES
from desktop.school.problems import Fault
from desktop.school.school import School
from desktop.school.sight import Actor

# What routes depend on is coroutines: a plain function would be run in a thread of its own, which
# takes longer than everything that most requests ask for. And it depends on nothing in turn: each
# step between takes as long as looking the person up.


async def _school(request: Request) -> School:
    school: School = request.app.state.school
    return school


AtSchool = Annotated[School, Depends(_school)]


class SignedInAs(SecurityBase):
    """Who is signed in, by the access token of the request, if they have one of `roles`."""

    scheme_name = "HTTPBearer"

    def __init__(self, *roles: str) -> None:
        self.model = HTTPBearer(description="The access token of /auth/login.")
        self._roles = roles

    async def __call__(self, request: Request) -> Actor:
        """The person; FastAPI asks, before the route's function.

        Raises:
            Fault: 401 or 403.
        """
        scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
        bearer = scheme.lower() == "bearer"
        return await self.admit(request.app.state.school, token if bearer else "")

    async def admit(self, school: School, token: str) -> Actor:
        """The person of an access token.

        Raises:
            Fault: 401, there is no token or it does not hold; 403, they have another role.
        """
        if not token:
            raise Fault(401, "not_signed_in", "Please sign in first.")
        actor = await school.database.ask(lambda reading: school.tokens.actor(reading, token))
        if actor.role not in self._roles:
            raise Fault(403, "forbidden", "This is for teachers.")
        return actor


STAFF = SignedInAs(*sight.STAFF)
SignedIn = Annotated[Actor, Depends(SignedInAs(*ROLES))]
Staff = Annotated[Actor, Depends(STAFF)]


def address_of(request: Request) -> str:
    """Where a request comes from, for limits."""
    return request.client.host if request.client else ""


class StrictRequest(Request):
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
            return await handler(StrictRequest(request.scope, request.receive))

        return strict
