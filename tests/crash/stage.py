"""A real school server, real devices, and the same promises as in the simulated world."""

import asyncio
import dataclasses
import json
import os
import queue
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from desktop.backend.session import Kept
from desktop.classroom.instants import SystemClock
from desktop.school import feed
from desktop.school.database import Database
from desktop.school.engines import file_url
from desktop.school.folder import Folder
from desktop.school.school import School
from desktop.school.sight import Actor
from desktop.school.tables import account
from desktop.storage import conflicts, rejections
from desktop.wire.feed import ChangedRecord
from desktop.wire.push import Op, OpResult
from tests.crash import life
from tests.crash.life import Computer, Plan
from tests.simulation import ground, promises, teacher
from tests.simulation.schoolhouse import Line, push_at, row_of_account
from tests.simulation.script import Step
from tests.simulation.teacher import Deed
from tests.simulation.world import Ledger

ROOT = Path(__file__).parents[2]
OWNERS = ("ada", "ada", "ben")
PATIENCE_S = 60.0
LATEST_KILL_S = 0.03
MOST_PASSES = 10


class RealSchool:
    """The data folder of a school whose server is another process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.people = {name: Actor(f"user-{name}", "teacher", name, name) for name in set(OWNERS)}
        with self._open() as school, school.database.write() as connection:
            for person in self.people.values():
                connection.execute(account.insert(), row_of_account(person))

    @contextmanager
    def _open(self) -> Iterator[School]:
        school = School.open(Folder.open(self.folder), clock=SystemClock())
        try:
            yield school
        finally:
            school.close()

    def push(self, name: str, ops: list[Op]) -> list[OpResult]:
        """Changes made before the server starts."""
        with self._open() as school:
            return push_at(school, self.people[name], ops)

    def sign_in(self, name: str, family: str) -> str:
        """What a device keeps of its sign-in."""
        with self._open() as school, school.database.write() as connection:
            pair = school.tokens.start_family(connection, self.people[name].id, family, family)
        now = SystemClock().now().timestamp()
        kept = Kept(access=pair.access_token, refresh=pair.refresh_token, got_at=now, lives_s=900)
        return msgspec.json.encode(kept).decode()

    def lines(self) -> list[Line]:
        """Every record there is, read past the server."""
        connection = sqlite3.connect(f"file:{self.folder / 'school.sqlite'}?mode=ro", uri=True)
        try:
            rows = connection.execute(
                "SELECT collection, id, version, deleted, data FROM record ORDER BY version"
            ).fetchall()
        finally:
            connection.close()
        return [Line(c, i, v, bool(d), msgspec.json.decode(data)) for c, i, v, d, data in rows]

    def in_sight_of(self, name: str) -> list[ChangedRecord]:
        """What a person's devices hold when they have fetched everything."""
        database = Database(file_url(self.folder / "school.sqlite"))
        try:
            with database.read() as connection:
                page = feed.page(connection, self.people[name], "", 1_000_000, [])
        finally:
            database.close()
        return [
            msgspec.json.decode(line, type=ChangedRecord) for line in page.body.split(b"\n")[:-2]
        ]


@dataclasses.dataclass(frozen=True)
class _Cast:
    owners: tuple[str, ...] = OWNERS


