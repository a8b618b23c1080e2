"""Names what would be lost, offers to save it first, and asks whether it may go."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.loop import Tasks
from desktop.ui.page import sentence
from desktop.ui.parts.unsent import Named
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import files
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.ticks import Tick

Export = Callable[[Path], Awaitable[str]]


class UnsentView(QWidget):
    """Hidden while nothing would be lost; `agreed` says whether that is settled."""

    changed = Signal()

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self._banner = banner
        self._tasks = Tasks(lambda error: banner.tell(sentence(error), "bad"))
        self._export: Export | None = None
        self._head = label("", "strong", wrap=True)
        self._lines = label("", wrap=True)
        save = Button(tr("&Save to a file first…"), self._choose, icon="download")
        save.setObjectName("export-first")
        save.setAutoDefault(False)
        self.loss = Tick(tr("These changes may go as well"))
        self.loss.setObjectName("may-go")
        self.loss.toggled.connect(self.changed)
        self.setLayout(column(self._head, self._lines, row(save, None), self.loss,
                              gap=tokens.SPACE_2))  # fmt: skip
        self.hide()

    @property
    def agreed(self) -> bool:
        """Nothing would be lost, or the person has said that it may."""
        return self.isHidden() or self.loss.isChecked()

    def show_what_would_go(self, named: Named, export: Export) -> None:
        """Name unsent changes; none of them: nothing to ask."""
        self._export = export
        self.loss.setChecked(False)
        self._head.setText(named.head)
        self._lines.setText("\n".join(f"–  {line}" for line in named.lines))
        self.setVisible(named.count > 0)
        self.changed.emit()

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Export unsent work"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile("unsent-work.json")
        files.ask(dialog, lambda file: self._tasks.start(self.save(file)))

    async def save(self, file: Path) -> None:
        """Write what would be lost to `file`, and say so."""
        if self._export is not None:
            self._banner.tell(await self._export(file), "good")
