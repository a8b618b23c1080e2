"""The copies of the work on this computer, with their days; one can be put back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.settings.copies import Copies, CopyShown
from desktop.ui.strings import tr
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.sheet import Sheet

LIST_PX = 220


class CopiesSheet(Sheet):
    """`chosen` is the copy to put back."""

    def __init__(self, over: QWidget, copies: Copies) -> None:
        super().__init__(
            over,
            tr("Copies of your work"),
            tr("A copy is made every day, and seven are kept. Putting one back keeps what was not "
               "sent, and what is here now becomes a copy too."),
            tr("Put it back"),
        )  # fmt: skip
        self._copies = copies
        self._found: list[CopyShown] = []
        self._tasks = Tasks(lambda error: self.banner.tell(sentence(error), "bad"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Copies"))
        self.list.setMinimumHeight(LIST_PX)
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._choose)
        self._words = label(tr("Reading the copies…"), "soft", wrap=True)
        self.fill(self.list, self._words)
        self.body.setStretchFactor(self.list, 1)
        self.done_button.setEnabled(False)
        self.finished.connect(lambda _: self._tasks.cancel())
        self._tasks.start(self._load())

    @property
    def chosen(self) -> CopyShown | None:
        """The copy that is marked and can be put back."""
        row = self.list.currentRow()
        usable = 0 <= row < len(self._found) and self._found[row].usable
        return self._found[row] if usable else None

    async def _load(self) -> None:
        self._found = await self._copies.load()
        for one in self._found:
            item = QListWidgetItem(f"{one.title}\n{one.words}")
            if not one.usable:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self._words.setText("" if self._found else tr("There is no copy yet."))
        self._words.setHidden(bool(self._found))

    def _choose(self, _row: int) -> None:
        self.done_button.setEnabled(self.chosen is not None)
