"""Realtime through a Pusher-protocol service elsewhere, as `realtime.toml` names it.

Several server processes on one database need one: a client is connected to one place, and each
process sends there. Nothing waits for the service, and what it misses is no loss: events only
say that there is something to pull, and apps pull from time to time without being told.
"""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
from pydantic import BaseModel, ConfigDict, Field

from desktop.errors import CompanionError
from desktop.school.realtime import protocol
from desktop.school.settings_files import SettingsFile
from desktop.wire.capabilities import Realtime
from desktop.wire.realtime import SYNC_CHANGED, user_channel

if TYPE_CHECKING:
    from pusher import Pusher

FILE = "realtime.toml"
SECRET_VARIABLE = "TOOLBOXAI_REALTIME_SECRET"  # noqa: S105  (the name, not the secret)
TIMEOUT_S = 5
COALESCE_S = 0.05
MOST_CHANNELS = 100
"""The protocol's bound on the channels of one event."""
MOST_WAITING = 1_000
"""Events of channels that may wait while the service is away; the oldest go first."""
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0

log = structlog.get_logger("school.realtime")

_Port = Annotated[int, Field(ge=1, le=65_535)]


class RealtimeUnreadable(CompanionError):
    """The file of the realtime settings cannot be used."""


class ServiceSettings(BaseModel):
    """Where clients connect (`host`), and where the server sends (`api_host`) if elsewhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    app_id: Annotated[str, Field(min_length=1, pattern=r"^[0-9]+$")]
    key: Annotated[str, Field(min_length=1)]
    secret: Annotated[str, Field(min_length=1)]
    host: Annotated[str, Field(min_length=1)]
    port: _Port = 443
    tls: bool = True
    api_host: str = ""
    api_port: _Port | None = None
    api_tls: bool | None = None
    ca_file: Path | None = None
    """Whose certificates to trust, for a service with one of the school's own."""

    def address(self) -> Realtime:
        """Where clients find the service."""
        return Realtime(key=self.key, host=self.host, port=self.port, tls=self.tls)


def read(folder: Path) -> ServiceSettings | None:
    """The service that a school's folder names; None: the embedded endpoint is enough.

    The secret is in the file, which then is nobody else's to read, or in the environment.

    Raises:
        RealtimeUnreadable: the file is there and does not fit, or others can read the secret.
    """
    return _FILE.read(folder)


_FILE = SettingsFile(
    FILE,
    "realtime settings",
    ServiceSettings,
    RealtimeUnreadable,
    "Write app_id, key and host, the secret here or in the environment as "
    f"{SECRET_VARIABLE}, and where needed port, tls, api_host, api_port, api_tls, ca_file.",
    {"secret": SECRET_VARIABLE},
)


class Service:
    """Sends to the service from one task; what cannot be sent yet waits, and pokes are merged."""

    def __init__(self, settings: ServiceSettings) -> None:
        self.key = settings.key
        self._settings = settings
        self._loop: asyncio.AbstractEventLoop | None = None
        self._turn = threading.Lock()
        self._due: dict[str, int] = {}
        self._events: deque[tuple[str, str, object]] = deque(maxlen=MOST_WAITING)
        self._news = asyncio.Event()
        self._trouble = ""

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Send from this event loop until the block ends."""
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        sending = asyncio.create_task(self._send_all())
        try:
            yield
        finally:
            self._loop = None
            sending.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await sending

    def poke(self, users: Iterable[str], version: int) -> None:
        """Tell people that there is something to pull; several pokes become one."""
        people = list(users)
        if not people:
            return
        with self._turn:
            for user in people:
                self._due[user] = max(version, self._due.get(user, 0))
        self._ring()

    def publish(self, channel: str, event: str, data: object) -> None:
        """Send an event to everybody in a channel."""
        self._events.append((channel, event, data))
        self._ring()

    def sign(self, socket_id: str, channel: str, channel_data: str | None) -> str:
        """The signature that lets a socket into a channel of the service."""
        return protocol.sign(self.key, self._settings.secret, socket_id, channel, channel_data)

    def trouble(self) -> str:
        """Why the last event could not be sent; "" when it could."""
        return self._trouble

    def _ring(self) -> None:
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: apps pull by themselves
                loop.call_soon_threadsafe(self._news.set)

    async def _send_all(self) -> None:
        client = await asyncio.to_thread(client_of, self._settings)
        pause = 0.0
        while True:
            await self._news.wait()
            await asyncio.sleep(pause or COALESCE_S)
            self._news.clear()
            pause = await self._send_waiting(client, pause)
            if pause:
                self._news.set()

    async def _send_waiting(self, client: "Pusher", pause: float) -> float:
        """Send what waits; how long to wait before the next try when that failed, else 0."""
        with self._turn:
            due, self._due = self._due, {}
        try:
            for people, version in _grouped(due):
                await asyncio.to_thread(client.trigger, people, SYNC_CHANGED, {"version": version})
            while self._events:
                channel, event, data = self._events[0]
                await asyncio.to_thread(client.trigger, channel, event, data)
                self._events.popleft()
        except Exception as error:  # noqa: BLE001  (the library lets through whatever its HTTP raises)
            self._say(type(error).__name__)
            with self._turn:  # sent again whole: to be told twice costs a pull
                for user, version in due.items():
                    self._due[user] = max(version, self._due.get(user, 0))
            return min(LONGEST_PAUSE_S, pause * 2 or FIRST_PAUSE_S)
        self._say("")
        return 0.0

    def _say(self, trouble: str) -> None:
        """Note the beginning and the end of an outage, once each."""
        if trouble and not self._trouble:
            log.warning("realtime.service_away", host=self._settings.host, reason=trouble)
        if self._trouble and not trouble:
            log.info("realtime.service_back", host=self._settings.host)
        self._trouble = trouble


def client_of(settings: ServiceSettings) -> "Pusher":
    """The official library's client for the service."""
    from pusher import Pusher
    from pusher.requests import RequestsBackend

    class Backend(RequestsBackend):  # type: ignore[misc]  # the library is not typed
        """Trusts the usual authorities, not only those that the library brought along."""

        def __init__(self, client: Pusher, **options: object) -> None:
            super().__init__(client, **options)
            self.options["verify"] = str(settings.ca_file) if settings.ca_file else True

    tls = settings.tls if settings.api_tls is None else settings.api_tls
    return Pusher(
        app_id=settings.app_id,
        key=settings.key,
        secret=settings.secret,
        host=settings.api_host or settings.host,
        port=settings.api_port or settings.port,
        ssl=tls,
        timeout=TIMEOUT_S,
        backend=Backend,
    )


def _grouped(due: dict[str, int]) -> list[tuple[list[str], int]]:
    """Channels that hear of the same version, as many at once as the protocol lets."""
    by_version: dict[int, list[str]] = {}
    for user, version in due.items():
        by_version.setdefault(version, []).append(user_channel(user))
    return [
        (channels[start : start + MOST_CHANNELS], version)
        for version, channels in sorted(by_version.items())
        for start in range(0, len(channels), MOST_CHANNELS)
    ]
