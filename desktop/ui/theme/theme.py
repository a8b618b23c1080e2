"""The theme in force: light or dark, and how large the text is; follows the system."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.settings import Theme as Appearance
from desktop.ui.theme import icons, tokens
from desktop.ui.theme.current import put_in_force
from desktop.ui.theme.sheet import sheet
from desktop.ui.theme.tokens import Palette

FAMILIES = ["Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Noto Sans", "Cantarell",
            "Ubuntu", "Nimbus Sans", "DejaVu Sans"]  # fmt: skip
"""The first that is installed is taken; a calm, open sans serif on each system."""

SMALLEST_BODY_PT = 10.5


class Theme(QObject):
    """Applies palette, fonts and style sheet to the application, and says when they change."""

    changed = Signal()

    def __init__(
        self, application: QApplication, appearance: Appearance = "system", scale: float = 1.0
    ) -> None:
        super().__init__(application)
        self._application = application
        self._system_pt = max(application.font().pointSizeF(), SMALLEST_BODY_PT)
        self._pictures = tempfile.TemporaryDirectory(prefix="companion-")
        self.appearance: Appearance = appearance
        self.system_scheme: Callable[[], Qt.ColorScheme] = application.styleHints().colorScheme
        """What the system asks for; a test may stand in for it."""
        self.scale = scale
        """How large text is, 1.0 being what the system asks for."""
        self.palette: Palette = tokens.LIGHT
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow)
        self._apply()

    def show(self, appearance: Appearance | None = None, scale: float | None = None) -> None:
        """Change the appearance or the text size, now."""
        self.appearance = appearance or self.appearance
        self.scale = scale or self.scale
        self._apply()
        self.changed.emit()

    def px(self, distance: int) -> int:
        """A distance at the present text size."""
        return round(distance * self.scale)

    def close(self) -> None:
        """Let go of the system's signals and of the pictures on disk."""
        self._application.styleHints().colorSchemeChanged.disconnect(self._follow)
        self._pictures.cleanup()

    def _follow(self) -> None:
        if self.appearance == "system":
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        name: str = self.appearance
        if name == "system":
            name = "dark" if self.system_scheme() == Qt.ColorScheme.Dark else "light"
        self.palette = put_in_force(self._application, name)
        body_pt = self._system_pt * self.scale
        font = QFont(self._application.font())
        font.setFamilies(FAMILIES)
        font.setPointSizeF(body_pt)
        self._application.setFont(font)
        self._application.setPalette(_qt_palette(self.palette))
        self._application.setStyleSheet(sheet(self.palette, body_pt, self.scale, self._painted()))

    def _painted(self) -> dict[str, str]:
        """Arrows and the tick, which a style sheet takes only from files."""
        files = {}
        for key, name, ink in (
            ("chevron", "chevron-down", self.palette.ink),
            ("chevron_up", "chevron-up", self.palette.ink),
            ("tick", "check", self.palette.on_accent),
        ):
            file = Path(self._pictures.name) / f"{name}{ink}.png".replace("#", "-")
            if not file.exists():
                icons.pixmap(name, ink, 16, 2.0).save(str(file))
            files[key] = file.as_posix()
        return files


def _qt_palette(colours: Palette) -> QPalette:
    """Qt's own palette, for what the style sheet does not reach (native parts, placeholders)."""
    roles = {
        QPalette.ColorRole.Window: colours.canvas,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.ink_soft,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.ink,
        QPalette.ColorRole.ToolTipText: colours.canvas,
        QPalette.ColorRole.Link: colours.accent,
    }
    palette = QPalette()
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    return palette
