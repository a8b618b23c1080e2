"""Settings' card "Roblox Studio": how lessons get there, where a school allows no plugins."""

from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QFileDialog

from desktop.settings import StudioRoad
from desktop.ui.page import Page, sentence
from desktop.ui.settings.studio_roads import StudioRoads
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import files
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Card, column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.labels import label, tag
from desktop.ui.widgets.segments import Segments


class StudioCard(Card):
    """A choice of two roads, and what the second one needs."""

    def __init__(self, page: Page, roads: StudioRoads) -> None:
        super().__init__(tr("Roblox Studio"), gap=tokens.SPACE_4)
        self._page = page
        self._roads = roads
        self._choice = Segments(
            (("plugin", tr("Our plugin")), ("server", tr("Studio's own server"))),
            tr("How lessons get into Studio"),
        )
        self._choice.chosen.connect(self._chosen)
        line = row(gap=tokens.SPACE_4)
        line.addWidget(label(tr("How lessons get into Studio"), wrap=True), 1)
        line.addWidget(self._choice)
        self._untried = tag(tr("Not tried against every version of Studio"), "warn")
        self._how = label("", wrap=True)
        self._program = label("", "soft", wrap=True)
        self._look = Button(tr("See whether it is the&re"), page.runs(self._see))
        self._look.setObjectName("look-for-server")
        self._other = Button(tr("Choose a&nother program…"), self._choose_program)
        self._other.setObjectName("choose-server")
        self._own = Button(tr("Use Studio's o&wn again"), lambda: self._chosen("server"))
        self._own.setObjectName("own-server")
        self._banner = Banner()
        self._server = holding(
            column(
                row(self._untried, None),
                label(
                    tr("For schools that allow no plugins. You see the same changes before they "
                       "happen, everything is read back, and one click takes it out again."),
                    "soft",
                    wrap=True,
                ),
                self._how,
                self._program,
                Flow(self._look, self._other, self._own),
                self._banner,
                gap=tokens.SPACE_3,
            )
        )  # fmt: skip
        self.body.addLayout(line)
        self.body.addWidget(self._server)

    def refresh(self) -> None:
        """Show what is chosen."""
        now = self._roads.load()
        self._choice.choose(now.road)
        self._how.setText(now.how)
        self._program.setText(now.program)
        self._own.setVisible(now.is_own_choice)
        self._server.setVisible(now.road == "server")

    def _chosen(self, road: str) -> None:
        self._page.run(self._take(cast("StudioRoad", road), None))

    async def _take(self, road: StudioRoad, program: Path | None) -> None:
        self._banner.hide()
        await self._roads.choose(road, program)
        self.refresh()

    async def _see(self) -> None:
        self._banner.tell(tr("Looking…"))
        self._look.setEnabled(False)
        try:
            self._banner.tell(await self._roads.look(), "good")
        except Exception as error:  # noqa: BLE001  (said here; a defect of ours is logged)
            self._banner.tell(sentence(error), "warn")
        finally:
            self._look.setEnabled(True)

    def _choose_program(self) -> None:
        dialog = QFileDialog(self, tr("Choose the program of Studio's server"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        files.ask(dialog, lambda file: self._page.run(self._take("server", file)))
