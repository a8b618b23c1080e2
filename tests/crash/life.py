"""One life of a device as a real process: edits and rounds, until it ends or is killed."""

import asyncio
import contextlib
import dataclasses
import json
import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from desktop.backend import locks
from desktop.backend.companion import CompanionClient
from desktop.backend.session import Session
from desktop.backend.transport import HttpTransport
from desktop.classroom.instants import SystemClock
from desktop.errors import CompanionError
from desktop.storage import connections
from desktop.storage.cache import Cache
from desktop.storage.sql import Connection
from desktop.sync.engine import SyncEngine
from tests.simulation import mutants, teacher
from tests.simulation.script import EDITS, Step

SECRET = "sign-in"
LOCK_TIMEOUT_S = 60.0
KEY = bytes(range(32))
ENCRYPTED = {0}
"""The places of devices whose cache is encrypted."""

T = TypeVar("T")


@dataclasses.dataclass(frozen=True)
class Plan:
    """What a life is to do."""

    folder: str
    url: str
    owner: str
    place: int
    seed: int
    first: int
    """The number of its first step."""
    steps: int
    lasts_s: float = 0.0
    """If not 0, steps are repeated for so long."""
    kill_at: int = 0
    """The boundary of a commit at which it kills itself: odd ones lie before, even ones after."""
    mutant: str = ""
    """A defect of `tests.simulation.mutants` that this life has."""


class FileStore:
    """Secrets in a file, replaced as a whole: a keyring for processes that are killed."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, name: str) -> str | None:
        return self._file.read_text() if self._file.exists() else None

    def set(self, name: str, value: str) -> None:
        partial = self._file.with_suffix(".partial")
        partial.write_text(value)
        partial.replace(self._file)

    def delete(self, name: str) -> None:
        self._file.unlink(missing_ok=True)


class Computer:
    """A device's real parts on a real file, talking to a real server."""

    def __init__(
        self, folder: Path, url: str, owner: str, place: int, chance: random.Random
    ) -> None:
        self.place = place
        self.owner = owner
        self.alive = True
        clock = SystemClock()
        self.transport = HttpTransport(url)
        self.session = Session(
            self.transport, FileStore(folder / "secret"), SECRET,
            clock=clock, lock_file=folder / "session.lock",
        )  # fmt: skip
        self.key = KEY if place in ENCRYPTED else None
        self.cache = Cache.open(folder, clock=clock, chance=chance, who=owner, key=self.key)
        self.engine = SyncEngine(
            self.cache,
            CompanionClient(self.session),
            clock=clock,
            lock=lambda: locks.held(folder / "sync.lock", clock, LOCK_TIMEOUT_S),
        )

    def look(self, question: Callable[[Connection], T]) -> T:
        """What the cache holds now."""
        return self.cache.read(question)

    async def close(self) -> None:
        await self.transport.close()
        self.cache.close()


def tell(**what: Any) -> None:
    """Say something to whoever watches: one write a line, so that a kill never mixes two."""
    os.write(1, (json.dumps(what) + "\n").encode())


def run(plan: Plan) -> None:
    """Live the plan to its end."""
    with mutants.broken(plan.mutant) if plan.mutant else contextlib.nullcontext():
        asyncio.run(_live(plan))


async def _live(plan: Plan) -> None:
    chance = random.Random(plan.seed)
    computer = Computer(Path(plan.folder), plan.url, plan.owner, plan.place, random.SystemRandom())
    boundaries = _Boundaries(computer.cache, plan.kill_at)
    computer.cache._connection = boundaries
    tell(born=os.getpid(), place=plan.place)
    clock = asyncio.get_running_loop()
    until = clock.time() + plan.lasts_s
    number = plan.first
    rounds: set[asyncio.Task[None]] = set()
    while number < plan.first + plan.steps or clock.time() < until:
        await asyncio.sleep(chance.random() * (0.005 if plan.lasts_s == 0 else 0.1))
        if chance.random() < 0.35:
            if len(rounds) < 2:
                task = asyncio.create_task(_round(computer))
                rounds.add(task)
                task.add_done_callback(rounds.discard)
        else:
            await _edit(computer, number, chance)
        number += 1
    await asyncio.gather(*rounds)
    await computer.close()
    tell(ended=plan.place, boundaries=boundaries.count, next=number)


async def _round(computer: Computer) -> None:
    report = await computer.engine.round()
    tell(round=computer.place, problem=type(report.problem).__name__, pushed=report.pushed)


async def _edit(computer: Computer, number: int, chance: random.Random) -> None:
    (verb,) = chance.choices(list(EDITS), list(EDITS.values()))
    step = Step(number, 0.0, computer.place, verb, chance.getrandbits(32))
    found: list[int] = []

    def work(tx: Any) -> None:
        deed = teacher.perform(tx, step, computer.place)
        if deed is not None:
            found.append(number)
            tell(does={**dataclasses.asdict(deed), "before": sorted(deed.before),
                       "after": sorted(deed.after)})  # fmt: skip

    with contextlib.suppress(CompanionError):
        await asyncio.wrap_future(computer.cache.write(work))
        if found:
            tell(saved=number)


class _Boundaries(Connection):
    """Counts the moments right before and right after each commit, and dies at one of them."""

    def __init__(self, cache: Cache, kill_at: int) -> None:
        raw = connections.writing_driver(cache.file, cache.key)
        super().__init__(raw, connections.BEGIN_WRITING)
        self.count = 0
        self._kill_at = kill_at

    def commit(self) -> None:
        self._pass()
        super().commit()
        self._pass()

    def _pass(self) -> None:
        self.count += 1
        if self.count == self._kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
