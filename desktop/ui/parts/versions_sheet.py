"""An earlier version of a lesson beside the one of now, and the way back to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.lessons.comparing import Line, PartDiff
from desktop.ui.parts.versions import Earlier, part_words
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, empty, holding
from desktop.ui.widgets.fields import choice_field, named
from desktop.ui.widgets.labels import label, restyle
from desktop.ui.widgets.sheet import Sheet

WIDTH_PX = 900
TOP = Qt.AlignmentFlag.AlignTop


class VersionsSheet(Sheet):
    """`chosen` is the version that is shown; accepting brings it back."""

    least_height = 560

    def __init__(self, over: QWidget, versions: list[Earlier]) -> None:
        words = (
            tr("What differs stands side by side. Bringing one back can be undone.")
            if versions
            else tr("This lesson has not been changed since it was made.")
        )
        super().__init__(over, tr("Earlier versions"), words, tr("&Bring it back"), width=WIDTH_PX)
        self._versions = versions
        self._pick = choice_field(
            tr("Version"), [(one.title, at) for at, one in enumerate(versions)]
        )
        self._pick.currentIndexChanged.connect(lambda _: self._show())
        self._inside = column(gap=0)
        self.done_button.setVisible(bool(versions))
        if not versions:
            self.least_height = 0
            self.cancel_button.setText(tr("Close"))
            self._pick.hide()
            return
        self.body.addLayout(named(self._pick))
        self.body.addLayout(self._inside, 1)
        self._show()

    @property
    def chosen(self) -> Earlier:
        """The version that is shown."""
        return self._versions[max(0, self._pick.currentIndex())]

    def _show(self) -> None:
        empty(self._inside)
        cards = [_part(part) for part in self.chosen.parts]
        area = self.area_around(holding(column(*cards, None, gap=tokens.SPACE_4)))
        self._inside.addWidget(area, 1)


def _part(part: PartDiff) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.SPACE_4)
    grid.setVerticalSpacing(tokens.SPACE_2)
    grid.addWidget(label(tr("Then"), "caption"), 0, 0)
    grid.addWidget(label(tr("Now"), "caption"), 0, 1)
    differing = [line for line in part.lines if line.differs]
    for at, line in enumerate(differing, 1):
        grid.addWidget(_side(line, line.before, tr("Then")), at, 0, TOP)
        grid.addWidget(_side(line, line.after, tr("Now")), at, 1, TOP)
    alike = len(part.lines) - len(differing)
    for side in (0, 1):
        grid.setColumnStretch(side, 1)
    card = Card(part_words(part.part), grid)
    if alike:
        card.body.addWidget(label(tr("{count} more, unchanged", count=alike), "caption"))
    return card


def _side(line: Line, text: str | None, when: str) -> QLabel:
    made = label(text or tr("(not there)"), wrap=True)
    made.setAccessibleName(f"{when}: {made.text()}")
    restyle(made, "tone", "" if text else "soft")
    if line.before is None or line.after is None:
        made.setProperty("role", "strong" if text else "soft")
    return made
