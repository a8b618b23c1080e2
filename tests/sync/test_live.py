"""Syncing that goes on by itself: pokes, edits, the status, and an end without leftovers."""

import asyncio
import contextlib
import datetime as dt
import random
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from desktop.classroom.instants import SystemClock
from desktop.sync.live import LiveSync
from desktop.sync.outcome import Report
from desktop.sync.status import State
from tests.sync.world import Device, School, devices


@contextlib.asynccontextmanager
async def live(device: Device) -> AsyncIterator[LiveSync]:
    running = LiveSync(
        device.cache,
        device.client,
        device.engine,
        device.account.user.id,
        clock=device.clock,
        chance=device.chance,
    )
    await running.start()
    try:
        yield running
    finally:
        await running.stop()


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> float:
    """Wait for it; gives how long it took."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  (conditions of all kinds)
            await asyncio.sleep(0.01)
    return time.monotonic() - began


async def test_an_edit_reaches_another_open_device_within_two_seconds(
    school: School, tmp_path: Path
) -> None:
    async with (
        devices(tmp_path, school, "desk", "couch") as (desk, couch),
        live(desk) as at_desk,
        live(couch) as on_couch,
    ):
        await until(lambda: at_desk.status.live and on_couch.status.live)
        await until(lambda: on_couch.status.state is State.SYNCED)
        made = desk.create("classes", name="4A")
        took = await until(lambda: couch.see("classes", made) is not None)
        assert took < 2.0
        await until(lambda: at_desk.status.state is State.SYNCED)


async def test_what_changed_while_nobody_listened_comes_with_the_connection(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        asked, let_in = couch.network.hold("/realtime/auth")
        async with live(couch) as on_couch:
            await until(lambda: on_couch.status.last_synced is not None and asked.is_set())
            made = desk.create("classes", name="4A")
            await desk.round()
            await asyncio.sleep(0.3)
            assert couch.see("classes", made) is None
            let_in.set()
            assert await until(lambda: couch.see("classes", made) is not None) < 2.0


async def test_news_from_elsewhere_makes_one_round_although_something_waits(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        held = desk.create("classes", name="4A")
        await desk.round()
        await couch.round()
        desk.edit("classes", held, room="12")
        couch.edit("classes", held, room="14")
        await desk.round()
        await couch.engine.round()
        async with live(couch) as on_couch:
            await until(lambda: on_couch.status.live)
            await asyncio.sleep(0.7)
            rounds: list[Report] = []
            on_couch.on_round(rounds.append)
            desk.create("classes", name="4B")
            await desk.round()
            await until(lambda: bool(rounds))
            await asyncio.sleep(1.2)
            assert len(rounds) == 1
            assert on_couch.status.counts.waiting == 1


async def test_offline_is_said_and_goes_away_by_itself(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        for _ in range(2):
            desk.network.lose_request("/sync/push")
        async with live(desk) as at_desk:
            await until(lambda: at_desk.status.last_synced is not None)
            states: list[State] = []
            at_desk.subscribe(lambda status: states.append(status.state))
            desk.create("classes", name="4A")
            await until(lambda: State.OFFLINE in states)
            assert at_desk.status.counts.waiting == 1
            assert at_desk.status.counts.since is not None
            at_desk.went_online()
            await until(lambda: at_desk.status.state is State.SYNCED)
            assert at_desk.status.counts.waiting == 0


async def test_a_line_that_is_open_again_ends_the_wait_after_failures(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        desk.chance = Unlucky()
        asked, let_in = desk.network.hold("/realtime/auth")
        desk.network.lose_request("/sync/changes")
        async with live(desk) as at_desk:
            await until(lambda: at_desk.status.offline and asked.is_set())
            assert at_desk.next_round_in > 60.0
            let_in.set()
            await until(lambda: at_desk.status.last_synced is not None)


async def test_a_signed_out_account_asks_to_sign_in(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        await desk.session.sign_out()
        async with live(desk) as at_desk:
            await until(lambda: at_desk.status.state is State.SIGN_IN_NEEDED)


async def test_a_waiting_change_that_cannot_go_makes_no_endless_rounds(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = desk.create("classes", name="4A")
        await desk.round()
        await couch.round()
        desk.edit("classes", made, room="12")
        couch.edit("classes", made, room="14")
        await desk.round()
        rounds: list[Report] = []
        async with live(couch) as on_couch:
            on_couch.on_round(rounds.append)
            await until(lambda: on_couch.status.state is State.CONFLICTS)
            await asyncio.sleep(2)
            so_far = len(rounds)
            await asyncio.sleep(1.5)
            assert len(rounds) == so_far <= 4


async def test_another_processs_edit_is_noticed_and_sent(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,), live(desk) as at_desk:
        await until(lambda: at_desk.status.last_synced is not None)
        shell = await Device(tmp_path, school, "desk").open()
        made = shell.create("classes", name="made in a shell")
        await shell.close()
        await until(lambda: desk.see("classes", made) is not None)
        await until(lambda: desk.waiting() == [], seconds=8)


async def test_after_the_end_no_task_is_left(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        before = asyncio.all_tasks()
        async with live(desk) as at_desk:
            await until(lambda: at_desk.status.live)
        assert asyncio.all_tasks() == before


async def test_waking_from_sleep_syncs_at_once(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        desk.clock = asleep = Asleep()
        async with live(desk) as at_desk:
            await until(lambda: at_desk.status.live)
            rounds: list[Report] = []
            at_desk.on_round(rounds.append)
            await asyncio.sleep(0.5)
            so_far = len(rounds)
            asleep.hours = 8
            await until(lambda: len(rounds) > so_far)


class Unlucky(random.Random):
    """Chance that always makes one wait for long."""

    def uniform(self, a: float, b: float) -> float:
        return 300.0


class Asleep(SystemClock):
    """The machine's clock, which can have slept for hours."""

    hours = 0

    def now(self) -> dt.datetime:
        return super().now() + dt.timedelta(hours=self.hours)
