"""When the system says that the network is back, nothing waits for a back-off."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication

from desktop.sync.live import LiveSync
from desktop.ui import loop
from desktop.ui.shell import network
from tests.ui.driving import in_empty_school, opened

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


def test_the_window_syncs_when_the_network_is_back_and_hears_nothing_once_it_is_closed(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = System()
    went: list[str] = []
    monkeypatch.setattr(network, "_system", lambda: system)
    monkeypatch.setattr(LiveSync, "went_online", lambda _: went.append("online"))

    async def story() -> None:
        async with opened(tmp_path) as window:
            await in_empty_school(window)
            went.clear()  # a busy machine may look like one that woke
            system.reachabilityChanged.emit(Reachability.Online)
            assert went == ["online"]
        went.clear()
        system.reachabilityChanged.emit(Reachability.Online)
        assert went == []

    loop.run(qapp, story())
