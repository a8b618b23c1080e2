"""A TCP proxy that drops, delays, cuts, doubles and answers nonsense, in a thread of its own."""

import asyncio
import collections
import contextlib
import random
import threading
import urllib.parse
from dataclasses import dataclass, field

MISCHIEF = {
    "fair": 60,
    "slow": 8,
    "refused": 4,
    "request lost": 5,
    "answer lost": 6,
    "answer cut": 5,
    "request doubled": 5,
    "nonsense": 3,
    "portal": 2,
    "bad gateway": 3,
    "busy": 2,
}
NONSENSE = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 21\r\nConnection: close\r\n"
    b"\r\n<html>Sign in</html>\n"
)
BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
    b"Connection: close\r\n\r\n"
)


@dataclass
class Proxy:
    """Stands between devices and the server at `url`; one request a connection."""

    url: str
    seed: int
    mischief: "collections.Counter[str]" = field(default_factory=collections.Counter)

    def __post_init__(self) -> None:
        parts = urllib.parse.urlsplit(self.url)
        self._far = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._chance = random.Random(self.seed)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait(10)

    @property
    def address(self) -> str:
        """Where devices find it."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Hang up on everybody."""
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._end = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._end.wait()
        server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connected(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._exchange(near, back)
        finally:
            back.close()

    async def _exchange(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        (what,) = self._chance.choices(list(MISCHIEF), list(MISCHIEF.values()))
        if what == "refused":
            self.mischief[what] += 1
            return
        request = await _message(near)
        self.mischief[what] += 1
        early = {"nonsense": NONSENSE, "portal": PORTAL, "bad gateway": BAD_GATEWAY, "busy": BUSY}
        if what in early:
            # Half of them after the server has done what was asked.
            if self._chance.random() < 0.5:
                await self._ask(request)
            back.write(early[what])
            await back.drain()
            return
        if what == "request lost":
            return
        if what == "slow":
            await asyncio.sleep(self._chance.random() * 2)
        answer = await self._ask(request)
        if what == "request doubled":
            answer = await self._ask(request)
        if what == "answer lost":
            return
        if what == "answer cut":
            answer = answer[: self._chance.randrange(max(len(answer), 1))]
        back.write(answer)
        await back.drain()

    async def _ask(self, request: bytes) -> bytes:
        far, out = await asyncio.open_connection(*self._far)
        try:
            out.write(request)
            await out.drain()
            return await _message(far)
        finally:
            out.close()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One HTTP message with its body; it asks for the connection to be closed after it."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [
        line for line in head[:-4].split(b"\r\n") if not line.lower().startswith(b"connection:")
    ]
    sizes = [line for line in lines if line.lower().startswith(b"content-length:")]
    body = await reader.readexactly(int(sizes[0].partition(b":")[2])) if sizes else b""
    return b"\r\n".join([*lines, b"Connection: close", b"", b""]) + body
