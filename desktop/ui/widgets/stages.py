"""A list of stages that fill in one after the other, for work that takes its time."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Glyph
from desktop.ui.widgets.labels import label, restyle

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
_LOOKS = {
    WAITING: ("ring", "ink_soft", "soft"),
    RUNNING: ("dot", "accent", "strong"),
    DONE: ("check", "good", ""),
    FAILED: ("warning", "bad", "strong"),
}


class StageList(QWidget):
    """One line a stage: a mark, its name, and what came of it."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._lines: list[tuple[Glyph, QLabel, QLabel]] = []
        lines = column(gap=tokens.SPACE_3)
        self.setLayout(lines)
        for name in names:
            line = (Glyph("ring"), label(name, "soft"), label("", "caption", wrap=True))
            self._lines.append(line)
            shown = row(line[0], line[1], gap=tokens.SPACE_3)
            shown.addWidget(line[2], 1)
            lines.addLayout(shown)

    def tell(self, at: int, state: str, note: str = "") -> None:
        """Show stage `at` as waiting, running, done or failed."""
        glyph, name, words = self._lines[at]
        icon, ink, role = _LOOKS[state]
        glyph.show_icon(icon, ink)
        restyle(name, "role", role)
        words.setText(note)
        spoken = {WAITING: tr("waiting"), RUNNING: tr("running"), DONE: tr("done")}
        name.setAccessibleName(f"{name.text()}: {spoken.get(state, tr('failed'))}")

    def reset(self) -> None:
        """All stages wait again."""
        for at in range(len(self._lines)):
            self.tell(at, WAITING)
