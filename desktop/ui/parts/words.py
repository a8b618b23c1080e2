"""Words that several screens say the same way: times, grades, states. No Qt."""

import datetime as dt

from desktop.ui.strings import plural, tr


def grade(level: int | None) -> str:
    """`Grade 4`, `Kindergarten`, or nothing."""
    if level is None:
        return ""
    return tr("Kindergarten") if level == 0 else tr("Grade {level}", level=level)


def dotted(*parts: str) -> str:
    """The parts that say something, with dots between them."""
    return " · ".join(part for part in parts if part)


def ago(moment: dt.datetime | None, now: dt.datetime) -> str:
    """How long ago, as a person says it."""
    if moment is None:
        return tr("never")
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 1:
        return tr("just now")
    if minutes < 60:
        return plural("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < 24 * 60:
        return plural("{count} hour ago", "{count} hours ago", minutes // 60)
    return plural("{count} day ago", "{count} days ago", minutes // (24 * 60))


def figure(value: float) -> str:
    """A number as a teacher writes it: no `.0`, at most one place."""
    return str(int(value)) if value == int(value) else f"{value:.1f}"


COLLECTIONS = {
    "classes": ("class", "classes"),
    "students": ("student", "students"),
    "lessons": ("lesson", "lessons"),
    "assessments": ("quiz", "quizzes"),
    "submissions": ("grade", "grades"),
    "xp_awards": ("XP award", "XP awards"),
    "badges": ("badge", "badges"),
    "badge_awards": ("badge award", "badge awards"),
    "attendance": ("attendance entry", "attendance entries"),
    "announcements": ("announcement", "announcements"),
    "messages": ("message", "messages"),
}


def kind(collection: str, count: int = 1) -> str:
    """`grade` or `grades`: what a person calls records of `collection`."""
    one, many = COLLECTIONS.get(collection, ("record", "records"))
    return tr(one) if count == 1 else tr(many)
