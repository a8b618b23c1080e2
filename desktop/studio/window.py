"""One connected Studio window: what arrives from it, and the pushes that go to it in turn."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from desktop.classroom.instants import Clock
from desktop.storage.pushes import State, StoredPush
from desktop.studio import contents, protocol
from desktop.studio.connection import Connection, Gone, Window
from desktop.studio.delivery import Delivery, Outcome
from desktop.studio.outbox import Outbox
from desktop.studio.parcel import Parcel

MOST_AHEAD_BYTES = 32 * 1024 * 1024
"""The plugin keeps in memory what was sent ahead, until a push lands."""
RETRY_S = 2.0
"""How soon a push is offered again after Studio was busy."""

_log = structlog.get_logger(__name__)


class OpenWindow:
    """Runs a connection until it ends; one push is under way at a time."""

    def __init__(
        self,
        connection: Connection,
        outbox: Outbox,
        clock: Clock,
        next_push: Callable[[Window], StoredPush | None],
        changed: Callable[[], Awaitable[None]],
        *,
        school: str = "",
    ) -> None:
        self._connection = connection
        self._outbox = outbox
        self._clock = clock
        self._next_push = next_push
        self._changed = changed
        self._school = school
        self._wake = asyncio.Event()
        self._delivery: Delivery | None = None
        self._ahead: Parcel | None = None
        self._bytes_ahead = 0
        self._undoing: dict[str, asyncio.Future[protocol.Undone]] = {}
        self.window = connection.window
        self.carrying = ""
        """The push that is on its way to this window; empty between pushes."""
        self.landed: set[str] = set()
        """The pushes and lessons that came in through this window, by id."""

    def wake(self) -> None:
        """Look for a push again."""
        self._wake.set()

    def expect(self, parcel: Parcel) -> None:
        """Bring the contents of a push that may come, so that it need not wait for them.

        Nothing of it goes into the place: the plugin keeps what it was sent by its hash.
        """
        self._ahead = parcel
        self._wake.set()

    async def run(self) -> None:
        """Read and deliver until the window closes."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._deliver_all(), name="studio delivery")
                tasks.create_task(self._read_all(), name="studio reader")
        except* Gone:
            pass  # the window closed: that is how it ends
        finally:
            await self._put_back()
            for waiting in self._undoing.values():
                if not waiting.done():
                    waiting.set_exception(Gone())
            await self._connection.close()

    async def close(self) -> None:
        """End the connection; `run` returns."""
        await self._connection.close()

    async def undo(self, push_id: str, seconds: float) -> protocol.Undone:
        """Ask the plugin to take a push back, and wait for its answer."""
        waiting: asyncio.Future[protocol.Undone] = asyncio.get_running_loop().create_future()
        self._undoing[push_id] = waiting
        try:
            await self._connection.send({"type": "undo", "pushId": push_id})
            async with asyncio.timeout(seconds):
                return await waiting
        except (Gone, TimeoutError):
            return protocol.Undone(
                seq=0, push_id=push_id, ok=False, human="Roblox Studio did not answer."
            )
        finally:
            self._undoing.pop(push_id, None)

    async def _read_all(self) -> None:
        while True:
            await self._take(await self._connection.receive())

    async def _take(self, message: protocol.Message) -> None:
        match message:
            case protocol.Plan() | protocol.Need() | protocol.Result():
                if self._delivery is not None and self._delivery.push.id == message.push_id:
                    self._delivery.inbox.put_nowait(message)
            case protocol.Undone():
                await self._undone(message)
            case protocol.Redone():
                await self._moved(message.push_id, "undone", "landed")
            case protocol.Choice():
                await self._outbox.decide_each(message.push_id, message.decisions)
                await self._changed()
            case protocol.Ping():
                await self._connection.send({"type": "pong"})
            case protocol.Log():
                _log.info("studio says", level_there=message.level, said=message.text[:500])
            case protocol.State() | protocol.Progress() | protocol.Pong():
                self.wake()

    async def _undone(self, message: protocol.Undone) -> None:
        waiting = self._undoing.get(message.push_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(message)
        elif message.ok:
            await self._moved(message.push_id, "landed", "undone")

    async def _moved(self, push_id: str, before: State, after: State) -> None:
        """The teacher used Studio's own undo or redo."""
        known = {push.id for push in self._outbox.find(before)}
        if push_id in known:
            await self._outbox.set_state(push_id, after, reason="")
            await self._changed()

    async def _deliver_all(self) -> None:
        while True:
            push = self._next_push(self.window)
            if push is None:
                await self._send_ahead()
                await self._wake.wait()
                self._wake.clear()
                continue
            self.carrying = push.id
            outcome = await self._deliver(push)
            if outcome.state == "landed":
                self._bytes_ahead = 0
                self.landed |= {push.id, push.lesson_id}
            await self._outbox.finish(push.id, outcome)
            self._delivery = None
            self.carrying = ""
            await self._changed()
            if outcome.retry:
                await self._clock.sleep(RETRY_S)

    async def _send_ahead(self) -> None:
        parcel, self._ahead = self._ahead, None
        if parcel is None:
            return
        self._bytes_ahead += sum(map(len, parcel.contents.values()))
        if self._bytes_ahead > MOST_AHEAD_BYTES:
            return
        for message in contents.messages(parcel.contents, parcel.contents.__getitem__):
            await self._connection.send(message)

    async def _deliver(self, push: StoredPush) -> Outcome:
        items, content = self._outbox.whole(push.id)
        if not items:
            return Outcome("failed", "There is nothing in this lesson to put into Studio.")

        def progressed(state: State) -> None:
            self._outbox.note_state(
                push.id,
                state,
                place_id=self.window.place_id,
                place_name=self.window.place_name,
                reason="",
            )

        self._delivery = Delivery(
            connection=self._connection,
            push=push,
            items=items,
            content=content.__getitem__,
            progressed=progressed,
            planned=lambda entries: self._outbox.note_plan(push.id, entries),
            school=self._school,
        )
        try:
            return await self._delivery.run()
        except TimeoutError:
            return Outcome("queued", "Roblox Studio did not answer in time.", retry=True)

    async def _put_back(self) -> None:
        """The window went while a push was under way: the next connection offers it again."""
        delivery, self._delivery = self._delivery, None
        if delivery is not None:
            reason = "Roblox Studio closed while the lesson came in."
            await self._outbox.set_state(delivery.push.id, "queued", reason=reason)
