"""Lune in tests: fetched once, run as a process, a whole Studio session to talk to."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import filelock

HERE = Path(__file__).parent
SCRIPTS = HERE / "in_lune"
FETCH = HERE.parent / "tools" / "fetch_lune.py"
FOLDER = Path(sys.prefix) / "share" / "lune"
ANSWER_S = 60.0
_LINE_BYTES = 64 * 1024 * 1024


def launcher() -> Path:
    """The Lune that the tests run, fetched when it is not there yet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(FOLDER / "fetching.lock"):
        done = subprocess.run(
            [sys.executable, FETCH, "--into", FOLDER], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def run(script: str, *arguments: str | Path) -> str:
    """Run a Lune script to its end and return what it printed."""
    done = subprocess.run(
        [launcher(), "run", SCRIPTS / f"{script}.luau", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


class LuneStudio:
    """A Studio session in Lune, with the built plugin file loaded (if any); a context manager."""

    def __init__(
        self, plugin: Path | None, place_name: str = "Lune place", saved: Path | None = None
    ) -> None:
        self._plugin = plugin
        self._saved = saved
        self._place_name = place_name
        self._answers: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._asking = asyncio.Lock()
        self._heard = asyncio.Condition()
        self.events: list[dict[str, Any]] = []

    async def __aenter__(self) -> "LuneStudio":
        self._process = await asyncio.create_subprocess_exec(
            await asyncio.to_thread(launcher),
            "run",
            SCRIPTS / "studio.luau",
            str(self._plugin or "none"),
            self._place_name,
            *([str(self._saved)] if self._saved else []),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LINE_BYTES,
        )
        self._reading = asyncio.create_task(self._read())
        await self.until(lambda event: event["event"] == "started")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reading

    async def ask(self, do: str, **details: object) -> Any:
        """Give a command of studio.luau and return its answer."""
        assert self._process.stdin is not None
        async with self._asking:  # or one would take the other's answer
            self._process.stdin.write(json.dumps({"do": do, **details}).encode() + b"\n")
            await self._process.stdin.drain()
            answer = await asyncio.wait_for(self._answers.get(), ANSWER_S)
        assert "error" not in answer, answer
        return answer["answer"]

    async def tree(self) -> dict[str, dict[str, Any]]:
        """The place's instances by path."""
        return {entry["path"]: entry for entry in await self.ask("tree")}

    async def whole(self) -> list[Any]:
        """Everything of the place: properties, attributes, tags and sources, to compare."""
        return list(await self.ask("tree", everything=True))

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until an event that is wanted has happened."""
        async with asyncio.timeout(ANSWER_S), self._heard:
            await self._heard.wait_for(lambda: any(map(wanted, self.events)))

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told = json.loads(line)
            if "event" in told:
                async with self._heard:
                    self.events.append(told)
                    self._heard.notify_all()
            else:
                self._answers.put_nowait(told)
