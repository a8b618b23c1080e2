"""Keeps the Companion connected to Studio's own MCP server while that road is switched on."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from desktop.errors import CompanionError
from desktop.sentences import say
from desktop.studio import editor
from desktop.studio.connection import Connection
from desktop.studio.errors import ServerUnusable
from desktop.studio.server import chunk, tools
from desktop.studio.server.client import McpClient, ServerGone, ServerRefused, Tool
from desktop.studio.server.socket import PlaceSocket

LOOK_S = 5.0
"""Between two looks for Studios that were opened or closed."""
AGAIN_S = 15.0
"""Before a program that ended, or that cannot be used, is tried again."""
_WINDOWS_PROGRAM = "StudioMCP.exe"
_MAC_PROGRAM = Path("Contents", "MacOS", "StudioMCP")

_log = structlog.get_logger(__name__)


def find() -> Path | None:
    """The program that Studio ships; None where Studio does not run or was never installed.

    The batch file `mcp.bat` that the documentation names on Windows only starts the program in
    Studio's own folder, by way of a shell, and is known to name a folder that an update removed:
    the program is started itself.
    """
    studio = editor.find()
    if studio is None:
        return None
    return studio.with_name(_WINDOWS_PROGRAM) if sys.platform == "win32" else studio / _MAC_PROGRAM


def command(program: Path) -> list[str | Path]:
    """How `program` is started as a server on its pipes."""
    return [program, "--stdio"] if program.name == _WINDOWS_PROGRAM else [program]


@dataclass(frozen=True)
class Found:
    """What a look at the server found."""

    program: Path
    tool: str
    """What lessons go in by."""
    studios: int
    """How many Studios are open."""


async def look(program: Path | None) -> Found:
    """Start the server once, and see whether a lesson could go in through it.

    Raises:
        ServerUnusable: it could not, and why.
    """
    chosen = await _program(program)
    client = McpClient(command(chosen))
    try:
        await client.start()
        offered = await _offered(client)
        if not offered:
            raise _switched_off()
        tool = tools.runner(offered).name
        return Found(chosen, tool, len(await _studios(client, offered)))
    except _FAULTS as fault:
        raise _problem(fault) from fault
    finally:
        await client.close()


class ServerRoad:
    """Starts the server's program, and serves each Studio that is connected to it.

    `program` is the one a teacher chose; without one, it is the one that Studio ships.
    `serve` runs a connection to its end; `changed` is called when `problem` changed.
    """

    def __init__(
        self,
        program: Path | None,
        install_id: str,
        serve: Callable[[Connection], Awaitable[None]],
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self._program = program
        self._install_id = install_id
        self._serve = serve
        self._changed = changed
        self._running: asyncio.Task[None] | None = None
        self._client: McpClient | None = None
        self._lines: dict[str, asyncio.Task[None]] = {}
        self._sockets: set[PlaceSocket] = set()
        self._faults: dict[str, CompanionError] = {}
        self.problem: CompanionError | None = None
        """Why no lesson can go in now, and what to do; None when one can, or nothing is known."""

    def start(self) -> None:
        """Begin to look for Studio."""
        self._running = asyncio.create_task(self._run(), name="studio server")

    async def stop(self) -> None:
        """End every line, and the program."""
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        if self._client is not None:
            await self._client.close()  # it may have been broken off in the middle of it

    async def _run(self) -> None:
        while True:
            try:
                await self._session()
            except _FAULTS as fault:
                await self._say(_problem(fault))
            await asyncio.sleep(AGAIN_S)

    async def _session(self) -> None:
        """Run one process of the program, until it ends or cannot be used."""
        client = self._client = McpClient(command(await _program(self._program)))
        try:
            await client.start()
            while True:
                await self._look(client)
                await asyncio.sleep(LOOK_S)
        finally:
            # Closed, a line ends as it does when Studio is closed: its push goes back.
            for socket in list(self._sockets):
                await socket.close()
            await client.close()
            await asyncio.gather(*self._lines.values(), return_exceptions=True)
            self._lines.clear()
            self._faults.clear()

    async def _look(self, client: McpClient) -> None:
        """Open a line to every Studio that has none."""
        offered = await _offered(client)
        if not offered:
            await self._say(_switched_off())
            return
        runner = tools.runner(offered)
        ids = await _studios(client, offered)
        for studio_id in ids:
            line = self._lines.get(studio_id)
            if line is not None and line.done():
                line.result()  # what it raised is a defect of ours, and has to be heard of
                line = None
            if line is None:
                self._lines[studio_id] = asyncio.create_task(
                    self._hold(client, runner, studio_id), name="studio server line"
                )
        self._faults = {key: fault for key, fault in self._faults.items() if key in ids}
        await self._say(next(iter(self._faults.values()), None) if ids else _switched_off())

    async def _hold(self, client: McpClient, runner: tools.Runner, studio_id: str) -> None:
        """Serve one Studio for as long as its place is open."""

        async def run(code: str) -> str:
            return await client.call(runner.name, runner.arguments(code, studio_id))

        socket = PlaceSocket(run, self._install_id)
        try:
            window = await socket.open()
        except ServerUnusable as problem:
            self._faults[studio_id] = problem
            return
        except chunk.NoAnswer as nothing:
            self._faults[studio_id] = _not_run(str(nothing))
            return
        except (ServerGone, ServerRefused, TimeoutError) as problem:
            _log.info("studio does not answer through its server", reason=str(problem)[:200])
            self._faults[studio_id] = _switched_off()
            return
        self._faults.pop(studio_id, None)
        self._sockets.add(socket)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(socket.carry(), name="studio server calls")
                await self._serve(Connection(socket, window))
                await socket.close()
        finally:
            self._sockets.discard(socket)

    async def _say(self, problem: CompanionError | None) -> None:
        if str(problem) != str(self.problem):
            self.problem = problem
            await self._changed()


async def _program(chosen: Path | None) -> Path:
    """The program to start: the chosen one, or Studio's."""
    program = chosen or await asyncio.to_thread(find)
    if program is None or not await asyncio.to_thread(program.is_file):
        raise _not_found(program)
    return program


