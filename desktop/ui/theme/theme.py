"""The theme in force: light or dark, and how large the text is; follows the system."""

import functools
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessibilityHints,
    QColor,
    QFont,
    QGuiApplication,
    QPalette,
    QStyleHints,
)
from PySide6.QtWidgets import QApplication

from desktop.settings import Theme as Appearance
from desktop.ui.preferences import Motion
from desktop.ui.theme import fonts, icons, motion, tokens
from desktop.ui.theme.current import put_in_force
from desktop.ui.theme.sheet import sheet
from desktop.ui.theme.tokens import Palette

SMALLEST_BODY_PT = 10.5


class Theme(QObject):
    """Applies palette, fonts and style sheet to the application, and says when they change."""

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        appearance: Appearance = "system",
        scale: float = 1.0,
        motion: Motion = "system",
    ) -> None:
        super().__init__(application)
        self._application = application
        self._system_pt = max(application.font().pointSizeF(), SMALLEST_BODY_PT)
        self._pictures = tempfile.TemporaryDirectory(prefix="companion-")
        self.appearance: Appearance = appearance
        self.system_scheme: Callable[[], Qt.ColorScheme] = application.styleHints().colorScheme
        """What the system asks for; a test may stand in for it."""
        self.system_contrast: Callable[[], Qt.ContrastPreference] = _system_contrast
        """Whether the system asks for more contrast; a test may stand in for it."""
        self.scale = scale
        """How large text is, 1.0 being what the system asks for."""
        self.motion: Motion = motion
        """Whether things move as the system likes it, or as little as can be."""
        self.palette: Palette = tokens.LIGHT
        application.setStyle("Fusion")
        hints, wishes = _wishes()
        hints.colorSchemeChanged.connect(self._follow)
        wishes.contrastPreferenceChanged.connect(self._follow)
        self._apply()

    def show(
        self,
        appearance: Appearance | None = None,
        scale: float | None = None,
        motion: Motion | None = None,
    ) -> None:
        """Change the appearance, the text size or how much moves, now."""
        self.appearance = appearance or self.appearance
        self.scale = scale or self.scale
        self.motion = motion or self.motion
        self._apply()
        self.changed.emit()

    def px(self, distance: int) -> int:
        """A distance at the present text size."""
        return round(distance * self.scale)

    def close(self) -> None:
        """Let go of the system's signals and of the pictures on disk."""
        hints, wishes = _wishes()
        hints.colorSchemeChanged.disconnect(self._follow)
        wishes.contrastPreferenceChanged.disconnect(self._follow)
        self._pictures.cleanup()

    def _follow(self) -> None:
        if self.appearance in ("system", "contrast"):
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self.palette = put_in_force(self._application, self._name())
        motion.put_in_force(self._application, self.motion)
        body_pt = self._system_pt * self.scale
        font = QFont(self._application.font())
        font.setFamilies(fonts.families())
        font.setPointSizeF(body_pt)
        self._application.setFont(font)
        self._application.setPalette(_qt_palette(self.palette))
        self._application.setStyleSheet(sheet(self.palette, body_pt, self.scale, self._painted()))

    def _name(self) -> str:
        """The palette that the teacher's wish and the system's come to."""
        dark = self.system_scheme() == Qt.ColorScheme.Dark
        wants_edges = self.system_contrast() == Qt.ContrastPreference.HighContrast
        if self.appearance == "contrast" or (self.appearance == "system" and wants_edges):
            return "contrast-dark" if dark else "contrast"
        if self.appearance == "system":
            return "dark" if dark else "light"
        return self.appearance

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


@functools.cache
def _wishes() -> tuple[QStyleHints, QAccessibilityHints]:
    """What the system asks for; PySide loses the second when nobody holds the first."""
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def _system_contrast() -> Qt.ContrastPreference:
    return _wishes()[1].contrastPreference()


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
