"""The preview of a push: what the scan shows needs a tick."""

import pytest
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.lessons.instances import Build
from desktop.studio.parcel import Parcel
from desktop.studio.scan import Finding, ScanReport
from desktop.ui.parts.push_sheet import PushSheet
from desktop.ui.parts.pushing import Prepared
from desktop.ui.theme.theme import Theme

REPORTS = {
    "ok": ScanReport(),
    "review": ScanReport((Finding("asset", 3, "A, line 3: an asset.", blocks=False),)),
    "blocked": ScanReport((Finding("loadstring", 3, "A, line 3: code.", blocks=True),)),
}


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def sheet(over: QWidget, verdict: str) -> PushSheet:
    return PushSheet(
        over,
        Prepared(
            parcel=Parcel(Build("Fractions", "", "", ()), REPORTS[verdict], [], {}),
            title="Fractions",
            where="Goes into the place at once.",
            windows=(),
            place="",
            parts=(),
            findings=(("warning", "warn", "A, line 3: it brings in an asset from Roblox."),),
            scores="",
        ),
    )


def test_what_the_scan_shows_can_be_pushed_only_with_a_tick(over: QWidget, theme: Theme) -> None:
    shown = sheet(over, "review")
    tick = shown.findChild(QCheckBox, "looked")
    assert isinstance(tick, QCheckBox)
    assert not shown.done_button.isEnabled()
    tick.click()
    assert shown.done_button.isEnabled()
    tick.click()
    assert not shown.done_button.isEnabled()


@pytest.mark.parametrize(("verdict", "may"), [("blocked", False), ("ok", True)])
def test_what_is_blocked_has_no_tick_and_what_is_in_order_needs_none(
    over: QWidget, theme: Theme, verdict: str, may: bool
) -> None:
    shown = sheet(over, verdict)
    assert shown.findChild(QCheckBox, "looked") is None
    assert shown.done_button.isEnabled() == may
