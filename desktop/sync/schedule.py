"""When to sync: triggers in, one round at a time out.

Every trigger only moves one moment, `due`; one loop waits for it. A round that fails pushes it
away by a back-off; a trigger that comes during a round makes one more. Nothing here knows what
a round does.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from desktop.classroom.instants import Clock
from desktop.sync import backoff, waiting

DEBOUNCE_S = 0.5
LONGEST_DEBOUNCE_S = 3.0
"""Somebody who types without a pause is synced in between all the same."""
ACTIVE_S = 60.0
IDLE_S = 600.0

_log = logging.getLogger(__name__)


class RoundEnd(Protocol):
    """What the schedule has to know of a finished round."""

    @property
    def failed(self) -> bool:
        """Whether to come back after a back-off instead of at the next interval."""

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait as the server said, or None."""


@dataclass(frozen=True)
class Broken:
    """The end of a round that a defect of ours ended."""

    failed: bool = True
    retry_after: float | None = None


class Schedule:
    """Runs rounds when they are due. All methods belong to the event loop's thread."""

    def __init__(
        self,
        run_round: Callable[[], Awaitable[RoundEnd]],
        *,
        clock: Clock,
        chance: random.Random,
    ) -> None:
        self._run_round = run_round
        self._clock = clock
        self._chance = chance
        self._woken = asyncio.Event()
        self._due = clock.monotonic()
        self._edit_due: float | None = None
        self._first_edit = 0.0
        self._not_before = 0.0
        self._server_said = False
        self._failures = 0
        self._active = True
        self._running = False
        self._again = False

    @property
    def next_round_in(self) -> float:
        """Seconds until the next round as things stand; 0 while one runs."""
        if self._running:
            return 0.0
        due = self._due if self._edit_due is None else min(self._due, self._edit_due)
        return max(due, self._not_before, self._clock.monotonic()) - self._clock.monotonic()

    def edited(self) -> None:
        """Something was changed here: sync half a second after the last of a row of edits."""
        now = self._clock.monotonic()
        if self._edit_due is None:
            self._first_edit = now
        self._edit_due = min(now + DEBOUNCE_S, self._first_edit + LONGEST_DEBOUNCE_S)
        self._wake()

    def poked(self) -> None:
        """The server says that something changed there."""
        self._due = self._clock.monotonic()
        self._wake()

    def hurry(self) -> None:
        """The button, the network is back, or the computer woke: now, whatever failed before.

        Only a wait that the server itself asked for is kept.
        """
        if not self._server_said:
            self._not_before = 0.0
        self.poked()

    def set_active(self, active: bool) -> None:
        """Whether a person has the window in front: then rounds come every minute."""
        self._active = active
        if active and not self._running:
            self._due = min(self._due, self._clock.monotonic() + ACTIVE_S)
            self._woken.set()

    async def run(self) -> None:
        """Run rounds as they fall due, until cancelled."""
        while True:
            await self._until_due()
            self._running, self._again, self._edit_due = True, False, None
            end = await self._one_round()
            self._running = False
            self._plan_next(end)

    async def _one_round(self) -> RoundEnd:
        try:
            return await self._run_round()
        except Exception:  # noqa: BLE001  (a defect in one round must not end all later ones)
            _log.exception("a round of syncing broke off")
            return Broken()

    def _wake(self) -> None:
        if self._running:
            self._again = True
        self._woken.set()

    def _plan_next(self, end: RoundEnd) -> None:
        now = self._clock.monotonic()
        if end.failed:
            self._failures += 1
            self._server_said = end.retry_after is not None
            wait = backoff.wait_after(self._failures, self._chance, end.retry_after)
            self._due = self._not_before = now + wait
            return
        self._failures, self._server_said, self._not_before = 0, False, 0.0
        interval = ACTIVE_S if self._active else IDLE_S
        self._due = now if self._again else now + interval

    async def _until_due(self) -> None:
        while (wait := self.next_round_in) > 0:
            self._woken.clear()
            with contextlib.suppress(TimeoutError):
                await waiting.within(self._clock, wait, self._until_woken())

    async def _until_woken(self) -> None:
        await self._woken.wait()
