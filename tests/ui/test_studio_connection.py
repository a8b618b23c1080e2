"""The Studio page says what is wrong with the plugin, and that installing it again mends it."""

import random
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from desktop.classroom.instants import SystemClock
from desktop.services import Services
from desktop.settings import Settings
from desktop.storage.cache import Cache
from desktop.studio import plugin
from desktop.studio.service import StudioService
from desktop.ui.studio.presenter import StudioPresenter


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """What the presenter reads, of real parts; nothing listens."""
    settings = Settings(profile=tmp_path / "profile", studio_plugins=tmp_path / "Plugins")
    cache = Cache.open(settings.profile, clock=SystemClock(), chance=random.Random(1))
    studio = StudioService(cache, SystemClock(), random.Random(2), settings.profile)
    yield cast("Services", SimpleNamespace(settings=settings, studio=studio, studio_problem=None))
    cache.close()


async def test_each_fault_of_the_plugin_is_said_and_mended_by_its_button(
    services: Services,
) -> None:
    presenter = StudioPresenter(services)
    assert "does not know the Companion" in (await presenter.connection()).short
    await presenter.install_plugin()
    assert (await presenter.connection()).short == "Studio is not open"
    services.studio.last_refusal = "A program that is not this Companion's plugin knocked."
    shown = await presenter.connection()
    assert (shown.short, shown.tone) == ("The plugin in Studio is not let in", "warn")
    services.studio.last_refusal = ""
    file = plugin.status(services.settings.profile, services.settings.studio_plugins).path
    file.write_text(file.read_text().replace('version = "', 'version = "0.0.'))
    shown = await presenter.connection()
    assert shown.short == "The plugin in Studio is of another version"
    assert "Install the plugin again" in shown.long
    await presenter.install_plugin()
    assert (await presenter.connection()).short == "Studio is not open"
