"""What a page shows when it has nothing: what would be here, and how to get it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Glyph
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label

WIDEST_WORDS_PX = 460


class EmptyState(QWidget):
    """An icon, a title, a sentence that teaches, and the action it speaks of."""

    def __init__(self, icon: str, title: str, words: str, *actions: QWidget) -> None:
        super().__init__()
        head, text = label(title, "title", wrap=True), label(words, "soft", wrap=True)
        for part in (head, text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            part.setFixedWidth(WIDEST_WORDS_PX)
        self._head, self._text = head, text
        self.setLayout(
            column(
                None,
                row(None, Glyph(icon, "accent", 40), None),
                row(None, head, None),
                row(None, text, None),
                *([Flow(*actions, centred=True)] if actions else []),
                None,
                gap=tokens.SPACE_4,
                margins=(tokens.SPACE_5,) * 4,
            )
        )

    def tell(self, title: str, words: str) -> None:
        """Change the words."""
        self._head.setText(title)
        self._text.setText(words)
