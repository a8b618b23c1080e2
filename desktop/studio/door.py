"""The bridge's door for HTTP: whoever dawdles, or fills the room, is shown out.

A program that opens a connection and sends its head byte by byte costs us a file handle for as long
as it likes; a thousand of them would keep the plugin out. So a request has seconds to arrive, and
when too many strangers stand in the door, the one that has stood there longest goes.
"""

import asyncio
import logging
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

STRANGERS = 64
"""Connections that have not sent a whole head yet; a genuine one has in a millisecond."""
_errors = logging.getLogger("uvicorn.error.door")
_errors.setLevel(logging.ERROR)
"""Not a line for each request that is no HTTP: whoever sends them could fill our log."""
_UNFINISHED = (h11.IDLE, h11.SEND_BODY)


class DoorProtocol(H11Protocol):
    """Uvicorn's HTTP, with a bound on time and on numbers."""

    arrive_s = 5.0
    """Seconds between two looks; what is incomplete at both ends the connection."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  (uvicorn's own)
        super().__init__(*arguments, **named)
        self.logger = _errors
        self.since = 0.0
        self._was_unfinished = False
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, and show out the oldest stranger when there are too many."""
        super().connection_made(transport)
        self.since = self.loop.time()
        strangers = [
            each
            for each in self.connections
            if isinstance(each, DoorProtocol) and each.conn.their_state is h11.IDLE
        ]
        if len(strangers) > STRANGERS:
            min(strangers, key=lambda each: each.since).transport.abort()
        self._look_later()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking at it."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Whoever is answered before the end of what they send may stop sending."""
        super().on_response_complete()
        if self.conn.their_state is h11.SEND_BODY:
            self.transport.close()

    def _look_later(self) -> None:
        self._look = self.loop.call_later(self.arrive_s, self._look_at_it)

    def _look_at_it(self) -> None:
        if self not in self.connections:
            return  # it is a WebSocket now
        unfinished = self.conn.their_state in _UNFINISHED
        if unfinished and self._was_unfinished:
            self.transport.abort()
            return
        self._was_unfinished = unfinished
        self._look_later()
