"""A field for a date: typed as the region writes it, or chosen from a calendar."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets import typed_dates
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.calendar import Calendar
from desktop.ui.widgets.labels import label


class DateField(QWidget):
    """Emits `changed(date or None)` when another date is meant. Down opens the calendar."""

    changed = Signal(object)

    def __init__(
        self,
        name: str,
        value: dt.date | None = None,
        *,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        super().__init__()
        self._today = today
        self._value = value
        self._calendar: Calendar | None = None
        self.setAccessibleName(name)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(typed_dates.written(today(), QLocale()))
        self.edit.editingFinished.connect(self._typed)
        self._open = Button("", self.open, icon="calendar",
                            tip=tr("Choose from a calendar"))  # fmt: skip
        self._fault = label("", "caption", tone="bad", wrap=True)
        self._fault.hide()
        self.edit.textEdited.connect(lambda _: self._fault.hide())
        line = row(gap=tokens.SPACE_2)
        line.addWidget(self.edit, 1)
        line.addWidget(self._open)
        whole: QVBoxLayout = column(line, self._fault, gap=tokens.SPACE_1)
        self.setLayout(whole)
        self.setFocusProxy(self.edit)
        self.show_date(value)

    @property
    def value(self) -> dt.date | None:
        """The date that is meant; None while the field is empty or cannot be read."""
        return self._value

    @property
    def fault(self) -> str:
        """What is wrong with what was typed."""
        return "" if self._fault.isHidden() else self._fault.text()

    def show_date(self, value: dt.date | None) -> None:
        """Show another date without telling anyone."""
        self._value = value
        self._fault.hide()
        self.edit.setText("" if value is None else typed_dates.written(value, QLocale()))

    def open(self) -> None:
        """Open the calendar below the field."""
        popup = Calendar(self._today(), self)
        popup.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.show_day(self._value or self._today())
        popup.chosen.connect(self._choose)
        popup.adjustSize()
        popup.move(self._beside(popup))
        self._calendar = popup
        popup.show()
        popup.focus_day()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Down opens the calendar, as in every box with a list."""
        if event.key() == Qt.Key.Key_Down:
            self.open()
        else:
            super().keyPressEvent(event)

    def _beside(self, popup: Calendar) -> QPoint:
        """Below the field, or above it where the screen ends."""
        below = self.mapToGlobal(QPoint(0, self._open.geometry().bottom() + tokens.SPACE_1))
        screen = self.screen().availableGeometry()
        if below.y() + popup.height() > screen.bottom():
            below.setY(max(screen.top(), self.mapToGlobal(QPoint(0, 0)).y() - popup.height()))
        below.setX(max(screen.left(), min(below.x(), screen.right() - popup.width())))
        return below

    def _choose(self, day: dt.date) -> None:
        if self._calendar is not None:
            self._calendar.close()
            self._calendar = None
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)
        self._mean(day)

    def _typed(self) -> None:
        text = self.edit.text().strip()
        found = typed_dates.read(text, QLocale(), self._today()) if text else None
        if text and found is None:
            example = typed_dates.written(self._today(), QLocale())
            self._fault.setText(tr("This is no date. Type it like {example}.", example=example))
            self._fault.show()
            self._value = None
            return
        self._mean(found)

    def _mean(self, day: dt.date | None) -> None:
        before = self._value
        self.show_date(day)
        if day != before:
            self.changed.emit(day)
