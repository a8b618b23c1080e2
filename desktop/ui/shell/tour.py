"""The tour: a few notes beside what they speak of. Nothing waits for it, and Escape ends it."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.strings import mark, tr
from desktop.ui.theme import tokens
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label

WIDE_PX = 320
SETTLED_MS = 300
"""By then a page that was just opened has its layout, and its parts their places."""
AWAY_PX = 14
"""Between the note and what it speaks of."""


@dataclass(frozen=True)
class Stop:
    """A step of the tour."""

    target: str
    """The name of the widget it stands beside."""
    title: str
    words: str


STOPS = (
    Stop("go-classes", mark("Your classes"),
         mark("Bring a class list here, or drop the file anywhere onto this window. You see what "
              "it changes before anything is saved.")),
    Stop("go-generate", mark("A lesson from one sentence"),
         mark("Say what it is about and for which grade. You read all of it before it is kept.")),
    Stop("go-studio", mark("Into Roblox Studio"),
         mark("A finished lesson goes in with one click, is read back, and comes out again with "
              "one more. Without Studio here there is a practice one.")),
    Stop("status-sync", mark("Nothing gets lost"),
         mark("With or without a network you work as always. Here it says what is saved and what "
              "still waits; Ctrl+Z takes back whatever you did last.")),
    Stop("palette", mark("Find anything"),
         mark("Ctrl+K and a few letters: students, classes, lessons, and everything that can be "
              "done. F1 explains the page you are on.")),
)  # fmt: skip


class Tour(QFrame):
    """The note, and a ring around what it speaks of."""

    def __init__(self, over: QWidget, theme: Theme, ended: Callable[[], object]) -> None:
        super().__init__(over)
        self._over, self._ended = over, ended
        self.setObjectName("tour")
        self.at = 0
        self._ring = QFrame(over)
        self._ring.setObjectName("tour-ring")
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.title = label("", "title", wrap=True)
        self.words = label("", wrap=True)
        self._count = label("", "caption")
        self.next = Button("", self._go_on, variant="primary")
        self.next.setObjectName("tour-next")
        skip = Button(tr("Skip the tour"), self.end, variant="quiet")
        skip.setObjectName("tour-skip")
        self._theme = theme
        edge = (tokens.SPACE_4,) * 4
        foot = row(self._count, None, skip, self.next, gap=tokens.SPACE_2)
        self._lines = column(self.title, self.words, foot, gap=tokens.SPACE_3, margins=edge)
        self.setLayout(self._lines)
        escape = QShortcut(Qt.Key.Key_Escape, over.window())
        escape.activated.connect(self.end)
        self.destroyed.connect(escape.deleteLater)
        self._escape = escape
        over.installEventFilter(self)
        self._show_stop()

    def end(self) -> None:
        """It is over, or somebody has seen enough."""
        self._over.removeEventFilter(self)
        self._escape.setEnabled(False)
        self._ring.hide()
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()
        self._ended()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stay beside what it speaks of.

        Requests of layouts are not listened to: placing the note makes one, without an end.
        """
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        if self.at + 1 == len(STOPS):
            self.end()
            return
        self.at += 1
        self._show_stop()

    def _show_stop(self) -> None:
        stop = STOPS[self.at]
        self.title.setText(tr(stop.title))
        self.words.setText(tr(stop.words))
        self._count.setText(tr("{at} of {all}", at=self.at + 1, all=len(STOPS)))
        last = self.at + 1 == len(STOPS)
        self.next.setText(tr("&Done") if last else tr("Next"))
        self.next.setAccessibleName(self.next.text().replace("&", ""))
        self.setAccessibleName(f"{self.title.text()}: {self.words.text()}")
        self.show()
        self._place()
        QTimer.singleShot(SETTLED_MS, self, self._place)

    def _place(self) -> None:
        target = self._over.window().findChild(QWidget, STOPS[self.at].target)
        if target is None or not target.isVisible():
            self._ring.hide()
            self._fit()
            self.move(tokens.SPACE_6, tokens.SPACE_6)
            return
        where = QRect(target.mapTo(self._over, QPoint(0, 0)), target.size())
        self._ring.setGeometry(where.adjusted(-3, -3, 3, 3))
        self._ring.show()
        self._ring.raise_()
        self._fit()
        self.move(self._beside(where))
        self.raise_()

    def _fit(self) -> None:
        """As high as the words want; Qt's own answer is that of the words before."""
        self._lines.activate()
        wide = max(self._theme.px(WIDE_PX), self._lines.totalMinimumSize().width())
        self.setFixedSize(wide, self._lines.totalHeightForWidth(wide))

    def _beside(self, where: QRect) -> QPoint:
        """At the side with room, or above; never beyond the edges of the window."""
        inside = self._over.rect().adjusted(8, 8, -8, -8)
        beside = where.right() + AWAY_PX
        if beside + self.width() > inside.right():
            beside = where.left() - AWAY_PX - self.width()
        top = min(where.top(), inside.bottom() - self.height())
        if where.bottom() > inside.bottom() - tokens.SPACE_6:  # at the foot: above it
            beside, top = where.left(), where.top() - AWAY_PX - self.height()
        beside = min(beside, inside.right() + 1 - self.width())
        return QPoint(max(inside.left(), beside), max(inside.top(), top))
