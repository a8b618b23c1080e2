"""The Studio road as the rest of the app sees it: queue a build, watch it land, take it back."""

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute

import desktop
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError
from desktop.lessons.instances import Build
from desktop.sentences import say
from desktop.storage.cache import Cache
from desktop.storage.pushes import StoredItem, StoredPush
from desktop.studio import connection as connections
from desktop.studio import pairing, protocol
from desktop.studio import parcel as parcels
from desktop.studio.bridge import BridgeServer
from desktop.studio.connection import Connection, Gone, Socket, Window
from desktop.studio.control import Control
from desktop.studio.delivery import Decision
from desktop.studio.errors import CannotUndo, NoStudio, ReviewNeeded, ScanRefused
from desktop.studio.outbox import Outbox
from desktop.studio.parcel import Parcel
from desktop.studio.polling import Polling
from desktop.studio.server.road import ServerRoad
from desktop.studio.window import OpenWindow

SETTLED = frozenset({"landed", "conflict", "failed", "undone"})
Policy = Literal["ask", "replace", "keep", "copy"]
Road = Literal["plugin", "server"]
"""By our plugin, or by the MCP server that Studio ships."""

_UNDO_S = 30.0
MOST_GREETINGS = 32
"""Connections at once that have not proved themselves."""

_log = structlog.get_logger(__name__)


