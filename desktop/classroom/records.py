"""What a class is made of: the synchronised collections, their fields, and how each field merges.

The app and the school server share these types. `data` of a record on the wire is one of
these as JSON; fields that this version does not know are kept by both sides and left alone.
"""

import enum
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec
from msgspec import Meta


class Merge(enum.Enum):
    """How a field that changed on both sides is merged (three ways, against the base)."""

    SCALAR = "scalar"
    """One side changed: take it. Both changed to different values: ask the teacher."""
    ASK = "ask"
    """As SCALAR, and never guessed by anything cleverer: scores, statuses, due dates."""
    SET = "set"
    """Additions and removals of both sides apply."""
    BY_ID = "by_id"
    """An ordered list of objects with an `id`: merged object by object."""
    TEXT = "text"
    """Long text: merged by diff3 where it applies cleanly, else asked."""
    LATER = "later"
    """A moment that the program notes by itself and nobody types: the later one stands."""


Id = Annotated[str, Meta(min_length=1, max_length=64)]
Short = Annotated[str, Meta(max_length=200)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=20_000), Merge.TEXT]
Ids = Annotated[list[Id], Meta(max_length=2_000), Merge.SET]
Tags = Annotated[list[Annotated[str, Meta(max_length=80)]], Meta(max_length=100), Merge.SET]
Instant = Annotated[
    str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$", max_length=32)
]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
GradeLevel = Annotated[int, Meta(ge=0, le=13, description="0 is kindergarten")]
Points = Annotated[float, Meta(ge=0, le=100_000)]


class Class(msgspec.Struct, frozen=True, kw_only=True):
    """A group of students that is taught together."""

    name: Name
    subject: Short = ""
    grade_level: GradeLevel | None = None
    section: Short = ""
    room: Short = ""
    term: Short = ""
    time_zone: Short = "UTC"
    """IANA name of the school's time zone; streaks count its days."""
    teacher_ids: Ids = []
    archived: bool = False
    external_id: Short = ""
    """The id in the roster's source (OneRoster `sourcedId`, Google Classroom id)."""


class Student(msgspec.Struct, frozen=True, kw_only=True):
    """A pupil and the classes they are enrolled in."""

    given_name: Short = ""
    family_name: Short = ""
    email: Short = ""
    roblox_username: Short = ""
    class_ids: Ids = []
    """The student's enrolments."""
    alias: Short = ""
    """Shown instead of the name on a projected leaderboard."""
    accommodations: Tags = []
    note: Text = ""
    external_id: Short = ""


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson in the library; `package` is its LessonPackage (see `desktop.lessons.package`)."""

    title: Name
    subject: Short = ""
    grade_level: GradeLevel | None = None
    class_ids: Ids = []
    owner_id: Short = ""
    status: Annotated[Literal["draft", "approved", "archived"], Merge.ASK] = "draft"
    due_at: Annotated[Instant | None, Merge.ASK] = None
    tags: Tags = []
    summary: Text = ""
    package: dict[str, Any] | None = None


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz given to a class. Each question is a `desktop.classroom.questions.Question`."""

    title: Name
    class_id: Id
    lesson_id: Short = ""
    status: Annotated[Literal["draft", "open", "closed"], Merge.ASK] = "draft"
    due_at: Annotated[Instant | None, Merge.ASK] = None
    max_score: Annotated[Points, Merge.ASK] = 0.0
    questions: Annotated[list[dict[str, Any]], Meta(max_length=200), Merge.BY_ID] = []


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A student's work on an assessment. `score` is None until somebody or something graded it."""

    assessment_id: Id
    student_id: Id
    class_id: Id
    status: Annotated[Literal["missing", "in_progress", "submitted", "graded"], Merge.ASK] = (
        "submitted"
    )
    score: Annotated[Points | None, Merge.ASK] = None
    max_score: Annotated[Points, Merge.ASK] = 0.0
    marks: Annotated[dict[str, float], Merge.ASK] = {}
    """Points by question id."""
    answers: dict[str, Any] = {}
    """What the student answered, by question id."""
    feedback: Text = ""
    submitted_at: Annotated[Instant | None, Merge.LATER] = None
    graded_at: Annotated[Instant | None, Merge.LATER] = None


