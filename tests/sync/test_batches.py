"""Pages of the feed gather into batches, and make way for whoever saves something."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from desktop.backend import problems
from desktop.backend.companion import FeedPage, Unreadable
from desktop.sync.batches import LARGEST, Batches
from desktop.wire.feed import ChangedRecord


def _page(number: int) -> FeedPage:
    record = ChangedRecord(id=f"r{number}", collection="classes", version=number, updated_at="")
    unreadable = Unreadable("classes", f"u{number}", number, "{", "broken")
    return FeedPage((record,), str(number), has_more=True, unreadable=(unreadable,))


class Shelf:
    """Where pages are stored: it remembers the batches, and lets a test look in between."""

    def __init__(self) -> None:
        self.batches: list[FeedPage] = []
        self.saves = 0
        self.before: Callable[[], Awaitable[object]] | None = None

    async def store(self, page: FeedPage) -> None:
        if self.before is not None:
            await self.before()
        self.batches.append(page)

    def gather(self) -> Batches:
        return Batches(self.store, lambda: self.saves)

    @property
    def sizes(self) -> list[int]:
        return [len(batch.records) for batch in self.batches]

    @property
    def versions(self) -> list[int]:
        return [record.version for batch in self.batches for record in batch.records]


async def _pages(count: int) -> AsyncIterator[FeedPage]:
    for number in range(1, count + 1):
        yield _page(number)


async def test_the_first_page_goes_in_alone_and_batches_grow_while_nobody_saves() -> None:
    shelf = Shelf()
    async with shelf.gather() as batches:
        async for page in _pages(24):
            await batches.add(page)
    assert shelf.sizes == [1, 2, 4, LARGEST, LARGEST, 1]
    assert shelf.versions == list(range(1, 25))
    assert [batch.cursor for batch in shelf.batches] == ["1", "3", "7", "15", "23", "24"]
    assert [len(batch.unreadable) for batch in shelf.batches] == shelf.sizes


async def test_after_somebody_saved_something_pages_go_in_singly_again() -> None:
    shelf = Shelf()
    async with shelf.gather() as batches:
        async for page in _pages(18):
            shelf.saves += page.cursor == "8"
            await batches.add(page)
    assert shelf.sizes == [1, 2, 4, 8, 1, 2]

    shelf = Shelf()
    async with shelf.gather() as batches:
        async for page in _pages(9):
            shelf.saves += 1
            await batches.add(page)
    assert shelf.sizes == [1] * 9


async def test_the_next_page_is_fetched_while_one_is_stored() -> None:
    shelf, fetched = Shelf(), asyncio.Event()
    shelf.before = fetched.wait
    async with shelf.gather() as batches:
        await asyncio.wait_for(batches.add(_page(1)), 30)
        assert shelf.batches == []
        fetched.set()
    assert shelf.sizes == [1]


async def test_pages_that_came_before_the_network_went_are_stored() -> None:
    shelf = Shelf()

    async def cut_off() -> None:
        async with shelf.gather() as batches:
            await batches.add(_page(1))
            await batches.add(_page(2))
            raise problems.Offline("school")

    with pytest.raises(problems.Offline):
        await cut_off()
    assert shelf.versions == [1, 2]


async def test_no_page_is_stored_after_one_that_could_not_be() -> None:
    shelf = Shelf()

    async def full() -> None:
        raise problems.Offline("disk")

    async def fetch() -> None:
        async with shelf.gather() as batches:
            shelf.before = full
            await batches.add(_page(1))
            await asyncio.sleep(0)
            shelf.before = None  # there is room again, and still the pages would have a gap
            for number in range(2, 6):
                await batches.add(_page(number))

    with pytest.raises(problems.Offline):
        await fetch()
    assert shelf.batches == []


async def test_a_round_that_is_cancelled_stores_nothing_more() -> None:
    shelf = Shelf()
    shelf.before = asyncio.Event().wait

    async def fetch() -> None:
        async with shelf.gather() as batches:
            for number in range(1, 6):
                await batches.add(_page(number))

    fetching = asyncio.create_task(fetch())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    fetching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetching
    assert shelf.batches == []
    assert asyncio.all_tasks() == {asyncio.current_task()}
