"""A month to choose a day from, with the mouse or the keys, as the region lays out its weeks."""

import calendar
import datetime as dt

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.ui.strings import tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.boxes import column, row
from desktop.ui.widgets.buttons import Button
from desktop.ui.widgets.labels import label, restyle

WEEKS, DAYS = 6, 7
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class Calendar(QFrame):
    """Emits `chosen(date)`. Arrows move by a day or a week, Page keys by a month."""

    chosen = Signal(object)

    def __init__(self, today: dt.date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calendar")
        self.setAccessibleName(tr("Calendar"))
        self._today, self._day = today, today
        self._least, self._most = dt.date.min, dt.date.max
        self._first = QLocale().firstDayOfWeek().value
        self._month = label("", "strong")
        earlier = Button("", lambda: self._turn(-1), variant="quiet", icon="chevron-left",
                         tip=tr("Previous month"))  # fmt: skip
        later = Button("", lambda: self._turn(1), variant="quiet", icon="chevron-right",
                       tip=tr("Next month"))  # fmt: skip
        for button in (earlier, later):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the Page keys do the same
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        self._days = [self._cell(at) for at in range(WEEKS * DAYS)]
        self._name_weekdays()
        now = Button(tr("&Today"), lambda: self.chosen.emit(self._today), variant="quiet")
        edge = (tokens.SPACE_3,) * 4
        head = row(earlier, None, self._month, None, later, gap=tokens.SPACE_1)
        self.setLayout(column(head, self._grid, row(None, now, None), gap=tokens.SPACE_2,
                              margins=edge))  # fmt: skip
        self.show_day(today)

    @property
    def day(self) -> dt.date:
        """The day that is lit."""
        return self._day

    def limit(self, least: dt.date, most: dt.date) -> None:
        """Offer the days from `least` to `most` alone."""
        self._least, self._most = least, most
        self.show_day(self._day)

    def show_day(self, day: dt.date) -> None:
        """Light `day`, and show its month."""
        self._day = min(max(day, self._least), self._most)
        first = self._day.replace(day=1)
        before = (first.isoweekday() - self._first) % DAYS
        self._month.setText(QLocale().toString(_qdate(first), "MMMM yyyy"))
        for at, cell in enumerate(self._days):
            self._fill(cell, first.toordinal() + at - before, first)

    def focus_day(self) -> None:
        """Put the focus on the day that is lit."""
        cell = next(one for one in self._days if one.property("lit") == "yes")
        cell.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Take the keys before a day does, for which arrows only mean the next button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.keyPressEvent(event)
            return event.isAccepted()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Move the light."""
        key = Qt.Key(event.key())
        step = _STEPS.get(key, 0)
        if abs(step) == 1 and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        if step:
            self._go(dt.timedelta(days=step))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._day)
        else:
            super().keyPressEvent(event)
            return
        event.accept()
        self.focus_day()

    def _go(self, step: dt.timedelta) -> None:
        moved = self._day.toordinal() + step.days
        if dt.date.min.toordinal() <= moved <= dt.date.max.toordinal():
            self.show_day(dt.date.fromordinal(moved))

    def _turn(self, months: int) -> None:
        count = self._day.year * 12 + self._day.month - 1 + months
        year, month = count // 12, count % 12 + 1
        if dt.MINYEAR <= year <= dt.MAXYEAR:
            last = calendar.monthrange(year, month)[1]
            self.show_day(dt.date(year, month, min(self._day.day, last)))

    def _cell(self, at: int) -> Button:
        cell = Button("", lambda: self.chosen.emit(cell.property("day")), variant="day")
        cell.installEventFilter(self)
        self._grid.addWidget(cell, 1 + at // DAYS, at % DAYS)
        return cell

    def _fill(self, cell: Button, ordinal: int, first: dt.date) -> None:
        exists = dt.date.min.toordinal() <= ordinal <= dt.date.max.toordinal()
        day = dt.date.fromordinal(ordinal) if exists else first
        lit = day == self._day and exists
        cell.setProperty("day", day)
        cell.setText(QLocale().toString(day.day))
        spoken = QLocale().toString(_qdate(day), QLocale.FormatType.LongFormat)
        cell.setAccessibleName(tr("{day}, today", day=spoken) if day == self._today else spoken)
        cell.setEnabled(exists and self._least <= day <= self._most)
        cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if lit else Qt.FocusPolicy.ClickFocus)
        restyle(cell, "lit", "yes" if lit else "no")
        near = "today" if day == self._today else "in" if day.month == first.month else "out"
        restyle(cell, "near", near)

    def _name_weekdays(self) -> None:
        for at in range(DAYS):
            weekday = (self._first - 1 + at) % DAYS + 1
            name = label(QLocale().standaloneDayName(weekday, QLocale.FormatType.ShortFormat),
                         "caption")  # fmt: skip
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(name, 0, at)


def _qdate(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
