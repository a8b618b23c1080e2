"""How fast one server may be asked: as fast as it likes, and slower once it says it is too much.

Congestion control as TCP does it (Jacobson, 'Congestion Avoidance and Control', 1988), on the
rate of requests: it doubles with each success until the server pushed back (slow start), grows
by a step from then on (additive increase), and halves at each push-back (multiplicative
decrease). Pure: the moments are handed in.
"""

from collections import deque

FIRST_PER_S = 32.0
MOST_PER_S = 1_024.0
"""No limit in practice: no request is quicker than a millisecond."""
LEAST_PER_S = 0.5
STEP_PER_S = 1.0
MEASURED = 16
"""Requests over which the true rate is measured."""


class Pace:
    """The pace towards one server."""

    def __init__(self) -> None:
        self._rate = FIRST_PER_S
        self._threshold = MOST_PER_S
        self._next = 0.0
        self._slowed_at = float("-inf")
        self._starts: deque[float] = deque(maxlen=MEASURED)

    @property
    def rate(self) -> float:
        """Requests a second that are allowed now."""
        return self._rate

    def wait(self, now: float) -> float:
        """Take the next place, and return the seconds to wait for it."""
        start = max(now, self._next)
        self._next = start + 1.0 / self._rate
        self._starts.append(start)
        return start - now

    def answered(self) -> None:
        """A request was answered as it should be: a little faster."""
        if self._rate < self._threshold:
            self._rate = min(self._rate * 2.0, self._threshold)
        else:
            self._rate = min(self._rate + STEP_PER_S, MOST_PER_S)

    def pushed_back(self, started: float, now: float) -> None:
        """The server said that it was too much for the request that began at `started`.

        Requests that were on their way together count as one push-back.
        """
        if started <= self._slowed_at:
            return
        self._slowed_at = now
        self._rate = max(min(self._rate, self._measured(now)) / 2.0, LEAST_PER_S)
        self._threshold = self._rate
        self._next = max(self._next, now + 1.0 / self._rate)

    def _measured(self, now: float) -> float:
        """The true rate of late: an allowance that nobody used is nothing to halve."""
        if len(self._starts) < 2 or now <= self._starts[0]:
            return self._rate
        return len(self._starts) / (now - self._starts[0])
