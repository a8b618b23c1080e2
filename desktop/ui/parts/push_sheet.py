"""What a push will do, before the click."""

from PySide6.QtWidgets import QWidget

from desktop.ui.parts.pushing import Prepared, Tagged
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Part, column, holding, row
from desktop.ui.widgets.buttons import Glyph
from desktop.ui.widgets.fields import choice_field, named
from desktop.ui.widgets.labels import label, rule, tag
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.ticks import Tick


class PushSheet(Sheet):
    """The preview: what goes in, what the scan found, where it goes."""

    def __init__(self, over: QWidget, prepared: Prepared) -> None:
        super().__init__(over, tr("Push to Studio?"), prepared.title, tr("&Push"))
        self.done_button.setObjectName("push-now")
        self._window = choice_field(tr("Studio window"), prepared.windows)
        self._window.setCurrentIndex(max(0, self._window.findData(prepared.place)))
        where: list[Part] = [named(self._window)] if prepared.windows else []
        self.fill(
            label(tr("What changes in your place"), "field", wrap=True),
            *(tagged(part) for part in prepared.parts),
            rule(),
            *(finding(one) for one in prepared.findings),
            rule(),
            label(prepared.where, wrap=True),
            *where,
            label(prepared.scores, "soft", wrap=True),
            label(tr("It is read back and checked, and one click takes it out again."), "soft",
                  wrap=True),
        )  # fmt: skip
        if prepared.approval:
            self.fill(label(prepared.approval, "strong", wrap=True))
        if prepared.verdict == "review":
            self._ask_for_a_look()
        if prepared.verdict == "blocked":
            self.done_button.setEnabled(False)
            self.banner.tell(
                tr("This lesson may not go into a place. Open it, take out what is named below, "
                   "and push again."),
                "bad",
            )  # fmt: skip

    def _ask_for_a_look(self) -> None:
        """Only somebody who says that they looked at it may push what the scan shows."""
        looked = Tick(tr("&I have looked at it, and it may go in"))
        looked.setObjectName("looked")
        self.done_button.setEnabled(False)
        looked.toggled.connect(self.done_button.setEnabled)
        self.fill(looked)

    @property
    def place(self) -> str:
        """The place of the Studio window that was chosen; empty where there was no choice."""
        return str(self._window.currentData() or "")


def tagged(part: Tagged) -> QWidget:
    """A tag and words."""
    word, tone, words = part
    line = row(tag(word, tone), gap=tokens.SPACE_3)
    line.addWidget(label(words, wrap=True), 1)
    return holding(line)


def finding(one: Tagged) -> QWidget:
    """An icon and words."""
    icon, ink, words = one
    line = row(Glyph(icon, ink, 18), gap=tokens.SPACE_2)
    line.addLayout(column(label(words, wrap=True)), 1)
    return holding(line)
