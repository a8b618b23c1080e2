"""What lives in the process: counted now and then, so that growth can be told from warm-up."""

import ctypes
import ctypes.util
import gc
import sys
from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.ui.monkey.watch import memory_mb

MOST_TOLD = 8
"""So many kinds of things are named, those first of which there are the most more."""


@dataclass(frozen=True)
class Census:
    """How much memory there is, and of what kind everything is that the collector knows."""

    memory_mb: float
    heap_mb: float
    """What of it is handed out: more memory and no more heap are holes, not a leak."""
    kinds: Counter[str]

    @staticmethod
    def taken() -> "Census":
        """Count, once all that nobody holds is gone."""
        gc.collect()
        kinds: Counter[str] = Counter()
        for one in gc.get_objects():
            kind = type(one)
            kinds[f"{kind.__module__}.{kind.__qualname__}"] += 1
        of_qt = Counter(f"Qt {one.metaObject().className()}" for one in _of_qt())
        return Census(memory_mb(), heap_mb(), kinds + of_qt)

    def more_than(self, before: "Census") -> str:
        """In one line: the memory, all things, and the kinds there are more of than `before`."""
        more = Counter({kind: self.kinds[kind] - before.kinds[kind] for kind in self.kinds})
        named = ", ".join(
            f"{kind} {count:+}" for kind, count in more.most_common(MOST_TOLD) if count > 0
        )
        return (
            f"{self.memory_mb:.1f} MB ({self.memory_mb - before.memory_mb:+.1f}), "
            f"heap {self.heap_mb:.1f} MB ({self.heap_mb - before.heap_mb:+.1f}), "
            f"{self.kinds.total()} things; more: {named}"
        )


def _of_qt() -> list[QObject]:
    """Every widget with all that hangs below it, and what hangs below the application."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    tops = [one for one in application.allWidgets() if one.parent() is None]
    return [below for top in (*tops, application) for below in (top, *top.findChildren(QObject))]


class _Mallinfo2(ctypes.Structure):
    """What glibc tells of its heap (mallinfo(3)), in bytes."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks",
                     "uordblks", "fordblks", "keepcost")
    )  # fmt: skip


def heap_mb() -> float:
    """What of the C heap is handed out; 0 where nobody can tell."""
    libc = ctypes.CDLL(ctypes.util.find_library("c")) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "mallinfo2"):
        return 0.0
    libc.mallinfo2.restype = _Mallinfo2
    told = libc.mallinfo2()
    return (told.uordblks + told.hblkhd) / 1e6
