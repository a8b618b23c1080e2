"""Lines of a list that can be pressed: a picture, a title, a second line, and tags at the end."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.strings import plural
from desktop.ui.theme import tokens
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.boxes import Card, column, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.labels import label, tag

SHOWN = 50
"""So many lines stand in a card; a press of its button brings as many more."""
EDGE_PX = 12
"""Between the edge of a line, which shows under the pointer, and what it says."""


T = TypeVar("T", bound=Hashable)


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
        self._wanted = SHOWN
        self._told: Sequence[Hashable] = ()
        self._build: Callable[[Any], Line] | None = None
        self._standing: list[tuple[Hashable, Line]] = []
        self._sentence = _set_in(label("", "soft", wrap=True))
        self._sentence.hide()
        self._more = Button("", self._show_more, variant="quiet", icon="chevron-down")
        self._more.setObjectName("more")
        self._more.hide()
        if title:
            self.body.addWidget(_set_in(label(title, "title", wrap=True)))
        self.body.addLayout(self._lines)
        self.body.addWidget(self._sentence)
        self.body.addLayout(row(self._more, None))
        self.body.addStretch(1)

    def show_lines(self, lines: Iterable[T], build: Callable[[T], "Line"]) -> None:
        """Show what `build` makes of each, instead of what is here; no fewer than were before.

        What was shown already stays as it is, for `build` makes the same of what is equal. A
        page that hears of change upon change would else make all its lines anew each time.
        """
        if build != self._build:
            self._let_go(self._standing)
            self._standing = []
        self._told, self._build = list(lines), build
        self._sentence.setVisible(not self._told and bool(self._sentence.text()))
        self._arrange()

    def say(self, words: str) -> None:
        """Say a sentence where the lines would be, until there are some."""
        self._sentence.setText(words)
        self._sentence.show()

    def _show_more(self) -> None:
        self._wanted += SHOWN
        self._arrange()

    def _arrange(self) -> None:
        """Let the lines stand that were told and are wanted, and no others."""
        wanted = self._told[: self._wanted]
        if [line for line, _ in self._standing] != list(wanted):
            kept, gone = _still_told(self._standing, wanted)
            self._let_go(gone)
            self._standing = [(line, self._place(at, line, kept)) for at, line in enumerate(wanted)]
            self._bring_into_turn()
        left = len(self._told) - len(wanted)
        self._more.setText(plural("Show more ({count} more)", "Show more ({count} more)", left))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(left > 0)

    def _place(self, at: int, line: Hashable, kept: dict[Hashable, list["Line"]]) -> "Line":
        """The line that says `line`, brought to its place."""
        assert self._build is not None
        before = kept.get(line)
        made = before.pop(0) if before else self._build(line)
        here = self._lines.itemAt(at)
        if here is None or here.widget() is not made:
            self._lines.insertWidget(at, made)
        return made

    def _let_go(self, lines: Iterable[tuple[Hashable, "Line"]]) -> None:
        for _, line in lines:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()

    def _bring_into_turn(self) -> None:
        """Let the Tab key come to the lines in order, and to new ones not after all the window."""
        for _, line in self._standing:
            before = _stop_before(self._more)
            if before not in (line, None):
                QWidget.setTabOrder(before, line)


def _still_told(
    standing: Iterable[tuple[Hashable, "Line"]], wanted: Iterable[Hashable]
) -> tuple[dict[Hashable, list["Line"]], list[tuple[Hashable, "Line"]]]:
    """Which lines can stay, by what they say, and which must go."""
    room = Counter(wanted)
    kept: dict[Hashable, list[Line]] = {}
    gone = []
    for said, line in standing:
        if room[said] > 0:
            room[said] -= 1
            kept.setdefault(said, []).append(line)
        else:
            gone.append((said, line))
    return kept, gone


def _stop_before(widget: QWidget) -> QWidget | None:
    """Where the Tab key was before it came to `widget`; None where it stops nowhere else."""
    before = widget.previousInFocusChain()
    while before is not None and before is not widget:
        if before.focusPolicy() != Qt.FocusPolicy.NoFocus:
            return before
        before = before.previousInFocusChain()
    return None


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
