"""The palette (Ctrl+K): type a few letters, go anywhere."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.ui.desk import Desk
from desktop.ui.loop import Tasks
from desktop.ui.routes import PLACES, Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column

WIDE_PX, HIGH_PX = 560, 360
_TO_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QDialog):
    """A field over a list: the arrows choose, Enter goes, Escape closes."""

    def __init__(self, over: QWidget, desk: Desk) -> None:
        super().__init__(over)
        self._desk = desk
        self._entries = [(tr(place.title), Route(place.screen)) for place in PLACES]
        self.setWindowTitle(tr("Go to"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Where to?"))
        self.field.setAccessibleName(tr("Where to?"))
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Found"))
        self.field.textChanged.connect(self._find)
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.found.itemActivated.connect(lambda _item: self._take())
        edge = tokens.SPACE_4
        self.setLayout(column(self.field, self.found, margins=(edge, edge, edge, edge)))
        self.resize(WIDE_PX, HIGH_PX)
        self._find("")
        self._tasks = Tasks(lambda _error: None)  # without them the screens can still be chosen
        self._tasks.start(self._ask())
        self.finished.connect(lambda _result: self._tasks.cancel())

    def offer(self, entries: list[tuple[str, Route]]) -> None:
        """Add places to go: classes, lessons."""
        self._entries += entries
        self._find(self.field.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """The field hands the arrows on to the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and Qt.Key(event.key()) in _TO_LIST
        ):
            self.found.event(event)
            return True
        return super().eventFilter(watched, event)

    async def _ask(self) -> None:
        self.offer(await self._desk.offers())

    def _find(self, typed: str) -> None:
        words = typed.casefold().split()
        self.found.clear()
        for title, route in self._entries:
            if all(word in title.casefold() for word in words):
                item = QListWidgetItem(title)
                item.setData(Qt.ItemDataRole.UserRole, route)
                self.found.addItem(item)
        self.found.setCurrentRow(0)

    def _take(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            self.accept()
            self._desk.go(item.data(Qt.ItemDataRole.UserRole))
