"""Who may speak to the bridge: programs of this computer that are no web page.

A page in a browser can reach loopback, so the address alone proves nothing: a browser names the
page in `Origin` on every WebSocket and every POST, and the host it thinks it speaks to in `Host`.
"""

import ipaddress
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.utils import ClientDisconnected

MAX_BODY_BYTES = 900_000
_ABSOLUTE = re.compile(r"http://([^/]*)(/.*)?")
_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """ASGI middleware; what it turns away never reaches a route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 to strangers and 413 to bodies that are too long; pass on the rest."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope = _in_origin_form(scope)
        if not is_welcome(scope):
            await _turn_away(scope, send)
        elif scope["type"] == "http":
            await self._limited(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if not declared.isdigit() or int(declared) > MAX_BODY_BYTES:
            await _answer(send, 413)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MAX_BODY_BYTES:
                return {"type": "http.disconnect"}
            return message

        await self._app(scope, counted, send)


def is_welcome(scope: Scope) -> bool:
    """Whether a request comes from this computer, names this computer, and has no Origin."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
    if any(name == b"origin" for name, _ in headers) or len(hosts) != 1:
        return False
    client, server = scope.get("client"), scope.get("server")
    if client is None or server is None or not ipaddress.ip_address(client[0]).is_loopback:
        return False
    return hosts[0] in {*_HOSTS, *(f"{host}:{server[1]}" for host in _HOSTS)}


def _in_origin_form(scope: Scope) -> Scope:
    """A request whose target is a whole URL, which HTTP allows, as one of a path and a host.

    The URL's host counts then, in place of the header (RFC 9112, 3.2.2).
    """
    found = _ABSOLUTE.fullmatch(scope["path"])
    if found is None:
        return scope
    host, path = found.groups()
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {
        **scope,
        "path": path or "/",
        "raw_path": (path or "/").encode(),
        "headers": [*headers, (b"host", host.encode("latin-1", "replace"))],
    }


async def _turn_away(scope: Scope, send: Send) -> None:
    """Look as if nothing were here."""
    if scope["type"] == "http":
        await _answer(send, 404)
        return
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": 404, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
        # Uvicorn takes a plain return for an app that forgot to answer, and logs an error: a web
        # page that knocks would fill our log.
        raise ClientDisconnected
    await send({"type": "websocket.close", "code": 1000})


async def _answer(send: Send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
