"""A sentence across the page, with an action: what went wrong or wants to be known."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.labels import label, restyle

_GLYPHS = {
    "info": ("info", "accent_ink"),
    "good": ("check", "good"),
    "warn": ("warning", "warn"),
    "bad": ("warning", "bad"),
}


class Banner(QFrame):
    """Hidden until it is told something."""

    def __init__(self, *, closable: bool = True) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._glyph = Glyph("info")
        self._words = label("", wrap=True)
        self._action = Button("", self._act)
        self._also = Button("", self._do_also, variant="quiet")
        self._close = Button("", self.hide, variant="quiet", icon="close", tip=tr("Dismiss"))
        self._pressed: Callable[[], object] | None = None
        self._also_pressed: Callable[[], object] | None = None
        line = row(self._glyph, gap=tokens.SPACE_3, margins=(16, 8, 8, 8))
        line.addWidget(self._words, 1)
        line.addWidget(self._also)
        line.addWidget(self._action)
        line.addWidget(self._close)
        self.setLayout(line)
        # Only now: a widget that is shown before it has a parent is a window of its own.
        self._close.setVisible(closable)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._words.text()

    def tell(
        self,
        words: str,
        tone: str = "info",
        action: str = "",
        pressed: Callable[[], object] | None = None,
        *,
        also: str = "",
        also_pressed: Callable[[], object] | None = None,
    ) -> None:
        """Show `words` in one tone: info, good, warn, bad; `also` leaves the banner where it is."""
        restyle(self, "tone", tone)
        self._glyph.show_icon(*_GLYPHS[tone])
        self._words.setText(words)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._pressed = pressed
        self._also.setText(also)
        self._also.setAccessibleName(also)
        self._also.setVisible(bool(also))
        self._also_pressed = also_pressed
        self.setAccessibleName(words)
        self.show()

    def _do_also(self) -> None:
        if self._also_pressed is not None:
            self._also_pressed()

    def _act(self) -> None:
        self.hide()
        if self._pressed is not None:
            self._pressed()
