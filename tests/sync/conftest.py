"""The real school process, shared by the tests of a worker, and a cache with a still clock."""

from tests.still_cache import act, cache, clock, open_cache
from tests.sync.world import school

__all__ = ["act", "cache", "clock", "open_cache", "school"]
