"""Random pushes while app, plugin, Studio and connections die: each lands once, each undo is exact.

    python -m tests.studio.storm --pushes 1000 [--seed 7]

Every push meets at most one blow at a random moment: a cut connection, a plugin that is loaded
anew, a bridge that ends and starts again, or a Studio that dies and opens the place as it was saved
last. After each push the place must hold exactly what has landed; some pushes are then taken back
by one undo, after which the whole tree (properties, attributes, tags, sources) is as before.
"""

import argparse
import asyncio
import hashlib
import json
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from desktop import logs
from desktop.classroom.instants import SystemClock
from desktop.lessons.instances import Build, Instance, Placed, Vector3
from desktop.storage.cache import Cache
from desktop.studio import pairing, plugin
from desktop.studio.errors import CannotUndo, NoStudio
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.conftest import free_port
from tests.studio.lune import LuneStudio

BLOWS = ("none", "none", "cut", "plugin", "app", "studio")
LAND_S = 60.0
ROOM = "ServerScriptService"


class Storm:
    """A place, an app, and what should be in the place. Use `run`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._profile = folder / "profile"
        pairing.save(self._profile, pairing.fresh(ports=(free_port(), free_port())))
        self._plugin = plugin.install(self._profile, folder / "plugins").path
        self._saved = folder / "place.rbxl"
        self._expected: dict[str, str] = {}
        """By path in the room: the sha256 of a script's source."""
        self._names: list[str] = []
        self.counts: Counter[str] = Counter()

    async def run(self, pushes: int) -> Counter[str]:
        """Weather so many pushes; an AssertionError says what went wrong, and at which push."""
        cache = Cache.open(self._folder / "account", clock=SystemClock(), chance=random.Random(1))
        self._cache = cache
        self._service = await self._app()
        self._studio = await LuneStudio(self._plugin).__aenter__()
        try:
            await self._connected()
            await self._studio.ask("save", file=str(self._saved))
            for number in range(pushes):
                await self._push(number)
        finally:
            await self._studio.__aexit__(None, None, None)
            await self._service.stop()
            cache.close()
        return self.counts

    async def _app(self) -> StudioService:
        made = StudioService(
            self._cache, SystemClock(), random.Random(2), self._profile, platform_port=0
        )
        await made.start()
        return made

    async def _connected(self) -> None:
        await builds.until(lambda: self._service.windows(), LAND_S)

    async def _push(self, number: int) -> None:
        before = await self._studio.whole()
        known = dict(self._expected)
        build, scripts, is_new = self._build(number)
        blow = self._chance.choice(BLOWS)
        await self._connected()
        push_id = await self._service.queue(build)
        await asyncio.sleep(self._chance.random() ** 2 * 0.12)
        await self._strike(blow)
        if blow == "studio" and self._service.push(push_id).state == "landed":
            self.counts["lost with the unsaved place"] += 1
            await self._compare(number, blow)
            self._names = self._names[:-1] if is_new else self._names
            return
        push = await self._service.settled(push_id, LAND_S)
        assert push.state == "landed", (number, blow, push)
        self._expected |= scripts
        await self._compare(number, blow)
        self.counts[f"landed after {blow}"] += 1
        # What Studio's lost history alone knew cannot come back after it died.
        can_undo = is_new or blow in {"none", "cut", "app"}
        if can_undo and self._chance.random() < 0.4:
            await self._connected()
            await self._undo(push_id, blow)
            assert await self._studio.whole() == before, (number, blow, "the undo left a trace")
            assert self._service.push(push_id).state == "undone"
            self._expected = known
            if is_new:
                self._names.pop()
            self.counts[f"undone after {blow}"] += 1
        await self._studio.ask("save", file=str(self._saved))

    async def _undo(self, push_id: str, blow: str) -> None:
        """By the app's button, or by Studio's own undo where its history is whole."""
        if blow in {"none", "cut"} and self._chance.random() < 0.5:
            await self._studio.ask("undo")
            await builds.until(lambda: self._service.push(push_id).state == "undone", LAND_S)
            return
        for _ in range(5):
            try:
                await self._service.undo(push_id)
            except (CannotUndo, NoStudio) as problem:
                # The line broke: whether it was undone is told when the plugin is back.
                if not (isinstance(problem, NoStudio) or "did not answer" in str(problem)):
                    raise
                await self._connected()
                await asyncio.sleep(0.3)
            if self._service.push(push_id).state == "undone":
                return

    async def _strike(self, blow: str) -> None:
        if blow == "cut":
            await self._studio.ask("cut")
        elif blow == "plugin":
            await self._studio.ask("restart")
        elif blow == "app":
            await self._service.stop()
            self._service = await self._app()
        elif blow == "studio":
            await self._studio.__aexit__(None, None, None)
            # What it still said may be on its way; only then is it known what had landed.
            await builds.until(lambda: not self._service.windows())
            self._studio = await LuneStudio(self._plugin, saved=self._saved).__aenter__()

    async def _compare(self, number: int, blow: str) -> None:
        """The room holds the scripts that landed, each once, and nothing else."""
        found = Counter[tuple[str, str]]()
        for each in await self._studio.ask("tree"):
            if each["path"].startswith(f"{ROOM}/") and "sha256" in each:
                found[each["path"], each["sha256"]] += 1
        assert found == Counter(dict.fromkeys(self._expected.items(), 1)), (number, blow)

    def _build(self, number: int) -> tuple[Build, dict[str, str], bool]:
        """A lesson of its own, or a newer version of one that is in the place already."""
        is_new = not self._names or self._chance.random() < 0.6
        if is_new:
            self._names.append(f"Lesson {number}")
        name = self._names[-1] if is_new else self._chance.choice(self._names)
        sources = {
            letter: f"-- {number} {self._chance.random()}\n" + "local x = 1\n" * size
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
        return Build(name, name, "ab" * 32, (Placed(ROOM, top),)), scripts, is_new

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
    logs.join()
    began = time.monotonic()
    counts: dict[str, Any] = dict(asyncio.run(weather(given.pushes, given.seed)))
    print(json.dumps({"pushes": given.pushes, "seed": given.seed, **dict(sorted(counts.items()))}))
    print(f"Each landed once and each undo was exact, in {time.monotonic() - began:.0f} s.")


if __name__ == "__main__":
    main()
