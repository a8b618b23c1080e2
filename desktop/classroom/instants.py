"""Instants as the whole product writes them: RFC 3339, UTC, milliseconds, ending in Z."""

import asyncio
import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """Time as it is handed to whatever needs it, so that a test can hold it still.

    The clock is for people and for waiting. It never orders records: versions do.
    """

    def now(self) -> dt.datetime:
        """The time of day, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds since some moment; never runs backwards."""

    async def sleep(self, seconds: float) -> None:
        """Wait for `seconds`."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> dt.datetime:
        """The time of day, aware, in UTC."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """Seconds since some moment; never runs backwards."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait for `seconds`."""
        await asyncio.sleep(seconds)


def to_text(moment: dt.datetime) -> str:
    """Write an aware moment as `2026-11-23T08:15:00.000Z`.

    Raises:
        ValueError: the moment has no time zone, so nobody can say when it was.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_text(text: str) -> dt.datetime:
    """Read an RFC 3339 time (https://www.rfc-editor.org/rfc/rfc3339) as an aware moment in UTC.

    Raises:
        ValueError: the text is no RFC 3339 time, or has no time zone.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return moment.astimezone(dt.UTC)
