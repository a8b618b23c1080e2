"""The last fence: an error that no code of ours caught is told of on the page in sight.

Qt swallows what a slot raises and writes it to standard error; a teacher would see a button that
does nothing.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


@contextmanager
def fenced(tell: Callable[[BaseException], object]) -> Iterator[None]:
    """While this lasts, `tell` hears of every uncaught error of this thread but a Ctrl+C."""
    before: Hook = sys.excepthook

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, Exception):
            before(kind, error, trace)
            return
        tell(error.with_traceback(trace))

    sys.excepthook = caught
    try:
        yield
    finally:
        sys.excepthook = before
