"""One place behind Studio's own server, as the part of a WebSocket that the bridge uses.

What the bridge sends is cut into pieces and brought by calls of the tool that runs code; what the
plugin's session says in Studio comes back with their answers. A call is never made twice: when an
answer is lost the line ends, the push goes back into the outbox, and the next line asks the ledger
in the place whether it landed.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from desktop.sentences import say
from desktop.studio import protocol
from desktop.studio.connection import Window, window_of
from desktop.studio.errors import ServerUnusable
from desktop.studio.server import chunk
from desktop.studio.server.chunk import Answer
from desktop.studio.server.client import ServerGone, ServerRefused

IN_CALL_S = 8.0
"""How long one call waits in Studio for the session; servers give a call a minute at the most."""
WORK_S = 0.1
"""Between two calls while the session is at work: every call ends a recording of some servers."""
LOOK_S = 10.0
"""Between two looks at an idle place: what was undone there, and whether it is still open."""
RARE_LOOK_S = 120.0
"""The same where the server makes a step of Studio's history of every call."""
MOST_WAITING = 4 * chunk.PIECE_CHARACTERS
"""Of frames that are to be sent; whoever sends more waits."""

Run = Callable[[str], Awaitable[str]]
"""Runs a chunk in one Studio and returns what its tool told. Raises as `McpClient.call` does."""

_log = structlog.get_logger(__name__)


class PlaceSocket:
    """A line to one place. `open` it, then `carry` for as long as it lasts."""

    def __init__(self, run: Run, install_id: str) -> None:
        self._run = run
        self._install_id = install_id
        self._line = secrets.token_hex(16)
        self._outgoing: deque[str] = deque()
        self._size = 0
        self._due = asyncio.Event()
        self._room = asyncio.Event()
        self._arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._heard = ""
        self._place: tuple[int | float, str] = (0, "")
        self._closed = False

    async def open(self) -> Window:
        """Bring the plugin's modules into Studio, and learn which place is open there.

        Raises:
            ServerUnusable: Studio does not let them run, or forgets them at once.
            ServerGone: the server's program ended.
            ServerRefused: no Studio is there, or not yet.
            TimeoutError: it does not answer.
        """
        first = await self._tell(lambda nonce: chunk.opening(self._line, self._install_id, nonce))
        try:
            again = await self._tell(lambda nonce: chunk.call(self._line, "", 0, nonce))
        except chunk.Forgotten as error:
            raise ServerUnusable(
                say(
                    "Studio's own server forgets between two calls what the first one brought, so "
                    "a lesson cannot go in through it."
                ),
                mend=say("Use the plugin, or open the lesson as a place file."),
            ) from error
        self._place = (again.place_id, again.place_name)
        for answer in (first, again):
            self._bring(answer)
        return window_of(
            sid=self._line,
            place_id=again.place_id,
            place_name=again.place_name,
            mode=again.mode,
            studio=again.studio,
            through="server",
        )

    async def carry(self) -> None:
        """Bring frames there and back until the line is closed or breaks."""
        try:
            pause = 0.0
            while not self._closed:
                answer = await self._exchange(pause)
                if answer is None:
                    continue
                if answer.closed or (answer.place_id, answer.place_name) != self._place:
                    break  # another place was opened, or the session gave up
                pause = self._pause(answer)
        except chunk.Forgotten:
            _log.info("studio was closed, or its server started anew")
        except chunk.NoAnswer as nothing:
            _log.info("studio's server gave no answer", said=str(nothing))
        except (ServerGone, ServerRefused, TimeoutError) as problem:
            _log.info("the line through studio's server broke", reason=str(problem)[:200])
        finally:
            await self.close()

    async def accept(self) -> None:
        """Nothing to do: it was opened by its first call."""

    async def send_text(self, text: str) -> None:
        """Keep a frame until a call brings it; waits while many are waiting."""
        while self._size > MOST_WAITING and not self._closed:
            self._room.clear()
            await self._room.wait()
        if self._closed:
            raise RuntimeError("The line is closed.")
        self._outgoing.append(text + "\n")
        self._size += len(text) + 1
        self._due.set()

    async def receive(self) -> dict[str, Any]:
        """Wait for a frame, or for the end of the line."""
        return await self._arrived.get()

    async def close(self, code: int = 1000) -> None:  # noqa: ARG002  (a WebSocket's signature)
        """End the line; closing twice does nothing."""
        if not self._closed:
            self._closed = True
            self._due.set()
            self._room.set()
            self._arrived.put_nowait({"type": "websocket.disconnect"})

    async def _exchange(self, pause: float) -> Answer | None:
        """Make one call, at once when there is something to bring, else after `pause` seconds."""
        piece = self._next_piece()
        if not piece and pause:
            self._due.clear()
            try:
                async with asyncio.timeout(pause):
                    await self._due.wait()
            except TimeoutError:
                pass  # nothing to bring: then it is time for a look
            piece = self._next_piece()
        if self._closed:
            return None
        seconds = 0.0 if self._outgoing else IN_CALL_S  # a piece that is no end brings no answer
        answer = await self._tell(lambda nonce: chunk.call(self._line, piece, seconds, nonce))
        self._bring(answer)
        return answer

    def _pause(self, answer: Answer) -> float:
        if answer.more or self._outgoing:
            return 0.0
        if answer.at_work:
            return WORK_S
        return RARE_LOOK_S if answer.recorded else LOOK_S

    async def _tell(self, code: Callable[[str], str]) -> Answer:
        nonce = secrets.token_hex(8)
        return chunk.read(await self._run(code(nonce)), nonce)

    def _next_piece(self) -> str:
        """As much of what waits as one call may bring."""
        taken: list[str] = []
        room = chunk.PIECE_CHARACTERS
        while self._outgoing and room:
            text = self._outgoing.popleft()
            if len(text) > room:
                self._outgoing.appendleft(text[room:])
                text = text[:room]
            taken.append(text)
            room -= len(text)
            self._size -= len(text)
        self._room.set()
        return "".join(taken)

    def _bring(self, answer: Answer) -> None:
        """Hand on the whole frames of what was said."""
        *frames, self._heard = (self._heard + answer.said).split("\n")
        for text in frames:
            self._arrived.put_nowait({"type": "websocket.receive", "text": text})
        if len(self._heard) > protocol.FRAME_BYTES:
            raise chunk.NoAnswer("a frame without an end")
