"""Waiting with an end, on whatever clock is handed in."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from desktop.classroom.instants import Clock

T = TypeVar("T")


async def within(clock: Clock, seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`, if it comes within `seconds` of `clock`.

    Raises:
        TimeoutError: it did not; `work` is cancelled and has ended.
    """
    doing = asyncio.ensure_future(work)
    timer = asyncio.ensure_future(clock.sleep(seconds))
    try:
        await asyncio.wait({doing, timer}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            return doing.result()
        raise TimeoutError
    finally:
        await _end(doing, timer)


async def _end(*tasks: "asyncio.Future[Any]") -> None:
    for task in tasks:
        task.cancel()
    # Gathered so that whatever they end with is seen here and warned about nowhere.
    await asyncio.gather(*tasks, return_exceptions=True)
