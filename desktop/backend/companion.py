"""The Companion API from the client's side: one method for each thing we ask a school server."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from pydantic import BaseModel, ValidationError

from desktop.backend import problems
from desktop.backend.session import InThread, Session
from desktop.backend.transport import Answer, Request, Transport, raise_for
from desktop.sentences import say
from desktop.wire import API_PREFIX, API_VERSION
from desktop.wire.billing import BrowserPage, CheckoutRequest, Subscription
from desktop.wire.capabilities import Capabilities
from desktop.wire.feed import MAX_PAGE, ChangedRecord, EndOfPage
from desktop.wire.push import Op, OpResult, PushRequest, PushResponse
from desktop.wire.realtime import AuthRequest, AuthResponse
from desktop.wire.telemetry import PlaceKey, PlaceKeyRequest

Told = TypeVar("Told", bound=BaseModel)

PAGE_TRIES = 3
OFF_THREAD_BYTES = 20_000
"""Smaller answers are decoded where they are: changing threads costs more than they do."""


@dataclass(frozen=True)
class Unreadable:
    """A record of the feed that could not be read, with what could be told of it."""

    collection: str
    id: str
    version: int
    content: str
    reason: str


@dataclass(frozen=True)
class FeedPage:
    """One page of changes. `cursor` is where the next page begins."""

    records: tuple[ChangedRecord, ...]
    cursor: str
    has_more: bool
    unreadable: tuple[Unreadable, ...] = ()


async def capabilities(transport: Transport) -> Capabilities:
    """Ask who answers there and what it can do; needs no sign-in.

    Raises:
        problems.NotASchool: something answers, and not in our language.
        problems.BackendProblem: whatever else the network or the server tells.
    """
    answer = await transport.send(Request("GET", f"{API_PREFIX}/capabilities"))
    if answer.status in (404, 405):
        raise problems.NotASchool(transport.server)
    raise_for(answer, transport.server)
    try:
        told = Capabilities.model_validate_json(answer.body)
    except ValidationError as error:
        raise problems.NotASchool(transport.server) from error
    if told.api != API_VERSION:
        raise problems.NotASchool(transport.server)
    return told


class CompanionClient:
    """What a signed-in person asks of a school server."""

    def __init__(self, session: Session, *, in_thread: InThread = asyncio.to_thread) -> None:
        self._session = session
        self._in_thread = in_thread

    @property
    def server(self) -> str:
        """The server's address."""
        return self._session.transport.server

    async def refresh_if_due(self) -> None:
        """Make sure of a token that is good for a while (see `Session.refresh_if_due`)."""
        await self._session.refresh_if_due()

    async def capabilities(self) -> Capabilities:
        """What the server can do (see `capabilities`)."""
        return await capabilities(self._session.transport)

    async def page(self, cursor: str, *, limit: int = MAX_PAGE) -> FeedPage:
        """One page of changes after `cursor`; an empty cursor begins at the beginning.

        Raises:
            problems.CursorExpired: begin again with an empty cursor.
            problems.BadAnswer: the page was cut off or makes no sense; nothing of it counts.
            problems.BackendProblem: whatever else the network or the server tells.
        """
        query = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        request = Request(
            "GET",
            f"{API_PREFIX}/sync/changes",
            query=query,
            headers={"Accept": "application/x-ndjson"},
        )
        answer = await self._session.send(request)
        if len(answer.body) < OFF_THREAD_BYTES:
            return read_page(answer.body, self.server)
        page: FeedPage = await self._in_thread(read_page, answer.body, self.server)
        return page

    async def pages(self, cursor: str, *, limit: int = MAX_PAGE) -> AsyncGenerator[FeedPage, None]:
        """Every page after `cursor`, to the end; the next one is fetched while one is stored."""
        fetching: asyncio.Task[FeedPage] | None = self._fetch(cursor, limit)
        try:
            while fetching is not None:
                page = await fetching
                if page.has_more and page.cursor == cursor:
                    raise problems.BadAnswer(self.server, say("its pages do not move on"))
                cursor = page.cursor
                fetching = self._fetch(cursor, limit) if page.has_more else None
                yield page
        finally:
            if fetching is not None:
                fetching.cancel()
                await asyncio.gather(fetching, return_exceptions=True)

    def _fetch(self, cursor: str, limit: int) -> "asyncio.Task[FeedPage]":
        return asyncio.create_task(self._whole_page(cursor, limit), name="feed page")

    async def _whole_page(self, cursor: str, limit: int) -> FeedPage:
        """A page; one with records that cannot be read is asked for again, in case it was hurt."""
        page = await self.page(cursor, limit=limit)
        for _ in range(PAGE_TRIES - 1):
            if not page.unreadable:
                break
            page = await self.page(cursor, limit=limit)
        return page

    async def push(self, ops: Sequence[Op]) -> list[OpResult | None]:
        """Send changes; one result for each, in the same order, None for one that is unreadable.

        Raises:
            problems.TooLarge: send fewer at once.
            problems.BadAnswer: the results do not fit the changes.
            problems.BackendProblem: whatever else the network or the server tells.
        """
        body = PushRequest(ops=list(ops)).model_dump_json().encode()
        answer = await self._session.send(Request("POST", f"{API_PREFIX}/sync/push", body))
        return read_results(answer.body, ops, self.server)

    async def place_key(self, lesson_id: str, class_id: str) -> PlaceKey:
        """A key with which one lesson's place may report for one class."""
        asked = PlaceKeyRequest(lesson_id=lesson_id, class_id=class_id)
        return await self._post("/telemetry/place-keys", asked, PlaceKey)

    async def realtime_auth(self, socket_id: str, channel: str) -> AuthResponse:
        """The signature that lets a socket into a private channel."""
        asked = AuthRequest(socket_id=socket_id, channel_name=channel)
        return await self._post("/realtime/auth", asked, AuthResponse)

    async def subscription(self) -> Subscription:
        """The plan of whoever is signed in, and what of it is used."""
        answer = await self._session.send(Request("GET", f"{API_PREFIX}/billing/subscription"))
        return self._read("/billing/subscription", answer, Subscription)

    async def checkout(self, plan: str) -> str:
        """The address of a page on which `plan` is paid for."""
        page = await self._post("/billing/checkout", CheckoutRequest(plan=plan), BrowserPage)
        return self._to_open(page)

    async def portal(self) -> str:
        """The address of a page on which the plan is changed, paid or ended."""
        path = "/billing/portal"
        answer = await self._session.send(Request("POST", API_PREFIX + path))
        return self._to_open(self._read(path, answer, BrowserPage))

    def _to_open(self, page: BrowserPage) -> str:
        """The address, if it may be handed to a browser.

        Raises:
            problems.BadAnswer: it is not encrypted, or hides where it leads.
        """
        parts = urlsplit(page.url)
        if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
            raise problems.BadAnswer(self.server, say("a page that is not safe to open"))
        return page.url

    async def _post(self, path: str, asked: BaseModel, kind: type[Told]) -> Told:
        body = asked.model_dump_json().encode()
        answer = await self._session.send(Request("POST", API_PREFIX + path, body))
        return self._read(path, answer, kind)

    def _read(self, path: str, answer: Answer, kind: type[Told]) -> Told:
        try:
            return kind.model_validate_json(answer.body)
        except ValidationError as error:
            raise problems.BadAnswer(self.server, say("the answer of {path}", path=path)) from error


