"""Dialogs that open beside the work and are awaited; none of them ever stops the loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import kept_forms
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Part, add, column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import scrolling

NARROW_PX, WIDE_PX = 480, 760


class Sheet(QDialog):
    """A dialog with a title, a sentence, a body, and one button that does it."""

    least_height = 0
    """What a sheet with something to scroll in it wants to be high."""

    def __init__(
        self,
        over: QWidget,
        title: str,
        words: str,
        done: str,
        *,
        width: int = NARROW_PX,
        variant: str = "primary",
    ) -> None:
        super().__init__(over)
        self.setWindowTitle(title)
        self.setModal(True)
        self.banner = Banner()
        self.done_button = Button(done, self.accept, variant=variant)
        # What cannot be taken back does not happen by a stray Enter.
        self.done_button.setDefault(variant != "danger")
        self.done_button.setAutoDefault(variant != "danger")
        self.done_button.setObjectName("done")
        self.cancel_button = Button(tr("Cancel"), self.reject)
        self.cancel_button.setAutoDefault(False)
        self.body = column(gap=tokens.SPACE_3)
        self.foot = row(None, self.cancel_button, self.done_button)
        """Its buttons; what else can be done comes first."""
        heads: list[Part] = [label(title, "title", wrap=True)]
        if words:
            heads.append(label(words, "soft", wrap=True))
        edge = tokens.SPACE_5
        whole = column(
            column(*heads, gap=tokens.SPACE_1),
            self.banner,
            self.body,
            self.foot,
            gap=tokens.SPACE_4,
            margins=(edge, edge, edge, edge),
        )
        whole.setStretchFactor(self.body, 1)
        self._whole = whole
        self.setLayout(whole)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._width = width

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt's name)
        """As high as the words want at this width, once everything is in it."""
        self.fit()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Grow when what is in it comes to want more room: a complaint, or larger words."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.resize(self._room_for(self.width()).expandedTo(self.size()))
        return handled

    def fit(self) -> None:
        """Take the height that the words in it want now."""
        self._whole.activate()
        self.resize(self._room_for(self._width))

    def _room_for(self, width: int) -> QSize:
        """The room that the words want at `width`, as far as the screen has it."""
        width = max(width, self._whole.totalMinimumSize().width())
        high = max(self.least_height, self._whole.totalHeightForWidth(width))
        return QSize(width, min(high, round(self.screen().availableGeometry().height() * 0.9)))

    def fill(self, *parts: Part) -> None:
        """Put `parts` into the body."""
        add(self.body, *parts)

    def fill_scrolling(self, inside: QWidget) -> None:
        """Put something long into the body."""
        self.body.addWidget(scrolling(holding(column(inside, None))), 1)


@contextlib.asynccontextmanager
async def answer(dialog: QDialog) -> AsyncIterator[bool]:
    """Open `dialog`, wait without stopping anything else, and yield whether it was accepted.

    Inside, what was filled in can be read; afterwards the dialog is gone.
    """
    decided: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def finished(result: int) -> None:
        if not decided.done():
            decided.set_result(result)

    kept_forms.put_back(dialog)
    dialog.finished.connect(finished)
    dialog.open()
    try:
        yield await decided == QDialog.DialogCode.Accepted
    except Exception:
        kept_forms.keep(dialog)  # what was typed is there again at the next opening
        raise
    finally:
        dialog.hide()
        dialog.deleteLater()
