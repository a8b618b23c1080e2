"""The palette in force, for widgets that paint themselves."""

from PySide6.QtWidgets import QApplication

from desktop.ui.theme import tokens
from desktop.ui.theme.tokens import Palette

PROPERTY = "palette"
"""Where the theme leaves the palette's name, on the one application."""


def colours() -> Palette:
    """The palette that the theme put in force; light before there is a theme."""
    application = QApplication.instance()
    name = application.property(PROPERTY) if application is not None else None
    return tokens.PALETTES.get(str(name), tokens.LIGHT)


def put_in_force(application: QApplication, name: str) -> Palette:
    """Say which palette is in force, and return it."""
    application.setProperty(PROPERTY, name)
    return tokens.PALETTES[name]


def colour(role: str) -> str:
    """One colour of the palette in force, by the name of its job (`accent`, `ink_soft`)."""
    return str(getattr(colours(), role))
