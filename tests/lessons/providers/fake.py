"""Providers on loopback that speak the real protocols, well or badly, as a test scripts them."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.lessons.providers.answers import good, stage_of

MODEL = "test-model"


@dataclass(frozen=True)
class Reply:
    """How one request is answered."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    pieces: int = 5
    """In how many pieces the text is streamed."""
    pause_s: float = 0.0
    """Between two pieces."""
    silent_s: float = 0.0
    """Before anything is said."""
    cut: bool = False
    """The connection breaks half-way."""
    refusal: str = ""
    finish: str = "stop"
    usage: tuple[int, int] | None = (100, 50)
    error: dict[str, Any] | None = None


Script = Callable[[str, int], Reply | None]
"""For a stage and the number of this request of it (from 1): how to answer, or None for well."""


class FakeProvider:
    """An HTTP server of its own thread; it keeps every request that came."""

    def __init__(self) -> None:
        self.script: Script = lambda _stage, _number: None
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.counts: dict[str, int] = {}
        self.gone = threading.Event()
        """A client hung up while it was being answered."""
        provider = self

        class Handler(_Handler):
            fake = provider

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        """The address of the OpenAI protocol."""
        return f"{self.origin}/v1"

    def stages(self) -> list[str]:
        """The stages that were asked for, in order."""
        return [stage_of(request) for request in self.requests]

    def told(self) -> str:
        """Everything that ever reached this provider."""
        return json.dumps(self.requests, ensure_ascii=False)

    def reply_to(self, body: dict[str, Any]) -> Reply:
        self.requests.append(body)
        stage = stage_of(body)
        self.counts[stage] = self.counts.get(stage, 0) + 1
        return self.script(stage, self.counts[stage]) or Reply(good(stage))

    def close(self) -> None:
        """Stop; again when it is stopped already does nothing."""
        if not self._thread.is_alive():
            return
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: FakeProvider

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.fake.keys.append(self.headers.get("Authorization", ""))
        if self.headers.get("Authorization") == "Bearer wrong":
            self._json(401, {"error": {"message": "no", "type": "invalid_request_error"}})
            return
        models = [{"id": name, "object": "model"} for name in (MODEL, "a-model")]
        self._json(200, {"object": "list", "data": models, "has_more": False})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        self.fake.keys.append(
            self.headers.get("Authorization") or self.headers.get("X-Api-Key") or ""
        )
        reply = self.fake.reply_to(body)
        if reply.status != 200:
            self._json(reply.status, reply.error or {"error": {"message": "no"}}, reply.headers)
            return
        try:
            if self.path.endswith("/chat/completions"):
                self._stream(_openai_events(body, reply), reply)
            else:
                self._stream(_anthropic_events(reply), reply)
        except OSError:
            self.fake.gone.set()

    def _json(self, status: int, value: object, headers: dict[str, str] | None = None) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, events: list[str], reply: Reply) -> None:
        time.sleep(reply.silent_s)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        half = len(events) // 2
        for number, event in enumerate(events):
            if reply.cut and number == half:
                self.close_connection = True
                self.connection.close()
                return
            self._chunk(event.encode())
            time.sleep(reply.pause_s)
        self._chunk(b"")

    def _chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.wfile.flush()


def _pieces(text: str, count: int) -> list[str]:
    size = max(1, -(-len(text) // count))
    return [text[start : start + size] for start in range(0, len(text), size)]


def _openai_events(body: dict[str, Any], reply: Reply) -> list[str]:
    """Chunks as https://platform.openai.com/docs/api-reference/chat/streaming describes them."""
    head = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}

    def chunk(delta: dict[str, Any], finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return f"data: {json.dumps({**head, 'choices': [choice]})}\n\n"

    if reply.refusal:
        events = [chunk({"role": "assistant", "refusal": reply.refusal}), chunk({}, "stop")]
    else:
        texts = _pieces(reply.text, reply.pieces)
        events = [chunk({"role": "assistant", "content": piece}) for piece in texts]
        events.append(chunk({}, reply.finish))
    if reply.usage is not None:
        read, written = reply.usage
        usage = {"prompt_tokens": read, "completion_tokens": written,
                 "total_tokens": read + written}  # fmt: skip
        events.append(f"data: {json.dumps({**head, 'choices': [], 'usage': usage})}\n\n")
    return [*events, "data: [DONE]\n\n"]


def _anthropic_events(reply: Reply) -> list[str]:
    """Events as https://docs.anthropic.com/en/docs/build-with-claude/streaming describes them."""
    read, written = reply.usage or (0, 0)

    def event(kind: str, **fields: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n"

    message = {"id": "m1", "type": "message", "role": "assistant", "model": MODEL, "content": [],
               "stop_reason": None, "stop_sequence": None,
               "usage": {"input_tokens": read, "output_tokens": 1}}  # fmt: skip
    deltas = [
        event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece})
        for piece in _pieces(reply.text, reply.pieces)
    ]
    return [
        event("message_start", message=message),
        event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
        *deltas,
        event("content_block_stop", index=0),
        event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None},
              usage={"output_tokens": written}),
        event("message_stop"),
    ]  # fmt: skip
