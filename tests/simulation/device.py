"""A device of a world: the real cache, session and engine, and the many ways it fails."""

import asyncio
import contextlib
import random
import shutil
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

from desktop.backend.companion import CompanionClient
from desktop.backend.secrets import MemoryStore
from desktop.backend.session import Session
from desktop.backend.transport import Answer, Request
from desktop.storage import connections
from desktop.storage.cache import FILE, Cache
from desktop.storage.driver import Key
from desktop.storage.opening import Ready
from desktop.storage.presence import Presence
from desktop.storage.sql import Connection, Rows
from desktop.storage.transaction import Transaction
from desktop.sync.engine import SyncEngine
from desktop.sync.live import LiveSync
from desktop.sync.outcome import Report
from desktop.sync.status import Status
from desktop.wire import auth
from tests.simulation.clockwork import StorageThread, VirtualLoop, WorldClock, in_no_thread
from tests.simulation.network import FAIR, PUSH, SERVER, Network
from tests.simulation.pokes import Pokes
from tests.simulation.script import Weather

T = TypeVar("T")
SECRET = "sign-in"


class PowerCut(BaseException):
    """The device died here: nothing above may catch it and go on."""


class Device:
    """One computer of one teacher. It may die and start again; its folder stays."""

    def __init__(
        self,
        place: int,
        owner: str,
        folder: Path,
        network: Network,
        clock: WorldClock,
        note: Callable[..., None],
    ) -> None:
        self.place = place
        self.owner = owner
        self.folder = folder
        self.clock = clock
        self.weather: deque[Weather] = deque()
        self.secrets = MemoryStore()
        self.disk_full = False
        self._network = network
        self._note = note
        self._chance = random.Random(place)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._life: _Life | None = None
        self._until_death: Callable[[], None] | None = None
        self.on_report: Callable[[Device, Report, int], None] = lambda *_: None
        self.on_broken: Callable[[Device, BaseException], None] = lambda *_: None
        self.on_status: Callable[[Device, Status], None] = lambda *_: None
        self.edited_at = 0.0
        self.is_new = False
        self.reports: list[tuple[float, Report]] = []
        """When each round began, and what it did, since somebody emptied it."""
        self.is_live = False
        self.key: Key = None
        self.stormy = False

    @property
    def server(self) -> str:
        """The address of the school, for the session."""
        return SERVER

    @property
    def cache(self) -> Cache:
        """The open cache."""
        return self._living().cache

    def start(self) -> None:
        """Switch on: open the cache from its file."""
        self.wake()
        if self._life is None:
            self._life = _Life(self)
            if self._life.live is not None:
                self._own(self._life.live.start())
            if self.disk_full:
                self._life.limit_pages(full=True)

    def keep_sign_in(self, tokens: bytes) -> None:
        """Sign in with tokens that the school gave; they are kept like any others."""
        self._own(self._keep(self._living(), auth.Tokens.model_validate_json(tokens)))

    async def _keep(self, life: "_Life", tokens: auth.Tokens) -> None:
        await life.session.keep(tokens)
        if life.live is not None:
            life.live.now()

    def write(self, work: Callable[[Transaction], T]) -> "asyncio.Future[T]":
        """Do what a person does, in one transaction; the future tells whether it was saved."""
        return asyncio.wrap_future(self._living().cache.write(work))

    def sync(self, weather: tuple[Weather, ...]) -> "asyncio.Task[None]":
        """Start a round; its first requests meet `weather`."""
        self.weather.extend(weather)
        life = self._living()
        if life.live is None:
            return self._own(self._round(life))
        life.live.now()
        return self._own(_nothing())

    def hurry(self) -> None:
        """Press the button."""
        if self._living().live is not None:
            self._living().live.now()

    async def _round(self, life: "_Life") -> None:
        await self.noted(life, life.engine.round)

    async def noted(self, life: "_Life", work: Callable[[], Awaitable[Report]]) -> Report:
        """Do a round, and tell the world."""
        head = self._network.school.head()
        began = life.began = self._network.loop.time()
        report = await work()
        if life is self._life:
            self.reports.append((began, report))
            self._note(
                "round", self.place, report.pushed, report.pulled, report.merged,
                type(report.problem).__name__, report.counts,
            )  # fmt: skip
            self.on_report(self, report, head)
        return report

    def nap(self, seconds: float) -> None:
        """Close the lid for a while."""
        self.clock.awake.clear()
        self._network.loop.call_later(seconds, self.wake)

    def wake(self) -> None:
        """Open the lid."""
        if not self.clock.awake.is_set():
            self.clock.awake.set()
            if self._life is not None:
                self._life.storage.wake()

    @property
    def live(self) -> LiveSync | None:
        """What keeps it in sync by itself, if it does."""
        return None if self._life is None else self._life.live

    @property
    def hears(self) -> bool:
        """Whether pokes arrive."""
        return self._life is not None and self._life.pokes.is_whole

    def calm_down(self) -> None:
        """From now on live connections hold, and somebody looks at the window."""
        life = self._living()
        life.pokes.stormy = self.stormy = False
        if life.live is not None:
            life.live.set_active(True)

    def has_tried_since(self, moment: float) -> bool:
        """Whether a round began since then, or may not begin yet."""
        life = self._life
        if life is None or life.live is None or not self.clock.awake.is_set():
            return True
        schedule = life.live._schedule
        waits = schedule._failures > 0 and schedule.next_round_in > 0
        return life.born > moment or life.began >= moment or schedule._running or waits

    def die(self) -> None:
        """Lose power now: what is not on the disk is gone, and nobody says goodbye."""
        life, self._life = self._life, None
        if life is None:
            return
        self._note("dies", self.place)
        life.end_abruptly()
        for task in list(self._tasks):
            task.cancel()
        self.weather.clear()
        self.wake()

    def die_after(self, statements: int | None) -> None:
        """Lose power at the n-th statement of SQL from now, or after all not."""
        if self._life is not None:
            self._life.die_after(statements or 0)

    def fill_disk(self, full: bool) -> None:
        """Leave no room on the disk, or make room again."""
        if self._life is not None and full != self.disk_full:
            self._life.limit_pages(full=full)
        self.disk_full = full

    def look(self, question: Callable[[Connection], T]) -> T:
        """What the cache holds now, asked by the world: no person and no round notices."""
        life = self._living()
        with life.unnoticed():
            return question(life.cache._writing_connection())

    def close(self) -> None:
        """Switch off in good order."""
        life, self._life = self._life, None
        if life is not None:
            life.cache.close()

    async def at_rest(self) -> None:
        """Wait until no round runs any more."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))

    async def send(self, request: Request) -> Answer:
        """The transport of this device's session."""
        weather = self.weather.popleft() if self.weather else FAIR
        length = len(request.body or b"") if request.path == PUSH else 0
        self._note("asks", self.place, request.path, weather.kind, length)
        try:
            return await self._network.carry(request, weather, self._chance).future
        finally:
            await self.clock.awake.wait()

    def _own(self, work: Any) -> "asyncio.Task[Any]":
        task = self._network.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self.failed(error)

    def failed(self, error: BaseException) -> None:
        """Something on it ended with an error."""
        if isinstance(error, PowerCut):
            self.die()
        else:
            self._note("broke", self.place, type(error).__name__, str(error))
            self.on_broken(self, error)

    def _living(self) -> "_Life":
        if self._life is None:
            raise PowerCut
        return self._life

    @property
    def alive(self) -> bool:
        """Whether it is switched on."""
        return self._life is not None


