"""The change feed and the push endpoint."""

import asyncio
import gzip
import json
from typing import Annotated, Any

import pydantic
from fastapi import APIRouter, Query, Request, Response
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.classroom.records import COLLECTIONS
from desktop.school import feed
from desktop.school.asking import STAFF, AtSchool, Staff, StrictRequest, StrictRoute
from desktop.school.problems import Fault, answers
from desktop.school.push import Pushed, parts
from desktop.school.school import School
from desktop.school.sight import Actor
from desktop.wire import API_PREFIX
from desktop.wire.feed import MAX_PAGE
from desktop.wire.push import PushRequest, PushResponse

NDJSON = "application/x-ndjson"
GZIP_FROM_BYTES = 1_000
GZIP_LEVEL = 3
"""Most of what higher levels save, at a quarter of their time."""

router = APIRouter(prefix="/sync", tags=["sync"], route_class=StrictRoute)

_PAGE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One `ChangedRecord` a line in version order, then one `EndOfPage`.",
        "content": {NDJSON: {"schema": {"type": "string"}}},
    }
}


@router.get("/changes", response_class=Response, responses=answers(401, 403, 410) | _PAGE)
async def changes(
    request: Request,
    actor: Staff,
    school: AtSchool,
    cursor: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = MAX_PAGE,
    collections: Annotated[
        str, Query(max_length=500, description="Names with commas between; all when empty.")
    ] = "",
) -> Response:
    """What changed after the cursor, as far as this person may see it."""
    wanted = [name for name in collections.split(",") if name]
    if any(name not in COLLECTIONS for name in wanted):
        raise Fault(422, "unknown_collection", "`collections` names one that does not exist.")
    page = await school.database.ask(lambda reading: feed.nothing_new(reading, actor, cursor))
    if page is None:
        with_gzip = _takes_gzip(request)
        return await asyncio.to_thread(_page, school, actor, cursor, limit, wanted, with_gzip)
    return _answer(page.body)


@router.post(
    "/push",
    response_class=Response,
    response_model=None,
    responses=answers(401, 403) | {200: {"model": PushResponse}},
)
async def push(body: PushRequest, actor: Staff, school: AtSchool) -> Response:
    """Apply offline changes; each is answered by itself, and what was applied is on the disk."""
    done: list[Pushed] = []
    try:
        for part in parts(school.now, actor, body.ops):
            done.append(await school.commits.write(part))  # noqa: PERF401  (kept when one fails)
    finally:
        if done:  # also of a push that broke off: its first parts stay
            hearers = frozenset[str]().union(*(part.hearers for part in done))
            school.channels.poke(hearers, done[-1].version)
    answer = PushResponse(results=[result for part in done for result in part.results])
    return Response(answer.model_dump_json(exclude_none=True), media_type="application/json")


class PushDoor:
    """ASGI middleware that hands a push which is in order to `push` at once.

    FastAPI finds out for each request anew which function answers it and what that depends on,
    which takes nearly as long as a push of one op takes the database. Whatever is not in order
    goes FastAPI's way, and is refused there as everywhere.
    """

    def __init__(self, app: ASGIApp, *, school: School) -> None:
        self._app = app
        self._school = school

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a push; pass everything else on."""
        if scope["type"] != "http" or scope["path"] != _PUSH_PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        request = StrictRequest(scope, receive)
        ops = await _in_order(request)
        if ops is None:
            await self._app(scope, _again(await request.body()), send)
            return
        scope["route"] = _PUSH_ROUTE  # for the guard's figures and log
        answer = await push(ops, await STAFF(request), self._school)
        await answer(scope, receive, send)


async def _in_order(request: Request) -> PushRequest | None:
    """What is pushed; None when something about it is odd."""
    try:
        sent = await request.json()
    except json.JSONDecodeError:
        return None
    except ClientDisconnect:
        raise Fault(400, "bad_request", "The request broke off.") from None
    if request.headers.get("content-type") != "application/json":
        return None
    try:
        return PushRequest.model_validate(sent)
    except pydantic.ValidationError:
        return None


def _again(body: bytes) -> Receive:
    """Where a body that was read can be read once more."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


_PUSH_PATH = f"{API_PREFIX}/sync/push"
_PUSH_ROUTE = router.routes[-1]


def _page(
    school: School, actor: Actor, cursor: str, limit: int, wanted: list[str], with_gzip: bool
) -> Response:
    with school.database.read() as connection:
        body = feed.page(connection, actor, cursor, limit, wanted).body
    if not with_gzip or len(body) < GZIP_FROM_BYTES:
        return _answer(body)
    return _answer(gzip.compress(body, GZIP_LEVEL, mtime=0), **{"Content-Encoding": "gzip"})


def _answer(body: bytes, **headers: str) -> Response:
    headers["Vary"] = "Accept-Encoding"
    return Response(body, headers=headers, media_type=NDJSON)


def _takes_gzip(request: Request) -> bool:
    for offer in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, parameters = offer.partition(";")
        if name.strip() in ("gzip", "*") and parameters.replace(" ", "") not in ("q=0", "q=0.0"):
            return True
    return False
