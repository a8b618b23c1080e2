"""The sheet of shortcuts: every command with keys, menu by menu."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.ui import commands
from desktop.ui.commands import MENUS, Menu
from desktop.ui.strings import mark, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.labels import label, tag
from desktop.ui.widgets.sheet import WIDE_PX, Sheet

MAC = sys.platform == "darwin"
HIGH_PX = 620
_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
EVERYWHERE: tuple[tuple[str, str], ...] = (
    ("Tab", mark("On to the next thing, and with Shift back")),
    ("Enter", mark("Open the row, or press what has the focus")),
    ("Esc", mark("Close what lies over the window")),
)
"""Keys that belong to no command."""


class ShortcutsSheet(Sheet):
    """Opened with ? or Ctrl+/; Escape closes it."""

    least_height = HIGH_PX

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, tr("Keyboard shortcuts"), "", tr("Close"), width=WIDE_PX)
        self.cancel_button.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        cards = [_card(tr(title).replace("&", ""), lines_of(menu)) for menu, title in MENUS.items()]
        cards.append(_card(tr("Everywhere"), [(tr(words), (keys,)) for keys, words in EVERYWHERE]))
        self.fill_scrolling(holding(column(*cards, gap=tokens.SPACE_4)))


def lines_of(menu: Menu) -> list[tuple[str, tuple[str, ...]]]:
    """The commands of a menu that have keys: words, and the keys as this platform writes them."""
    return [
        (tr(one.title), tuple(commands.shown_keys(keys, mac=MAC) for keys in one.keys_on(mac=MAC)))
        for one in commands.of_menu(menu)
        if one.keys_on(mac=MAC)
    ]


def _card(title: str, lines: list[tuple[str, tuple[str, ...]]]) -> QWidget:
    card, grid = Card(title), QGridLayout()
    grid.setHorizontalSpacing(tokens.SPACE_4)
    grid.setVerticalSpacing(tokens.SPACE_2)
    grid.setColumnStretch(0, 1)
    for at, (words, keys) in enumerate(lines):
        grid.addWidget(label(words, wrap=True), at, 0)
        grid.addLayout(row(*map(tag, keys), gap=tokens.SPACE_2), at, 1, _AT_END)
    card.body.addLayout(grid)
    return card
