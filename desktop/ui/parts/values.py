"""Values and fields of records as a person reads them. No Qt."""

import datetime as dt
import re

from desktop.classroom import instants
from desktop.storage.queries.words import field_words
from desktop.ui.strings import long_day, plural, shown, tr

LONGEST_VALUE = 300


def field(name: str) -> str:
    """What a person calls a field."""
    return shown(field_words(name))


def value(shown: object) -> str:
    """A field's value as a person reads it."""
    if shown is None or shown in ("", []):
        return tr("(empty)")
    if isinstance(shown, bool):
        return tr("yes") if shown else tr("no")
    if isinstance(shown, float) and shown == int(shown):
        return str(int(shown))
    if isinstance(shown, list):
        return plural("{count} entry", "{count} entries", len(shown))
    if isinstance(shown, dict):
        return str(shown.get("name") or shown.get("title") or tr("(several values)"))
    text = _moment(str(shown)) or str(shown)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _moment(text: str) -> str:
    """A day or an instant as a person writes it; "" for anything else."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d(T[0-9:.]+Z)?", text):
        return ""
    try:
        if "T" not in text:
            return long_day(dt.date.fromisoformat(text))
        here = instants.from_text(text).astimezone()
    except ValueError:
        return ""
    return f"{long_day(here.date())}, {here:%H:%M}"
