"""How many points, and what for."""

import functools
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.ui.strings import plural, tr
from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import named, number_field, text_field
from desktop.ui.widgets.sheet import Sheet

PRESETS = (5, 10, 25, 50)
NAMED = 3


class AwardSheet(Sheet):
    """Awards XP to `names`."""

    def __init__(self, over: QWidget, names: Sequence[str]) -> None:
        super().__init__(over, tr("Award XP"), _whom(names), tr("&Award"))
        self.xp = number_field(tr("Points"), 1, 1_000, 10, 5)
        self.reason = text_field(tr("What for"), tr("for example helping a classmate"))
        self.reason.setMaxLength(200)
        quick = [
            Button(f"{points}", functools.partial(self.xp.setValue, points),
                   name=plural("{points} point", "{points} points", points, points=points))
            for points in PRESETS
        ]  # fmt: skip
        for button in quick:
            button.setAutoDefault(False)
        self.fill(named(self.xp), row(*quick, None, gap=8), named(self.reason))
        self.xp.setFocus()
        self.xp.selectAll()

    def filled(self) -> tuple[int, str]:
        """Points and reason."""
        return self.xp.value(), self.reason.text().strip()


def _whom(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return tr("For {names}.", names=", ".join(names))
    return plural(
        "For {names} and {count} other.", "For {names} and {count} others.",
        len(names) - NAMED, names=", ".join(names[:NAMED]),
    )  # fmt: skip
