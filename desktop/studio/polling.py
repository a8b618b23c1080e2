"""The bridge for a Studio without stream clients: the same frames, fetched and posted over HTTP.

`POST /lb/v1/open` gives a line; `GET /lb/v1/next` is held until there are frames, and acknowledges
those before `after`; `POST /lb/v1/msg` brings frames. The handshake is the WebSocket's own; from
then on each request is signed with a key of this line, `method|path|seq|sha256(body)`, and each
path's seq only grows. Contents travel as frames of `next`, so no request of their own fetches them.
"""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desktop.studio import protocol

HELD_S = 20.0
GONE_S = 40.0
"""A line that asks for nothing for so long is gone."""
MOST_LINES = 32
ANSWER_BYTES = 900_000


class PolledSocket:
    """One line, as the part of a WebSocket that the bridge uses."""

    def __init__(self, scope: dict[str, Any]) -> None:
        self.scope = scope
        self.key = ""
        """What its requests are signed with; empty until the handshake is done."""
        self._arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._frames: list[str] = []
        self._taken = 0
        self._grown = asyncio.Event()
        self._seen = time.monotonic()
        self._seqs: dict[str, int] = {}
        self._closed = False

    async def accept(self) -> None:
        """Nothing to do: it was opened by its own request."""

    async def send_text(self, text: str) -> None:
        """Keep a frame until it is fetched."""
        if self._closed:
            raise RuntimeError("The line is closed.")
        self._frames.append(text)
        self._grown.set()

    async def receive(self) -> dict[str, Any]:
        """Wait for a frame, or for the end of the line."""
        while True:
            try:
                async with asyncio.timeout(GONE_S / 4):
                    return await self._arrived.get()
            except TimeoutError:
                if time.monotonic() - self._seen > GONE_S:
                    await self.close()

    async def close(self, code: int = 1000) -> None:  # noqa: ARG002  (a WebSocket's signature)
        """End the line; what is still to be fetched can be fetched."""
        self._closed = True
        self._grown.set()
        self._arrived.put_nowait({"type": "websocket.disconnect"})

    def is_signed(self, request: Request, path: str, body: bytes) -> bool:
        """Whether a request carries this line's signature, for the first time."""
        if not self.key:
            return True  # the frames of the handshake prove themselves
        seq = request.headers.get("x-lb-seq", "")
        if not seq.isdigit() or len(seq) > 12 or int(seq) <= self._seqs.get(path, 0):
            return False
        words = "|".join((request.method, path, seq, hashlib.sha256(body).hexdigest()))
        mac = hmac.new(self.key.encode(), words.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(mac.encode(), request.headers.get("x-lb-mac", "").encode()):
            return False
        self._seqs[path] = int(seq)
        return True

    def bring(self, frames: list[str]) -> None:
        """Take frames that were posted."""
        self._seen = time.monotonic()
        for text in frames:
            self._arrived.put_nowait({"type": "websocket.receive", "text": text})

    async def fetch(self, after: int) -> list[str] | None:
        """The frames after number `after`, when there are some or time is up; None: it is over."""
        self._seen = time.monotonic()
        del self._frames[: max(0, after - self._taken)]
        self._taken = max(self._taken, after)
        if not self._frames and not self._closed:
            self._grown.clear()
            try:
                async with asyncio.timeout(HELD_S):
                    await self._grown.wait()
            except TimeoutError:
                return []
        if not self._frames and self._closed:
            return None
        found: list[str] = []
        size = 0
        for text in self._frames:
            size += len(text)
            if found and size > ANSWER_BYTES:
                break
            found.append(text)
        return found


class Polling:
    """The routes. `serve` runs a line from its handshake to its end, as it does a WebSocket."""

    def __init__(self, serve: Callable[[PolledSocket], Awaitable[None]]) -> None:
        self._serve = serve
        self._lines: dict[str, PolledSocket] = {}
        self._running: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """The routes of the bridge's HTTP side."""
        return [
            Route(f"{protocol.PREFIX}/open", self._open, methods=["POST"]),
            Route(f"{protocol.PREFIX}/next", self._next),
            Route(f"{protocol.PREFIX}/msg", self._message, methods=["POST"]),
        ]

    async def stop(self) -> None:
        """End every line, also those still in their handshake."""
        for line in list(self._lines.values()):
            await line.close()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _open(self, request: Request) -> Response:
        if len(self._lines) >= MOST_LINES:
            unproved = next((each for each in self._lines.values() if not each.key), None)
            if unproved is None:
                return Response(status_code=503)
            await unproved.close()
        line_id = secrets.token_hex(16)
        line = self._lines[line_id] = PolledSocket(dict(request.scope))
        task = asyncio.create_task(self._run(line_id, line), name="studio line")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return JSONResponse({"line": line_id})

    async def _run(self, line_id: str, line: PolledSocket) -> None:
        try:
            await self._serve(line)
        finally:
            await line.close()
            del self._lines[line_id]

    async def _next(self, request: Request) -> Response:
        line = self._lines.get(request.query_params.get("line", ""))
        after = request.query_params.get("after", "0")
        path = f"{protocol.PREFIX}/next?after={after}"
        if line is None or not after.isdigit() or not line.is_signed(request, path, b""):
            return Response(status_code=404)
        frames = await line.fetch(int(after))
        return Response(status_code=410) if frames is None else JSONResponse({"frames": frames})

    async def _message(self, request: Request) -> Response:
        line = self._lines.get(request.query_params.get("line", ""))
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=404)  # too long, or gone: nobody hears it
        if line is None or not line.is_signed(request, f"{protocol.PREFIX}/msg", body):
            return Response(status_code=404)
        try:
            frames = json.loads(body)["frames"]
            line.bring([str(text) for text in frames])
        except (ValueError, KeyError, TypeError, RecursionError):
            return Response(status_code=400)
        return JSONResponse([])
