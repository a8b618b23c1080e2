"""A stand-in for Studio's own MCP server: its program, and a Studio in Lune behind it."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.studio.lune import LuneStudio

PROGRAM = Path(__file__).with_name("mcp_program.py")
_LINE_BYTES = 8 * 1024 * 1024
Json = dict[str, Any]


def schema(*required: str, **properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(required)}


TEXT = {"type": "string"}
LISTER = {"name": "list_roblox_studios", "inputSchema": schema()}
BUILT_IN = [
    LISTER,
    {"name": "script_read", "inputSchema": schema("path", path=TEXT)},
    {
        "name": "execute_luau",
        "inputSchema": schema(
            "code",
            "datamodel_type",
            "studio_id",
            code=TEXT,
            datamodel_type={"type": "string", "enum": ["Edit", "Client", "Server"]},
            studio_id=TEXT,
        ),
    },
]
"""The tools of the server in Studio, in part."""
BEFORE_IT = [
    {"name": "run_code", "inputSchema": schema("command", command=TEXT)},
    {"name": "insert_model", "inputSchema": schema("query", query=TEXT)},
]
"""Those of the server that was there before it."""


class McpStudio:
    """The server's other side. Set its manners before or between calls."""

    def __init__(self, program: Path, studio: LuneStudio | None) -> None:
        self.program = program
        self._studio = studio
        self.tools: list[Json] = BUILT_IN
        self.records = False
        """It makes a step of history of every call, as the server before did."""
        self.forgets = False
        self.longest: int | None = None
        """Of a chunk, in characters."""
        self.is_on = True
        self.dress: Callable[[str], str] = lambda text: text
        """What it makes of the text that a chunk returns."""
        self.instead: Callable[[Json], list[bytes] | None] = lambda _: None
        """What to say to a message instead of an answer."""
        self.loses: Callable[[str], bool] = lambda _: False
        """Whether the program dies before it can tell what came of this chunk."""
        self.calls: list[Json] = []
        """The arguments of each call that runs code."""
        self.said: list[Json] = []
        """What the client said, but for calls."""
        self.children: list[int] = []
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def studio(self) -> LuneStudio:
        assert self._studio is not None, "this server has no Studio"
        return self._studio

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            while line := await reader.readline():
                message = json.loads(line)
                if "child" in message:
                    self.children.append(message["child"])
                    continue
                for told in await self._answers(message):
                    writer.write(told + b"\n")
                await writer.drain()
        except ConnectionError:
            pass  # the program was killed
        finally:
            self.hang_up()

    def hang_up(self) -> None:
        """The program loses its Studio, and ends by it."""
        while self._writers:
            self._writers.pop().close()

    async def say(self, line: bytes) -> None:
        """Say something unasked."""
        for writer in self._writers:
            writer.write(line + b"\n")
            await writer.drain()

    async def _answers(self, message: Json) -> list[bytes]:
        instead = self.instead(message)
        if instead is not None:
            return instead
        if message.get("method") == "tools/call":
            return await self._called(message)
        self.said.append(message)
        match message.get("method"):
            case "initialize":
                result: Json = {
                    "protocolVersion": "2024-11-05",
                    "capabilities": {"tools": {"listChanged": True}},
                    "serverInfo": {"name": "Roblox_Studio", "version": "0.1.0"},
                }
            case "tools/list":
                at = int(message["params"].get("cursor", "0"))  # one a page, to be sure of pages
                result = {"tools": self.tools[at : at + 1]} if self.is_on else {"tools": []}
                if self.is_on and at + 1 < len(self.tools):
                    result["nextCursor"] = str(at + 1)
            case _:
                return []
        return [reply(message, result)]

    async def _called(self, message: Json) -> list[bytes]:
        arguments: Json = message["params"]["arguments"]
        if message["params"]["name"] == "list_roblox_studios":
            text = json.dumps({"studios": [{"id": "studio-1", "name": "Lune place"}]})
            return [reply(message, content(text))]
        code = arguments.get("code", arguments.get("command"))
        self.calls.append(arguments)
        if self.longest is not None and len(code) > self.longest:
            return [reply(message, content("The code is too long.", is_error=True))]
        loses = self.loses(code)
        told = await self.studio.ask("run", code=code, recorded=self.records, forgets=self.forgets)
        if loses:
            self.hang_up()
            return []
        return [reply(message, content(self.dress(told["text"]), is_error=not told["ok"]))]


def reply(message: Json, result: Json) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}).encode()


def content(text: str, *, is_error: bool = False) -> Json:
    return {"content": [{"type": "text", "text": text}], "isError": is_error}


@asynccontextmanager
async def serving(
    folder: Path, manner: str = "", studio: LuneStudio | None = None
) -> AsyncIterator[McpStudio]:
    """A server's program in `folder`, which leads to a Studio."""
    double = McpStudio(folder / "StudioMCP", studio)
    server = await asyncio.start_server(double.serve, "127.0.0.1", 0, limit=_LINE_BYTES)
    port = str(server.sockets[0].getsockname()[1])
    lines = (
        f"#!{sys.executable}",
        "import runpy, sys",
        f"sys.argv[1:] = {[port, *manner.split()]!r}",
        f"runpy.run_path({str(PROGRAM)!r})",
    )
    double.program.write_text("\n".join(lines) + "\n", encoding="utf-8")
    double.program.chmod(0o700)
    try:
        yield double
    finally:
        double.hang_up()
        server.close()
