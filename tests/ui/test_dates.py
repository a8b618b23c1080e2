"""Dates: typed as each region writes them, or chosen from a month with the keys alone."""

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets import typed_dates
from desktop.ui.widgets.calendar import Calendar
from desktop.ui.widgets.date_field import DateField

TODAY = dt.date(2026, 11, 26)
REGIONS = ("en_US", "en_GB", "es_ES", "es_MX", "de_DE", "ja_JP", "ar_EG", "fi_FI")


@pytest.fixture(params=["en_US", "de_DE"])
def region(request: pytest.FixtureRequest) -> Iterator[str]:
    """Widgets write as this region does."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("region", "typed", "meant"),
    [
        ("en_US", "11/3/2026", dt.date(2026, 11, 3)),
        ("en_GB", "3/11/2026", dt.date(2026, 11, 3)),
        ("de_DE", "3.11.26", dt.date(2026, 11, 3)),
        ("es_ES", "3-11-2026", dt.date(2026, 11, 3)),
        ("ja_JP", "2026/11/03", dt.date(2026, 11, 3)),
        ("en_US", "2026-11-03", dt.date(2026, 11, 3)),
        ("de_DE", "2026-11-03", dt.date(2026, 11, 3)),
        ("de_DE", "3.12.", dt.date(2026, 12, 3)),
        ("en_US", "1/15", dt.date(2027, 1, 15)),
        ("en_GB", "29/2", dt.date(2028, 2, 29)),
        ("en_US", "Tuesday, November 3, 2026", dt.date(2026, 11, 3)),
        ("ar_EG", "٣/١١/٢٠٢٦", dt.date(2026, 11, 3)),
    ],
)
def test_a_date_is_read_the_way_the_region_writes_it(
    region: str, typed: str, meant: dt.date
) -> None:
    assert typed_dates.read(typed, QLocale(region), TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "soon", "31.2.2026", "13/13/2026", "1", "1.2.3.4", "99999/1/1", "3²/1", "5B 7A"]
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert typed_dates.read(typed, QLocale("en_GB"), TODAY) is None


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), region=st.sampled_from(REGIONS))
def test_every_date_that_is_written_is_read_again(day: dt.date, region: str) -> None:
    locale = QLocale(region)
    assert typed_dates.read(typed_dates.written(day, locale), locale, TODAY) == day


@given(typed=st.text(max_size=20), region=st.sampled_from(REGIONS))
def test_whatever_is_typed_is_a_date_or_none(typed: str, region: str) -> None:
    found = typed_dates.read(typed, QLocale(region), TODAY)
    assert found is None or isinstance(found, dt.date)


def _calendar(qtbot: QtBot) -> Calendar:
    made = Calendar(TODAY)
    qtbot.addWidget(made)
    made.show()
    made.focus_day()
    return made


def test_a_week_begins_as_the_region_begins_it(region: str, qtbot: QtBot, theme: Theme) -> None:
    first = _calendar(qtbot).findChildren(QAbstractButton)[2]
    assert first.property("day").isoweekday() == {"en_US": 7, "de_DE": 1}[region]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        (Qt.Key.Key_Left, dt.date(2026, 11, 25)),
        (Qt.Key.Key_Down, dt.date(2026, 12, 3)),
        (Qt.Key.Key_PageUp, dt.date(2026, 10, 26)),
        (Qt.Key.Key_PageDown, dt.date(2026, 12, 26)),
    ],
)
def test_keys_move_through_the_days(
    key: Qt.Key, meant: dt.date, qtbot: QtBot, theme: Theme
) -> None:
    calendar = _calendar(qtbot)
    qtbot.keyClick(calendar.focusWidget(), key)
    assert calendar.day == meant
    with qtbot.waitSignal(calendar.chosen) as chosen:
        qtbot.keyClick(calendar.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == [meant]


def test_the_last_of_a_long_month_comes_to_the_last_of_a_short_one(
    qtbot: QtBot, theme: Theme
) -> None:
    calendar = _calendar(qtbot)
    calendar.show_day(dt.date(2027, 1, 31))
    qtbot.keyClick(calendar, Qt.Key.Key_PageDown)
    assert calendar.day == dt.date(2027, 2, 28)


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_there_are_can_be_shown(
    day: dt.date, qtbot: QtBot, theme: Theme
) -> None:
    calendar = _calendar(qtbot)
    calendar.show_day(day)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        qtbot.keyClick(calendar, key)
    assert calendar.day.year == day.year


def test_every_day_has_a_name_that_says_it_whole(qtbot: QtBot, theme: Theme) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    lit = _calendar(qtbot).focusWidget()
    assert lit.accessibleName() == "Thursday, November 26, 2026, today"
    QLocale.setDefault(before)


def test_a_day_beyond_the_limit_cannot_be_chosen(qtbot: QtBot, theme: Theme) -> None:
    calendar = _calendar(qtbot)
    calendar.limit(TODAY, TODAY + dt.timedelta(days=2))
    qtbot.keyClick(calendar, Qt.Key.Key_Up)
    assert calendar.day == TODAY
    open_days = [one for one in calendar.findChildren(QAbstractButton)[2:-1] if one.isEnabled()]
    assert len(open_days) == 3


def test_a_typed_date_is_told_once_and_what_is_none_is_said(
    region: str, qtbot: QtBot, theme: Theme
) -> None:
    field, told = DateField("Due", today=lambda: TODAY), []
    qtbot.addWidget(field)
    field.changed.connect(told.append)
    field.show()
    qtbot.keyClicks(field.edit, "2026-12-24")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    field.edit.editingFinished.emit()
    assert told == [dt.date(2026, 12, 24)]
    assert field.edit.text() == {"en_US": "12/24/2026", "de_DE": "24.12.2026"}[region]
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "soon")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.value is None
    assert field.fault
    assert field.edit.text() == "soon", "what was typed is not taken away"


def test_down_opens_the_calendar_and_enter_takes_its_day(qtbot: QtBot, theme: Theme) -> None:
    field = DateField("Due", TODAY, today=lambda: TODAY)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field.edit, Qt.Key.Key_Down)
    calendar = field.findChild(Calendar)
    assert calendar.isVisible()
    qtbot.keyClick(calendar, Qt.Key.Key_Right)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert field.value == TODAY + dt.timedelta(days=1)
    assert not calendar.isVisible()
