"""Settings: how the window looks, and whose account this is."""

from typing import cast

from PySide6.QtWidgets import QWidget

from desktop import __version__
from desktop.settings import Theme as Appearance
from desktop.ui.desk import Desk
from desktop.ui.language import LANGUAGES
from desktop.ui.page import Page
from desktop.ui.preferences import SCALES, Motion
from desktop.ui.settings.ai_card import AiCard
from desktop.ui.settings.ai_providers import AiProviders
from desktop.ui.settings.erasing import Erasing
from desktop.ui.settings.kept_card import KeptCard
from desktop.ui.settings.leave_sheet import ERASE_ALL, KEEP, LeaveSheet
from desktop.ui.settings.plan_card import PlanCard
from desktop.ui.settings.plans import Plans
from desktop.ui.settings.presenter import SettingsPresenter
from desktop.ui.settings.studio_card import StudioCard
from desktop.ui.settings.studio_roads import StudioRoads
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.header import PageHeader
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.segments import Segments
from desktop.ui.widgets.sheet import answer


class SettingsPage(Page):
    """Appearance, text size, the account, and where things lie."""

    widest = tokens.COLUMN

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, PageHeader(tr("Settings")))
        self._presenter = SettingsPresenter(desk.services)
        self._erasing = Erasing(desk.services)
        self._appearance = Segments(
            (
                ("system", tr("Like the system")),
                ("light", tr("Light")),
                ("dark", tr("Dark")),
                ("contrast", tr("High contrast")),
            ),
            tr("Appearance"),
        )
        self._appearance.choose(desk.theme.appearance)
        self._appearance.chosen.connect(self._show_appearance)
        desk.theme.changed.connect(self._follow)
        self._scale = Segments(
            tuple((str(scale), f"{scale:.0%}") for scale in SCALES), tr("Text size")
        )
        self._scale.choose(str(desk.theme.scale))
        self._scale.chosen.connect(lambda key: desk.theme.show(scale=float(key)))
        self._motion = Segments(
            (("system", tr("Like the system")), ("less", tr("As little as can be"))), tr("Motion")
        )
        self._motion.choose(desk.theme.motion)
        self._motion.chosen.connect(lambda key: desk.theme.show(motion=cast("Motion", key)))
        self._language = Segments(
            (("", tr("Like the system")), *((code, own) for code, own in LANGUAGES.items())),
            tr("Language of the window"),
        )
        chosen = desk.services.settings.language
        self._language.choose(chosen if chosen in LANGUAGES else "")
        self._language.chosen.connect(self._speak)
        looks = Card(
            tr("Looks"),
            _setting(tr("Appearance"), self._appearance),
            _setting(tr("Text size"), self._scale),
            _setting(tr("Motion"), self._motion),
            _setting(tr("Language of the window"), self._language),
            gap=tokens.SPACE_4,
        )
        self._who = label("", "strong", wrap=True)
        self._where = label("", "soft", wrap=True)
        self._leaving = Button(tr("&Leave this account…"), self._ask_to_leave)
        self._leaving.setObjectName("leave")
        account = Card(tr("Account"), self._who, self._where, row(self._leaving, None))
        self._ai = AiCard(self, AiProviders(desk.services))
        self._studio = StudioCard(self, StudioRoads(desk.services))
        self._plan = PlanCard(self, Plans(desk.services))
        self._kept = KeptCard(self, self._presenter)
        self._folder = label("", "soft", wrap=True)
        self._folder.setTextInteractionFlags(
            self._folder.textInteractionFlags()
            | self._folder.textInteractionFlags().TextSelectableByMouse
        )
        about = Card(
            tr("About"),
            label(tr("Teacher Companion {version}", version=__version__), "strong"),
            self._folder,
        )
        self.scroll_body(
            holding(
                column(
                    looks,
                    account,
                    self._ai,
                    self._studio,
                    self._plan,
                    self._kept,
                    about,
                    None,
                    gap=tokens.SPACE_4,
                )
            )
        )

    async def refresh(self) -> None:
        """Show whose account this is."""
        shown = await self._presenter.load()
        self._who.setText(shown.who)
        self._where.setText(shown.where)
        self._folder.setText(shown.folder)
        self._kept.show_kept(await self._presenter.kept())
        self._studio.refresh()
        self.run(self._ai.refresh())
        self.run(self._plan.refresh())  # the school may take its time; the rest is here already

    def _follow(self) -> None:
        self._appearance.choose(self.desk.theme.appearance)
        self._scale.choose(str(self.desk.theme.scale))

    def _show_appearance(self, key: str) -> None:
        self.desk.theme.show(appearance=cast("Appearance", key))
        self.run(self._presenter.keep_theme(key))

    def _speak(self, code: str) -> None:
        self.run(self._presenter.keep_language(code))
        language = LANGUAGES.get(code, tr("the language of your system"))
        self.desk.toast(tr("The window speaks {language} from its next start.", language=language))

    async def close_page(self) -> None:
        """The theme and the line to the school outlive the page."""
        self.desk.theme.changed.disconnect(self._follow)
        self._plan.close_card()
        await super().close_page()

    def _ask_to_leave(self) -> None:
        self._leaving.setEnabled(False)  # at once: what is asked takes a moment to be looked up
        self.run(self._leave())

    async def _leave(self) -> None:
        try:
            sheet = LeaveSheet(self, await self._erasing.leaving(), self._erasing.export)
            async with answer(sheet) as yes:
                chosen = sheet.chosen if yes else ""
        finally:
            self._leaving.setEnabled(True)
        if chosen == KEEP:
            self.desk.leave()
        elif chosen:
            self.desk.away(self._erasing.errand(every=chosen == ERASE_ALL))


def _setting(name: str, control: QWidget) -> QWidget:
    line = row(gap=tokens.SPACE_4)
    line.addWidget(label(name, wrap=True), 1)
    line.addWidget(control)
    return holding(line)