class _Door:
    """The transport of one life: it ends with it."""

    server = SERVER

    def __init__(self, life: "_Life") -> None:
        self._life = life

    async def send(self, request: Request) -> Answer:
        if self._life.over:
            raise PowerCut
        return await self._life.device.send(request)

    async def close(self) -> None:
        pass


class _Life:
    """Everything that ends when a device dies."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.over = False
        loop: VirtualLoop = device._network.loop
        self.born = self.began = loop.time()
        """When it was switched on, and when its last round began."""
        self.storage = StorageThread(loop, device._chance, device.clock)
        self.cache = self._opened()
        self.session = Session(
            _Door(self), device.secrets, SECRET, clock=device.clock, in_thread=in_no_thread
        )
        self.client = CompanionClient(self.session, in_thread=in_no_thread)
        self.engine = SyncEngine(
            self.cache, self.client, clock=device.clock, lock=contextlib.nullcontext
        )
        self._left = 0
        self.cache._connection = _MortalConnection(self.cache, self)
        self.pokes = Pokes(device._network, device._chance, stormy=device.stormy)
        self.live = _Live(self) if device.is_live else None

    def _opened(self) -> Cache:
        device = self.device
        kept: dict[str, Any] = {
            "clock": device.clock,
            "chance": device._chance,
            "who": device.owner,
            "executor": self.storage,
        }
        key = device.key
        if not device.is_new:
            return Cache.open(device.folder, key=key, **kept)
        # A copy of a whole cache of today: looking it over first would take half of the time.
        device.is_new = False
        return Cache(device.folder, Presence(device.folder), Ready(key), **kept)

    def die_after(self, statements: int) -> None:
        self._left = statements

    @contextlib.contextmanager
    def unnoticed(self) -> Iterator[None]:
        """Statements in it are the world's own: nobody dies of them."""
        left, self._left = self._left, 0
        try:
            yield
        finally:
            self._left = left

    def one_more(self) -> None:
        """Count a statement, and die where it is the last."""
        self._left -= 1
        if self._left == 0:
            self.over = self.storage.dead = True
            self.device._network.loop.call_soon(self.device.die)
            raise PowerCut

    def end_abruptly(self) -> None:
        self.over = self.storage.dead = True
        if self.live is not None:
            self.live.end_abruptly()
        with contextlib.suppress(Exception):
            connection = self.cache._connection
            if connection is not None:
                connection.close()
        self.cache._readers.close()
        self.cache._presence.leave(clean=False)

    def limit_pages(self, *, full: bool) -> None:
        raw = self.cache._writing_connection().raw
        pages = raw.execute("PRAGMA page_count").fetchone()[0]
        raw.execute(f"PRAGMA max_page_count = {pages if full else 1_000_000}")


