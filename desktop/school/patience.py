"""How long the server waits for a request: a byte now and then keeps nobody else out.

uvicorn bounds the time between requests of a connection, and neither the time that a request takes
to arrive nor that of a first one which never comes.
"""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 10.0
"""From the first byte of a request (or from connecting) to the end of its headers."""
BODY_PAUSE_S = 20.0
"""Between two pieces of a body."""
BODY_S = 120.0
"""For a whole body: the largest one over a line of 300 kbit/s."""


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP, which hangs up on a request whose headers do not come to an end."""

    _due: asyncio.TimerHandle | None = None

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
