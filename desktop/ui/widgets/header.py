"""The head of a page: where I am, what it is, and what I can do here."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import add, column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label


class PageHeader(QWidget):
    """Title, one line below it, and the page's actions at the other end."""

    def __init__(
        self, title: str, *actions: QWidget, back: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.title = label(title, "heading", wrap=True)
        self.subtitle = label("", "soft", wrap=True)
        self.subtitle.hide()
        self.tags: QHBoxLayout = row(gap=tokens.SPACE_2)
        words = column(
            row(self.title, self.tags, gap=tokens.SPACE_3), self.subtitle, gap=tokens.SPACE_1
        )
        line = row(gap=tokens.SPACE_3)
        if back is not None:
            go_back = Button("", back, variant="quiet", icon="back", tip=tr("Back"))
            add(line, go_back)
        line.addLayout(words, 1)
        add(line, *actions)
        self.setLayout(line)

    def tell(self, title: str, subtitle: str = "") -> None:
        """Change the words."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
