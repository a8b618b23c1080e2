"""Dialogs that open beside the work and are awaited; none of them ever stops the loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import kept_forms
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.boxes import Part, add, column, holding, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import ScrollArea, scrolling

NARROW_PX, WIDE_PX = 480, 760
MOST_OF_THE_SCREEN = 0.9
"""So much of its height a sheet may take."""


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
        self._scrolls = False

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
        most = round(self.screen().availableGeometry().height() * MOST_OF_THE_SCREEN)
        width = max(width, self._whole.totalMinimumSize().width())
        high = max(self.least_height, self._whole.totalHeightForWidth(width))
        if high > most and not self._scrolls:
            self._let_scroll()
        return QSize(width, most if self._scrolls else high)

    def _let_scroll(self) -> None:
        """Large words on a small screen: the body scrolls, head and buttons stay in sight."""
        self._scrolls = True
        at = self._whole.indexOf(self.body)
        self._whole.removeItem(self.body)
        self.body.setParent(None)
        self._whole.insertWidget(at, self.area_around(holding(self.body)), 1)

    def area_around(self, inside: QWidget) -> ScrollArea:
        """An area that keys can scroll, also where nothing inside takes the focus."""
        area = scrolling(inside, "surface")
        if not any(_takes_focus(one) for one in inside.findChildren(QWidget)):
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            area.setAccessibleName(self.windowTitle())
        return area

    def fill(self, *parts: Part) -> None:
        """Put `parts` into the body."""
        add(self.body, *parts)

    def fill_scrolling(self, inside: QWidget) -> None:
        """Put something long into the body."""
        self.body.addWidget(self.area_around(holding(column(inside, None))), 1)


def _takes_focus(widget: QWidget) -> bool:
    """Whether the Tab key comes to it."""
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)


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
