"""One world: a school, its teachers' devices, a network, and a script of what happens to them."""

import asyncio
import dataclasses
import gc
import hashlib
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

import msgspec

from desktop.errors import CompanionError
from desktop.storage import conflicts, rejections
from desktop.storage.cache import FILE, Cache
from desktop.sync import unsettled
from desktop.sync.outcome import Report
from desktop.wire.push import Op, OpResult
from tests.simulation import ground, promises, teacher
from tests.simulation.clockwork import VirtualLoop, WorldClock
from tests.simulation.device import SECRET, Device, PowerCut, copy_folder
from tests.simulation.network import Network
from tests.simulation.schoolhouse import HEAD, TEACHERS, Schoolhouse
from tests.simulation.script import EDITS, NAPS_S, Script, Step, draw
from tests.simulation.teacher import Deed

WORLDS_A_COLLECTION = 25
MOST_PASSES = 8
"""Within this many rounds of every device everything has to be still."""
SOON_S = 8.0
"""A device that syncs by itself has begun a round so long after an edit, or a poke."""
LONGEST_PAUSE_S = 420.0
"""The longest back-off and an interval lie within it."""
KEY = bytes(range(32))
MOST_DECISIONS = 6
"""How often people may have to decide again because decisions met."""


@dataclass(frozen=True)
class Outcome:
    """How a world ended."""

    seed: int
    broken: tuple[str, ...]
    """Each promise that was not kept, in words."""
    trace: str
    """The hash of everything that happened."""
    story: tuple[str, ...] = ()
    """Everything that happened, when it was asked for."""


@dataclass
class Ledger:
    """What people did, as far as the world knows it."""

    deeds: list[Deed] = field(default_factory=list)
    """In the order in which they were written to the disk."""
    saved: set[int] = field(default_factory=set)
    """Places in `deeds` of those the person was told are saved."""
    out_of_sight: set[tuple[str, str, str]] = field(default_factory=set)
    """Who at some time ceased to see which record, because of who teaches or attends a class."""


class Ground:
    """What all worlds of a process stand on: loop, school, and caches that were synced once."""

    def __init__(self) -> None:
        self.loop = VirtualLoop()
        self.school = Schoolhouse(self.loop)
        shelf = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="world-", dir=shelf if shelf.is_dir() else None))
        # Also in a worker of a pool, whose end no `atexit` hears of.
        Finalize(self, shutil.rmtree, (self.folder, True), exitpriority=1)
        ground.furnish(self.school)
        self.sign_ins = {
            (name, place): self.school.sign_in(name, f"device {place}")
            for name in TEACHERS
            for place in range(3)
        }
        self.first_day = self.school.content()
        self._never_synced()
        for name in TEACHERS:
            self.loop.run_until_complete(self._sync_once(name))
        for name in ("nobody", *TEACHERS):
            self._seal(name)
        self.school.reset(self.first_day)
        gc.collect()
        gc.freeze()  # all this stays: no collection has to look at it

    def _never_synced(self) -> None:
        """A cache with its tables and nothing in them: making them anew would take ten times."""
        folder = self.folder / "templates" / "nobody"
        Cache.open(folder, clock=WorldClock(self.loop), chance=random.Random(0)).close()

    def _seal(self, name: str) -> None:
        """The same cache, encrypted."""
        sealed = self.folder / "templates" / f"{name}-sealed"
        copy_folder(self.folder / "templates" / name, sealed)
        clock = WorldClock(self.loop)
        Cache.open(sealed, clock=clock, chance=random.Random(0), key=KEY).close()

    async def _sync_once(self, name: str) -> None:
        folder = self.folder / "templates" / name
        network = Network(self.loop, self.school, lambda *_: None, through_asgi=False)
        clock = WorldClock(self.loop)
        device = Device(0, name, folder, network, clock, lambda *_: None)
        device.start()
        device.keep_sign_in(self.sign_ins[name, 0])
        async with self.school.opened():
            await device.at_rest()
            device.sync(())
            await device.at_rest()
        device.close()


