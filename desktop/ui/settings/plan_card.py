"""Settings' card "Your plan": what it allows, what is used, and a way to the page to change it."""

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.ui.page import Page
from desktop.ui.settings.plans import OfferShown, Plans
from desktop.ui.strings import tr
from desktop.ui.widgets.boxes import Card, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.sheet import Sheet, answer


class PlanCard(Card):
    """The plan in words; hidden where a school knows none."""

    def __init__(
        self,
        page: Page,
        plans: Plans,
        open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(tr("Your plan"))
        self._page = page
        self._plans = plans
        self._open_url = open_url
        self._offers: tuple[OfferShown, ...] = ()
        self._name = label("", "strong", wrap=True)
        self._use = label("", wrap=True)
        self._words = label("", "soft", wrap=True)
        self._choose = Button(tr("&Choose a plan…"), page.runs(self._choose_one))
        self._choose.setObjectName("choose-plan")
        self._manage = Button(tr("Change or end the pl&an…"), page.runs(self._change))
        self._manage.setObjectName("manage-plan")
        for part in (self._name, self._use, self._words):
            self.body.addWidget(part)
        self.body.addLayout(row(self._choose, self._manage, None))
        self.hide()
        self._deaf = plans.on_change(lambda: page.run(self.refresh()))

    async def refresh(self) -> None:
        """Ask the school, and show what it says."""
        shown = await self._plans.load()
        self.setVisible(shown is not None)
        if shown is None:
            return
        for part, words in (
            (self._name, shown.name), (self._use, shown.use), (self._words, shown.words),
        ):  # fmt: skip
            part.setText(words)
            part.setVisible(bool(words))
        self._offers = shown.offers
        self._choose.setVisible(bool(shown.offers))
        self._manage.setVisible(shown.manages)

    def close_card(self) -> None:
        """Hear no more of changes."""
        self._deaf()

    async def _choose_one(self) -> None:
        sheet = _OffersSheet(self._page, self._offers)
        async with answer(sheet) as yes:
            chosen = sheet.chosen if yes else ""
        if chosen:
            self._show(await self._plans.choose(chosen))

    async def _change(self) -> None:
        self._show(await self._plans.manage())

    def _show(self, url: str) -> None:
        if self._open_url(QUrl(url)):
            self._page.desk.toast(tr("The page is open in your browser. What you change there "
                                     "shows here."))  # fmt: skip
        else:
            self._page.banner.tell(tr("No browser could be opened. The page is {url}", url=url),
                                   "bad")  # fmt: skip


class _OffersSheet(Sheet):
    """`chosen` is the id of the plan that is marked."""

    def __init__(self, over: QWidget, offers: tuple[OfferShown, ...]) -> None:
        super().__init__(
            over,
            tr("Choose a plan"),
            tr("You pay on a page of the payment service, in your browser. No card number comes "
               "near this app."),
            tr("Open the page"),
        )  # fmt: skip
        self._offers = offers
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Plans"))
        self.list.setWordWrap(True)
        for offer in offers:
            self.list.addItem(QListWidgetItem(f"{offer.name}\n{offer.words}"))
        self.list.setCurrentRow(0)
        self.fill(self.list)

    @property
    def chosen(self) -> str:
        """The id of the plan that is marked; "" of none."""
        at = self.list.currentRow()
        return self._offers[at].id if 0 <= at < len(self._offers) else ""
