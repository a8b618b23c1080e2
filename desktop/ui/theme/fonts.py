"""The faces the window is set in: the system's own, or the one that comes with the program."""

import functools
import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase

from desktop import resources
from desktop.ui.theme import tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

BUNDLED = "Inter"
NATIVE = {
    "win32": ("Segoe UI Variable Text", "Segoe UI"),
    "darwin": (".AppleSystemUIFont",),
}
"""What Windows and macOS set their own windows in; Linux has no such face to count on."""
OTHERS = ("Noto Sans", "DejaVu Sans")
"""For the scripts that ours does not cover."""
TO_TEXT = 1.1
"""How high an icon is for the line beside it."""
TABULAR = QFont.Tag("tnum")
"""The OpenType feature that makes every figure as wide as the others."""


def families(platform: str = sys.platform) -> list[str]:
    """The faces to ask for, the first one first; brings ours along where it is the first."""
    native = NATIVE.get(platform, ())
    if not native:
        bring()
    return [*native, BUNDLED, *OTHERS]


@functools.cache
def bring() -> None:
    """Make our own face known to Qt, once; takes some five milliseconds."""
    for file in sorted(resources.path("fonts").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(file))


def beside(widget: "QWidget", size: int) -> int:
    """How large a picture of `size` pixels at 100% text is beside the words of `widget` now."""
    return max(size, round(widget.fontMetrics().height() * TO_TEXT * size / tokens.ICON_PX))


def tabular(font: QFont) -> QFont:
    """`font` with figures that stand exactly below each other."""
    made = QFont(font)
    made.setFeature(TABULAR, 1)
    return made
