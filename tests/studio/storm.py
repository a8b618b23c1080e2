"""Random pushes while app, plugin, Studio and connections die: each lands once, each undo is exact.

    python -m tests.studio.storm --pushes 1000 [--seed 7]

Every push meets at most one blow at a random moment: a cut connection, a plugin that is loaded
anew, an app that is killed and started again, or a Studio that dies and opens the place as it was
saved last. Some pushes are spoilt on their way, so that they do not read back as they were sent and
are cancelled. After each push the place must hold exactly what has landed, and after one that was
cancelled the whole tree (properties, attributes, tags, sources) must be as before; some pushes are
then taken back by one undo, after which it must be so as well.
"""

import argparse
import asyncio
import base64
import contextlib
import hashlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.lessons.instances import Build, Instance, Placed, Vector3
from desktop.studio import pairing, plugin, rbxmx
from tests.studio import builds
from tests.studio.conftest import free_port
from tests.studio.lune import LuneStudio

BLOWS = ("none", "none", "cut", "plugin", "app", "studio", "spoilt")
PATIENCE_S = 180.0
"""Each wait ends by itself; a process takes long to start on a machine that is busy with others."""
MOST_LESSONS = 10
"""With more in the place the teacher throws one away, so that a long storm stays quick."""
ROOM = "ServerScriptService"
SETTLED = {"landed", "conflict", "failed", "undone"}


@contextlib.asynccontextmanager
async def waiting_for(what: str) -> AsyncIterator[None]:
    """Give what is done inside `PATIENCE_S`; the TimeoutError says what was waited for."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield
    except TimeoutError as error:
        raise TimeoutError(f"Waited {PATIENCE_S:.0f} s for {what}.") from error


class App:
    """The app as a process of its own, which can be killed at any moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def start(self) -> None:
        """Start it on what an earlier one left behind."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.studio.storm_app",
            str(self._folder),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert await self._read("the app to start") == {"running": True}

    async def kill(self) -> None:
        """End it in the middle of whatever it does."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def ask(self, do: str, **details: object) -> Any:
        """Give a command of storm_app and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **details}).encode() + b"\n")
        await self._process.stdin.drain()
        return await self._read(f"the app to answer to {do!r}")

    async def queue(self, build: Build, *, ahead: bool) -> str:
        """Queue a build, with its contents sent `ahead` or not; returns the push's id."""
        model = base64.b64encode(rbxmx.write_build(build)).decode()
        return str(await self.ask("queue", title=build.title, model=model, ahead=ahead))

    async def state(self, push_id: str) -> str:
        """Where a push stands."""
        return str((await self.ask("push", id=push_id))["state"])

    async def reaches(self, push_id: str, states: set[str]) -> str:
        """Wait until a push is in one of `states`, and say in which."""
        async with waiting_for(f"push {push_id} to be {' or '.join(sorted(states))}"):
            while (state := await self.state(push_id)) not in states:  # noqa: ASYNC110  (another process)
                await asyncio.sleep(0.02)
        return state

    async def sees(self, windows: int) -> None:
        """Wait until so many Studio windows are connected."""
        async with waiting_for(f"{windows} Studio windows to be connected"):
            while await self.ask("windows") != windows:  # noqa: ASYNC110  (another process)
                await asyncio.sleep(0.02)

    async def _read(self, what: str) -> Any:
        assert self._process.stdout is not None
        async with waiting_for(what):
            line = await self._process.stdout.readline()
        assert line, "the app ended by itself"
        return json.loads(line)


@dataclass(frozen=True)
class Sent:
    """One push of a storm: what it is, and what it should leave in the place."""

    number: int
    build: Build
    scripts: dict[str, str]
    """By path: the sha256 of a script's source."""
    is_new: bool
    blow: str