async def _nothing() -> None:
    """Stands for a round that somebody else does."""


class _Live(LiveSync):
    """Syncing that goes on by itself, watched by the world."""

    def __init__(self, life: _Life) -> None:
        device = life.device
        self._life = life
        super().__init__(
            life.cache,
            life.client,
            life.engine,
            device._network.school.people[device.owner].id,
            clock=device.clock,
            chance=device._chance,
            open_socket=life.pokes.open,
        )
        self.subscribe(lambda status: device.on_status(device, status))

    def end_abruptly(self) -> None:
        """End every task, as the end of a process does."""
        self._unsubscribe()
        for task in self._tasks:
            task.cancel()

    async def _round(self) -> Report:
        return await self._life.device.noted(self._life, super()._round)

    def _own(self, work: Coroutine[Any, Any, None], name: str) -> None:
        super()._own(self._watched(work), name)

    async def _watched(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # noqa: BLE001  (the world decides what it means)
            self._life.device.failed(error)


class _MortalConnection(Connection):
    """The writing connection: power may go before any statement, and before any commit."""

    def __init__(self, cache: Cache, life: _Life) -> None:
        raw = connections.writing_driver(cache.file, cache.key)
        super().__init__(raw, connections.BEGIN_WRITING)
        self._life = life

    def execute(self, statement: str, parameters: tuple[Any, ...] = ()) -> Rows:
        self._life.one_more()
        return super().execute(statement, parameters)

    def execute_many(self, statement: str, parameters: list[tuple[Any, ...]]) -> None:
        self._life.one_more()
        super().execute_many(statement, parameters)

    def commit(self) -> None:
        self._life.one_more()
        super().commit()


def copy_folder(template: Path, folder: Path) -> None:
    """Give a device a cache that was synced before."""
    folder.mkdir(parents=True, mode=0o700)
    shutil.copyfile(template / FILE, folder / FILE)
