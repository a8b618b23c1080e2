"""Lines of a list that can be pressed: a picture, a title, a second line, and tags at the end."""

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.strings import plural
from desktop.ui.theme import tokens
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.boxes import Card, column, empty, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.labels import label, tag

SHOWN = 50
"""So many lines stand in a card; a press of its button brings as many more."""
EDGE_PX = 12
"""Between the edge of a line, which shows under the pointer, and what it says."""


T = TypeVar("T")


class ListCard(Card):
    """A card of lines: what they say stands right below the title, their edge beyond it.

    Thousands of lines would take the window's breath away: the first stand there, and a button
    brings more.
    """

    def __init__(self, title: str = "") -> None:
        super().__init__(gap=tokens.SPACE_2)
        sides, ends = tokens.SPACE_2, tokens.SPACE_5 - 4 if title else tokens.SPACE_2
        self.body.setContentsMargins(sides, ends, sides, tokens.SPACE_3)
        self._lines = column(gap=2)
        self._wanted, self._left = SHOWN, list[Callable[[], Line]]()
        self._more = Button("", self._show_more, variant="quiet", icon="chevron-down")
        self._more.setObjectName("more")
        self._more.hide()
        if title:
            self.body.addWidget(_set_in(label(title, "title", wrap=True)))
        self.body.addLayout(self._lines)
        self.body.addLayout(row(self._more, None))
        self.body.addStretch(1)

    def show_lines(self, lines: Iterable[T], build: Callable[[T], "Line"]) -> None:
        """Show what `build` makes of each, instead of what is here; no fewer than were before."""
        empty(self._lines)
        self._left = [functools.partial(build, line) for line in lines]
        self._add(self._wanted)

    def say(self, words: str) -> None:
        """Say a sentence where the lines would be."""
        self._lines.addWidget(_set_in(label(words, "soft", wrap=True)))

    def _show_more(self) -> None:
        self._wanted += SHOWN
        self._add(SHOWN)

    def _add(self, count: int) -> None:
        here, self._left = self._left[:count], self._left[count:]
        for build in here:
            self._lines.addWidget(build())
        left = len(self._left)
        self._more.setText(plural("Show more ({count} more)", "Show more ({count} more)", left))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(left > 0)


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
