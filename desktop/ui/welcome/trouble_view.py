"""The card of the first page when the work on this computer does not open: why, and what now."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.welcome.trouble import Trouble
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import named, text_field
from desktop.ui.widgets.labels import label


@dataclass(frozen=True)
class Ways:
    """What the buttons of the card do."""

    again: Callable[[], None]
    unlock: Callable[[str], None]
    """With the recovery code as it was typed."""
    begin_anew: Callable[[], None]
    show_folder: Callable[[], None]


class TroubleCard(QWidget):
    """Shows one `Trouble`; `elsewhere` goes back to the choices of the first page."""

    def __init__(self, elsewhere: Callable[[], None]) -> None:
        super().__init__()
        self._ways: Ways | None = None
        self._card = Card(gap=tokens.SPACE_3)
        self._title = label("", "title", wrap=True)
        self._words = label("", wrap=True)
        self._code = text_field(tr("Recovery code"), "ABCD-EFGH-…")
        self._code.setObjectName("code")
        self._code.returnPressed.connect(self._unlock)
        unlock = Button(tr("&Unlock"), self._unlock, variant="primary")
        unlock.setObjectName("unlock")
        anew = Button(tr("&Begin anew…"), lambda: self._do(lambda ways: ways.begin_anew()))
        anew.setObjectName("begin-anew")
        self._locked = holding(column(named(self._code), row(anew, None, unlock)))
        self._again = Button(tr("&Try again"), lambda: self._do(lambda ways: ways.again()))
        self._again.setObjectName("again")
        self._folder = Button(tr("&Show the folder"),
                              lambda: self._do(lambda ways: ways.show_folder()))  # fmt: skip
        self._folder.setObjectName("show-folder")
        other = Button(tr("Use &another account"), elsewhere, variant="quiet", icon="back")
        other.setObjectName("elsewhere")
        for part in (self._title, self._words, self._locked):
            self._card.body.addWidget(part)
        self._card.body.addLayout(row(other, None, self._folder, self._again))
        self.setLayout(column(self._card, None))

    @property
    def first(self) -> QWidget:
        """What has the focus when the card comes into sight."""
        return self._again if self._locked.isHidden() else self._code

    def show_trouble(self, trouble: Trouble, ways: Ways) -> None:
        """Say what is the matter, and offer `ways`."""
        self._ways = ways
        self._title.setText(trouble.title)
        self._words.setText(trouble.words)
        self._locked.setVisible(trouble.locked)
        self._again.setVisible(not trouble.locked)
        self._folder.setVisible(trouble.show_folder)

    def _unlock(self) -> None:
        code = self._code.text().strip()
        if code:
            self._do(lambda ways: ways.unlock(code))

    def _do(self, way: Callable[[Ways], None]) -> None:
        if self._ways is not None:
            way(self._ways)
