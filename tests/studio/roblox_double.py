"""A stand-in for Roblox Open Cloud on loopback: it answers what the test lays down."""

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Seen:
    path: str
    version_type: str
    key: str
    content_type: str
    body: bytes


@dataclass
class Roblox:
    """`answers` are given one after another; afterwards every publish works."""

    address: str
    answers: list[tuple[int, dict[str, str], bytes] | str] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    versions: int = 6


@contextmanager
def serving() -> Iterator[Roblox]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            url = urlsplit(self.path)
            kind = parse_qs(url.query)["versionType"][0]
            key, content_type = self.headers["x-api-key"], self.headers["Content-Type"]
            roblox.seen.append(Seen(url.path, kind, key, content_type, body))
            told = roblox.answers.pop(0) if roblox.answers else self._publish()
            if isinstance(told, str):
                self._hang_up()
                return
            status, headers, content = told
            self.send_response(status)
            for name, value in ({"Content-Type": "application/json"} | headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _publish(self) -> tuple[int, dict[str, str], bytes]:
            roblox.versions += 1
            return 200, {}, json.dumps({"versionNumber": roblox.versions}).encode()

        def _hang_up(self) -> None:
            """It published, and the line broke before it could say so."""
            self._publish()
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    roblox = Roblox(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield roblox
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
