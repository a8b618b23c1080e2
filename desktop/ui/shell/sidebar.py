"""The navigation at the side."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.routes import ABOVE, PLACES, Place, Route
from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.boxes import column, holding, row
from desktop.ui.widgets.buttons import Button, Glyph
from desktop.ui.widgets.labels import label
from desktop.ui.widgets.scroll import BESIDE_PX, scrolling

WIDTH_PX = 216


class _Entry(Button):
    """Lit by where the window is, not by being pressed; each is a stop of the Tab key."""

    def nextCheckState(self) -> None:  # noqa: N802  (Qt's name)
        """Pressing goes there, and being there lights it."""


class Sidebar(QWidget):
    """One button a place; the place where we are is lit."""

    def __init__(
        self, theme: Theme, go: Callable[[Route], None], palette: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._buttons: dict[str, Button] = {}
        self.account = label("", "caption", wrap=True)
        self._search = Button(
            tr("Go to…"), palette, variant="nav", icon="search", tip=tr("Go to anything (Ctrl+K)")
        )
        self._search.setObjectName("palette")
        brand = row(Glyph("brand", "accent", 24), label(tr("Companion"), "title"), None, gap=10)
        brand.setContentsMargins(tokens.SPACE_3, 0, 0, 0)
        self.account.setContentsMargins(tokens.SPACE_3, 0, 0, 0)
        lines = column(brand, tokens.SPACE_3, self._search, tokens.SPACE_2, gap=2)
        lines.setContentsMargins(tokens.SPACE_3, 20, tokens.SPACE_3, tokens.SPACE_4)
        for at, place in enumerate(PLACES):
            if place.screen == "settings":
                lines.addStretch(1)
                lines.addWidget(self.account)
                lines.addSpacing(tokens.SPACE_2)
            lines.addWidget(self._button(at, place, go))
        self._lines = lines
        area = scrolling(holding(lines, "sidebar"), "sidebar")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(row(area, gap=0))
        self._fit()
        theme.changed.connect(self._fit)

    def light(self, screen: str) -> None:
        """Light the entry of `screen`; some screens have none."""
        lit = ABOVE.get(screen, screen)
        for name, button in self._buttons.items():
            button.setChecked(name == lit)

    def enable(self, on: bool) -> None:
        """Before somebody is signed in there is nowhere to go."""
        for button in (*self._buttons.values(), self._search):
            button.setEnabled(on)

    def _button(self, at: int, place: Place, go: Callable[[Route], None]) -> Button:
        title = tr(place.title)
        button = _Entry(
            title,
            lambda: go(Route(place.screen)),
            variant="nav",
            icon=place.icon,
            tip=tr("{title} (Ctrl+{number})", title=title, number=at + 1),
        )
        button.setCheckable(True)
        button.setObjectName(f"go-{place.screen}")
        self._buttons[place.screen] = button
        return button

    def _fit(self) -> None:
        widest = self._lines.minimumSize().width() + BESIDE_PX
        self.setFixedWidth(max(self._theme.px(WIDTH_PX), widest))
