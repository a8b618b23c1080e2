"""What lies over the pages while something is dragged over the window: what may be dropped."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Glyph
from desktop.ui.widgets.labels import label


class DropHint(QFrame):
    """Never in the way of the drop itself."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("drop-hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        head = label(tr("Drop it here"), "heading")
        words = label(tr("A class list (CSV, Excel or OneRoster) or a lesson. You see what it "
                         "changes before anything is saved."), "soft", wrap=True)  # fmt: skip
        for part in (head, words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        glyph = row(None, Glyph("download", "accent", 40), None)
        self.setLayout(column(None, glyph, head, words, None, margins=(tokens.SPACE_6,) * 4))
        self.hide()

    def show_over(self, area: QWidget) -> None:
        """Lie over `area`."""
        self.setGeometry(area.geometry())
        self.show()
        self.raise_()
