"""Words that several screens say the same way: times, grades, states. No Qt."""

import datetime as dt

from desktop.classroom.analytics import Risk
from desktop.storage.queries.classes import ClassRow
from desktop.ui import strings
from desktop.ui.strings import mark, plural, tr
from desktop.ui.widgets.cells import Tag


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
    return strings.decimal(value)


def number(value: float) -> int | float:
    """A number as `figure` writes it, still a number, so that tables sort it as one."""
    return int(value) if value == int(value) else round(value, 1)


RISKS = (
    mark("no activity yet"),
    mark("no activity for {days} days"),
    mark("no activity yet and mastery at {share}, below {least}"),
    mark("no activity for {days} days and mastery at {share}, below {least}"),
    mark("an average of {share} over {graded} graded pieces of work"),
)
"""The forms of `analytics.at_risk`, where the catalogue finds them."""


def risk(why: str) -> str:
    """Why a student is at risk, in the teacher's language."""
    return tr(why.form, **why.values) if isinstance(why, Risk) else why


COLLECTIONS = {
    "classes": (mark("class"), mark("classes")),
    "students": (mark("student"), mark("students")),
    "lessons": (mark("lesson"), mark("lessons")),
    "assessments": (mark("quiz"), mark("quizzes")),
    "submissions": (mark("grade"), mark("grades")),
    "xp_awards": (mark("XP award"), mark("XP awards")),
    "badges": (mark("badge"), mark("badges")),
    "badge_awards": (mark("badge award"), mark("badge awards")),
    "attendance": (mark("attendance entry"), mark("attendance entries")),
    "announcements": (mark("announcement"), mark("announcements")),
    "messages": (mark("message"), mark("messages")),
}


def kind(collection: str, count: int = 1) -> str:
    """`grade` or `grades`: what a person calls records of `collection`."""
    one, many = COLLECTIONS.get(collection, (mark("record"), mark("records")))
    return tr(one) if count == 1 else tr(many)


SUBJECTS = {
    "mathematics": mark("Mathematics"),
    "science": mark("Science"),
    "history": mark("History"),
    "language": mark("Language"),
    "computing": mark("Computing"),
}


def subject(name: str) -> str:
    """A subject as a title: ours in the teacher's language, any other as it was typed."""
    known = SUBJECTS.get(name.strip().casefold())
    return tr(known) if known else name[:1].upper() + name[1:]


ENVIRONMENTS = {
    "classroom": mark("Classroom"),
    "laboratory": mark("Laboratory"),
    "outdoor": mark("Outdoor"),
    "historical": mark("Historical"),
    "futuristic": mark("Futuristic"),
    "underwater": mark("Underwater"),
    "space_station": mark("Space station"),
    "fantasy": mark("Fantasy"),
    "custom": mark("Custom"),
}


def environment(name: str) -> str:
    """What a person calls one of the worlds a lesson can play in."""
    return tr(ENVIRONMENTS.get(name, name))


def room(name: str) -> str:
    """`Room 12` for a plain number; a room with a name of its own keeps it."""
    return tr("Room {room}", room=name) if name[:1].isdigit() else name


def things(count: int) -> str:
    """How many things stand in a place: what Studio's list shows a line for."""
    return plural("{count} thing", "{count} things", count)


def class_caption(row: ClassRow) -> str:
    """The second line of a class in a list."""
    students = plural("{count} student", "{count} students", row.students)
    return dotted(subject(row.subject), grade(row.grade_level), room(row.room), students)


def class_tags(row: ClassRow) -> tuple[tuple[str, str], ...]:
    """What a list marks a class with."""
    tags: list[tuple[str, str]] = []
    if row.to_grade:
        tags.append((plural("{count} to grade", "{count} to grade", row.to_grade), "accent"))
    if row.pending:
        tags.append((tr("Not synced"), "plain"))
    return tuple(tags)


def movement(change: int | None, *, new: bool = False) -> tuple[str, str]:
    """How a place on the leaderboard moved, and its tone; `new` says it of who had none before."""
    if change is None and new:
        return tr("new"), "accent"
    if not change:
        return "", "plain"
    return (f"▲ {change}", "good") if change > 0 else (f"▼ {-change}", "warn")


LESSON_STATES = {
    "draft": (mark("Draft"), "plain"),
    "approved": (mark("Approved"), "good"),
    "archived": (mark("Put away"), "plain"),
}


def lesson_tag(status: str, *, pending: bool) -> Tag:
    """A lesson's state as a tag; what is not on the server yet says so first."""
    if pending:
        return Tag(tr("Not synced"), "accent")
    words, tone = LESSON_STATES.get(status, LESSON_STATES["draft"])
    return Tag(tr(words), tone)
