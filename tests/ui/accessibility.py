"""Walks the widgets in sight as a screen reader would, and names what it could not say."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

INTERACTIVE = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit)


def unnamed(root: QWidget) -> list[str]:
    """The interactive widgets in sight that Qt's accessibility tree gives no name."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, INTERACTIVE) or not widget.isVisibleTo(root):
            continue
        if isinstance(widget.parent(), (QAbstractSpinBox, QComboBox)):
            continue  # the inside of a control that has its own name
        if widget.objectName().startswith("qt_") or type(widget).__name__.startswith("QCombo"):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def out_of_reach(root: QWidget) -> list[str]:
    """The interactive widgets in sight that the Tab key never reaches."""
    reached, at = set(), root.nextInFocusChain()
    while at is not None and at is not root and at not in reached:
        reached.add(at)
        at = at.nextInFocusChain()
    return [
        widget.accessibleName()
        for widget in root.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, QHeaderView)  # sorting is the mouse's; rows are for the keys
        and not isinstance(widget.parent(), (QAbstractSpinBox, QComboBox, QLineEdit))
        and not widget.objectName().startswith("qt_")
        and widget.isVisibleTo(root)
        and widget.isEnabled()
        and (
            widget not in reached or not widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        )
    ]
