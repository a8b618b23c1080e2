"""A push, from the click to verified, against round trips of the same bytes and one frame."""

import asyncio
import random
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

from benchmarks.timing import RUNS, Row, Stopwatch
from desktop.classroom.instants import SystemClock
from desktop.lessons import builder, request
from desktop.lessons.instances import Build
from desktop.lessons.templates import generate
from desktop.storage.cache import Cache
from desktop.studio import codec
from desktop.studio.service import StudioService
from desktop.studio.simulator import SimulatedStudio

SENTENCE = "fractions on a number line, grade 4"
FRAME_S = 1 / 60
"""Studio hands messages over on frames."""
PROMISE_S, MOONSHOT_S = 0.150, 0.060
TRIPS = 4
"""Offer and plan, contents, commit and result: what the protocol cannot do without."""


def measure() -> Iterator[Row]:
    times = asyncio.run(_measure())
    floor = times[1]
    gates = (PROMISE_S / floor, MOONSHOT_S / floor)
    yield Row("push of a lesson, click to verified", "same bytes, one frame", *times, *gates)


async def _measure() -> tuple[float, float]:
    made = list(generate(request.from_sentence(SENTENCE), seed=1, now=SystemClock().now()))
    package = made[-1].package
    if package is None:
        raise RuntimeError("No lesson came out.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        cache = Cache.open(folder / "account", clock=SystemClock(), chance=random.Random(1))
        studio = StudioService(cache, SystemClock(), random.Random(1), folder)
        await studio.start()
        ours, floor = [], []
        try:
            async with SimulatedStudio(folder):
                for number in range(RUNS):
                    build = builder.build(package, lesson_id=f"lesson {number}", telemetry=None)
                    ours.append(await _push(studio, build))
                    floor.append(await _round_trips(_bytes(build)))
        finally:
            await studio.stop()
            cache.close()
    return statistics.median(ours), statistics.median(floor)


async def _push(studio: StudioService, build: Build) -> float:
    with Stopwatch() as watch:
        push_id = await studio.queue(build)
        state = (await studio.settled(push_id, 60)).state
    if state != "landed":
        raise RuntimeError(f"The push ended as {state}: {studio.push(push_id).reason}")
    return watch.seconds


def _bytes(build: Build) -> bytes:
    return b"".join(item.content for item in codec.items(build))


async def _round_trips(content: bytes) -> float:
    async def echo(socket: ServerConnection) -> None:
        async for frame in socket:
            await socket.send(str(len(frame)))

    async with serve(echo, "127.0.0.1", 0, max_size=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}", max_size=None) as socket:
            with Stopwatch() as watch:
                for frame in (content, *[b"{}"] * (TRIPS - 1)):
                    await socket.send(frame)
                    await socket.recv()
                await asyncio.sleep(FRAME_S)
    return watch.seconds
