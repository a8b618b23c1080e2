"""A client of one MCP server that is a program of this computer: JSON-RPC over its two pipes.

The Model Context Protocol, revision 2025-06-18 (https://modelcontextprotocol.io/specification):
one JSON object a line on standard input and output; `initialize`, then `notifications/initialized`,
before which a server answers nothing else; `tools/list` in pages; `tools/call`. A server may send
notifications and requests of its own at any time.
"""

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import structlog

import desktop

REVISION = "2025-06-18"
"""What we ask for; a server that knows it not answers with one of its own, and may go on so."""
GREETING_S = 15.0
CALL_S = 45.0
"""How long one call may take; the calls of a push come back within ten seconds by themselves."""
LINE_BYTES = 1024 * 1024
"""Of one message; an answer of ours has at most a tenth of it."""
MOST_TOOLS = 500
MOST_NONSENSE = 200
"""Lines that are no message; a program that says more is no MCP server."""
_END_S = 2.0
_METHOD_NOT_FOUND = -32601

_log = structlog.get_logger(__name__)


class Tool(msgspec.Struct, rename="camel"):
    """What a server says of one tool."""

    name: str
    input_schema: dict[str, Any] = {}

    @property
    def properties(self) -> dict[str, Any]:
        """The schemas of its arguments by name."""
        found = self.input_schema.get("properties")
        return found if isinstance(found, dict) else {}

    @property
    def required(self) -> list[str]:
        """The arguments that it does not do without."""
        found = self.input_schema.get("required")
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


class _Content(msgspec.Struct):
    type: str = ""
    text: str = ""


class _Result(msgspec.Struct, rename="camel"):
    content: list[_Content] = []
    is_error: bool = False


class _Listed(msgspec.Struct, rename="camel"):
    tools: list[Tool] = []
    next_cursor: str | None = None


class ServerGone(Exception):
    """The program ended, or what it says is no MCP. `args[0]` says which."""


class ServerRefused(Exception):
    """The program answered with an error; `args[0]` is what it said."""


