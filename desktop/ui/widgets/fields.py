"""Fields with their names above them: text, choice, number."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QToolTip, QVBoxLayout, QWidget

from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column
from desktop.ui.widgets.labels import label

LEAST_LETTERS = 12
"""So many letters of a choice are in sight, however little room there is."""


class Choice(QComboBox):
    """A combo box that says its choice whole under the pointer, where there is no room for it."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802  (Qt's name)
        """Room for a few letters; what needs more must not make everything around it wider."""
        wanted, metrics = super().minimumSizeHint(), self.fontMetrics()
        texts = (self.itemText(at) for at in range(self.count()))
        longest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        spare = max(0, longest - LEAST_LETTERS * metrics.averageCharWidth())
        return QSize(wanted.width() - spare, wanted.height())

    def event(self, event: QEvent) -> bool:
        """Answer the question for a tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.toolTip() or self.currentText(), self)
            return True
        return super().event(event)


def text_field(name: str, example: str = "", value: str = "") -> QLineEdit:
    """One line to type."""
    made = QLineEdit(value)
    made.setAccessibleName(name)
    made.setPlaceholderText(example)
    return made


def choice_field(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    """One of several, each a word and what it stands for."""
    made = Choice()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    fill(made, choices)
    return made


def fill(field: QComboBox, choices: Sequence[tuple[str, object]]) -> None:
    """Offer other choices; what was chosen stays chosen if it is still there."""
    before = field.currentData()
    blocked = field.blockSignals(True)
    field.clear()
    for words, value in choices:
        field.addItem(words, value)
    at = next((at for at, (_, value) in enumerate(choices) if value == before), 0)
    field.setCurrentIndex(at if choices else -1)
    field.blockSignals(blocked)


def number_field(name: str, least: int, most: int, value: int, step: int = 1) -> QSpinBox:
    """A whole number."""
    made = QSpinBox()
    made.setAccessibleName(name)
    made.setRange(least, most)
    made.setSingleStep(step)
    made.setValue(value)
    made.lineEdit().setTextMargins(tokens.SPACE_3, 0, 0, 0)
    return made


def named(field: QWidget) -> QVBoxLayout:
    """The field with its accessible name above it, for everyone to see."""
    words = label(field.accessibleName(), "field", wrap=True)
    words.setBuddy(field)
    return column(words, field, gap=tokens.SPACE_1)
