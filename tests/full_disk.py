"""A full disk: the kernel refuses what a file would grow beyond a few bytes."""

import contextlib
import resource
from collections.abc import Iterator


@contextlib.contextmanager
def full(room: int = 0) -> Iterator[None]:
    """Let no file of this process grow beyond `room` bytes; Python is told with an OSError."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
