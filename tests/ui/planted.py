"""Screens with faults in them, planted by tests: each breaks in another place."""

from typing import Any

from PySide6.QtWidgets import QLineEdit

from desktop.errors import Offline
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.strings import tr
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.sheet import Sheet, answer

SECRET = "Ana Li, token eyJhbGciOi"


class BrokenOnce(Page):
    """Cannot be built the first time."""

    broken = True

    def __init__(self, desk: Desk) -> None:
        if BrokenOnce.broken:
            raise KeyError(SECRET)
        super().__init__(desk, PageHeader("Mended"))


class BrokenInside(Page):
    """Opens, and breaks wherever it is told to."""

    where = ""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PageHeader("Broken inside"))
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        self.button = Button("Break", self._break)
        self.body.addWidget(self.button)
        self.wrong = 0

    def open(self, subject: str) -> None:
        """Break where the address is taken."""
        if self.where == "open":
            raise ValueError(SECRET)
        super().open(subject)

    async def refresh(self) -> None:
        """Break where the page asks for what it shows."""
        if self.where == "refresh":
            raise RuntimeError(SECRET)
        if self.where == "offline":
            raise Offline("The school's server cannot be reached now.")

    def _break(self) -> None:
        raise ZeroDivisionError(SECRET)

    async def save(self) -> Any:
        """Ask for a name, and fail to save it."""
        sheet = NameSheet(self)
        async with answer(sheet) as yes:
            if yes and self.wrong == 0:
                self.wrong += 1
                raise OSError(SECRET)
            return sheet.name.text() if yes else None


class NameSheet(Sheet):
    """A form of one field."""

    def __init__(self, over: Page) -> None:
        super().__init__(over, "Name", "", tr("Close"))
        self.name = QLineEdit()
        self.fill(self.name)
