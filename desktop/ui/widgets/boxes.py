"""Rows, columns and cards: how things stand together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.ui.theme import tokens
from desktop.ui.widgets.labels import label

Part = QWidget | QLayout | int | None
"""A widget, a layout, a distance in pixels, or None: whatever room is left."""


def row(*parts: Part, gap: int = tokens.SPACE_3, margins: tuple[int, ...] = ()) -> QHBoxLayout:
    """Lay `parts` side by side, centred on one line."""
    made = QHBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def column(*parts: Part, gap: int = tokens.SPACE_3, margins: tuple[int, ...] = ()) -> QVBoxLayout:
    """Lay `parts` below each other."""
    made = QVBoxLayout()
    _fill(made, parts, gap, margins)
    return made


def holding(layout: QLayout, name: str = "") -> QWidget:
    """A plain widget around `layout`."""
    made = QWidget()
    if name:
        made.setObjectName(name)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setLayout(layout)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of `layout` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


class Card(QFrame):
    """A white sheet with a title, for things that belong together."""

    def __init__(self, title: str = "", *parts: Part, gap: int = tokens.SPACE_3) -> None:
        super().__init__()
        self.setObjectName("card")
        edge = tokens.SPACE_5 - 4
        self.body = column(gap=gap, margins=(edge, edge, edge, edge))
        self.setLayout(self.body)
        if title:
            self.body.addWidget(label(title, "title", wrap=True))
        add(self.body, *parts)


def add(layout: QHBoxLayout | QVBoxLayout, *parts: Part) -> None:
    """Add `parts` to a row or column."""
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def _fill(
    layout: QHBoxLayout | QVBoxLayout, parts: tuple[Part, ...], gap: int, margins: tuple[int, ...]
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*(margins or (0, 0, 0, 0)))
    add(layout, *parts)
