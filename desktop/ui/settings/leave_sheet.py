"""Leaving an account: keep what is here or erase it, with what is unsent named first."""

from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.ui.parts.unsent_view import Export, UnsentView
from desktop.ui.settings.erasing import LeavingShown
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.labels import label, restyle
from desktop.ui.widgets.sheet import Sheet
from desktop.ui.widgets.ticks import Option, Tick

KEEP, ERASE, ERASE_ALL = "keep", "erase", "erase-all"


class LeaveSheet(Sheet):
    """`chosen` is one of KEEP, ERASE, ERASE_ALL."""

    def __init__(self, over: QWidget, shown: LeavingShown, export: Export) -> None:
        super().__init__(over, tr("Leave this account"), "", tr("Leave"))
        self._shown = shown
        self._export = export
        self._group = QButtonGroup(self)
        ways = [
            (KEEP, tr("&Keep what is on this computer"), shown.keep),
            (ERASE, tr("Erase this acco&unt from this computer"), shown.erase),
        ]
        if shown.erase_all:
            ways.append((ERASE_ALL, tr("Erase every a&ccount from this computer"), shown.erase_all))
        for at, (key, title, words) in enumerate(ways):
            choice = Option(title)
            choice.setObjectName(key)
            self._group.addButton(choice, at)
            said = label(words, "soft", wrap=True)
            said.setIndent(tokens.SPACE_5)
            self.fill(column(choice, said, gap=tokens.SPACE_1))
        self._keys = [key for key, _, _ in ways]
        self.unsent = UnsentView(self.banner)
        self.sure = Tick(tr("I know that it cannot be brought back"))
        self.sure.setObjectName("sure")
        self.fill(self.unsent, self.sure)
        self.sure.toggled.connect(self._settle)
        self.unsent.changed.connect(self._settle)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)
        self._turn()

    @property
    def chosen(self) -> str:
        """How the account is left."""
        return self._keys[self._group.checkedId()]

    def _toggled(self, _which: int, on: bool) -> None:
        if on:
            self._turn()

    def _turn(self) -> None:
        erasing = self.chosen != KEEP
        restyle(self.done_button, "variant", "danger" if erasing else "primary")
        self.done_button.setText(tr("Erase") if erasing else tr("Leave"))
        self.done_button.setAccessibleName(self.done_button.text())
        self.done_button.setDefault(not erasing)
        self.done_button.setAutoDefault(not erasing)
        self.sure.setChecked(False)
        self.sure.setVisible(erasing and (self._shown.school or self.chosen == ERASE_ALL))
        if erasing:
            self.unsent.show_what_would_go(self._shown.unsent, self._export)
        else:
            self.unsent.hide()
        self._settle()
        self.fit()

    def _settle(self) -> None:
        settled = self.unsent.agreed and (self.sure.isHidden() or self.sure.isChecked())
        self.done_button.setEnabled(settled)