def read_results(body: bytes, ops: Sequence[Op], server: str) -> list[OpResult | None]:
    """Read what became of each op. A result that makes no sense by itself spoils no other.

    Raises:
        problems.BadAnswer: this is no list of results for these ops.
    """
    try:
        results: list[OpResult | None] = [*PushResponse.model_validate_json(body).results]
    except ValidationError:
        results = [_result(one) for one in _named_results(body, ops, server)]
    else:
        if [result and result.op_id for result in results] != [op.op_id for op in ops]:
            raise problems.BadAnswer(server, say("its results do not fit the changes"))
    return [result if result is not None and _is_whole(result) else None for result in results]


def _named_results(body: bytes, ops: Sequence[Op], server: str) -> list[dict[str, Any]]:
    """The results as they came, each with the name of its op."""
    try:
        told = msgspec.json.decode(body, type=dict[str, Any]).get("results")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise problems.BadAnswer(server, say("the answer of /sync/push")) from error
    named = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    if [one.get("op_id") for one in named] != [op.op_id for op in ops]:
        raise problems.BadAnswer(server, say("its results do not fit the changes"))
    return named


def _result(told: dict[str, Any]) -> OpResult | None:
    try:
        return OpResult.model_validate(told)
    except ValidationError:
        return None


def _is_whole(result: OpResult) -> bool:
    """What was applied has a version, a conflict its record."""
    if result.outcome in ("applied", "duplicate"):
        return result.version is not None
    return result.current is not None or result.outcome != "conflict"


_record = msgspec.json.Decoder(ChangedRecord)
_end = msgspec.json.Decoder(EndOfPage)


def read_page(body: bytes, server: str) -> FeedPage:
    """Read a page of the feed. A record that cannot be read is named and set aside.

    Raises:
        problems.BadAnswer: the last line is missing or damaged, so the page may be cut off.
    """
    lines = body.split(b"\n")
    while lines and not lines[-1].strip():
        lines.pop()
    try:
        end = _end.decode(lines.pop() if lines else b"")
    except msgspec.DecodeError as error:
        raise problems.BadAnswer(server, say("a page without its end")) from error
    records: list[ChangedRecord] = []
    unreadable: list[Unreadable] = []
    for line in lines:
        try:
            records.append(_record.decode(line))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            unreadable.append(_named(line, str(error)))
    return FeedPage(tuple(records), end.cursor, end.has_more, tuple(unreadable))


def _named(line: bytes, reason: str) -> Unreadable:
    try:
        told: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        told = None
    known = told if isinstance(told, dict) else {}
    version = known.get("version")
    return Unreadable(
        collection=str(known.get("collection", "")),
        id=str(known.get("id", "")),
        version=version if isinstance(version, int) else 0,
        content=line.decode("utf-8", "replace"),
        reason=reason,
    )
