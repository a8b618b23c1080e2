"""Whoever cancels a push or an undo is heard, also when an answer comes at the same moment."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import pytest

from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.storage.pushes import StoredItem, StoredPush
from desktop.studio import connection as connections
from desktop.studio import protocol
from desktop.studio.connection import Connection
from desktop.studio.delivery import Delivery
from desktop.studio.outbox import Outbox
from desktop.studio.window import OpenWindow

ENDS_S = 5.0
TURNS = range(6)
"""Turns of the loop between an answer and the cancelling: one of them is the moment."""
PUSH = StoredPush(
    "push", "Fractions", "lesson-1", "1", "Me", "", "queued", "ask", "ok", "", "", "", "", ""
)


class Line:
    """A line whose other end is the test."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent = asyncio.Event()

    async def send_text(self, data: str, /) -> None:
        self.sent.set()

    async def receive(self) -> MutableMapping[str, Any]:
        return await self.events.get()

    async def close(self) -> None:
        self.events.put_nowait({"type": "websocket.disconnect"})

    def say(self, **message: object) -> None:
        self.events.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})


def connected(line: Line) -> Connection:
    window = connections.window_of(
        sid="a", place_id=1, place_name="P", mode="edit", studio="t"
    )  # fmt: skip
    return Connection(line, window)


async def turns(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.parametrize("count", TURNS)
async def test_a_push_that_is_cancelled_while_a_plan_arrives_ends(count: int) -> None:
    line = Line()
    delivery = Delivery(
        connection=connected(line),
        push=PUSH,
        items=[StoredItem(1, "Folder", ("Workspace", "A"), 1, "ab" * 32, "")],
        content=lambda _: b"",
        progressed=lambda _: None,
        planned=lambda _: None,
    )
    pushing = asyncio.create_task(delivery.run())
    await line.sent.wait()
    await turns(5)
    # A page of a longer plan: after it, the push waits again.
    delivery.inbox.put_nowait(protocol.Plan(1, "push", "hash", [], page=1, pages=2))
    await turns(count)
    pushing.cancel()
    await asyncio.wait({pushing}, timeout=ENDS_S)
    assert pushing.cancelled()


def opened(line: Line, cache: Cache) -> OpenWindow:
    async def changed() -> None:
        """Nobody listens."""

    return OpenWindow(connected(line), Outbox(cache), SystemClock(), lambda _: None, changed)


@pytest.mark.parametrize("count", TURNS)
async def test_an_undo_that_is_cancelled_while_its_answer_arrives_ends(
    cache: Cache, count: int
) -> None:
    line = Line()
    window = opened(line, cache)
    running = asyncio.create_task(window.run())
    undoing = asyncio.create_task(window.undo("push", 60))
    await line.sent.wait()
    line.say(type="undone", seq=1, pushId="push", ok=True)
    await turns(count)
    if undoing.cancel():  # else it was done before
        await asyncio.wait({undoing}, timeout=ENDS_S)
        assert undoing.cancelled()
    await window.close()
    await running


async def test_an_undo_whose_window_closes_says_that_studio_did_not_answer(cache: Cache) -> None:
    line = Line()
    window = opened(line, cache)
    running = asyncio.create_task(window.run())
    undoing = asyncio.create_task(window.undo("push", 60))
    await line.sent.wait()
    await window.close()
    await running
    answer = await asyncio.wait_for(undoing, ENDS_S)
    assert (answer.ok, answer.human) == (False, "Roblox Studio did not answer.")