class World:
    """One run of one script."""

    def __init__(self, under: Ground, script: Script, *, tell: bool = False) -> None:
        self.script = script
        self.loop = under.loop
        self.school = under.school
        self.ledger = Ledger()
        self.broken: list[str] = []
        self._hash = hashlib.sha256()
        self._story: list[str] | None = [] if tell else None
        self._under = under
        self.loop.begin_again()
        self.school.reset(under.first_day)
        self.school.page_limit = script.page_limit
        self.watch = promises.Watch(self.school, self._broke)
        self.school.on_push = self._pushed
        self.network = Network(self.loop, self.school, self.note, through_asgi=script.through_asgi)
        self._folder = under.folder / "now"
        self.devices = [self._device(place) for place in range(len(script.owners))]
        self.watch.devices = self.devices
        self._newest = 0
        self._seen: set[tuple[str, str, str]] = set()
        self._look_who_sees_what()

    def _device(self, place: int) -> Device:
        owner = self.script.owners[place]
        folder = self._folder / str(place)
        synced = (self.script.seed + place) % 4
        template = f"{owner if synced else 'nobody'}{'-sealed' * self.script.encrypted[place]}"
        copy_folder(self._under.folder / "templates" / template, folder)
        clock = WorldClock(self.loop, self.script.clocks[place])
        device = Device(place, owner, folder, self.network, clock, self.note)
        device.is_new = True
        device.is_live, device.stormy = self.script.live[place], self.script.stormy
        device.key = KEY if self.script.encrypted[place] else None
        device.on_status = lambda one, status: promises.check_status(self, one, status)
        device.on_report = self._reported
        device.on_broken = lambda one, error: self._broke(
            f"device {one.place}: a round broke off with {type(error).__name__}: {error}"
        )
        device.start()
        device.keep_sign_in(self._under.sign_ins[owner, place])
        return device

    def run(self) -> Outcome:
        """Let everything happen, heal the world, and check the promises."""
        self.loop.set_exception_handler(self._unhandled)
        try:
            self.loop.run_until_complete(self._live_through())
            trace = self._end()
        finally:
            for device in self.devices:
                device.die()
            self._drain()
            shutil.rmtree(self._folder, ignore_errors=True)
        story = tuple(self._story or ())
        return Outcome(self.script.seed, tuple(self.broken), trace, story)

    def note(self, *what: object) -> None:
        """Write something into the trace."""
        line = f"{self.loop.time():.6f} " + " ".join(map(str, what))
        self._hash.update(line.encode())
        if self._story is not None:
            self._story.append(line)

    def _broke(self, what: str) -> None:
        if what not in self.broken:
            self.broken.append(what)
            self.note("BROKEN", what)

    def _unhandled(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not isinstance(error, PowerCut | CompanionError):
            self._broke(f"something broke: {context.get('message')} {error!r}")

    async def _live_through(self) -> None:
        async with self.school.opened():
            await self._happen()

    async def _happen(self) -> None:
        for step in self.script.steps:
            await asyncio.sleep(step.pause_s)
            self._do(step)
        await self._settle_down()
        await self._heal()
        if self.school.poisoned:
            promises.check_the_rest(self)
            self.school.mend(afresh=self.script.seed % 2 == 0)
            await self._heal()
        promises.check(self, decided=False)
        if await self._decide_everything():
            promises.check(self, decided=True)

    def _do(self, step: Step) -> None:
        device = self.devices[step.device]
        if step.verb in ("wait", "die"):
            if step.verb == "die":
                device.die()
            return
        device.start()
        if step.verb == "sync":
            device.die_after(step.dies_after)
            device.sync(step.weather)
        elif step.verb in EDITS:
            device.die_after(step.dies_after)
            self._edit(device, step)
        else:
            self._event(device, step)

    def _event(self, device: Device, step: Step) -> None:
        match step.verb:
            case "fill disk":
                device.fill_disk(not device.disk_full)
            case "move clock":
                device.clock.off_s = (step.pick % 7 - 3) * 43_200.0
            case "sign out":
                self.school.sign_out_everywhere(device.owner)
            case "sign in":
                self._sign_in(device)
            case "expire cursors":
                self.school.new_epoch()
            case "reassign":
                ground.reassign(self.school, step.number, random.Random(step.pick))
                self._look_who_sees_what()
            case "sleep":
                device.nap(NAPS_S[step.pick % len(NAPS_S)])
            case "go online" if device.live is not None:
                device.live.went_online()
            case "turn to" if device.live is not None:
                device.live.set_active(step.pick % 2 == 0)
            case "poison":
                self.school.poison(random.Random(step.pick))
        self.note(step.verb, step.device)

    def _look_who_sees_what(self) -> None:
        """Note what left somebody's sight since the last look, though it lives on."""
        sights = {
            (owner, one.collection, one.id)
            for owner in set(self.script.owners)
            for one in self.school.in_sight_of(owner)
            if not one.deleted
        }
        living = {(one.collection, one.id) for one in self.school.lines() if not one.deleted}
        gone = {seen for seen in self._seen - sights if seen[1:] in living}
        self.ledger.out_of_sight |= gone
        self._seen = sights

    def _edit(self, device: Device, step: Step) -> None:
        self._write(device, lambda tx: teacher.perform(tx, step, device.place))

    def _write(self, device: Device, work: Callable[[Any], Deed | None]) -> "asyncio.Future[Any]":
        """Do a deed, and put it into the ledger: done when on the disk, saved when told so."""
        place: list[int] = []
        made: list[int] = []

        def done(tx: Any) -> None:
            before = _last_op(tx, device)
            deed = work(tx)
            made.append(_last_op(tx, device) - before)
            if deed is not None:
                place.append(len(self.ledger.deeds))
                self.ledger.deeds.append(deed)
                self.note("does", deed)
            device.edited_at = self.loop.time()

        future = device.write(done)
        future.add_done_callback(lambda ended: self._saved(device, ended, place, any(made)))
        return future

    def _saved(
        self, device: Device, ended: "asyncio.Future[None]", place: list[int], to_send: bool
    ) -> None:
        if ended.cancelled():
            return
        error = ended.exception()
        if error is None:
            self.ledger.saved.update(place)
            if to_send:
                self._expect_a_try(device, "an edit")
        else:
            self.note("not saved", type(error).__name__)
            if isinstance(error, Exception) and not isinstance(error, CompanionError):
                self._broke(f"an edit broke with {type(error).__name__}: {error}")

    def _sign_in(self, device: Device) -> None:
        device.keep_sign_in(self.school.sign_in(device.owner, f"device {device.place}"))

    # Hearing of what happens.

    def _pushed(self, who: str, ops: list[Op], results: list[OpResult]) -> None:
        self.note("pushed", who, [(r.outcome, r.version, r.code) for r in results])
        self.watch.pushed(who, ops, results)
        if any("class_ids" in op.patch for op in ops):
            self._look_who_sees_what()
        newest = max((one.version or 0 for one in results if one.outcome == "applied"), default=0)
        if newest > self._newest:  # deleting what is deleted is applied too, and changes nothing
            self._newest = newest
            for device in self.devices:
                if device.owner == who and device.live is not None and device.live.status.live:
                    self._expect_a_try(device, "a poke")

    def _expect_a_try(self, device: Device, why: str) -> None:
        """Promise 5: what calls for a round gets one soon, where a device syncs by itself."""
        if device.live is None or not (why == "an edit" or device.hears):
            return
        moment = self.loop.time()

        def check() -> None:
            lost = why == "a poke" and not device.hears  # the line went mute while it was carried
            if not lost and not device.has_tried_since(moment):
                self._broke(f"promise 5: {why} called for no round of device {device.place}")

        self.loop.call_later(SOON_S, check)

    def _reported(self, device: Device, report: Report, head: int) -> None:
        promises.check_report(self, device, report, head)

    # Healing.

    async def _settle_down(self) -> None:
        """Let everything that is under way come to its end, whatever the weather."""
        for device in self.devices:
            await device.at_rest()
        await asyncio.sleep(100.0)

    async def _heal(self) -> None:
        """Fair weather, room on the disks, everybody signed in: then all must come to rest."""
        for device in self.devices:
            device.weather.clear()
            device.start()
            device.die_after(None)
            device.fill_disk(False)
            device.calm_down()
            if device.live is not None and self.script.seed % 2:
                device.live.went_online()
        for _ in range(MOST_PASSES):
            if not await self._one_pass():
                return
        self._broke("promise 3, 5: the devices do not come to rest")

    async def _one_pass(self) -> bool:
        """A round of every device; whether anything still moved."""
        began = self.loop.time()
        for device in self.devices:
            device.reports.clear()
        for device in self.devices:
            if device.secrets.get(SECRET) is None:
                self._sign_in(device)
                await device.at_rest()
            device.sync(())
            await device.at_rest()
            await self._by_itself(device, began)
        rounds = [device.reports for device in self.devices]
        return not all(rounds) or any(_moved(report) for some in rounds for _, report in some)

    async def _by_itself(self, device: Device, since: float) -> None:
        """Wait for a round that a device begins when it finds the time."""
        until = self.loop.time() + LONGEST_PAUSE_S
        while device.live is not None and not any(began >= since for began, _ in device.reports):
            if self.loop.time() > until:
                self._broke(f"promise 5: device {device.place} does not sync any more")
                return
            await asyncio.sleep(1.0)

    async def _decide_everything(self) -> bool:
        """People decide every conflict and settle every refusal; False when there was none."""
        for number in range(MOST_DECISIONS):
            chance = random.Random(self.script.seed * 31 + number)
            decided = [await self._decide_at(device, number, chance) for device in self.devices]
            if not any(decided):
                return number > 0
            await self._heal()
        self._broke("promise 3: decisions lead to new conflicts for ever")
        return True

    async def _decide_at(self, device: Device, number: int, chance: random.Random) -> bool:
        step = Step(1_000 + 100 * number + device.place, 0.0, device.place, "decide", 0)
        inbox = device.look(conflicts.open_ones)
        refused = device.look(rejections.open_ones)
        for place, conflict in enumerate(inbox):
            numbered = Step(step.number + 10 * place, 0.0, device.place, "decide", 0)
            await self._write(device, _deciding(numbered, device.place, conflict.id, chance))
        for one in refused:
            await self._write(device, _settling(step, device.place, one.op_id, number))
        return bool(inbox or refused)

    # The end.

    def _end(self) -> str:
        lines = [dataclasses.astuple(line) for line in self.school.lines()]
        self.note("school", msgspec.json.encode(lines, order="sorted").decode())
        for device in self.devices:
            if told := promises.check_secrecy(device):
                self._broke(f"encryption: {told} of device {device.place} can be read")
            self.note("device", device.place, promises.everything_on(device))
        return self._hash.hexdigest()

    def _drain(self) -> None:
        """Let what the dead left behind end, so that the next world starts from nothing."""
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        if tasks:
            self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self.loop._scheduled.clear()
        self.loop._ready.clear()


def _last_op(tx: Any, device: Device) -> int:
    """What grows with each change that has to be sent, where a device sends by itself."""
    return 0 if device.live is None else unsettled.counts(tx.connection).last_op


def _moved(report: Report) -> bool:
    return report.failed or bool(report.pushed + report.pulled + report.merged)


def _deciding(
    step: Step, place: int, conflict_id: int, chance: random.Random
) -> Callable[[Any], Deed | None]:
    def work(tx: Any) -> Deed | None:
        found = [one for one in conflicts.open_ones(tx.connection) if one.id == conflict_id]
        return teacher.decide(tx, step, place, found[0], chance) if found else None

    return work


def _settling(step: Step, place: int, op_id: str, number: int) -> Callable[[Any], Deed | None]:
    """Try a refused change again first; what is refused again is given up."""

    def work(tx: Any) -> Deed | None:
        found = [one for one in rejections.open_ones(tx.connection) if one.op_id == op_id]
        if not found:
            return None
        if number == 0:
            rejections.retry(tx, op_id)
            return None
        return teacher.discard(tx, step, place, found[0])

    return work


def run(under: Ground, seed: int, *, tell: bool = False) -> Outcome:
    """Run the world of a seed."""
    if seed % WORLDS_A_COLLECTION == 0:
        gc.collect()
    gc.disable()  # each world is one heap of cycles that ends as a whole
    try:
        return World(under, draw(seed), tell=tell).run()
    finally:
        gc.enable()


__all__ = ["FILE", "HEAD", "Cache", "Ground", "Outcome", "World", "run"]
