"""When the system says that the network is back, nothing waits for a back-off."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation

from desktop.ui.shell import network

Reachability = QNetworkInformation.Reachability


class System(QObject):
    """What the system tells, told by hand."""

    reachabilityChanged = Signal(QNetworkInformation.Reachability)  # noqa: N815  (Qt's name)


def test_a_network_that_is_back_is_heard_until_nobody_listens(qapp: object) -> None:
    system, heard = System(), []
    end = network.on_return(lambda: heard.append("back"), system)
    system.reachabilityChanged.emit(Reachability.Disconnected)
    assert heard == []
    system.reachabilityChanged.emit(Reachability.Site)  # the school is in the same building
    system.reachabilityChanged.emit(Reachability.Online)
    assert heard == ["back", "back"]
    end()
    system.reachabilityChanged.emit(Reachability.Online)
    assert heard == ["back", "back"]


def test_the_system_of_this_computer_is_asked_without_harm(qapp: object) -> None:
    network.on_return(lambda: None)()
