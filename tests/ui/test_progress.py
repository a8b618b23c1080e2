"""Progress in its place: it says how far the work is, moves only for who wants it, and can stop."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.progress import WHOLE, Bar, Progress


def test_a_bar_tells_its_share_to_screen_readers(qtbot: QtBot, theme: Theme) -> None:
    bar = Bar("Push to Studio")
    qtbot.addWidget(bar)
    bar.tell(0.6)
    told = QAccessible.queryAccessibleInterface(bar)
    assert told.role() == QAccessible.Role.ProgressBar
    assert told.text(QAccessible.Text.Name) == "Push to Studio"
    assert told.valueInterface().currentValue() == 0.6 * WHOLE


def test_work_of_unknown_length_moves_only_while_it_is_seen_and_wanted(
    qtbot: QtBot, theme: Theme
) -> None:
    bar = Bar("Make a lesson")
    qtbot.addWidget(bar)
    theme.show(motion="system")
    bar.tell(None)
    assert not bar.moves
    bar.show()
    assert bar.moves
    bar.hide()
    assert not bar.moves
    theme.show(motion="less")
    bar.show()
    assert not bar.moves
    theme.show(motion="system")


def test_stopping_is_asked_for_once(qtbot: QtBot, theme: Theme) -> None:
    progress, asked = Progress("Make a lesson"), []
    qtbot.addWidget(progress)
    progress.cancelled.connect(lambda: asked.append(1))
    progress.show()
    for _ in range(2):
        qtbot.mouseClick(progress.cancel_button, Qt.MouseButton.LeftButton)
    assert asked == [1]
    assert progress.words == "Stopping…"
