"""How long to wait after a failure: pure, with the chance handed in."""

import random

FIRST_CAP_S = 1.0
LAST_CAP_S = 300.0
RECONNECT_CAP_S = 30.0
RECONNECT_JITTER = 0.25


def wait_after(failures: int, chance: random.Random, retry_after: float | None = None) -> float:
    """Seconds to wait after the `failures`-th failure in a row (the first is 1).

    Full jitter: anywhere between nothing and a cap that doubles from 1 s to 5 min, so that a
    school's devices do not come back all at once (Brooker, 'Exponential Backoff And Jitter',
    AWS Architecture Blog, 2015). What the server said in Retry-After wins.
    """
    if retry_after is not None:
        return max(retry_after, 0.0)
    return chance.uniform(0.0, _doubling(failures, LAST_CAP_S))


def reconnect_after(failures: int, chance: random.Random) -> float:
    """Seconds before the next try of a live connection: 1, 2, 4 ... 30, 25% either way."""
    wait = _doubling(failures, RECONNECT_CAP_S)
    return wait * chance.uniform(1 - RECONNECT_JITTER, 1 + RECONNECT_JITTER)


def _doubling(failures: int, cap: float) -> float:
    # 2**20 is far beyond either cap; a larger exponent would only overflow some day.
    return min(FIRST_CAP_S * 2.0 ** min(max(failures, 1) - 1, 20), cap)
