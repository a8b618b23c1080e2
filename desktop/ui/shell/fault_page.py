"""What stands where a screen could not be built: a sentence, another try, and the way back."""

from collections.abc import Callable

from desktop.ui import faults
from desktop.ui.desk import Desk
from desktop.ui.page import Page, sentence
from desktop.ui.strings import tr
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.empty import EmptyState
from desktop.ui.widgets.header import PageHeader


class FaultPage(Page):
    """Stands in for the screen `screen`; the rest of the window lives on."""

    def __init__(
        self,
        desk: Desk,
        screen: str,
        error: Exception,
        again: Callable[[], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(desk, PageHeader(tr("This page does not open")))
        self.details = faults.details(error, screen)
        retry = Button(tr("&Try again"), again, variant="primary")
        retry.setObjectName("try-again")
        return_ = Button(tr("Go &back"), back, icon="back")
        return_.setObjectName("go-back")
        copy = Button(tr("Copy &details"), lambda: self.copy_details(self.details), variant="quiet")
        copy.setObjectName("copy-details")
        self.body.addWidget(
            EmptyState(
                "warning", tr("Something is wrong with it"), sentence(error), retry, return_, copy
            ),
            1,
        )