class McpClient:
    """A running server program. `close` it: the program and what it started end with it."""

    def __init__(self, command: Sequence[str | Path]) -> None:
        self._command = [str(part) for part in command]
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._gone = ""

    async def start(self) -> None:
        """Start the program, without a shell, and greet it.

        Raises:
            ServerGone: it cannot be started, or is no MCP server.
            ServerRefused: it does not want us.
            TimeoutError: it says nothing.
        """
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=LINE_BYTES,
                **_alone(),
            )
        except OSError as error:
            raise ServerGone(error.strerror or "it cannot be started") from error
        self._reading = asyncio.create_task(self._read(self._process), name="studio server reader")
        ours = {"name": "ToolBoxAI Companion", "version": desktop.__version__}
        greeting = {"protocolVersion": REVISION, "capabilities": {}, "clientInfo": ours}
        await self._ask("initialize", greeting, GREETING_S)
        await self._send({"method": "notifications/initialized"})

    async def tools(self) -> list[Tool]:
        """The tools that the server offers now; none while nothing is connected to it.

        Raises:
            ServerGone: the program ended, or what it says is no MCP.
            ServerRefused: it answers with an error.
            TimeoutError: it does not answer.
        """
        found: list[Tool] = []
        cursor: str | None = None
        while len(found) < MOST_TOOLS:
            asked = {"cursor": cursor} if cursor else {}
            page = self._as(_Listed, await self._ask("tools/list", asked, GREETING_S))
            found += page.tools
            cursor = page.next_cursor
            if not cursor or not page.tools:
                break
        return found

    async def call(self, tool: str, arguments: dict[str, Any], seconds: float = CALL_S) -> str:
        """Call a tool and return the text of its result.

        Raises:
            ServerGone: the program ended, or what it says is no MCP.
            ServerRefused: the tool failed; what it said.
            TimeoutError: it did not answer. It may still do what it was asked.
        """
        told = await self._ask("tools/call", {"name": tool, "arguments": arguments}, seconds)
        result = self._as(_Result, told)
        text = "\n".join(part.text for part in result.content if part.type == "text")
        if result.is_error:
            raise ServerRefused(text)
        return text

    async def close(self) -> None:
        """End the program and whatever it started; after one that was broken off, do it again."""
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()  # by the specification this is how a client says goodbye
        with contextlib.suppress(TimeoutError):  # it is ended below, whether it wants or not
            async with asyncio.timeout(_END_S):
                await process.wait()
        await _end_all(process)
        self._process = None
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)
        self._fail("it was closed")

    async def _ask(self, method: str, params: dict[str, Any], seconds: float) -> Any:  # noqa: ANN401  (any JSON)
        number = next(self._numbers)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = waiting
        try:
            async with asyncio.timeout(seconds):
                await self._send({"id": number, "method": method, "params": params})
                return await waiting
        except TimeoutError:
            if method != "initialize":  # which, by the specification, cannot be cancelled
                cancelled = {"requestId": number, "reason": "It took too long."}
                await self._send({"method": "notifications/cancelled", "params": cancelled})
            raise
        finally:
            self._waiting.pop(number, None)
            if waiting.done() and not waiting.cancelled():
                waiting.exception()  # it may have come while we were told to stop

    async def _send(self, message: dict[str, Any]) -> None:
        process = self._process
        if self._gone or process is None or process.stdin is None:
            raise ServerGone(self._gone or "it is not running")
        process.stdin.write(msgspec.json.encode({"jsonrpc": "2.0", **message}) + b"\n")
        try:
            async with asyncio.timeout(CALL_S):  # wait_for may swallow a cancellation on 3.11
                await process.stdin.drain()
        except (ConnectionError, TimeoutError) as error:
            raise ServerGone("it no longer listens") from error

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        nonsense = 0
        reason = "it ended"
        if process.stdout is None:
            return
        try:
            while line := await process.stdout.readline():
                nonsense += not await self._take(line)
                if nonsense > MOST_NONSENSE:
                    reason = "what it says is no MCP"
                    break
        except ValueError:  # a line longer than the limit
            reason = "it says more at once than an answer can hold"
        except ServerGone as gone:
            reason = str(gone)
        self._fail(reason)
        while await process.stdout.read(LINE_BYTES):
            pass  # or a program that goes on talking would never be seen to end

    async def _take(self, line: bytes) -> bool:
        """Take one line; False when it is no message."""
        try:
            message = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            return not line.strip()
        if not isinstance(message, dict):
            return False
        number, method = message.get("id"), message.get("method")
        if isinstance(method, str):
            if number is not None:
                await self._answer(number, method)
            return True
        waiting = self._waiting.get(number) if isinstance(number, int) else None
        if waiting is None or waiting.done():
            return number is not None  # an answer that nobody waits for any more
        error = message.get("error")
        if isinstance(error, dict):
            waiting.set_exception(ServerRefused(str(error.get("message", ""))))
        else:
            waiting.set_result(message.get("result"))
        return True

    async def _answer(self, number: object, method: str) -> None:
        """A request of the server's own: it may ask whether we live, and nothing else."""
        if method == "ping":
            await self._send({"id": number, "result": {}})
        else:
            refusal = {"code": _METHOD_NOT_FOUND, "message": "Not offered."}
            await self._send({"id": number, "error": refusal})

    def _as(self, kind: type[Any], told: Any) -> Any:  # noqa: ANN401  (any JSON)
        try:
            return msgspec.convert(told, kind)
        except (msgspec.ValidationError, RecursionError) as error:
            raise ServerGone("what it says is no MCP") from error

    def _fail(self, reason: str) -> None:
        self._gone = self._gone or reason
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ServerGone(self._gone))


def _alone() -> dict[str, Any]:
    """A process group of its own, so that whatever it starts can be ended with it; no console."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


async def _end_all(process: asyncio.subprocess.Process) -> None:
    """End a process that we started, with its children, and wait for it."""
    if sys.platform == "win32":
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
        if process.returncode is None:
            ending = await asyncio.create_subprocess_exec(
                system / "taskkill.exe", "/T", "/F", "/PID", str(process.pid),
                stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )  # fmt: skip
            await ending.wait()
    else:
        # Also when it has ended: what it started is still in its group, if anybody is.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
