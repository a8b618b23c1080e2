"""Limits on how often: sliding windows in memory, by account, address or key."""

import collections
import threading
from collections.abc import Callable, Hashable

MAX_KEYS = 10_000
"""How many keys one window remembers: a flood of made-up names must not fill the memory."""


class Window:
    """At most `most` hits of one key within `seconds`."""

    def __init__(self, most: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._monotonic = monotonic
        self._hits: collections.OrderedDict[Hashable, collections.deque[float]] = (
            collections.OrderedDict()
        )
        self._turn = threading.Lock()

    def wait(self, key: Hashable) -> float:
        """Seconds until `key` may go on; 0 when it may now."""
        with self._turn:
            hits = self._recent(key)
            if len(hits) < self._most:
                return 0.0
            return max(0.001, hits[0] + self._seconds - self._monotonic())

    def hit(self, key: Hashable, count: int = 1) -> None:
        """Count `count` hits of `key`."""
        with self._turn:
            self._count(key, self._recent(key), count)

    def admit(self, key: Hashable) -> float:
        """Count a hit of `key` and return 0 if it may go on now; else the seconds until it may.

        In one step: of many who ask at once, no more than `most` get in.
        """
        with self._turn:
            hits = self._recent(key)
            if len(hits) >= self._most:
                return max(0.001, hits[0] + self._seconds - self._monotonic())
            self._count(key, hits, 1)
            return 0.0

    def take_back(self, key: Hashable) -> None:
        """Forget the latest hit of `key`: it turned out to be none."""
        with self._turn:
            hits = self._hits.get(key)
            if hits:
                hits.pop()

    def forget(self, key: Hashable) -> None:
        """Start again for `key`."""
        with self._turn:
            self._hits.pop(key, None)

    def _count(self, key: Hashable, hits: collections.deque[float], count: int) -> None:
        hits.extend([self._monotonic()] * min(count, self._most))
        while len(hits) > self._most:
            hits.popleft()
        self._hits[key] = hits
        self._hits.move_to_end(key)
        while len(self._hits) > MAX_KEYS:
            self._hits.popitem(last=False)

    def _recent(self, key: Hashable) -> collections.deque[float]:
        hits = self._hits.get(key, collections.deque())
        oldest = self._monotonic() - self._seconds
        while hits and hits[0] <= oldest:
            hits.popleft()
        return hits