class Storm:
    """A place, an app, and what should be in the place. Use `run`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        profile = folder / "profile"
        pairing.save(profile, pairing.fresh(ports=(free_port(), free_port())))
        self._plugin = plugin.install(profile, folder / "plugins").path
        self._saved = folder / "place.rbxl"
        self._app = App(folder)
        self._expected: dict[str, str] = {}
        """By path in the room: the sha256 of a script's source."""
        self._names: list[str] = []
        self.counts: Counter[str] = Counter()

    async def run(self, pushes: int) -> Counter[str]:
        """Weather so many pushes; an AssertionError says what went wrong, and at which push."""
        await self._app.start()
        self._studio = await LuneStudio(self._plugin).__aenter__()
        try:
            await self._app.sees(1)
            await self._studio.ask("save", file=str(self._saved))
            for number in range(pushes):
                await self._push(self._made(number))
                await self._throw_away()
                await self._studio.ask("save", file=str(self._saved))
        finally:
            await self._studio.__aexit__(None, None, None)
            await self._app.kill()
        return self.counts

    async def _push(self, sent: Sent) -> None:
        before = await self._studio.whole()
        known = dict(self._expected)
        await self._app.sees(1)
        if sent.blow == "spoilt":
            await self._studio.ask("spoil", how="source")
        push_id = await self._app.queue(sent.build, ahead=self._chance.random() < 0.5)
        await asyncio.sleep(self._chance.random() ** 2 * 0.12)
        await self._strike(sent.blow)
        if sent.blow == "studio" and await self._app.state(push_id) == "landed":
            self.counts["lost with the unsaved place"] += 1
            await self._compare(sent)
            self._names = self._names[:-1] if sent.is_new else self._names
            return
        state = await self._app.reaches(push_id, SETTLED)
        if sent.blow == "spoilt":
            await self._is_cancelled(sent, state, before)
            return
        assert state == "landed", (sent.number, sent.blow, await self._app.ask("push", id=push_id))
        self._expected |= sent.scripts
        await self._compare(sent)
        self.counts[f"landed after {sent.blow}"] += 1
        # What Studio's lost history alone knew cannot come back after it died.
        can_undo = sent.is_new or sent.blow in {"none", "cut", "app"}
        if can_undo and self._chance.random() < 0.4:
            await self._take_back(sent, push_id, before)
            self._expected = known

    async def _is_cancelled(self, sent: Sent, state: str, before: list[Any]) -> None:
        await self._studio.ask("spoil", how="none")
        assert state == "failed", (sent.number, state)
        assert await self._studio.whole() == before, (sent.number, "a cancelled push left a trace")
        self._names = self._names[:-1] if sent.is_new else self._names
        self.counts["cancelled without a trace"] += 1

    async def _take_back(self, sent: Sent, push_id: str, before: list[Any]) -> None:
        await self._app.sees(1)
        await self._undo(push_id, sent.blow)
        assert await self._studio.whole() == before, (sent.number, "the undo left a trace")
        assert await self._app.state(push_id) == "undone"
        if sent.is_new:
            self._names.pop()
        self.counts[f"undone after {sent.blow}"] += 1

    async def _undo(self, push_id: str, blow: str) -> None:
        """By the app's button, or by Studio's own undo where its history is whole."""
        if blow in {"none", "cut", "app"} and self._chance.random() < 0.5:
            await self._studio.ask("undo")
            await self._app.reaches(push_id, {"undone"})
            return
        for _ in range(5):
            told = await self._app.ask("undo", id=push_id)
            if not told["kind"]:
                return
            # The line broke: whether it was undone is told when the plugin is back.
            assert told["kind"] == "NoStudio" or "did not answer" in told["problem"], told
            await self._app.sees(1)
            await asyncio.sleep(0.3)
            if await self._app.state(push_id) == "undone":
                return

    async def _strike(self, blow: str) -> None:
        if blow == "cut":
            await self._studio.ask("cut")
        elif blow == "plugin":
            await self._studio.ask("restart")
        elif blow == "app":
            await self._app.kill()
            await self._app.start()
        elif blow == "studio":
            await self._studio.__aexit__(None, None, None)
            # What it still said may be on its way; only then is it known what had landed.
            await self._app.sees(0)
            self._studio = await LuneStudio(self._plugin, saved=self._saved).__aenter__()

    async def _compare(self, sent: Sent) -> None:
        """The room holds the scripts that landed, each once, and nothing else."""
        found = Counter[tuple[str, str]]()
        for each in await self._studio.ask("tree"):
            if each["path"].startswith(f"{ROOM}/") and "sha256" in each:
                found[each["path"], each["sha256"]] += 1
        expected = Counter(dict.fromkeys(self._expected.items(), 1))
        assert found == expected, (sent.number, sent.blow)

    async def _throw_away(self) -> None:
        if len(self._names) <= MOST_LESSONS:
            return
        name = self._names.pop(self._chance.randrange(len(self._names)))
        await self._studio.ask("remove", path=f"{ROOM}/{name}")
        kept = f"{ROOM}/{name}/"
        self._expected = {
            path: source for path, source in self._expected.items() if not path.startswith(kept)
        }

    def _made(self, number: int) -> Sent:
        """A lesson of its own, or a newer version of one that is in the place already."""
        blow = self._chance.choice(BLOWS)
        is_new = not self._names or self._chance.random() < 0.6
        if is_new:
            self._names.append(f"Lesson {number}")
        name = self._names[-1] if is_new else self._chance.choice(self._names)
        # What is spoilt on its way is a line end; an honest push has none to be spoilt.
        end = "\r\n" if blow == "spoilt" else "\n"
        sources = {
            letter: f"-- {number} {self._chance.random()}{end}" + f"f(1){end}" * size
            for letter, size in zip("ABCD", self._sizes(), strict=False)
        }
        made = [builds.script(letter, source) for letter, source in sources.items()]
        part = Instance(
            "Part", "P", {"Size": Vector3(self._chance.random() * 9 + 1, 1, 2)}, {"n": number * 1.0}
        )
        top = Instance("Folder", name, attributes={"v": float(number)}, children=(*made, part))
        scripts = {
            f"{ROOM}/{name}/{letter}": hashlib.sha256(source.encode()).hexdigest()
            for letter, source in sources.items()
        }
        build = Build(name, name, "ab" * 32, (Placed(ROOM, top),))
        return Sent(number, build, scripts, is_new, blow)

    def _sizes(self) -> list[int]:
        return [self._chance.randrange(1, 2_000) for _ in range(self._chance.randrange(1, 5))]


async def weather(pushes: int, seed: int) -> Counter[str]:
    """One storm in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return await Storm(Path(folder), seed).run(pushes)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pushes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    counts: dict[str, Any] = dict(asyncio.run(weather(given.pushes, given.seed)))
    print(json.dumps({"pushes": given.pushes, "seed": given.seed, **dict(sorted(counts.items()))}))
    print(f"Each landed once and each undo was exact, in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
