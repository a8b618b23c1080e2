"""Local school: the school server as a child process of this one, started, watched and stopped."""

import asyncio
import contextlib
import os
import random
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from desktop.classroom.instants import Clock
from desktop.errors import CompanionError
from desktop.sentences import say

READY_TIMEOUT_S = 120.0
"""A first start makes the sample school, which takes a while on an old laptop."""
STOP_TIMEOUT_S = 10.0
LONGEST_WAIT_S = 30.0
STEADY_S = 60.0
"""A school that ran this long had no trouble starting: the next restart is quick again."""

ALREADY_RUNNING = "already running on"
"""What the school says when another process holds its data; a test holds both to it."""

Seed = Literal["sample", "empty"]


class SchoolDidNotStart(CompanionError):
    """The child ended, or said nothing, before it was ready."""


class SchoolIsOpen(SchoolDidNotStart):
    """Another process of this computer runs the school on the same data."""

    def __init__(self) -> None:
        super().__init__(
            say("Local school is already running in another window of this computer."),
            mend=say("That window syncs by itself; close it first to sync from here."),
        )


class Owner(msgspec.Struct, frozen=True):
    """The teacher of a Local school; the password is fresh for each start."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Owner({self.username!r})"


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """What a school server says once it answers."""

    url: str
    pid: int
    data: str = ""
    invite_codes: dict[str, str] | list[str] = msgspec.field(default_factory=dict)
    sample_teacher: Owner | None = None
    owner: Owner | None = None


def own_command() -> list[str]:
    """How to start this very program again: frozen, it is its own interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "desktop"]


class LocalSchool:
    """One school server on loopback, for as long as somebody needs it."""

    def __init__(
        self,
        data: Path,
        log: Path,
        *,
        clock: Clock,
        chance: random.Random,
        command: Sequence[str] | None = None,
    ) -> None:
        self._data = data
        self._log = log
        self._clock = clock
        self._chance = chance
        self._command = list(command or own_command())
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._ready: Ready | None = None
        self._moved: list[Callable[[Ready], Awaitable[None]]] = []

    @property
    def ready(self) -> Ready:
        """Where the school listens now, and who owns it.

        Raises:
            SchoolDidNotStart: it has not been started.
        """
        if self._ready is None:
            raise SchoolDidNotStart(say("Local school is not running."))
        return self._ready

    @property
    def owner(self) -> Owner:
        """The teacher of this computer, with the password of this start.

        Raises:
            SchoolDidNotStart: the school is not running, or told of no owner.
        """
        if self.ready.owner is None:
            raise SchoolDidNotStart(say("Local school names no owner."))
        return self.ready.owner

    def on_restart(self, listener: Callable[[Ready], Awaitable[None]]) -> None:
        """Have `listener` told when the school came back after a crash, maybe elsewhere."""
        self._moved.append(listener)

    async def start(self, seed: Seed | None = None) -> Ready:
        """Start the child and wait until it answers; it is started again when it crashes.

        `seed` says what a new school begins with; one that has data keeps it.

        Raises:
            SchoolDidNotStart: it ended or said nothing; the sentence holds its last words.
        """
        self._ready = await self._launch(seed, port=0)
        self._watch = asyncio.create_task(self._keep_alive(), name="local school")
        return self._ready

    async def stop(self) -> None:
        """End the child: its input closes, which asks it to finish; it is killed if it does not."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None
        await self._end()
        self._ready = None

    async def _keep_alive(self) -> None:
        failures = 0
        while True:
            started = self._clock.monotonic()
            await self._ended()
            failures = 0 if self._clock.monotonic() - started > STEADY_S else failures
            port = int(self.ready.url.rpartition(":")[2])
            while True:
                wait = min(2.0**failures, LONGEST_WAIT_S)
                await self._clock.sleep(wait * self._chance.uniform(0.5, 1.0))
                failures += 1
                try:
                    # The same port first, so that a place in Studio still finds its school.
                    self._ready = await self._launch(None, port=port)
                except SchoolDidNotStart:
                    port = 0
                    continue
                break
            for listener in self._moved:
                await listener(self.ready)

    async def _ended(self) -> None:
        process = self._process
        if process is None or process.stdout is None:
            return
        while await process.stdout.read(65_536):
            pass
        await process.wait()

    async def _launch(self, seed: Seed | None, *, port: int) -> Ready:
        self._log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        arguments = ["school", "serve", "--data", str(self._data), "--port", str(port)]
        arguments += ["--owner", "--until-stdin-closes"] + ([f"--{seed}"] if seed else [])
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                *arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        except OSError as error:
            raise SchoolDidNotStart(
                say("Local school could not be started: {why}.", why=error)
            ) from error
        finally:
            os.close(log)
        try:
            return await asyncio.wait_for(self._first_line(self._process), READY_TIMEOUT_S)
        except (TimeoutError, msgspec.DecodeError) as error:
            await self._end()
            words = self._last_words()
            if ALREADY_RUNNING in words:
                raise SchoolIsOpen from error
            raise SchoolDidNotStart(
                say("Local school did not start."),
                mend=say("{words} See {log}.", words=words, log=self._log),
            ) from error
        except asyncio.CancelledError:
            await self._end()
            raise

    async def _first_line(self, process: asyncio.subprocess.Process) -> Ready:
        if process.stdout is None:
            raise SchoolDidNotStart(say("Local school has no output."))
        return msgspec.json.decode(await process.stdout.readline(), type=Ready)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_TIMEOUT_S)
        except TimeoutError:
            process.kill()
            await process.wait()

    def _last_words(self) -> str:
        with self._log.open(encoding="utf-8", errors="replace") as log:
            return "".join(deque(log, maxlen=1)).strip()
