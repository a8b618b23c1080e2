"""Hears from the system that the network is back, so that nothing waits for a back-off."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation

Reachability = QNetworkInformation.Reachability

OPEN = frozenset({Reachability.Local, Reachability.Site, Reachability.Online})
"""A school server may stand in the same building: the wider net need not be there."""


def on_return(heard: Callable[[], None], source: QObject | None = None) -> Callable[[], None]:
    """Call `heard` each time there is a network again, until the returned function is called.

    Where the system does not tell, nothing is heard, and syncing finds out by itself.
    """
    told = source or _system()
    if told is None:
        return lambda: None

    def changed(reached: QNetworkInformation.Reachability) -> None:
        if reached in OPEN:
            heard()

    told.reachabilityChanged.connect(changed)  # type: ignore[attr-defined]  # as Qt names it
    return lambda: told.reachabilityChanged.disconnect(changed)  # type: ignore[attr-defined]


def _system() -> QObject | None:
    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
        return None
    return QNetworkInformation.instance()
