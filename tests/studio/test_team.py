"""Team Create: two users of one place, each with a Companion and a plugin of their own."""

import contextlib
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.classroom.instants import SystemClock
from desktop.lessons.instances import Build, Instance, Placed
from desktop.storage.cache import Cache
from desktop.studio import pairing, plugin
from desktop.studio.service import StudioService
from tests.studio import builds
from tests.studio.conftest import free_port
from tests.studio.lune import LuneStudio

LAND_S = 60.0
WAITS = "is putting a lesson into this place right now"


@dataclass
class Told:
    """What a user was told while a push of theirs waited."""

    service: StudioService
    push_id: str
    reasons: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.service.subscribe(self._look)

    def _look(self) -> None:
        self.reasons.add(self.service.push(self.push_id).reason)

    @property
    def waited(self) -> list[str]:
        return [reason for reason in self.reasons if WAITS in reason]


@pytest.fixture
async def colleague(tmp_path: Path, studio: LuneStudio) -> AsyncIterator[StudioService]:
    """A second user's Companion, whose plugin runs in the same place."""
    profile = tmp_path / "colleague"
    pairing.save(profile, pairing.fresh(ports=(free_port(), free_port())))
    file = plugin.install(profile, tmp_path / "their plugins").path
    cache = Cache.open(profile, clock=SystemClock(), chance=random.Random(4))
    theirs = StudioService(cache, SystemClock(), random.Random(5), profile, platform_port=0)
    await theirs.start()
    with contextlib.closing(cache):
        try:
            await studio.ask("join", file=str(file), name="Mr. Okafor")
            await builds.until(lambda: theirs.windows())
            yield theirs
        finally:
            await theirs.stop()


def parts(name: str, count: int) -> Build:
    """Enough of them that landing takes many slices, between which the other user's plugin runs."""
    made = tuple(Instance("Part", f"Part {number}") for number in range(count))
    top = Instance("Model", name, children=made)
    return Build(name, name, "ab" * 32, (Placed("Workspace", top),))


async def test_of_two_users_one_lands_the_other_hears_who_and_comes_in_afterwards(
    service: StudioService, colleague: StudioService, studio: LuneStudio
) -> None:
    ours = Told(service, await service.queue(parts("Ours", 400)))
    theirs = Told(colleague, await colleague.queue(parts("Theirs", 400)))
    assert (await service.settled(ours.push_id, LAND_S)).state == "landed"
    assert (await colleague.settled(theirs.push_id, LAND_S)).state == "landed"
    # Exactly one of them had to wait, and was told for whom.
    assert bool(ours.waited) != bool(theirs.waited)
    assert all(reason.startswith("Mr. Okafor ") for reason in ours.waited)
    found = Counter(each["path"] for each in await studio.ask("tree"))
    assert [found[f"Workspace/{name}"] for name in ("Ours", "Theirs")] == [1, 1]
    assert sum(path.startswith("Workspace/Ours/") for path in found) == 400
    assert sum(path.startswith("Workspace/Theirs/") for path in found) == 400
    assert not [path for path in found if "is writing" in path]


async def test_what_one_user_landed_is_the_same_lesson_to_the_other(
    service: StudioService, colleague: StudioService, studio: LuneStudio
) -> None:
    first = await service.queue(builds.lesson())
    assert (await service.settled(first, LAND_S)).state == "landed"
    again = await colleague.queue(builds.lesson())
    assert (await colleague.settled(again, LAND_S)).state == "landed"
    assert {item.action for item in colleague.items(again)} == {"unchanged"}
    newer = await colleague.queue(builds.lesson("print('newer')"))
    assert (await colleague.settled(newer, LAND_S)).state == "landed"
    found = Counter(each["path"] for each in await studio.ask("tree"))
    assert found["ServerScriptService/Lesson/Main"] == 1
