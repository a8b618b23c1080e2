"""A push, from the click to verified, against round trips of the same bytes and one frame.

The built plugin runs in Lune on real Roblox instances, over a real socket to the real bridge.
Lune's own history takes snapshots that no Studio takes, so it is left out. Each push goes into a
place without the ones before: Lune looks for a tag through the whole place, Studio in an index.

The click is the one on the sheet that shows what a push would do. While the window opens that
sheet it packs the push (scan and encoding) and brings the contents to the plugin, which hashes and
scans them; so it is done here, and the plugin gets `LOOK_S` for it. A row "from a shell" is the
whole way at once: nothing is packed or sent before. Each lesson is another one of its kind: its
scripts are those of the one before, as they are for a teacher, its content is not. The app's
garbage is collected between pushes, as the window does (`desktop/ui/loop.py`).
"""

import asyncio
import contextlib
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.timing import Row, Stopwatch
from desktop.classroom.instants import SystemClock
from desktop.lessons import builder, request
from desktop.lessons.instances import Build, CFrame, Color3, Instance, Placed, Vector3
from desktop.lessons.templates import generate
from desktop.storage.cache import Cache
from desktop.studio import codec, plugin, protocol
from desktop.studio.parcel import Parcel
from desktop.studio.service import StudioService
from tests.studio.lune import LuneStudio

SENTENCE = "fractions on a number line, grade 4"
FRAME_S = 1 / 60
"""Studio hands messages over on frames."""
TRIPS = 2
"""Offer and plan; contents, commit and result: what the protocol cannot do without."""
CONNECT_S = 20.0
LOOK_S = 1.0


@dataclass(frozen=True)
class Size:
    """One kind of push: its name, what it makes for a run, and what is promised (p95, seconds)."""

    name: str
    make: Callable[[int], Build]
    promise_s: float
    moonshot_s: float
    runs: int
    from_sheet: bool = True
    """Packed and sent ahead while a sheet is shown, or all at once as from a shell."""


def measure() -> Iterator[Row]:
    for size in (
        Size("push of a lesson", _lesson, 0.150, 0.060, 12),
        Size("push of a lesson, from a shell", _lesson, 0.150, 0.060, 12, from_sheet=False),
        Size("push of 5,000 instances", _parts, 1.5, 0.6, 3),
        Size("push of a source of 1 MB", _source, 0.100, 0.060, 6),
    ):
        yield asyncio.run(_measure(size))


async def _measure(size: Size) -> Row:
    totals, floors, ours, theirs = [], [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        cache = Cache.open(folder / "account", clock=SystemClock(), chance=random.Random(1))
        service = StudioService(cache, SystemClock(), random.Random(1), folder)
        file = plugin.install(folder, folder / "plugins").path
        await service.start()
        try:
            async with LuneStudio(file) as studio:
                await studio.ask("forget", on=True)
                await _connected(service)
                for number in range(size.runs + 1):
                    build = await asyncio.to_thread(size.make, number)
                    what = await _shown(service, build) if size.from_sheet else build
                    with _garbage_left():
                        used = time.process_time()
                        totals.append(await _push(service, what))
                    ours.append(time.process_time() - used)
                    theirs.append((service.pushes()[0].milliseconds or 0) / 1000)
                    floors.append(await _round_trips(codec_bytes(build)))
                    for placed in build.placed:
                        path = f"{placed.service}/{placed.instance.name}"
                        await studio.ask("remove", path=path)
        finally:
            await service.stop()
            cache.close()
    # The first push also loads code: a teacher meets it once a day.
    first, rest = totals[0], sorted(totals[1:])
    floor = statistics.median(floors)
    note = (
        f"p95 {_ms(rest[round(0.95 * (len(rest) - 1))])} of {_ms(size.promise_s)}, "
        f"first {_ms(first)}; app {_ms(statistics.median(ours[1:]))} of processor, "
        f"plugin's commit {_ms(statistics.median(theirs[1:]))}"
    )
    gates = (size.promise_s / floor, size.moonshot_s / floor)
    return Row(size.name, "same bytes, one frame", statistics.median(rest), floor, *gates, note)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _lesson(number: int) -> Build:
    now = SystemClock().now()
    made = list(generate(request.from_sentence(SENTENCE), seed=number + 1, now=now))
    package = made[-1].package
    if package is None:
        raise RuntimeError("No lesson came out.")
    return builder.build(package, lesson_id=f"lesson {number}", telemetry=None)


def _parts(number: int) -> Build:
    parts = tuple(
        Instance(
            "Part",
            f"Part {index}",
            {
                "Size": Vector3(4.0, 1.2, 2.0),
                "Anchored": True,
                "Color": Color3(0.1, 0.2, 0.3),
                "CFrame": CFrame(Vector3(index, 2.0, number)),
            },
        )
        for index in range(5_000)
    )
    return _build(number, "Workspace", Instance("Model", f"Parts {number}", children=parts))


def _source(number: int) -> Build:
    source = f"-- {number}\n" + "local x = 1 -- a line as any other\n" * 28_570
    script = Instance("Script", "Long", {"Source": source})
    return _build(
        number, "ServerScriptService", Instance("Folder", f"Long {number}", children=(script,))
    )


def _build(number: int, service: str, top: Instance) -> Build:
    return Build(top.name, f"{top.name} {number}", "ab" * 32, (Placed(service, top),))


async def _connected(service: StudioService) -> None:
    async with asyncio.timeout(CONNECT_S):
        while not service.windows():  # noqa: ASYNC110  (a window has no event of its own)
            await asyncio.sleep(0.01)


async def _shown(service: StudioService, build: Build) -> Parcel:
    """What the window does while it shows the sheet, and the least that anybody looks at it."""
    parcel = await service.pack(build)
    await asyncio.sleep(LOOK_S)
    return parcel


@contextlib.contextmanager
def _garbage_left() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _push(service: StudioService, what: Build | Parcel) -> float:
    with Stopwatch() as watch:
        push_id = await service.queue(what)
        state = (await service.settled(push_id, 60)).state
    if state != "landed":
        raise RuntimeError(f"The push ended as {state}: {service.push(push_id).reason}")
    return watch.seconds


def codec_bytes(build: Build) -> bytes:
    """What has to travel."""
    return b"".join(item.content for item in codec.items(build))


async def _round_trips(content: bytes) -> float:
    async def echo(socket: ServerConnection) -> None:
        async for frame in socket:
            await socket.send(str(len(frame)))

    pieces = range(0, len(content), protocol.CHUNK_BYTES)
    async with serve(echo, "127.0.0.1", 0, max_size=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}", max_size=None, proxy=None) as socket:
            with Stopwatch() as watch:
                for start in pieces:
                    await socket.send(content[start : start + protocol.CHUNK_BYTES])
                for _ in pieces:
                    await socket.recv()
                for _ in range(TRIPS - 1):
                    await socket.send(b"{}")
                    await socket.recv()
                await asyncio.sleep(FRAME_S)
    return watch.seconds
