"""Shadows of what floats over the page, made from the tokens of elevation."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from desktop.ui.theme.tokens import Elevation


def cast(widget: QWidget, elevation: Elevation) -> None:
    """Have `widget` cast a shadow. For few and small things: Qt paints it in software."""
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setBlurRadius(elevation.blur_px)
    shadow.setOffset(0, elevation.drop_px)
    shadow.setColor(QColor(0, 0, 0, elevation.strength))
    widget.setGraphicsEffect(shadow)
