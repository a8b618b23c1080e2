"""Values and fields of records as a person reads them. No Qt."""

import datetime as dt
import re

from desktop.classroom import instants
from desktop.ui.strings import long_day, mark, plural, tr

LONGEST_VALUE = 300

FIELDS = {
    "name": mark("name"),
    "title": mark("title"),
    "given_name": mark("first name"),
    "family_name": mark("last name"),
    "email": mark("e-mail"),
    "roblox_username": mark("Roblox name"),
    "alias": mark("alias"),
    "note": mark("note"),
    "notes": mark("notes"),
    "class_ids": mark("classes"),
    "teacher_ids": mark("teachers"),
    "subject": mark("subject"),
    "grade_level": mark("grade level"),
    "section": mark("section"),
    "room": mark("room"),
    "term": mark("term"),
    "time_zone": mark("time zone"),
    "archived": mark("put away"),
    "summary": mark("summary"),
    "status": mark("state"),
    "state": mark("state"),
    "due_at": mark("due date"),
    "package": mark("content"),
    "questions": mark("questions"),
    "max_score": mark("highest score"),
    "score": mark("score"),
    "marks": mark("points of each question"),
    "answers": mark("answers"),
    "feedback": mark("feedback"),
    "submitted_at": mark("handed in"),
    "graded_at": mark("graded"),
    "day": mark("day"),
}
"""What a person calls the fields of records."""


def field(name: str) -> str:
    """What a person calls a field."""
    known = FIELDS.get(name)
    return tr(known) if known else name.replace("_", " ")


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
