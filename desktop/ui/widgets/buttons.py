"""Buttons with an icon that follows the theme and a name for those who do not see it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.theme import fonts, icons
from desktop.ui.theme.current import colour
from desktop.ui.widgets.labels import restyle

_ICON_INK = {"primary": "on_accent", "quiet": "accent", "danger": "bad", "nav": "ink_soft"}
_REPAINT = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.EnabledChange,
            QEvent.Type.LayoutDirectionChange)  # fmt: skip
AIR_PX = 6
"""Between an icon and its words."""


class Button(QPushButton):
    """A push button; `variant` is primary, quiet, danger, nav, segment, status, or plain."""

    def __init__(
        self,
        text: str,
        pressed: Callable[[], object] | None = None,
        *,
        variant: str = "",
        icon: str = "",
        tip: str = "",
        name: str = "",
    ) -> None:
        super().__init__(text)
        self._icon_name = icon
        self._painted: tuple[object, ...] = ()
        self._ink = _ICON_INK.get(variant, "ink")
        if variant:
            self.setProperty("variant", variant)
        if tip:
            self.setToolTip(tip)
        self.setAccessibleName(name or text.replace("&", "") or tip)
        if pressed is not None:
            self.clicked.connect(lambda: pressed())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._paint_icon()
        self._say_bare()

    def setText(self, text: str) -> None:  # noqa: N802  (Qt's name)
        """Change the words; without any it is a square around its icon."""
        super().setText(text)
        self._say_bare()
        self._paint_icon()

    @property
    def icon_name(self) -> str:
        """The icon it shows, or ""."""
        return self._icon_name

    def show_icon(self, name: str, ink: str = "") -> None:
        """Show another icon, in another of the theme's colours if `ink` names one."""
        if (name, ink or self._ink) != (self._icon_name, self._ink):
            self._icon_name, self._ink = name, ink or self._ink
            self._paint_icon()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Paint the icon anew in the new theme's colour."""
        super().changeEvent(event)
        if event.type() in _REPAINT:
            self._paint_icon()
            self.updateGeometry()

    def _say_bare(self) -> None:
        restyle(self, "bare", "yes" if self._icon_name and not self.text() else "no")

    def _paint_icon(self) -> None:
        if not self._icon_name:
            return
        ink = colour(self._ink if self.isEnabled() else "ink_soft")
        air = AIR_PX if self.text() else 0
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left, right = (air, 0) if mirrored else (0, air)
        size = fonts.beside(self, icons.SIZE_PX)
        self.setIconSize(QSize(size + air, size))
        chosen = colour("accent_ink")
        painted = (self._icon_name, ink, size, chosen, left, right, mirrored)
        if painted != self._painted:  # styling tells of many changes that change no icon
            self._painted = painted
            self.setIcon(
                icons.icon(
                    self._icon_name, ink, size=size, chosen=chosen, left=left, right=right,
                    mirrored=mirrored,
                )
            )  # fmt: skip


class Glyph(QWidget):
    """An icon on its own, decoration only; the words beside it say what it means.

    `size` is in pixels at 100% text; it grows with the words.
    """

    def __init__(self, icon: str, ink: str = "ink_soft", size: int = icons.SIZE_PX) -> None:
        super().__init__()
        self._icon, self._ink, self._size = icon, ink, size
        self._fit()

    def show_icon(self, icon: str, ink: str) -> None:
        """Show another icon."""
        self._icon, self._ink = icon, ink
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt's name)
        """Grow with the words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self._side = fonts.beside(self, self._size)
        self.setFixedSize(self._side, self._side)

    def paintEvent(self, event: object) -> None:  # noqa: N802, ARG002  (Qt's name)
        """Paint the icon in the theme's colour of this moment."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        picture = icons.pixmap(
            self._icon, colour(self._ink), self._side, self.devicePixelRatioF(), mirrored=mirrored
        )
        painter.drawPixmap(0, 0, picture)
        painter.end()
