"""The palette in force, for widgets that paint themselves."""

from PySide6.QtWidgets import QApplication

from desktop.ui.theme import tokens
from desktop.ui.theme.tokens import Palette

DARK_BELOW = 128


def colours() -> Palette:
    """Light or dark, read from the application's own palette, so that it can never disagree."""
    dark = QApplication.palette().window().color().lightness() < DARK_BELOW
    return tokens.DARK if dark else tokens.LIGHT


def colour(role: str) -> str:
    """One colour of the palette in force, by the name of its job (`accent`, `ink_soft`)."""
    return str(getattr(colours(), role))