class StudioService:
    """The bridge, its outbox, and the connected Studio windows. Lives in one event loop.

    `folder` keeps the pairing and how other commands of this profile reach a running bridge;
    `ports` are tried until a plugin is installed, which then knows its own. Where it is free,
    `platform_port` is answered too: the platform's earlier plugin looks for a `/status` there.
    """

    def __init__(
        self,
        cache: Cache,
        clock: Clock,
        chance: random.Random,
        folder: Path,
        *,
        ports: Sequence[int] = (),
        platform_port: int = protocol.PLATFORM_PORT,
        school: str = "",
        road: Road = "plugin",
        server_program: Path | None = None,
    ) -> None:
        self._clock = clock
        self._chance = chance
        self._folder = folder
        self._cache = cache
        self._school = school
        self._outbox = Outbox(cache)
        self._windows: dict[str, OpenWindow] = {}
        self._greeting: list[Socket] = []
        self._listeners: list[Callable[[], None]] = []
        self._moved = asyncio.Condition()
        self._control = Control(folder, self)
        self._polling = Polling(self._on_socket)
        self._server = BridgeServer(
            self._app(), pairing.load_or_make(folder, ports).ports, also=platform_port
        )
        self._road: ServerRoad | None = None
        self._chosen = (road, server_program)
        self.last_refusal = ""
        """Why the last program that knocked was not let in, for the doctor."""

    @property
    def ports(self) -> list[int]:
        """The port the bridge listens on, as a list; empty while it does not."""
        return self._server.ports

    @property
    def url(self) -> str:
        """Where the bridge answers."""
        return self._server.url

    async def start(self) -> None:
        """Take up what an earlier run left under way, and listen for Studio.

        Raises:
            PortsTaken: other programs hold all the bridge's ports.
            StudioError: another process of this profile runs the bridge.
        """
        self._control.claim()
        try:
            await self._outbox.put_back()
            await self._server.start()
        except BaseException:
            self._control.withdraw()
            raise
        self._control.announce(self.ports)
        await self.take_road(*self._chosen)

    async def take_road(self, road: Road, program: Path | None = None) -> None:
        """Reach Studio by our plugin, or also by the MCP server that Studio ships.

        `program` is a server that a teacher chose instead of Studio's own.
        """
        before, self._road = self._road, None
        if before is not None:
            await before.stop()
        self._chosen = (road, program)
        if road == "server" and self.ports:  # else another Companion of this profile delivers
            install_id = pairing.load_or_make(self._folder).install_id
            self._road = ServerRoad(program, install_id, self._serve, self._changed)
            self._road.start()
        await self._changed()

    @property
    def road(self) -> Road:
        """How Studio is reached."""
        return self._chosen[0]

    @property
    def server_program(self) -> Path | None:
        """The server that a teacher chose instead of Studio's own."""
        return self._chosen[1]

    @property
    def road_problem(self) -> CompanionError | None:
        """Why nothing can go in through Studio's own server; None when it can, or is not used."""
        return self._road.problem if self._road is not None else None

    async def stop(self) -> None:
        """Say goodbye to every window and close the port; what is queued stays queued."""
        self._control.withdraw()
        if self._road is not None:
            await self._road.stop()
        for window in list(self._windows.values()):
            await window.close()
        await self._polling.stop()
        await self._server.stop()

    async def wake(self) -> None:
        """Look at the outbox again: another process may have written to it."""
        await self._changed()

    def windows(self) -> list[Window]:
        """The connected Studio windows."""
        return [open_window.window for open_window in self._windows.values()]

    def pushes(self) -> list[StoredPush]:
        """The pushes, the newest first."""
        return self._outbox.find()

    def push(self, push_id: str) -> StoredPush:
        """One push.

        Raises:
            NoSuchPush: there is none of that id.
        """
        return self._outbox.get(push_id)

    def items(self, push_id: str) -> list[StoredItem]:
        """The items of a push, parents first."""
        return self._outbox.items(push_id)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have `listener` called in the event loop whenever a push or a window changed."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    async def pack(self, build: Build) -> Parcel:
        """Scan and encode `build` ahead of `queue`: while a person looks at what it would do.

        Where one Studio window is open, its plugin gets the contents to keep ready; the place
        is not touched.
        """
        parcel = await self._packed(build)
        windows = list(self._windows.values())
        if parcel.report.verdict != "blocked" and len(windows) == 1:
            windows[0].expect(parcel)
        return parcel

    async def _packed(self, build: Build) -> Parcel:
        return await asyncio.to_thread(parcels.pack, build, school=self._school)

    async def queue(
        self,
        what: Build | Parcel,
        *,
        policy: Policy = "ask",
        place: str = "",
        model: str = "",
        reviewed: bool = False,
    ) -> str:
        """Queue a build, once it is scanned; it goes out as soon as its Studio is connected.

        `place` is a window's `place_id`; without one, it goes where this lesson landed last, or
        to the only window. `reviewed`: a person has looked at what the scan shows, and wants it
        in. Returns the push's id.

        Raises:
            ScanRefused: the safety scan found something that may not go into a place.
            ReviewNeeded: it found something that a person has to look at first.
        """
        parcel = what if isinstance(what, Parcel) else await self._packed(what)
        _refuse_what_may_not_go(parcel, reviewed=reviewed)
        push_id = await self._outbox.add(parcel, policy=policy, place=place, model=model)
        await self._changed()
        return push_id

    async def resolve(
        self, push_id: str, choice: Decision, numbers: Iterable[int] | None = None
    ) -> None:
        """Answer the conflicts of a push, of all its items or of those in `numbers`.

        Raises:
            NoSuchPush: there is none of that id.
        """
        self._outbox.get(push_id)
        await self._outbox.decide(push_id, choice, None if numbers is None else list(numbers))
        await self._changed()

    async def choose_window(self, push_id: str, place_id: str) -> None:
        """Send a waiting push to the Studio window that has this place open."""
        await self._outbox.set_state(push_id, "queued", place_id=place_id, reason="")
        await self._changed()

    async def undo(self, push_id: str) -> None:
        """Take a landed push back, as one step.

        Raises:
            NoSuchPush: there is none of that id.
            NoStudio: the Studio window it landed in is not connected.
            CannotUndo: Studio says why not.
        """
        push = self._outbox.get(push_id)
        if push.state != "landed":
            raise CannotUndo(
                say("{title} is not in Studio now, so there is nothing to undo.", title=push.title)
            )
        windows = self._windows_of(push.place_id)
        if not windows:
            raise NoStudio(
                say(
                    "The place {place} is not open in Roblox Studio now.",
                    place=push.place_name or push.title,
                ),
                mend=say("Open it, wait for the plugin to connect, and undo again."),
            )
        # The same place may be open twice, and only the window that it landed in remembers it.
        windows.sort(key=lambda each: push_id not in each.landed)
        answers = []
        for window in windows:
            answers.append(await window.undo(push_id, _UNDO_S))
            if answers[-1].ok:
                break
        else:
            raise CannotUndo(
                say(
                    "{title} could not be taken back: {human}",
                    title=push.title,
                    human=answers[0].human,
                )
            )
        await self._outbox.set_state(push_id, "undone", reason="")
        await self._changed()

    async def settled(self, push_id: str, seconds: float) -> StoredPush:
        """Wait until a push has landed, failed or needs a decision, at most so long."""

        def done() -> bool:
            return self._outbox.get(push_id).state in SETTLED

        try:
            async with asyncio.timeout(seconds), self._moved:
                await self._moved.wait_for(done)
        except TimeoutError:
            pass  # the caller sees in its state that it still waits
        return self._outbox.get(push_id)

    async def connected(self, place_id: str, seconds: float) -> bool:
        """Wait until the Studio window with this place is connected, at most so long."""
        try:
            async with asyncio.timeout(seconds), self._moved:
                await self._moved.wait_for(lambda: bool(self._windows_of(place_id)))
        except TimeoutError:
            return False
        return True

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                WebSocketRoute(protocol.PATH, self._on_socket),
                Route("/status", self._status),
                *self._polling.routes(),
                *self._control.routes(),
            ]
        )

    async def _status(self, request: Request) -> Response:  # noqa: ARG002  (Starlette's signature)
        studio = next((window.studio_version for window in self.windows()), "")
        return JSONResponse({"version": desktop.__version__, "studio_version": studio})

    async def _on_socket(self, socket: Socket) -> None:
        self._greeting.append(socket)
        if len(self._greeting) > MOST_GREETINGS:
            # A genuine greeting takes milliseconds: the oldest is somebody who only stands there.
            await connections.turn_away(self._greeting.pop(0))
        try:
            connection = await connections.shake_hands(
                socket, lambda: pairing.load_or_make(self._folder), version=desktop.__version__
            )
        except Gone:
            return
        finally:
            if socket in self._greeting:
                self._greeting.remove(socket)
        if connection is None:
            self.last_refusal = "A program that is not this Companion's plugin knocked."
            return
        self.last_refusal = ""
        await self._serve(connection)

    async def _serve(self, connection: Connection) -> None:
        window = OpenWindow(
            connection,
            self._outbox,
            self._clock,
            self._next_for,
            self._changed,
            school=self._school,
        )
        sid = connection.window.sid
        _log.info("a studio window connected", place=connection.window.place_id)
        self._windows[sid] = window
        await self._changed()
        try:
            await window.run()
        finally:
            if self._windows.get(sid) is window:
                del self._windows[sid]
            await self._changed()

    def _windows_of(self, place_id: str) -> list[OpenWindow]:
        """The windows that have a place open, the newest first."""
        fitting = (each for each in self._windows.values() if each.window.place_id == place_id)
        return list(fitting)[::-1]

    def _is_home(self, window: Window, push: StoredPush) -> bool:
        """Whether `window` has the place of a push, and is not passed over for one that had it."""
        homes = [
            each for each in self._windows_of(push.place_id) if push.lesson_id in each.landed
        ] or self._windows_of(push.place_id)
        return any(each.window.sid == window.sid for each in homes)

    def _next_for(self, window: Window) -> StoredPush | None:
        """The oldest waiting push that may go to `window`."""
        alone = len({each.window.place_id for each in self._windows.values()}) == 1
        carried = {each.carrying for each in self._windows.values()}
        for push in reversed(self._outbox.find("queued")):
            if push.id in carried:
                continue  # its new state is still on its way to the disk
            # A push for a place that is closed goes to no other one unasked.
            if self._is_home(window, push) or (not push.place_id and alone):
                return push
        return None

    async def _say_what_is_waited_for(self) -> None:
        """Tell of each queued push that waits for a place or for a choice, once."""
        open_places = {each.window.place_id for each in self._windows.values()}
        for push in self._outbox.find("queued"):
            sentence = _waits_for(push, open_places)
            if sentence and push.reason != sentence:
                await self._outbox.set_state(push.id, "queued", reason=sentence)

    async def _changed(self) -> None:
        await self._say_what_is_waited_for()
        for window in self._windows.values():
            window.wake()
        async with self._moved:
            self._moved.notify_all()
        for listener in list(self._listeners):
            listener()


def _refuse_what_may_not_go(parcel: Parcel, *, reviewed: bool) -> None:
    report, title = parcel.report, parcel.build.title
    if report.verdict == "blocked":
        raise ScanRefused(
            say(
                "{title} may not go into Studio: {text}",
                title=title,
                text=report.blocked[0].text,
            ),
            mend=say("Open the lesson, take that part out, and push again."),
        )
    if report.verdict == "review" and not reviewed:
        raise ReviewNeeded(
            say(
                "Somebody has to look at {title} before it goes into Studio: {text}",
                title=title,
                text=report.findings[0].text,
            ),
            mend=say("Look at it ('scan FILE' lists all there is), then push with --reviewed."),
        )


def _waits_for(push: StoredPush, open_places: set[str]) -> str:
    """What a queued push waits for that a person can bring about; empty when it just waits."""
    if push.place_id and push.place_id not in open_places:
        name = push.place_name or push.place_id.removeprefix("unpublished:")
        return f"Waiting for the place {name}. Open it in Studio, or choose another window."
    if not push.place_id and len(open_places) > 1:
        return "Several Studio windows are open. Choose the one that the lesson goes into."
    return ""
