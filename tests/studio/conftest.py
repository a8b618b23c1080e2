"""The Studio road for tests: a cache, a bridge on a free port, a plugin that knows it."""

import contextlib
import random
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from desktop.classroom.instants import SystemClock
from desktop.storage.cache import Cache
from desktop.studio import pairing, plugin
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.lune import LuneStudio


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A profile whose bridge has two free ports of its own."""
    folder = tmp_path / "profile"
    pairing.save(folder, pairing.fresh(ports=(free_port(), free_port())))
    return folder


@pytest.fixture
def cache(profile: Path) -> Iterator[Cache]:
    opened = Cache.open(profile, clock=SystemClock(), chance=random.Random(1))
    yield opened
    opened.close()


@pytest.fixture
async def service(cache: Cache, profile: Path) -> AsyncIterator[StudioService]:
    """A running bridge."""
    made = StudioService(cache, SystemClock(), random.Random(2), profile, platform_port=0)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def plugin_file(profile: Path, tmp_path: Path) -> Path:
    """The built plugin, installed with the profile's secret."""
    return plugin.install(profile, tmp_path / "plugins").path


@pytest.fixture
async def studio(service: StudioService, plugin_file: Path) -> AsyncIterator[LuneStudio]:
    """A Studio in Lune that is connected to the bridge."""
    async with LuneStudio(plugin_file) as opened:
        await builds.until(lambda: service.windows())
        yield opened
