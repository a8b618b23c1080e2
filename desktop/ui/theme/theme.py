"""The theme in force: light or dark, and how large the text is; follows the system."""

import functools
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
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
from desktop.ui.theme import fonts, motion, tokens
from desktop.ui.theme.current import put_in_force
from desktop.ui.theme.sheet import PICTURES, sheet
from desktop.ui.theme.tokens import Palette

if TYPE_CHECKING:  # PySide makes this namespace with its 130 enums when it is first named
    from PySide6.QtCore import Qt

SMALLEST_BODY_PT = 10.5


def qt_application(arguments: Sequence[str]) -> QApplication:
    """The one application, drawn in the style that our sheet builds on.

    The style is named by Qt's own option: to set it later PySide makes the class QStyle, with
    every enum in it, for which the first paint would have to wait.
    """
    return QApplication([*arguments[:1], "-style", "fusion"])


class Theme(QObject):
    """Applies palette, fonts and style sheet to the application, and says when they change."""

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        appearance: Appearance = "system",
        scale: float = 1.0,
        motion: Motion = "system",
        *,
        bare: bool = False,
    ) -> None:
        """`bare` is enough for a window's frame; `furnish` brings what fields and boxes need."""
        super().__init__(application)
        self._application = application
        self._system_pt = max(application.font().pointSizeF(), SMALLEST_BODY_PT)
        self._folder = tempfile.TemporaryDirectory(prefix="companion-")
        self._bare = bare
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
        hints, wishes = _wishes()
        hints.colorSchemeChanged.connect(self._follow)
        wishes.contrastPreferenceChanged.connect(self._follow)
        self._apply()

    def furnish(self) -> None:
        """Draw the pictures too, if that was left for later."""
        if self._bare:
            self._bare = False
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
        self._folder.cleanup()

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
        self._application.setStyleSheet(sheet(self.palette, body_pt, self.scale, self._pictures()))

    def _name(self) -> str:
        """The palette that the teacher's wish and the system's come to."""
        dark, wants_edges = self._glimpsed() if self._bare else self._asked()
        if self.appearance == "contrast" or (self.appearance == "system" and wants_edges):
            return "contrast-dark" if dark else "contrast"
        if self.appearance == "system":
            return "dark" if dark else "light"
        return self.appearance

    def _asked(self) -> tuple[bool, bool]:
        """Whether the system wants to be dark, and whether it wants more contrast."""
        from PySide6.QtCore import Qt

        dark = self.system_scheme() == Qt.ColorScheme.Dark
        return dark, self.system_contrast() == Qt.ContrastPreference.HighContrast

    def _glimpsed(self) -> tuple[bool, bool]:
        """The same, read off the colours that Qt took over from the system: quick, and a guess."""
        found = self._application.palette()
        dark = found.windowText().color().lightness() > found.window().color().lightness()
        return dark, False

    def _pictures(self) -> dict[str, str]:
        """Arrows and the tick, which a style sheet takes only from files."""
        if self._bare:
            return dict.fromkeys(PICTURES, "")
        from desktop.ui.theme import icons

        files = {}
        for key, (name, role) in PICTURES.items():
            ink = getattr(self.palette, role)
            file = Path(self._folder.name) / f"{name}{ink}.png".replace("#", "-")
            if not file.exists():
                icons.pixmap(name, ink, 16, 2.0).save(str(file))
            files[key] = file.as_posix()
        return files


@functools.cache
def _wishes() -> tuple[QStyleHints, QAccessibilityHints]:
    """What the system asks for; PySide loses the second when nobody holds the first."""
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def _system_contrast() -> "Qt.ContrastPreference":
    return _wishes()[1].contrastPreference()


def _qt_palette(colours: Palette) -> QPalette:
    """Qt's own palette, for what the style sheet does not reach (native parts, placeholders)."""
    roles = {
        QPalette.ColorRole.Window: colours.canvas,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.sunken,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.PlaceholderText: colours.hint,
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
