"""A cache on a real file, with a clock that stands still until it is moved."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.storage.cache import Cache
from desktop.wire.feed import ChangedRecord


class StillClock:
    """Time that moves when it is told to."""

    def __init__(self) -> None:
        self.moment = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.moment += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def open_cache(tmp_path: Path, clock: StillClock) -> Iterator[Callable[..., Cache]]:
    """Opens the cache of this test, as often as it is asked; each is closed at the end."""
    opened: list[Cache] = []

    def open_it(folder: Path = tmp_path / "account", who: str = "Ana Ruiz") -> Cache:
        cache = Cache.open(folder, clock=clock, chance=random.Random(len(opened)), who=who)
        opened.append(cache)
        return cache

    yield open_it
    for cache in opened:
        cache.close()


@pytest.fixture
def cache(open_cache: Callable[..., Cache]) -> Cache:
    return open_cache()


@pytest.fixture
def act(cache: Cache) -> Callable[..., Any]:
    """Runs a verb in a transaction of the cache and gives its result."""

    def run(verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return cache.write(lambda tx: verb(tx, *args, **kwargs)).result()

    return run


@pytest.fixture
def ask(cache: Cache) -> Callable[..., Any]:
    """Asks a question of the cache and gives the answer."""

    def run(question: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return cache.read(lambda connection: question(connection, *args, **kwargs))

    return run


@pytest.fixture
def said() -> Callable[..., ChangedRecord]:
    """A record as the server's feed says it."""

    def make(collection: str, id_: str, version: int, **data: Any) -> ChangedRecord:
        deleted = data.pop("deleted", False)
        by = data.pop("by", "Ben")
        return ChangedRecord(
            id=id_, collection=collection, version=version, deleted=deleted,
            data={} if deleted else data, updated_at="2026-11-18T08:00:00.000Z", updated_by=by,
        )  # fmt: skip

    return make
