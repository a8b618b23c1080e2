"""The bridge's server: a port on both loopback addresses, inside the running event loop."""

import asyncio
import contextlib
import errno
import socket
import sys
from collections.abc import Iterator, Sequence

import uvicorn
from starlette.types import ASGIApp

from desktop.sentences import say
from desktop.studio.door import DoorProtocol
from desktop.studio.errors import PortsTaken
from desktop.studio.guards import Guard
from desktop.studio.protocol import FRAME_BYTES

_GOODBYE_S = 2
_NO_SUCH_ADDRESS = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


class _Server(uvicorn.Server):
    """Uvicorn without hands on the process's signals, which the app owns, and without a clock."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Begin to end."""
        self.should_exit = True
        self._stopped.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def main_loop(self) -> None:
        # Uvicorn's own looks ten times a second whether it should end, and what day it is.
        await self.on_tick(0)  # makes the headers that every answer has
        await self._stopped.wait()


class BridgeServer:
    """Serves one ASGI app on the first free of some ports, and on one more where that is free."""

    def __init__(
        self,
        app: ASGIApp,
        ports: Sequence[int],
        *,
        also: int = 0,
        door: type[DoorProtocol] = DoorProtocol,
    ) -> None:
        self._app = Guard(app)
        self._door = door
        self._ports = ports
        self._also = also
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self.port = 0
        """The port it listens on; 0 while it does not."""

    @property
    def ports(self) -> list[int]:
        """The port it listens on, as a list; empty while it does not."""
        return [self.port] if self.port else []

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen.

        Raises:
            PortsTaken: other programs hold all the ports.
        """
        sockets = listen(self._ports)
        self.port = sockets[0].getsockname()[1]
        if self._also:
            with contextlib.suppress(PortsTaken):  # nobody depends on it
                sockets += listen([self._also])
        config = uvicorn.Config(
            self._app,
            ws="websockets-sansio",
            ws_max_size=FRAME_BYTES,
            ws_ping_interval=None,
            http=self._door,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,  # it would tell for ever when the bridge was opened
            proxy_headers=False,
            timeout_graceful_shutdown=_GOODBYE_S,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets), name="studio bridge")
        while not self._server.started and not self._serving.done():  # noqa: ASYNC110
            await asyncio.sleep(0.001)  # uvicorn has no event for it

    async def stop(self) -> None:
        """Close every connection and the port."""
        if self._server is None or self._serving is None:
            return
        self._server.stop()
        await self._serving
        self._server = self._serving = None
        self.port = 0


def listen(ports: Sequence[int]) -> list[socket.socket]:
    """Bind the first of `ports` that is free on 127.0.0.1 and on ::1 (where that exists).

    Raises:
        PortsTaken: none is.
    """
    for port in ports:
        with contextlib.suppress(OSError):
            return _both(port)
    listed = ", ".join(str(port) for port in ports)
    raise PortsTaken(
        say(
            "Roblox Studio cannot reach the Companion: other programs on this computer "
            "use all of its ports ({listed}).",
            listed=listed,
        ),
        mend=say("Close other open copies of the Companion, or restart the computer."),
    )


def _both(port: int) -> list[socket.socket]:
    first = _bound(socket.AF_INET, "127.0.0.1", port)
    try:
        return [first, _bound(socket.AF_INET6, "::1", first.getsockname()[1])]
    except OSError as error:
        if error.errno in _NO_SUCH_ADDRESS:
            return [first]
        first.close()
        raise


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # With the protocol named, asyncio sends small frames at once; else each waits some 40 ms.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform == "win32":
            # Without it another program could take the same port over on Windows.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError:
        opened.close()
        raise
    opened.setblocking(False)
    return opened
