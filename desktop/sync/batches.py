"""Pages of the feed into the cache, several in one transaction while nobody works here.

A page touches leaves all over the indexes, and the next page touches many of the same ones: in
one transaction each is enciphered and written once. The first page goes in by itself, so that
there is something to see at once; whoever saves something meanwhile never waits for more than the
batch under way, and the next ones are single pages again.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any

from desktop.backend.companion import FeedPage
from desktop.errors import CompanionError

LARGEST = 8
"""Pages in one transaction, which holds the cache for a fifth of a second at most."""

Store = Callable[[FeedPage], Coroutine[Any, Any, None]]


class Batches:
    """Stores pages in order, behind the one who fetches them.

    `saves` counts what people have saved. Leave the block and what still waits is stored, also
    when the pages end in a problem: it came in whole. Whatever else ends the block stops the work.
    """

    def __init__(self, store: Store, saves: Callable[[], int]) -> None:
        self._store = store
        self._saves = saves
        self._saves_before = saves()
        self._size = 1
        self._waiting: list[FeedPage] = []
        self._storing: asyncio.Task[None] | None = None

    async def add(self, page: FeedPage) -> None:
        """Take a page; returns when the next one may be fetched, which need not be stored yet.

        Raises whatever storing an earlier page raised.
        """
        self._waiting.append(page)
        if len(self._waiting) >= self._size:
            await self._begin()

    async def _begin(self) -> None:
        """Once the batch under way is stored, begin with those that wait."""
        await self._end()
        saves = self._saves()
        self._size = min(2 * self._size, LARGEST) if saves == self._saves_before else 1
        self._saves_before = saves
        batch, self._waiting = joined(self._waiting), []
        self._storing = asyncio.create_task(self._store(batch), name="feed batch")

    async def _end(self) -> None:
        if self._storing is not None:
            await self._storing

    async def __aenter__(self) -> "Batches":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None or isinstance(error, CompanionError):
                if self._waiting:
                    await self._begin()
                await self._end()
        finally:
            if self._storing is not None:
                self._storing.cancel()
                await asyncio.gather(self._storing, return_exceptions=True)


def joined(pages: Sequence[FeedPage]) -> FeedPage:
    """Pages that follow one another, as one; there is at least one."""
    return FeedPage(
        records=tuple(record for page in pages for record in page.records),
        cursor=pages[-1].cursor,
        has_more=pages[-1].has_more,
        unreadable=tuple(one for page in pages for one in page.unreadable),
    )
