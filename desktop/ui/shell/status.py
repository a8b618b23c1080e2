"""The line at the foot of the window: how sync stands, how Studio stands, and where we are."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.routes import Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button


@dataclass(frozen=True)
class State:
    """One thing the line says: a mark, its colour, and words that say the same."""

    words: str
    icon: str = "ring"
    tone: str = "ink_soft"
    more: str = ""
    """The tooltip."""


class StatusBar(QWidget):
    """Buttons, each of which leads to the page that explains it."""

    def __init__(self, go: Callable[[Route], None]) -> None:
        super().__init__()
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sync = Button("", lambda: go(Route("sync")), variant="status", icon="ring")
        self._studio = Button("", lambda: go(Route("studio")), variant="status", icon="ring")
        self._sync.setObjectName("status-sync")
        self._studio.setObjectName("status-studio")
        self._work = Button("", lambda: go(Route("tasks")), variant="status", icon="ring")
        self._work.setObjectName("status-work")
        said = (self._sync, self._studio, None, self._work)
        self.setLayout(row(*said, gap=tokens.SPACE_2, margins=(8, 3, 8, 3)))
        self.clear()

    def clear(self) -> None:
        """Nobody is signed in: nothing to say."""
        for button in (self._sync, self._studio, self._work):
            button.hide()

    def tell_sync(self, state: State) -> None:
        """Say how sync stands."""
        _tell(self._sync, state, tr("Sync"))

    def tell_studio(self, state: State) -> None:
        """Say how Studio stands."""
        _tell(self._studio, state, tr("Studio"))

    def tell_work(self, state: State) -> None:
        """Say what runs; without words there is nothing to say."""
        _tell(self._work, state, tr("Tasks"))
        self._work.setVisible(bool(state.words))


def _tell(button: Button, state: State, what: str) -> None:
    button.setText(state.words)
    button.show_icon(state.icon, state.tone)
    button.setToolTip(state.more or state.words)
    button.setAccessibleName(f"{what}: {state.words}")
    button.show()
