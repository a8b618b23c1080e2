"""What the bridge keeps of a push: a parcel is queued, outcomes become states."""

import asyncio
import concurrent.futures
import getpass
from collections.abc import Callable, Mapping
from typing import TypeVar

from desktop.classroom import instants
from desktop.sentences import say
from desktop.storage import pushes
from desktop.storage.cache import Cache
from desktop.storage.pushes import State, StoredItem, StoredPush
from desktop.storage.sql import Connection
from desktop.storage.transaction import Transaction
from desktop.studio.delivery import Outcome
from desktop.studio.errors import NoSuchPush
from desktop.studio.parcel import Parcel
from desktop.studio.protocol import PlanEntry

T = TypeVar("T")

SCHEMA_VERSION = "1"


class Outbox:
    """The push tables of one cache, as coroutines; nothing here waits on the event loop."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._noted: list[concurrent.futures.Future[object]] = []
        self._fresh: dict[str, tuple[list[StoredItem], dict[str, bytes]]] = {}
        """The push that was added last, as long as nobody fetched it or changed it."""

    async def write(self, work: Callable[[Transaction], T], *, durable: bool = True) -> T:
        """Run `work` on the storage thread."""
        return await asyncio.wrap_future(self._cache.write(work, durable=durable))

    async def add(self, parcel: Parcel, *, policy: str, place: str, model: str) -> str:
        """Queue a parcel; returns the push's id."""
        build, items, contents = parcel.build, parcel.items, parcel.contents

        def work(tx: Transaction) -> str:
            push_id = tx.new_id()
            now = instants.to_text(tx.now)
            place_id = place or pushes.last_place(tx.connection, build.lesson_id)
            new = StoredPush(
                id=push_id,
                title=build.title,
                lesson_id=build.lesson_id,
                version=build.package_sha256[:12] or SCHEMA_VERSION,
                made_by=tx.who or getpass.getuser(),
                model=model,
                state="queued",
                policy=policy,
                scan=parcel.report.verdict,
                place_id=place_id,
                place_name=pushes.place_name(tx.connection, place_id) if place_id else "",
                reason="",
                created_at=now,
                updated_at=now,
            )
            pushes.add(tx, new, items, contents)
            # Before anybody can find the push: who fetches it from the disk leaves none behind.
            self._fresh = {push_id: (items, contents)}
            return push_id

        return await self.write(work)

    async def put_back(self) -> None:
        """Queue what was under way when the app ended, and forget what nobody needs."""

        def work(tx: Transaction) -> None:
            pushes.put_back(tx)
            pushes.sweep(tx)

        await self.write(work)

    async def set_state(self, push_id: str, state: State, **values: object) -> None:
        """Move a push."""
        await self.write(lambda tx: pushes.change(tx, push_id, state=state, **values))

    def note_state(self, push_id: str, state: State, **values: object) -> None:
        """Move a push that is under way; Studio does not wait for our disk.

        The storage thread works in order, so `finish` comes after, and tells of what went wrong.
        """
        self._note(lambda tx: pushes.change(tx, push_id, state=state, **values))

    def note_plan(self, push_id: str, entries: list[PlanEntry]) -> None:
        """Keep what the plan says of each item, without waiting for it."""
        rows = [(int(entry.id), entry.action, entry.reason) for entry in entries]
        self._note(lambda tx: pushes.set_plan(tx, push_id, rows))

    def _note(self, work: Callable[[Transaction], object]) -> None:
        self._noted.append(self._cache.write(work, durable=False))

    async def finish(self, push_id: str, outcome: Outcome) -> None:
        """Keep how a delivery ended.

        A power cut may forget it: then the push is offered again, and the plugin's ledger answers.
        """
        errors = list(outcome.errors.items())

        def work(tx: Transaction) -> None:
            pushes.change(
                tx,
                push_id,
                state=outcome.state,
                reason=outcome.reason,
                milliseconds=outcome.milliseconds,
            )
            pushes.set_errors(tx, push_id, errors)

        noted, self._noted = self._noted, []
        await self.write(work, durable=False)
        for each in noted:
            await asyncio.wrap_future(each)

    async def decide(self, push_id: str, choice: str, numbers: list[int] | None) -> None:
        """Answer conflicts (of all items, or of those in `numbers`) and queue the push again."""
        self._fresh.pop(push_id, None)

        def work(tx: Transaction) -> None:
            if numbers is None:
                pushes.change(tx, push_id, policy=choice, state="queued", reason="")
                return
            for number in numbers:
                pushes.change_item(tx, push_id, number, decision=choice)
            pushes.change(tx, push_id, state="queued", reason="")

        await self.write(work)

    async def decide_each(self, push_id: str, decisions: Mapping[str, str]) -> None:
        """Answer conflicts item by item, by the items' numbers, and queue the push again."""
        self._fresh.pop(push_id, None)

        def work(tx: Transaction) -> None:
            for number, choice in decisions.items():
                if number.isdecimal():
                    pushes.change_item(tx, push_id, int(number), decision=choice)
            pushes.change(tx, push_id, state="queued", reason="")

        await self.write(work)

    def get(self, push_id: str) -> StoredPush:
        """One push.

        Raises:
            NoSuchPush: there is none of that id.
        """
        found = self._cache.read(lambda connection: pushes.get(connection, push_id))
        if found is None:
            raise NoSuchPush(
                say("There is no push {push_id}.", push_id=push_id),
                mend=say("`pushes` lists them."),
            )
        return found

    def find(self, *states: State) -> list[StoredPush]:
        """Pushes in any of `states`, the newest first."""
        return self._cache.read(lambda connection: pushes.find(connection, *states))

    def items(self, push_id: str) -> list[StoredItem]:
        """The items of a push, parents first."""
        return self._cache.read(lambda connection: pushes.items_of(connection, push_id))

    def whole(self, push_id: str) -> tuple[list[StoredItem], dict[str, bytes]]:
        """The items of a push, and their contents by hash."""
        fresh = self._fresh.pop(push_id, None)
        if fresh is not None:
            return fresh  # a push that goes out at once need not come back from the disk first

        def read(connection: Connection) -> tuple[list[StoredItem], dict[str, bytes]]:
            items = pushes.items_of(connection, push_id)
            return items, pushes.contents(connection, {item.sha256 for item in items})

        return self._cache.read(read)
