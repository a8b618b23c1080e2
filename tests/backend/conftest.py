"""The real school process, shared by the tests of a worker."""

from tests.sync.world import school

__all__ = ["school"]
