"""Walks a window with the Tab key alone, there and back, and names where it does not come by."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.accessibility import INTERACTIVE, called, in_sight

MOST_STEPS = 400


def traps(window: QWidget) -> list[str]:
    """Where Tab or Shift+Tab stays, leaves something out, or does not come round to its start."""
    forth, fault = _round(window, Qt.Key.Key_Tab)
    if fault:
        return [fault]
    back, fault = _round(window, Qt.Key.Key_Backtab)
    if fault:
        return [fault]
    found = [f"Tab never comes to {called(one)}" for one in _waiting(window) if one not in forth]
    if [forth[0], *reversed(forth[1:])] != back:
        found.append("Shift+Tab does not go the way back that Tab came")
    return found


def _round(window: QWidget, key: Qt.Key) -> tuple[list[QWidget], str]:
    start = window.focusWidget() or window
    if not start.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        QTest.keyClick(start, Qt.Key.Key_Tab)  # a page that was just opened has it itself
        start = window.focusWidget()
    if start is None:
        return [], "nothing has the focus"
    seen = [start]
    for _ in range(MOST_STEPS):
        before = window.focusWidget()
        assert before is not None
        QTest.keyClick(before, key)
        now = QApplication.focusWidget()
        if now is None:
            return seen, f"the focus is lost after {called(before)}"
        if now is before:
            alone = all(one is before for one in _waiting(window))  # there is nowhere else
            return seen, "" if alone else f"the focus stays in {called(before)}"
        if now is start:
            return seen, ""
        if now in seen:
            return seen, f"the focus goes in a circle at {called(now)} and never to the start"
        seen.append(now)
    return seen, f"the focus does not come round within {MOST_STEPS} steps"


def _waiting(window: QWidget) -> list[QWidget]:
    """What the focus should come to."""
    return [
        one
        for one in in_sight(window)
        if isinstance(one, INTERACTIVE)
        and one.isEnabled()
        and one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and one.focusProxy() is None
        and not one.visibleRegion().isEmpty()
    ]