async def _offered(client: McpClient) -> list[Tool]:
    """The tools there are now; Studio's server is silent, or says none, until Studio is there."""
    try:
        return await client.tools()
    except TimeoutError:
        return []


async def _studios(client: McpClient, offered: Sequence[Tool]) -> list[str]:
    """The ids of the open Studios; one without a name where the server does not tell them."""
    if not tools.lists_studios(offered):
        return [""]
    try:
        return tools.studio_ids(await client.call(tools.LISTER, {}))
    except (ServerRefused, TimeoutError):
        return []  # what it says before the first Studio has found it


_FAULTS = (ServerUnusable, ServerGone, ServerRefused, TimeoutError)
"""How a server can fail us."""


def _problem(fault: BaseException) -> ServerUnusable:
    """A fault, in words for the teacher."""
    if isinstance(fault, ServerUnusable):
        return fault
    if isinstance(fault, ServerGone):
        _log.info("studio's server does not work", reason=str(fault)[:200])
        return _ended()
    return _no_answer()


HOW_TO_SWITCH_ON = say(
    "Open a place in Studio; in its Assistant choose “…”, “Manage MCP Servers”, and switch on "
    "“Enable Studio as MCP server”."
)


def _switched_off() -> ServerUnusable:
    return ServerUnusable(
        say("Studio is not open, or its own server is not on."), mend=HOW_TO_SWITCH_ON
    )


def _no_answer() -> ServerUnusable:
    return ServerUnusable(
        say("The program that was started is not Studio's own server: it gives no answer."),
        mend=say("Choose another program in the settings, or none, to use the one of Studio."),
    )


def _ended() -> ServerUnusable:
    return ServerUnusable(
        say("Studio's own server ended, or the program that was started is no such server."),
        mend=say("Restart Studio. What you push meanwhile waits here."),
    )


def _not_found(program: Path | None) -> ServerUnusable:
    if program is None:
        what = say("Roblox Studio is not on this computer, so its own server is not either.")
        return ServerUnusable(what, mend=say("Install Studio from create.roblox.com."))
    return ServerUnusable(
        say("Studio's own server was not found at {program}.", program=program),
        mend=say("Bring Studio up to date, or choose the program in the settings."),
    )


def _not_run(said: str) -> ServerUnusable:
    what = (
        say("Studio's own server did not run what a lesson needs. It said: “{said}”", said=said)
        if said
        else say("Studio's own server did not run what a lesson needs, and did not say why.")
    )
    return ServerUnusable(what, mend=say("Use the plugin, or open the lesson as a place file."))
