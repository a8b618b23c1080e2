"""Lines of a list that can be pressed: a picture, a title, a second line, and tags at the end."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.theme import tokens
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.boxes import Card, column, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.labels import label, tag

EDGE_PX = 12
"""Between the edge of a line, which shows under the pointer, and what it says."""


class ListCard(Card):
    """A card of lines: what they say stands right below the title, their edge beyond it."""

    def __init__(self, title: str = "") -> None:
        super().__init__(gap=tokens.SPACE_2)
        sides, ends = tokens.SPACE_2, tokens.SPACE_5 - 4 if title else tokens.SPACE_2
        self.body.setContentsMargins(sides, ends, sides, tokens.SPACE_3)
        self.lines = column(gap=2)
        if title:
            self.body.addWidget(_set_in(label(title, "title", wrap=True)))
        self.body.addLayout(self.lines)
        self.body.addStretch(1)

    def say(self, words: str) -> None:
        """Say a sentence where the lines would be."""
        self.lines.addWidget(_set_in(label(words, "soft", wrap=True)))


def _set_in(words: QLabel) -> QLabel:
    words.setContentsMargins(EDGE_PX, 0, EDGE_PX, tokens.SPACE_1)
    return words


class Line(Button):
    """One line; pressing it opens what it speaks of."""

    def __init__(
        self,
        title: str,
        caption: str,
        pressed: Callable[[], object],
        *,
        tags: Sequence[tuple[str, str]] = (),
        avatar: str = "",
        icon: str = "",
    ) -> None:
        spoken = ". ".join(part for part in (title, caption, *(word for word, _ in tags)) if part)
        super().__init__("", pressed, variant="line", name=spoken)
        words = column(label(title, "strong", wrap=True), gap=2)
        if caption:
            words.addWidget(label(caption, "soft", wrap=True))
        picture: QWidget = Avatar(avatar) if avatar else Glyph(icon or "dot", "accent")
        self._line = row(picture, gap=tokens.SPACE_3, margins=(EDGE_PX, 10, EDGE_PX, 10))
        self._line.addLayout(words, 1)
        for word, tone in tags:
            self._line.addWidget(tag(word, tone))
        self._line.addWidget(Glyph("chevron-right"))
        self.setLayout(self._line)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As much room as the words inside want."""
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """As little as the words inside can bear."""
        return self._line.minimumSize()

    def heightForWidth(self, width: int) -> int:  # noqa: N802  (Qt's name)
        """Long words wrap, and the line grows."""
        return self._line.totalHeightForWidth(width)
