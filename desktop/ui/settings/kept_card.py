"""Settings' card 'On this computer': how much, how safe, and everything one can do about it."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.page import Page
from desktop.ui.routes import Route
from desktop.ui.settings.copies import Copies
from desktop.ui.settings.copies_sheet import CopiesSheet
from desktop.ui.settings.erase_student_sheet import EraseStudentSheet
from desktop.ui.settings.erasing import Erasing
from desktop.ui.settings.presenter import KeptShown, SettingsPresenter
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label, rule
from desktop.ui.widgets.sheet import Sheet, answer


class KeptCard(Card):
    """Copies, recovery code, fetching again, erasing a student."""

    def __init__(self, page: Page, presenter: SettingsPresenter) -> None:
        super().__init__(tr("On this computer"))
        self._page = page
        self._desk = page.desk
        self._presenter = presenter
        self._copies = Copies(page.desk.services)
        self._erasing = Erasing(page.desk.services)
        self._kept = label("", wrap=True)
        self._safety = label("", "soft", wrap=True)
        self.body.addWidget(self._kept)
        self.body.addWidget(self._safety)
        self._code = _line(
            tr("Recovery code"),
            tr("Opens the work on this computer should its keyring be lost."),
            self._button(tr("Show the &recovery code…"), self._show_code, "recovery-code"),
        )
        self._add(
            _line(
                tr("Copies"),
                tr("One is made every day, and seven are kept."),
                self._button(tr("Make a &copy now"), self._copy, "copy-now"),
                self._button(tr("&Put a copy back…"), self._put_back, "put-back"),
            ),
            self._code,
            _line(
                tr("Something is missing"),
                tr("Asks the school for everything once more. What waits here stays."),
                self._button(tr("Fe&tch everything again"), self._fetch, "fetch-again"),
            ),
            _line(
                tr("A student leaves"),
                tr("Takes one student off this computer. What the school has stays there."),
                self._button(tr("Erase a &student…"), self._erase, "erase-student"),
            ),
        )

    def _add(self, *lines: QWidget) -> None:
        for line in lines:
            self.body.addWidget(line)

    def show_kept(self, shown: KeptShown) -> None:
        """Say how much is here, and whether others could read it."""
        self._kept.setText(shown.words)
        self._safety.setText(shown.safety)
        self._code.setVisible(shown.can_show_code)

    async def _copy(self) -> None:
        async with self._desk.work.doing(
            tr("Make a copy of your work"),
            route=Route("settings"),
            again=lambda: self._page.run(self._copy()),
        ):
            await self._presenter.copy_now()
        self._desk.toast(tr("Copied. The newest seven copies are kept."))
        await self._page.refresh()

    async def _put_back(self) -> None:
        sheet = CopiesSheet(self._page, self._copies)
        async with answer(sheet) as yes:
            if yes and sheet.chosen is not None:
                self._desk.away(self._copies.errand(sheet.chosen))

    async def _fetch(self) -> None:
        self._desk.toast(await self._erasing.fetch_again())

    async def _erase(self) -> None:
        sheet = EraseStudentSheet(self._page, self._erasing)
        async with answer(sheet) as yes:
            chosen = sheet.chosen if yes else None
        if chosen is not None:
            said = await self._erasing.erase_student(chosen)
            self._page.banner.tell(
                f"{said} {chosen.stays}", "good", tr("Fetch everything again"),
                self._page.runs(self._fetch),
            )  # fmt: skip
            await self._page.refresh()

    async def _show_code(self) -> None:
        words = tr(
            "Write it down and keep it safe: it opens the work on this computer should the "
            "keyring be lost, for whoever has both."
        )
        sheet = Sheet(self._page, tr("Recovery code"), words, tr("I have it"))
        code = label(self._presenter.recovery_code(), "strong", wrap=True)
        code.setObjectName("code")
        code.setTextInteractionFlags(
            code.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        sheet.fill(code)
        async with answer(sheet):
            pass

    def _button(
        self, title: str, work: Callable[[], Coroutine[Any, Any, None]], name: str
    ) -> Button:
        button = Button(title, self._page.runs(work))
        button.setObjectName(name)
        return button


def _line(title: str, words: str, *buttons: QWidget) -> QWidget:
    """What it is and what it means; what does it stands below, where long words have room."""
    said = column(label(title, "strong", wrap=True), label(words, "soft", wrap=True), gap=2)
    return holding(column(rule(), said, row(*buttons, None), gap=tokens.SPACE_2))