class XpAward(msgspec.Struct, frozen=True, kw_only=True):
    """Experience points given once, for ever (append only)."""

    student_id: Id
    class_id: Id
    xp: Annotated[int, Meta(ge=-100_000, le=100_000)]
    reason: Short = ""
    source: Literal["teacher", "game", "lesson", "badge"] = "teacher"
    awarded_at: Instant
    awarded_by: Short = ""


class Badge(msgspec.Struct, frozen=True, kw_only=True):
    """Something a student can earn."""

    name: Name
    description: Short = ""
    icon: Short = "star"
    class_id: Short = ""


class BadgeAward(msgspec.Struct, frozen=True, kw_only=True):
    """A badge earned by a student (append only)."""

    badge_id: Id
    student_id: Id
    class_id: Id
    awarded_at: Instant


class Attendance(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a student was there on a day."""

    student_id: Id
    class_id: Id
    day: Day
    state: Annotated[Literal["present", "absent", "late", "excused"], Merge.ASK] = "present"
    note: Short = ""


class ProgressEvent(msgspec.Struct, frozen=True, kw_only=True):
    """Something a student did in a lesson's world (made by the server from telemetry)."""

    student_id: Id
    class_id: Id
    lesson_id: Short = ""
    kind: Literal["joined", "objective", "answer", "checkpoint", "completed", "left"]
    at: Instant
    data: dict[str, Any] = {}


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """A notice to classes."""

    title: Name
    body: Text = ""
    class_ids: Ids = []
    author_id: Short = ""
    published_at: Instant | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A message to one person."""

    body: Text
    author_id: Short = ""
    recipient_id: Short = ""
    class_id: Short = ""
    sent_at: Instant | None = None


COLLECTIONS: dict[str, type[msgspec.Struct]] = {
    "classes": Class,
    "students": Student,
    "lessons": Lesson,
    "assessments": Assessment,
    "submissions": Submission,
    "xp_awards": XpAward,
    "badges": Badge,
    "badge_awards": BadgeAward,
    "attendance": Attendance,
    "progress_events": ProgressEvent,
    "announcements": Announcement,
    "messages": Message,
}
"""Every collection by its name on the wire, parents before children."""

APPEND_ONLY = frozenset({"xp_awards", "badge_awards"})
"""Collections whose records are added and never changed."""

SERVER_ONLY = frozenset({"progress_events"})
"""Collections that only the server writes."""

PARENTS: dict[str, dict[str, str]] = {
    "students": {"class_ids": "classes"},
    "lessons": {"class_ids": "classes"},
    "assessments": {"class_id": "classes", "lesson_id": "lessons"},
    "submissions": {
        "assessment_id": "assessments",
        "student_id": "students",
        "class_id": "classes",
    },
    "xp_awards": {"student_id": "students", "class_id": "classes"},
    "badges": {"class_id": "classes"},
    "badge_awards": {"badge_id": "badges", "student_id": "students", "class_id": "classes"},
    "attendance": {"student_id": "students", "class_id": "classes"},
    "progress_events": {"student_id": "students", "class_id": "classes", "lesson_id": "lessons"},
    "announcements": {"class_ids": "classes"},
    "messages": {"class_id": "classes"},
}
"""The fields that name other records: collection, then field, then the collection it points to."""


def merge_rule(collection: str, field: str) -> Merge:
    """How `field` of `collection` merges; an unknown field is a scalar."""
    return _RULES[collection].get(field, Merge.SCALAR)


def check(collection: str, data: dict[str, Any]) -> msgspec.Struct:
    """Read `data` as a record of `collection`.

    Raises:
        KeyError: there is no such collection.
        msgspec.ValidationError: a field is missing or does not fit; the message names its path.
    """
    return msgspec.convert(data, COLLECTIONS[collection])


def _rules(record: type[msgspec.Struct]) -> dict[str, Merge]:
    hints = get_type_hints(record, include_extras=True)
    found = {}
    for field, hint in hints.items():
        rules = [part for part in get_args(hint) if isinstance(part, Merge)]
        if rules:
            found[field] = rules[0]
    return found


_RULES = {name: _rules(record) for name, record in COLLECTIONS.items()}