class Stage:
    """A school that runs, device folders, and a ledger of what their people did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.school = RealSchool(folder / "school")
        ground.furnish(self.school)
        self.ledger = Ledger()
        self.broken: list[str] = []
        self.script = _Cast()
        self.devices: list[Computer] = []
        self.number = 1
        self._places: dict[int, int] = {}
        for place, owner in enumerate(OWNERS):
            home = self.home(place)
            home.mkdir(mode=0o700)
            (home / "secret").write_text(self.school.sign_in(owner, f"family-{place}"))
        self._server, self.url = self._start_server()
        self._nursery = _Nursery()

    def home(self, place: int) -> Path:
        """The folder of a device."""
        return self.folder / f"device-{place}"

    def _start_server(self) -> "tuple[subprocess.Popen[str], str]":
        command = [sys.executable, "-m", "desktop", "--json", "school", "serve", "--empty",
                   "--data", str(self.school.folder), "--port", "0"]  # fmt: skip
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert server.stdout is not None
        return server, json.loads(server.stdout.readline())["url"]

    def close(self) -> None:
        """End every process, and remove what they wrote."""
        self._nursery.close()
        self._server.kill()  # whatever it had answered was on its disk, or the check had said so
        self._server.wait(20)
        if self._server.stdout is not None:
            self._server.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def plan(self, place: int, seed: int, **more: Any) -> Plan:
        """What a device does next."""
        plan = {"url": self.url, "steps": 12, **more}
        return Plan(str(self.home(place)), owner=OWNERS[place], place=place, seed=seed,
                    first=self.number, **plan)  # fmt: skip

    def live(self, *plans: Plan, kill_after: int | None = None) -> list[dict[str, Any]]:
        """Let devices live at once until each has ended or was killed; what they said last.

        They are killed a moment after they have said `kill_after` things.
        """
        ends = self._nursery.run(list(plans), self._hear, kill_after)
        self.number += 2_000  # what a person types is marked by the number of the step
        return ends

    def _hear(self, told: dict[str, Any]) -> None:
        if "does" in told:
            found = told["does"]
            deed = Deed(**{**found, "before": frozenset(found["before"]),
                           "after": frozenset(found["after"])})  # fmt: skip
            self._places[deed.number] = len(self.ledger.deeds)
            self.ledger.deeds.append(deed)
        elif "saved" in told:
            self.ledger.saved.add(self._places[told["saved"]])
        elif "broke" in told:
            self._broke(f"a device broke with {told['broke']}")

    def _broke(self, what: str) -> None:
        if what not in self.broken:
            self.broken.append(what)

    def check(self) -> list[str]:
        """Heal everything, decide everything, and say which promises were not kept."""
        asyncio.run(self._check())
        return self.broken

    async def _check(self) -> None:
        self.devices = [
            Computer(self.home(place), self.url, owner, place, random.SystemRandom())
            for place, owner in enumerate(OWNERS)
        ]
        try:
            await self._rest()
            promises.check(self, decided=False)  # type: ignore[arg-type]  # a world of real parts
            if await self._decide():
                promises.check(self, decided=True)  # type: ignore[arg-type]
        finally:
            for device in self.devices:
                await device.close()

    async def _rest(self) -> None:
        for _ in range(MOST_PASSES):
            reports = [await device.engine.round() for device in self.devices]
            if not any(one.failed or one.pushed + one.pulled + one.merged for one in reports):
                return
        problems = [str(one.problem) for one in reports]
        self._broke(f"promise 3, 5: the devices do not come to rest: {problems}")

    async def _decide(self) -> bool:
        chance = random.Random(self.number)
        for turn in range(MOST_PASSES):
            decided = [await self._decide_at(device, turn, chance) for device in self.devices]
            if not any(decided):
                return turn > 0
            await self._rest()
        self._broke("promise 3: decisions lead to new conflicts for ever")
        return True

    async def _decide_at(self, device: Computer, turn: int, chance: random.Random) -> bool:
        inbox = device.look(conflicts.open_ones)
        refused = device.look(rejections.open_ones)
        for conflict in inbox:
            self.number += 1
            step = Step(self.number, 0.0, device.place, "decide", 0)
            await self._write(
                device, lambda tx, c=conflict, s=step: _decided(tx, s, device.place, c, chance)
            )
        for one in refused:
            self.number += 1
            step = Step(self.number, 0.0, device.place, "discard", 0)
            await self._write(
                device, lambda tx, r=one, s=step: _settled(tx, s, device.place, r, turn)
            )
        return bool(inbox or refused)

    async def _write(self, device: Computer, work: Any) -> None:
        deed = await asyncio.wrap_future(device.cache.write(work))
        if deed is not None:
            self.ledger.saved.add(len(self.ledger.deeds))
            self.ledger.deeds.append(deed)


def _decided(
    tx: Any, step: Step, place: int, conflict: conflicts.Conflict, chance: random.Random
) -> Deed | None:
    if conflict.id not in [one.id for one in conflicts.open_ones(tx.connection)]:
        return None
    return teacher.decide(tx, step, place, conflict, chance)


def _settled(
    tx: Any, step: Step, place: int, refused: rejections.Rejection, turn: int
) -> Deed | None:
    if refused.op_id not in [one.op_id for one in rejections.open_ones(tx.connection)]:
        return None
    if turn == 0:
        rejections.retry(tx, refused.op_id)
        return None
    return teacher.discard(tx, step, place, refused)


class _Nursery:
    """The process that forks devices, and the thread that hears what they say."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.nursery"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert "ready" in self._said.get(timeout=PATIENCE_S)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._said.put(json.loads(line))

    def run(self, plans: list[Plan], hear: Any, kill_after: int | None) -> list[dict[str, Any]]:
        """Let plans be lived; the last word of each that ended by itself."""
        assert self._process.stdin is not None
        for plan in plans:
            self._process.stdin.write(json.dumps(dataclasses.asdict(plan)) + "\n")
        self._process.stdin.flush()
        alive: set[int] = set()
        born, ends, words = 0, [], 0
        deadline = time.monotonic() + PATIENCE_S + max(plan.lasts_s for plan in plans)
        kill_at = None
        while born < len(plans) or alive:
            assert time.monotonic() < deadline, "a device does not end"
            with suppress(queue.Empty):
                told = self._said.get(timeout=0.01)
                if "born" in told:
                    born += 1
                    alive.add(told["born"])
                if "ended" in told or "broke" in told:
                    ends.append(told)
                    born = max(born, len(ends))
                hear(told)
                words += 1
                if words == kill_after:
                    kill_at = time.monotonic() + random.random() * LATEST_KILL_S
            if kill_at is not None and time.monotonic() >= kill_at:
                for pid in alive:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
            alive = {pid for pid in alive if _is_there(pid)}
        while not self._said.empty():
            told = self._said.get()
            if "ended" in told or "broke" in told:
                ends.append(told)
            hear(told)
        return ends

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._reader.join(5)
        if self._process.stdout is not None:
            self._process.stdout.close()


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


__all__ = ["OWNERS", "Stage", "life"]
