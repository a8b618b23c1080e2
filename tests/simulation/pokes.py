"""The live connection of a device to its school: the real endpoint and hub, without sockets."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from typing import Any

from starlette.websockets import WebSocket

from desktop.school.realtime import endpoint
from desktop.sync.realtime import Lost
from tests.simulation.network import Network

CLOSED = 4_200
LONGEST_WAY_S = 0.08
_KINDS = {"fair": 5, "cut": 2, "mute": 2, "refused": 1}
"""A mute connection looks alive and carries nothing, as after a change of the network."""


class Pokes:
    """Opens a device's live connections; in a storm they are cut, go mute, or do not come about."""

    def __init__(self, network: Network, chance: random.Random, *, stormy: bool) -> None:
        self._network = network
        self._chance = chance
        self.stormy = stormy
        self._open: set[_Line] = set()

    @property
    def is_whole(self) -> bool:
        """Whether whatever the school says arrives."""
        return any(not line.is_mute for line in self._open)

    @contextlib.asynccontextmanager
    async def open(self, address: str) -> AsyncIterator["_Line"]:
        """A connection to the school's endpoint, until the block ends.

        Raises:
            Lost: it does not come about.
        """
        (kind,) = self._chance.choices(list(_KINDS), list(_KINDS.values()))
        if self.stormy and kind == "refused":
            raise Lost(kind)
        line = _Line(self._network, self._chance)
        self._open.add(line)
        if self.stormy and kind != "fair":
            spoil = line.cut if kind == "cut" else line.go_mute
            self._network.loop.call_later(self._chance.random() * 20.0, spoil)
        serving = self._network.loop.create_task(endpoint.connected(line.at_the_school(address)))
        try:
            yield line
        finally:
            self._open.discard(line)
            line.cut()
            serving.cancel()


class _Line:
    """One connection: two queues with a way between them."""

    def __init__(self, network: Network, chance: random.Random) -> None:
        self._network = network
        self._chance = chance
        self._here: asyncio.Queue[str | Lost] = asyncio.Queue()
        self._there: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._there.put_nowait({"type": "websocket.connect"})
        self._is_cut = False
        self.is_mute = False
        self._arrives: dict[int, float] = {}

    def at_the_school(self, address: str) -> WebSocket:
        """The other end."""
        key = address.partition("/app/")[2].partition("?")[0]
        scope = {
            "type": "websocket",
            "app": self._network.school.application,
            "path_params": {"key": key},
            "query_string": b"protocol=7",
            "headers": [],
        }

        async def send(message: Any) -> None:
            if message["type"] == "websocket.send":
                self._carry(self._here, message["text"])
            elif message["type"] == "websocket.close":
                self._carry(self._here, Lost(str(message["code"])))

        return WebSocket(scope, self._there.get, send)

    async def send(self, text: str) -> None:
        """Send one frame; a line that is cut says so."""
        if self._is_cut:
            raise Lost("cut")
        self._carry(self._there, {"type": "websocket.receive", "text": text})

    async def receive(self) -> str:
        """The next frame."""
        frame = await self._here.get()
        if isinstance(frame, Lost):
            raise frame
        return frame

    def cut(self) -> None:
        """End it; both sides hear of it."""
        if not self._is_cut:
            self._is_cut = True
            self._here.put_nowait(Lost("cut"))
            self._there.put_nowait({"type": "websocket.disconnect", "code": CLOSED})

    def go_mute(self) -> None:
        """Carry nothing any more, and say nothing of it."""
        self.is_mute = True

    def _carry(self, queue: "asyncio.Queue[Any]", what: object) -> None:
        if self.is_mute or self._is_cut:
            return
        # Frames keep their order, as TCP keeps it.
        loop = self._network.loop
        arrives = loop.time() + self._chance.random() * LONGEST_WAY_S
        arrives = self._arrives[id(queue)] = max(arrives, self._arrives.get(id(queue), 0.0))
        loop.call_at(arrives, queue.put_nowait, what)
