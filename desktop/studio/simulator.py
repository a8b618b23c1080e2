"""A practice Studio: the plugin's own Luau modules on a small place, over a real WebSocket.

It serves the demonstration, the window's *practice Studio*, and tests. What is simulated is Studio
(the place, its history, its sockets); the plugin and the bridge are the real ones.
"""

import asyncio
import hashlib
import json
import random
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
import websockets
from websockets.asyncio.client import ClientConnection, connect

from desktop.studio import pairing, protocol
from desktop.studio import plugin as studio_plugin
from desktop.studio.luau_machine import LuauMachine

LONGEST_STEP_S = 0.5

_log = structlog.get_logger(__name__)


class SimulatedStudio:
    """Opens a practice place and keeps the plugin in it connected, as a context manager.

    `folder` is where the profile keeps its pairing; the plugin is built with what stands there.
    """

    def __init__(self, folder: Path, *, place_name: str = "Practice place") -> None:
        self._folder = folder
        self._place_name = place_name
        self._sockets: dict[int, asyncio.Task[None]] = {}
        self._outgoing: dict[int, asyncio.Queue[str | None]] = {}
        self._due = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._happened = asyncio.Condition()
        self._said: list[str] = []
        self.complaints: list[str] = []
        """Errors that the plugin's tasks ran into; empty when all is well."""

    async def __aenter__(self) -> "SimulatedStudio":
        self._machine = LuauMachine()
        paired = pairing.load_or_make(self._folder)
        plugin = self._machine.package("studio_plugin", studio_plugin.written())
        studio = self._machine.package("studio_simulator")("Studio")
        outside = self._machine.table(self._outside())
        self._studio = studio.get("open")(outside, self._machine.luau(self._place_name))[0]
        self._tasks = self._studio.get("services").get("task")
        config = self._machine.table(
            {
                "ports": list(paired.ports),
                "secret": paired.secret.hex(),
                "installId": paired.install_id,
                "version": "practice",
            }
        )
        # What it is about stays in there: plans and contents are nothing to be copied out.
        only_what = self._machine.vm.load_chunk(
            "local tell = ... return function(what) tell(what) end"
        )
        changed = only_what(self._machine.function(self._changed))[0]
        self._main = plugin("Main").get("start")(self._studio.get("services"), config, changed)[0]
        self._running = asyncio.create_task(self._run(), name="practice studio")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._main.get("stop")(self._main)
        tasks = [*self._sockets.values(), *([self._running] if self._running else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def said(self) -> list[str]:
        """What the plugin told its widget, oldest first: ready, offer, plan, landed, ..."""
        return list(self._said)

    async def until(self, what: str, seconds: float = 10.0) -> None:
        """Wait until the plugin has told its widget `what`.

        Raises:
            TimeoutError: it did not in so many seconds.
        """
        async with asyncio.timeout(seconds), self._happened:
            await self._happened.wait_for(lambda: what in self._said)

    def tree(self) -> list[dict[str, str]]:
        """Every instance of the place: path, class, and sha256 of the source of scripts."""
        found: Any = self._machine.plain(self._studio.get("tree")()[0])
        return [
            {
                "path": each["path"].decode(),
                "class": each["class"].decode(),
                **(
                    {"sha256": hashlib.sha256(each["source"]).hexdigest()}
                    if "source" in each
                    else {}
                ),
            }
            for each in found
        ]

    def tree_hash(self) -> str:
        """One hash of the whole place: equal before a push and after its undo."""
        return hashlib.sha256(json.dumps(self.tree(), sort_keys=True).encode()).hexdigest()

    def edit(self, path: str, name: str, value: str | float | bool) -> None:
        """Set a property as the teacher would by hand."""
        self._studio.get("edit")(
            self._machine.luau(path), self._machine.luau(name), self._machine.luau(value)
        )

    def undo(self) -> None:
        """Press Studio's own Undo once."""
        history = self._studio.get("services").get("ChangeHistoryService")
        history.get("Undo")(history)

    def play_test(self, running: bool) -> None:
        """Start or stop a play test, in which a push has no business."""
        self._studio.get("mode").set("edit", not running)

    def _outside(self) -> dict[str, Any]:
        function = self._machine.function
        return {
            "clock": function(time.monotonic),
            "time": function(lambda: int(time.time())),
            "random": function(random.random),
            "guid": function(lambda: str(uuid.uuid4())),
            "encode": function(lambda value: json.dumps(_texts(value))),
            "decode": function(lambda text: json.loads(text)),
            "complain": function(self._complain),
            "connect": function(self._connect),
            "send": function(lambda number, text: self._outgoing[number].put_nowait(text.decode())),
            "close": function(lambda number: self._outgoing[number].put_nowait(None)),
        }

    def _complain(self, text: bytes) -> None:
        self.complaints.append(text.decode(errors="replace"))
        _log.error("the practice studio's plugin failed", problem=self.complaints[-1])

    def _changed(self, what: bytes) -> None:
        self._said.append(what.decode())
        self._due.set()

    def _connect(self, url: bytes) -> int:
        number = len(self._outgoing) + 1
        self._outgoing[number] = asyncio.Queue()
        holding = self._hold(number, url.decode())
        self._sockets[number] = asyncio.create_task(holding, name="practice socket")
        return number

    async def _hold(self, number: int, url: str) -> None:
        try:
            async with connect(url, max_size=protocol.FRAME_BYTES, proxy=None) as socket:
                sending = asyncio.create_task(self._send_all(number, socket))
                try:
                    async for text in socket:
                        self._deliver(number, "message", text)
                finally:
                    sending.cancel()
        except (OSError, websockets.WebSocketException):
            pass  # nobody there, or gone: the plugin hears that it closed
        self._deliver(number, "closed", "")

    async def _send_all(self, number: int, socket: ClientConnection) -> None:
        while (text := await self._outgoing[number].get()) is not None:
            await socket.send(text)
        await socket.close()

    def _deliver(self, number: int, what: str, text: str | bytes) -> None:
        deliver = self._studio.get("deliver")
        deliver(number, self._machine.luau(what), self._machine.luau(text))
        self._due.set()

    async def _run(self) -> None:
        """Let the plugin's tasks run when they are due."""
        while True:
            self._due.clear()
            pause = min(float(self._tasks.get("step")()[0]), LONGEST_STEP_S)
            async with self._happened:
                self._happened.notify_all()
            try:
                async with asyncio.timeout(pause):
                    await self._due.wait()
            except TimeoutError:
                continue


def _texts(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    """Bytes as text, all the way down: what the plugin encodes is UTF-8."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, list):
        return [_texts(each) for each in value]
    if isinstance(value, dict):
        return {key: _texts(each) for key, each in value.items()}
    return value
