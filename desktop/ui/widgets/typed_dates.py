"""Reads a date as a person types it: the way of their region, ISO 8601, or without the year."""

import datetime as dt
import re

from PySide6.QtCore import QDate, QLocale

_LETTERS = re.compile(r"[^\d\W]")
_PARTS = re.compile(r"\d+")

_ORDER_OF_PARTS = re.compile(r"d+|M+|y+")


def written(day: dt.date, locale: QLocale) -> str:
    """`day` as the region writes it in short, with all four figures of the year."""
    form = locale.dateFormat(QLocale.FormatType.ShortFormat)
    full = re.sub(r"(?<!y)yy(?!y)", "yyyy", form)
    return locale.toString(QDate(day.year, day.month, day.day), full)


def read(text: str, locale: QLocale, near: dt.date) -> dt.date | None:
    """The date that `text` names, or None when it names none.

    The order of day, month and year is the region's; a date that begins with four figures is read
    as ISO 8601. A year of two figures is one of this century; without a year it is the next such
    day from `near` on.
    """
    in_words = _in_words(text, locale)
    if in_words is not None:
        return in_words
    plain = _plain(text)
    figures = [int(part) for part in _PARTS.findall(plain)]
    if not 2 <= len(figures) <= 3 or _LETTERS.search(plain):
        return None
    if re.match(r"\s*\d{4}", plain) and len(figures) == 3:
        return _made(*figures)
    order = [part[0] for part in _ORDER_OF_PARTS.findall(locale.dateFormat(_SHORT))]
    if len(figures) == 2:
        order.remove("y")
    named = dict(zip(order, figures, strict=False))
    year = named.get("y")
    if year is None:
        return _next(named["M"], named["d"], near)
    return _made(year + 2000 if year < 100 else year, named["M"], named["d"])


_SHORT = QLocale.FormatType.ShortFormat


def _plain(text: str) -> str:
    """With the figures of the West, whatever figures were typed."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in text)


def _in_words(text: str, locale: QLocale) -> dt.date | None:
    found = locale.toDate(text.strip(), QLocale.FormatType.LongFormat)
    return dt.date(found.year(), found.month(), found.day()) if found.isValid() else None


def _next(month: int, day: int, near: dt.date) -> dt.date | None:
    for year in range(near.year, near.year + 5):  # 29 February comes every fourth year
        found = _made(year, month, day)
        if found is not None and found >= near:
            return found
    return None


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
