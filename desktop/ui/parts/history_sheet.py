"""What happened to a record: old and new value, who, where and when, and each step's undo."""

import functools

from PySide6.QtWidgets import QWidget

from desktop.ui.page import Page
from desktop.ui.parts import record_history
from desktop.ui.parts.record_history import Happened, HistoryShown
from desktop.ui.strings import plural, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label, rule
from desktop.ui.widgets.sheet import WIDE_PX, Sheet, answer


async def show(page: Page, record: tuple[str, str]) -> None:
    """Show the history of `record` (collection, id) over `page`, and do what is chosen there."""
    sheet = HistorySheet(page, await record_history.load(page.desk.services, record))
    async with answer(sheet):
        step = sheet.step
    if step:
        page.desk.undoing.take_back(step)


class HistorySheet(Sheet):
    """`step` is what shall be taken back, 0 for nothing."""

    least_height = 480

    def __init__(self, over: QWidget, shown: HistoryShown) -> None:
        words = (
            tr("Everything that happened, newest first.")
            if shown.lines
            else tr("Nothing has been changed here yet.")
        )
        super().__init__(over, shown.title or tr("History"), words, tr("Close"), width=WIDE_PX)
        self.step = 0
        self.cancel_button.hide()
        lines = column(gap=tokens.SPACE_2)
        for at, one in enumerate(shown.lines):
            if at:
                lines.addWidget(rule())
            first = not at or shown.lines[at - 1].step != one.step
            lines.addWidget(self._line(one, with_undo=bool(one.step) and first))
        if shown.more:
            lines.addWidget(label(plural("and {count} more", "and {count} more", shown.more),
                                  "soft"))  # fmt: skip
        if shown.lines:
            self.fill_scrolling(holding(lines))
        else:
            self.least_height = 0

    def _line(self, one: Happened, *, with_undo: bool) -> QWidget:
        said = column(label(one.words, "strong", wrap=True),
                      label(f"{one.who} · {one.when}", "caption", wrap=True), gap=2)  # fmt: skip
        whole = row(gap=tokens.SPACE_3)
        whole.addLayout(said, 1)
        if with_undo:
            undo = Button(tr("Undo"), functools.partial(self._take_back, one.step),
                          name=tr("Undo: {what}", what=one.words))  # fmt: skip
            undo.setObjectName(f"undo-{one.step}")
            undo.setAutoDefault(False)
            whole.addWidget(undo)
        return holding(whole)

    def _take_back(self, step: int) -> None:
        self.step = step
        self.accept()
