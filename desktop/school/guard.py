"""The first and last thing every request meets: ids, the Host check, size limits, headers, logs."""

import asyncio
import secrets
import time
from collections.abc import MutableMapping, Set

import sqlalchemy as sa
import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desktop.school import patience
from desktop.school.database import PASSING, is_full, reason_of
from desktop.school.metrics import Metrics
from desktop.school.problems import Fault, document
from desktop.wire.capabilities import Limits
from desktop.wire.telemetry import PLACE_KEY_HEADER

BODY_BYTES = Limits().body_bytes
PLACE_BODY_BYTES = 300_000
"""A place reports at most 200 events at a time."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

# The server answers data and never pages: nothing may be framed, sniffed, cached or scripted.
HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]

ONLY_ENCRYPTED = (b"strict-transport-security", b"max-age=31536000")
"""Told over https: a browser that came that way never comes without it."""

log = structlog.get_logger("school.http")


class Guard:
    """ASGI middleware around the whole application; it answers to `names`, None: to any."""

    def __init__(
        self, app: ASGIApp, *, names: Set[str] | None, slow_s: float, metrics: Metrics
    ) -> None:
        self._app = app
        self.metrics = metrics
        self._names = names
        self.slow_s = slow_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; a WebSocket is only checked for its Host and Origin."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        scope = origin_form(scope)
        headers = {name.lower(): value for name, value in scope["headers"]}
        refused = self._refusal(scope, headers)
        if scope["type"] == "websocket":
            if refused:
                await send({"type": "websocket.close", "code": 1008})
                return
            await self._app(scope, receive, send)
            return
        scope["request_id"] = secrets.token_hex(8)
        exchange = _Exchange(self, self._app, scope, receive, send, headers)
        await exchange.run(refused)

    def _refusal(self, scope: Scope, headers: MutableMapping[bytes, bytes]) -> Fault | None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if self._names is not None and host_name(host) not in self._names:
            # A page elsewhere may have pointed its own name at this machine (DNS rebinding).
            return Fault(421, "wrong_host", "This server answers on this machine's own name only.")
        origin = headers.get(b"origin", b"").decode("latin-1").lower()
        if origin and origin.partition("://")[2] != host:
            return Fault(403, "foreign_origin", "Pages of other sites may not use this server.")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > patience.HEAD_BYTES:
            return _unreadable("The headers of this request are too long.")
        if b"content-length" in headers and b"transfer-encoding" in headers:
            # A server before this one may have read another length: what follows would be a
            # request that it never saw (RFC 9112, 11.2).
            return _unreadable("This request tells its length in two ways.")
        length = headers.get(b"content-length", b"0")
        limit = body_limit(headers)
        if scope["type"] == "http" and (not length.isdigit() or int(length) > limit):
            return Fault(413, "body_too_large", f"A request has at most {limit} bytes.")
        return None


class _Exchange:
    """One HTTP request and its answer."""

    def __init__(
        self,
        guard: Guard,
        app: ASGIApp,
        scope: Scope,
        receive: Receive,
        send: Send,
        headers: MutableMapping[bytes, bytes],
    ) -> None:
        self._guard = guard
        self._app = app
        self._scope = scope
        self._receive_from = receive
        self._send_to = send
        self._left = body_limit(headers)
        self._limit = self._left
        self._status = 0
        self._arrived = False
        self._patience = patience.BODY_S

    async def run(self, refused: Fault | None) -> None:
        started = time.perf_counter()
        fault = refused
        if fault is None:
            try:
                await self._app(self._scope, self._receive, self._send)
            except Fault as error:
                fault = error
            except (sa.exc.DataError, *PASSING) as error:
                fault = _of_database(error)
            except Exception:  # the last line of defence: a defect of ours, logged and said
                log.exception("request.failed", request_id=self._scope["request_id"])
                fault = Fault(500, "server_fault", "Something went wrong here; it was noted.")
        if fault is not None and not self._status:
            answer = document(fault, self._scope["request_id"])
            if not self._arrived and fault.status_code in (408, 413):
                answer.headers["Connection"] = "close"  # what else of the body comes is not read
            await answer(self._scope, self._receive_from, self._send)
        self._note(time.perf_counter() - started)

    def _note(self, seconds: float) -> None:
        # The pattern of the address and not the address, in which anything may have been written.
        slow = seconds > self._guard.slow_s
        route = getattr(self._scope.get("route"), "path", "none")
        method = str(self._scope["method"])
        known = method if method in METHODS else "other"
        self._guard.metrics.note(known, route, self._status, seconds, slow=slow)
        write = log.warning if slow or self._status >= 500 else log.info
        write(
            "request",
            method=method,
            route=route,
            status=self._status,
            ms=round(seconds * 1000, 1),
            request_id=self._scope["request_id"],
        )

    async def _receive(self) -> Message:
        if self._arrived:  # only the end of the connection can come, and that in its own time
            return await self._receive_from()
        began = time.perf_counter()
        try:
            async with asyncio.timeout(min(patience.BODY_PAUSE_S, self._patience)):
                message = await self._receive_from()
        except TimeoutError:
            # Nobody knows where the next request would begin, so there is none (RFC 9110, 15.5.9).
            raise Fault(
                408,
                "too_slow",
                "The request took too long to arrive.",
                headers={"Connection": "close"},
            ) from None
        self._patience = max(0.0, self._patience - (time.perf_counter() - began))
        if message["type"] == "http.request":
            self._arrived = not message.get("more_body", False)
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise Fault(413, "body_too_large", f"A request has at most {self._limit} bytes.")
        return message

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message = {**message, "headers": self._headers(message)}
        await self._send_to(message)

    def _headers(self, message: Message) -> list[tuple[bytes, bytes]]:
        own: list[tuple[bytes, bytes]] = list(message.get("headers", []))
        request_id = (b"x-request-id", self._scope["request_id"].encode())
        if self._scope["scheme"] == "https":
            own.append(ONLY_ENCRYPTED)
        return [*own, *HEADERS, request_id]


def _unreadable(detail: str) -> Fault:
    """A request after which the connection is not read any further."""
    return Fault(400, "bad_request", detail, headers={"Connection": "close"})


def origin_form(scope: Scope) -> Scope:
    """A client may name the whole address where a path stands (RFC 9112, 3.2.2); Lune does.

    The address then counts instead of the Host header.
    """
    scheme, separator, rest = scope["path"].partition("://")
    if not separator or scheme not in ("http", "https"):
        return scope
    authority, _, path = rest.partition("/")
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
    return {
        **scope,
        "path": f"/{path}",
        "raw_path": f"/{path}".encode(),
        "headers": [*headers, (b"host", authority.encode("latin-1", "replace"))],
    }


def host_name(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def body_limit(headers: MutableMapping[bytes, bytes]) -> int:
    """The largest body of a request with these headers, in bytes."""
    return PLACE_BODY_BYTES if PLACE_KEY_HEADER.lower().encode() in headers else BODY_BYTES


def _of_database(error: Exception) -> Fault:
    if isinstance(error, sa.exc.DataError):  # a character or a length that it has no room for
        return Fault(422, "invalid_request", "A value here cannot be kept.")
    log.error("database.failed", reason=reason_of(error))
    if is_full(error):
        return Fault(507, "disk_full", "The disk of the school server is full; nothing was lost.")
    return Fault(
        503, "database_busy", "The school's database is busy.", headers={"Retry-After": "2"}
    )
