"""Short words at the foot of the window that go by themselves: done, and how to undo it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QEnterEvent, QFocusEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.ui.theme import shadow, tokens
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.speech import announce

STAYS_MS = 6_000
WIDEST_PX = 560
MOST = 3
"""So many stand above each other; a further one sends the oldest away."""

Pressed = Callable[[], object] | None


class Note(QFrame):
    """One sentence with at most one action. It stays while the pointer or the focus is on it."""

    def __init__(
        self, words: str, action: str, pressed: Pressed, gone: Callable[["Note"], None]
    ) -> None:
        super().__init__()
        self.setObjectName("toast")
        self.setAccessibleName(words)
        self.words = words
        self._pressed, self._gone = pressed, gone
        said = label(words)
        said.setWordWrap(said.fontMetrics().horizontalAdvance(words) > WIDEST_PX)
        line = row(gap=tokens.SPACE_4, margins=(16, 8, 8 if action else 16, 8))
        line.addWidget(said, 1)
        self._action = Button(action, self._act)
        self._action.installEventFilter(self)
        line.addWidget(self._action)
        self.setLayout(line)
        self._action.setVisible(bool(action))  # in the note by now, it opens no window of its own
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go)
        self._timer.start(STAYS_MS)

    def go(self) -> None:
        """Leave."""
        self._timer.stop()
        self._gone(self)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  (Qt's name)
        """Who points at it still reads it."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """It goes some seconds after the pointer."""
        super().leaveEvent(event)
        self._timer.start(STAYS_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Nor does it go while its action has the focus."""
        if isinstance(event, QFocusEvent):
            if event.gotFocus():
                self._timer.stop()
            else:
                self._timer.start(STAYS_MS)
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.go()
        if self._pressed is not None:
            self._pressed()


class Toast(QWidget):
    """The notes over the lower edge of its parent, or above `foot`, the newest at the bottom."""

    def __init__(self, over: QWidget, foot: QWidget | None = None) -> None:
        super().__init__(over)
        self._over, self._foot = over, foot
        self._notes: list[Note] = []
        self._last = ""
        edge = tokens.FLOATING.blur_px // 2
        self._lines = column(gap=tokens.SPACE_2, margins=(edge,) * 4)
        self.setLayout(self._lines)
        over.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it said last."""
        return self._last

    @property
    def texts(self) -> list[str]:
        """What stands there now, the oldest first."""
        return [note.words for note in self._notes]

    def tell(self, words: str, action: str = "", pressed: Pressed = None) -> None:
        """Say `words` for some seconds, below what is being said already."""
        self._last = words
        for old in [one for one in self._notes if one.words == words]:
            self._take_away(old)  # said twice in a row is one note, with what it offers now
        while len(self._notes) >= MOST:
            self._take_away(self._notes[0])
        note = Note(words, action, pressed, self._take_away)
        shadow.cast(note, tokens.FLOATING)
        self._notes.append(note)
        self._lines.addWidget(note)
        self.show()
        self._place()
        announce(self, words)

    def clear(self) -> None:
        """Take every note away, with what it offers."""
        for note in tuple(self._notes):
            self._take_away(note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _take_away(self, note: Note) -> None:
        self._notes.remove(note)
        self._lines.removeWidget(note)
        note.hide()
        note.deleteLater()
        self.setVisible(bool(self._notes))
        self._place()

    def _place(self) -> None:
        parent = self._over
        self._lines.activate()
        width = min(self.sizeHint().width(), parent.width() - 2 * tokens.SPACE_4)
        height = (
            self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        )
        foot = self._foot
        bottom = parent.height() if foot is None or foot.isHidden() else foot.y()
        top = bottom - height - tokens.SPACE_5
        self.setGeometry((parent.width() - width) // 2, top, width, height)
        self.raise_()
