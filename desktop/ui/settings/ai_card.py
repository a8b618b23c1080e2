"""Settings' card "AI provider": who writes lessons, with a button that tries it."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from desktop.ui.page import Page, sentence
from desktop.ui.settings.ai_providers import (
    CHOICES,
    AiProviders,
    Filled,
    Shown,
    address_of,
    needs_no_key,
)
from desktop.ui.strings import plural, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Card, column, holding
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.fields import choice_field, fill, named, number_field, text_field
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label

NOWHERE = ("template",)
ACROSS = 2
"""Fields side by side."""


class AiCard(Card):
    """The provider with its address, key and model; or what the school server uses."""

    def __init__(self, page: Page, providers: AiProviders) -> None:
        super().__init__(tr("AI provider"))
        self._page = page
        self._providers = providers
        self._words = label("", "soft", wrap=True)
        self.choice = choice_field(
            tr("Who makes your lessons"), [(tr(words), choice) for choice, _, words in CHOICES]
        )
        self.address = text_field(tr("Address"), "https://")
        self.key = text_field(tr("Key"))
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.username = text_field(tr("Your name at the platform"))
        self.model = QComboBox()
        self.model.setEditable(True)
        self.model.setAccessibleName(tr("Model"))
        self.tokens = number_field(tr("Most tokens for a lesson"), 1_000, 5_000_000, 150_000, 1_000)
        self.tokens.setGroupSeparatorShown(True)
        self.cents = number_field(tr("Most US cents for a lesson"), 1, 100_000, 100, 10)
        self._ask_models = Button(tr("Fetch its m&odels"), self._does(self._fetch))
        self._ask_models.setObjectName("fetch-models")
        self._try = Button(tr("Tr&y it"), self._does(self._try_it))
        self._try.setObjectName("try-provider")
        self._save = Button(tr("&Use this provider"), self._does(self._keep), variant="primary")
        self._save.setObjectName("save-provider")
        self._banner = Banner()
        self._privacy = label(
            tr("The topic, your wishes and your material are sent to this provider; records and "
               "names of your students never are, unless you tick it for one lesson."),
            "caption",
            wrap=True,
        )  # fmt: skip
        self._parts = {
            "address": holding(named(self.address)),
            "username": holding(named(self.username)),
            "key": holding(named(self.key)),
            "model": holding(named(self.model)),
            "tokens": holding(named(self.tokens)),
            "cents": holding(named(self.cents)),
        }
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.SPACE_4)
        for at in range(ACROSS):
            self._grid.setColumnStretch(at, 1)
        self._form = holding(
            column(named(self.choice), self._grid, self._privacy, self._banner,
                   Flow(self._save, self._try, self._ask_models), gap=tokens.SPACE_4)
        )  # fmt: skip
        self.body.addWidget(self._words)
        self.body.addWidget(self._form)
        self.choice.currentIndexChanged.connect(self._chosen)
        self._busy = False
        self._has_key = False
        self._shown: Shown | None = None
        self.hide()

    async def refresh(self) -> None:
        """Show what is set up; what a person has typed since stays."""
        shown = await self._providers.load()
        self._words.setText(shown.words)
        self._words.setVisible(bool(shown.words))
        self._form.setVisible(shown.may_choose)
        if shown != self._shown:
            self._shown = shown
            self._show(shown)
        self.show()

    def filled(self) -> Filled:
        """What is typed and chosen."""
        return Filled(
            choice=str(self.choice.currentData()),
            address=self.address.text(),
            model=self.model.currentText(),
            key=self.key.text().strip(),
            username=self.username.text(),
            tokens=self.tokens.value(),
            cents=self.cents.value(),
        )

    def _show(self, shown: Shown) -> None:
        filled = shown.filled
        self._has_key = shown.has_key
        blocked = self.choice.blockSignals(True)
        self.choice.setCurrentIndex(max(0, self.choice.findData(filled.choice)))
        self.choice.blockSignals(blocked)
        self.address.setText(filled.address)
        self.username.setText(filled.username)
        self.model.setEditText(filled.model)
        self.tokens.setValue(filled.tokens)
        self.cents.setValue(filled.cents)
        self.key.clear()
        self._fit()

    def _chosen(self) -> None:
        choice = str(self.choice.currentData())
        self.address.setText(address_of(choice))
        self.model.clear()
        self.key.clear()
        self._has_key = False
        self._banner.hide()
        self._fit()

    def _fit(self) -> None:
        """Show the fields that this choice has."""
        choice = str(self.choice.currentData())
        with_ai = choice not in NOWHERE
        platform = choice == "platform"
        shown = {
            "username": platform,
            "model": with_ai and not platform,
            "key": with_ai and not needs_no_key(choice),
        }
        for part in self._parts.values():
            self._grid.removeWidget(part)
        in_sight = 0
        for name, part in self._parts.items():
            if shown.get(name, with_ai):
                self._grid.addWidget(part, in_sight // ACROSS, in_sight % ACROSS)
                in_sight += 1
            # Shown before it lay in the grid, it would open a window of its own.
            part.setVisible(shown.get(name, with_ai))
        self._try.setVisible(with_ai)
        self._ask_models.setVisible(with_ai and not platform)
        self._privacy.setVisible(with_ai)
        self.key.setAccessibleName(tr("Password") if choice == "platform" else tr("Key"))
        kept = tr("Kept in the keyring; type to change it")
        self.key.setPlaceholderText(kept if self._has_key else "")

    def _does(self, work: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
        return lambda: self._page.run(self._alone(work))

    async def _alone(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """One thing at a time; what fails is said here, beside its fields."""
        if self._busy:
            return
        self._busy = True
        self._banner.tell(tr("Asking the provider…"))
        for button in (self._ask_models, self._try, self._save):
            button.setEnabled(False)
        try:
            await work()
        except Exception as error:  # noqa: BLE001  (said here; a defect of ours is logged)
            self._banner.tell(sentence(error), "bad")
        finally:
            self._busy = False
            for button in (self._ask_models, self._try, self._save):
                button.setEnabled(True)

    async def _fetch(self) -> None:
        names = await self._providers.models(self.filled())
        typed = self.model.currentText()
        fill(self.model, [(name, name) for name in names])
        self.model.setEditText(typed or (names[0] if names else ""))
        found = plural("It offers {count} model.", "It offers {count} models.", len(names))
        self._banner.tell(found, "good")

    async def _try_it(self) -> None:
        self._banner.tell(await self._providers.try_out(self.filled()), "good")

    async def _keep(self) -> None:
        await self._providers.keep(self.filled())
        self._has_key = self._has_key or bool(self.key.text())
        self.key.clear()
        self._fit()
        self._banner.tell(tr("Your next lessons are made so."), "good")
