"""Measures what is painted: whether words have room and stand out from their ground."""

import functools
import re
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from desktop.ui.theme.contrast import ratio
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.scroll import Fade
from desktop.ui.widgets.table import Table
from desktop.ui.widgets.ticks import Option, Tick
from tests.ui.accessibility import called, in_sight

READABLE = 4.5
LEAST_OF_A_CHOICE = 12
"""So many letters of a long choice are in sight at least."""
SLACK_PX = 1
"""Sizes are whole pixels and the widths of letters are not."""


def clipped(root: QWidget) -> list[str]:
    """Words that have less room than they need, in labels, buttons, choices and heads of tables."""
    found = []
    for widget in in_sight(root):
        if isinstance(widget, QLabel) and widget.text():
            found += _clipped_label(widget)
        elif isinstance(widget, (Tick, Option)):
            high = widget.heightForWidth(widget.width())
            found += _short(widget, widget.minimumSizeHint().width(), widget.width(), "width")
            found += _short(widget, high, widget.height(), "height")
        elif isinstance(widget, QAbstractButton) and widget.text():
            found += _short(widget, widget.sizeHint().width(), widget.width(), "width")
            found += _short(widget, widget.minimumSizeHint().height(), widget.height(), "height")
        elif isinstance(widget, QComboBox):
            found += _clipped_choice(widget)
        elif isinstance(widget, Table):
            found += _clipped_titles(widget)
    return found + _beyond_the_edge(root)


def _clipped_label(label: QLabel) -> list[str]:
    room = label.contentsRect()
    if not label.wordWrap():
        return [*_short(label, label.sizeHint().width(), label.width(), "width"),
                *_short(label, label.sizeHint().height(), label.height(), "height")]  # fmt: skip
    metrics = QFontMetrics(label.font())
    longest = max(re.split(r"[\s-]+", label.text()), key=metrics.horizontalAdvance, default="")
    found = _short(label, metrics.horizontalAdvance(longest), room.width(), "width")
    return found + _short(label, label.heightForWidth(label.width()), label.height(), "height")


def _clipped_choice(choice: QComboBox) -> list[str]:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = choice.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, choice)
    metrics = choice.fontMetrics()
    wanted = metrics.horizontalAdvance(choice.currentText())
    if isinstance(choice, Choice):  # it may be a lesson's whole title, and is said whole on asking
        wanted = min(wanted, LEAST_OF_A_CHOICE * metrics.averageCharWidth())
    return _short(choice, wanted, room.width(), "width")


def _clipped_titles(table: Table) -> list[str]:
    metrics = table.horizontalHeader().fontMetrics()
    return [
        f"the title “{column.title}” of {called(table)} has {table.columnWidth(at)} px"
        for at, column in enumerate(table.rows.columns)
        if not table.isColumnHidden(at)
        and metrics.horizontalAdvance(column.title) > table.columnWidth(at)
    ]


def _short(widget: QWidget, wanted: int, given: int, of_what: str) -> list[str]:
    if wanted <= given + SLACK_PX:
        return []
    return [f"{called(widget)} has a {of_what} of {given} px and needs {wanted}"]


def _beyond_the_edge(root: QWidget) -> list[str]:
    """Words whose widget reaches out of what holds it, where nothing scrolls."""
    found = []
    for widget in in_sight(root):
        if not isinstance(widget, (QLabel, QAbstractButton, QComboBox, QLineEdit)):
            continue
        parent = widget.parentWidget()
        while parent is not None and parent is not root.parentWidget():
            if isinstance(parent.parentWidget(), QScrollArea) or parent.objectName() == "scrolled":
                break
            left = widget.mapTo(parent, QPoint(0, 0)).x()
            if left < -SLACK_PX or left + widget.width() > parent.width() + SLACK_PX:
                found.append(f"{called(widget)} reaches out of its {type(parent).__name__}")
                break
            parent = parent.parentWidget()
    return found


def pale(root: QWidget) -> list[str]:
    """Words whose painted colour has less than 4.5 to 1 against the ground they stand on."""
    image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    fading = [QRect(one.mapTo(root, QPoint(0, 0)), one.size())
              for one in root.findChildren(Fade) if one.isVisibleTo(root)]  # fmt: skip
    for name, area in _words(root):
        inside = area.intersected(image.rect())
        if inside != area or area.isEmpty() or any(one.intersects(area) for one in fading):
            continue  # scrolled half out of sight
        measured = _contrast(image, inside)
        if measured < READABLE:
            found.append(f"{name} has a contrast of {measured:.2f}")
    return found


def _words(root: QWidget) -> Iterator[tuple[str, QRect]]:
    for widget in in_sight(root):
        if not widget.isEnabled() or widget.visibleRegion().boundingRect() != widget.rect():
            continue  # what is off may be pale; what is cut off is not all there
        area = _area_of_words(widget)
        if area is not None:
            yield called(widget), QRect(widget.mapTo(root, area.topLeft()), area.size())
        if isinstance(widget, Table):
            yield from _cells(widget, root)


def _area_of_words(widget: QWidget) -> QRect | None:
    if isinstance(widget, QLabel) and any(one.isalnum() for one in widget.text()):
        return widget.contentsRect()
    if isinstance(widget, QLineEdit) and (widget.text() or widget.placeholderText()):
        return widget.rect().adjusted(10, 6, -10, -6)
    if isinstance(widget, QAbstractButton) and widget.text():
        inside = widget.rect().adjusted(6, 4, -6, -4)
        if not widget.icon().isNull():  # the icon may be of another colour
            taken = min(inside.width() // 2, widget.iconSize().width() + 24)
            mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
            inside.adjust(*((0, 0, -taken, 0) if mirrored else (taken, 0, 0, 0)))
        return inside
    return None


def _cells(table: Table, root: QWidget) -> Iterator[tuple[str, QRect]]:
    for row in range(min(3, len(table.rows.rows))):
        for at, column in enumerate(table.rows.columns):
            cell = table.visualRect(table.rows.index(row, at)).adjusted(2, 2, -2, -3)
            value = table.rows.rows[row][at]
            seen = table.viewport().rect().contains(cell) and not table.isColumnHidden(at)
            if seen and value not in (None, "") and column.look not in ("person", "tag"):
                place = table.viewport().mapTo(root, cell.topLeft())
                yield f"the cell “{value}” of {called(table)}", QRect(place, cell.size())


def _contrast(image: QImage, area: QRect) -> float:
    """The highest contrast of any pixel of `area` against the colour that most of it has."""
    cut = image.copy(area)
    lines = np.frombuffer(cut.constBits(), np.uint32).reshape(cut.height(), cut.bytesPerLine() // 4)
    colours, counts = np.unique(lines[:, : cut.width()], return_counts=True)
    ground = int(colours[counts.argmax()])
    # Letters have soft edges: the colour they are set in is where they are most solid.
    return max(_between(int(colour), ground) for colour in colours)


@functools.lru_cache(1 << 16)
def _between(colour: int, ground: int) -> float:
    return ratio(_hex(colour), _hex(ground))


def _hex(colour: int) -> str:
    return f"#{colour & 0xFFFFFF:06x}"
