"""The cache on a real file and the clock that stands still, for the tests of this folder."""

from tests.still_cache import act, ask, cache, clock, open_cache, said

__all__ = ["act", "ask", "cache", "clock", "open_cache", "said"]
