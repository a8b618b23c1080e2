"""Settings' choice of a road into Studio: shown, taken at once, and kept for the next start."""

import random
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from desktop.classroom.instants import SystemClock
from desktop.services import Services
from desktop.settings import Settings
from desktop.storage.cache import Cache
from desktop.studio import pairing
from desktop.studio.errors import ServerUnusable
from desktop.studio.service import StudioService
from desktop.ui.settings.studio_roads import StudioRoads
from desktop.ui.studio.presenter import StudioPresenter
from tests.studio import builds
from tests.studio.conftest import free_port
from tests.studio.mcp import LISTER, McpStudio, serving


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """What the presenters read, of real parts."""
    settings = Settings(profile=tmp_path / "profile", studio_plugins=tmp_path / "Plugins")
    pairing.save(settings.profile, pairing.fresh(ports=(free_port(), free_port())))
    cache = Cache.open(settings.profile, clock=SystemClock(), chance=random.Random(1))
    studio = StudioService(
        cache, SystemClock(), random.Random(2), settings.profile, platform_port=0
    )
    await studio.start()
    yield cast("Services", SimpleNamespace(settings=settings, studio=studio, studio_problem=None))
    await studio.stop()
    cache.close()


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[McpStudio]:
    async with serving(tmp_path) as double:
        yield double


async def test_the_plugin_is_the_road_until_the_server_is_chosen_which_is_taken_and_kept(
    services: Services, server: McpStudio
) -> None:
    roads = StudioRoads(services)
    assert (roads.load().road, roads.load().is_own_choice) == ("plugin", False)
    server.tools = [LISTER]
    await roads.choose("server", server.program)
    assert roads.load().road == "server"
    assert str(server.program) in roads.load().program
    kept = Settings.load(profile=services.settings.profile)
    assert (kept.studio_road, kept.studio_server) == ("server", server.program)
    await builds.until(lambda: services.studio.road_problem)
    connection = await StudioPresenter(services).connection()
    assert connection.short == "Studio is not connected"
    assert "offers nothing that a lesson could go in by" in connection.long
    await roads.choose("plugin", None)
    kept = Settings.load(profile=services.settings.profile)
    assert (kept.studio_road, kept.studio_server) == ("plugin", None)
    assert "does not know the Companion" in (await StudioPresenter(services).connection()).short


async def test_a_look_says_whether_lessons_could_go_in(
    services: Services, server: McpStudio
) -> None:
    roads = StudioRoads(services)
    await services.studio.take_road("plugin", server.program)
    assert await roads.look() == "The server is there, and 1 Studio is open."
    server.is_on = False
    with pytest.raises(ServerUnusable, match="Enable Studio as MCP server"):
        await roads.look()
