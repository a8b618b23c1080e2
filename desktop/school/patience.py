"""How long the server waits for a request: a byte now and then keeps nobody else out.

uvicorn bounds the time between requests of a connection, and neither the time that a request takes
to arrive nor that of a first one which never comes.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from desktop.school import problems
from desktop.school.problems import Fault

HEAD_S = 10.0
"""From the first byte of a request (or from connecting) to the end of its headers."""
HEAD_BYTES = 32_768
"""For all headers of a request."""
BODY_PAUSE_S = 20.0
"""Between two pieces of a body."""
BODY_S = 120.0
"""For a whole body: the largest one over a line of 300 kbit/s."""


SHORT_BYTES = 65_536
"""Of an answer's body: a longer one is not copied once more to go out with its head."""


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP, which hangs up on a request whose headers do not come to an end."""

    _due: asyncio.TimerHandle | None = None

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (uvicorn's own)
        super().__init__(*args, **options)
        self.conn = _Connection(h11.SERVER, HEAD_BYTES)

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401  (uvicorn's own type differs)
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; wait for the rest of the headers if they are not whole."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self._wait()
        else:
            self._arrived()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  (uvicorn's own words)
        """Answer what is no HTTP with a problem, and hang up: nobody knows what comes next."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            answer = problems.document(
                Fault(400, "bad_request", "This is not HTTP.", headers={"Connection": "close"}), ""
            )
            for event in (
                h11.Response(status_code=400, headers=answer.raw_headers, reason=b"Bad Request"),
                h11.Data(data=bytes(answer.body)),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more will come."""
        self._arrived()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(HEAD_S, self._hang_up)

    def _arrived(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _hang_up(self) -> None:
        self._due = None
        self.transport.close()


class _Connection(h11.Connection):
    """Hands out the head of a short answer with its body: one packet, one waking of the client."""

    _head = b""

    def send(self, event: h11.Event) -> bytes | None:  # type: ignore[override]  # overloads of the same
        """The bytes to send now."""
        data = super().send(event)
        if isinstance(event, h11.Response) and _is_short(event):
            self._head = data or b""
            return b""
        if not self._head:
            return data
        head, self._head = self._head, b""
        return head + (data or b"")


def _is_short(answer: h11.Response) -> bool:
    """Whether an answer says how long its body is, and it is not long; a stream never does."""
    lengths = (value for name, value in answer.headers if name == b"content-length")
    return int(next(lengths, SHORT_BYTES)) < SHORT_BYTES
