"""Brings what the services say on their own threads to the UI thread, and survives closed pages."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

Changes = frozenset[tuple[str, str]]
"""Which records changed: (collection, id); a collection of `*` stands for any."""

Listener = Callable[[Changes], None]


class Bridge(QObject):
    """Re-emits each set of changes as a signal on the thread that made the bridge."""

    changed = Signal(frozenset)
    _arrived = Signal(frozenset)

    def __init__(self, subscribe: Callable[[Listener], Callable[[], None]]) -> None:
        super().__init__()
        self._arrived.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._unsubscribe = subscribe(self._hear)

    def close(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    def _hear(self, changes: Changes) -> None:
        self._arrived.emit(changes)
