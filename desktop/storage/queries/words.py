"""Says in words what a change is about: `A grade in Fractions quiz for Ana Li`."""

from collections.abc import Mapping

from desktop.sentences import Sentence, say
from desktop.storage import records
from desktop.storage.records import Json
from desktop.storage.sql import Connection

_FIELDS = {
    "name": say("name"),
    "title": say("title"),
    "given_name": say("first name"),
    "family_name": say("last name"),
    "email": say("e-mail"),
    "roblox_username": say("Roblox name"),
    "alias": say("alias"),
    "note": say("note"),
    "notes": say("notes"),
    "class_ids": say("classes"),
    "teacher_ids": say("teachers"),
    "subject": say("subject"),
    "grade_level": say("grade level"),
    "section": say("section"),
    "room": say("room"),
    "term": say("term"),
    "time_zone": say("time zone"),
    "archived": say("put away"),
    "summary": say("summary"),
    "status": say("state"),
    "state": say("state"),
    "due_at": say("due date"),
    "package": say("content"),
    "questions": say("questions"),
    "max_score": say("highest score"),
    "score": say("score"),
    "marks": say("points of each question"),
    "answers": say("answers"),
    "feedback": say("feedback"),
    "submitted_at": say("handed in"),
    "graded_at": say("graded"),
    "day": say("day"),
}
"""What a person calls the fields of records."""


def field_words(field: str) -> str:
    """What a person calls a field of a record."""
    return _FIELDS.get(field) or _plain(field)


def _titled(collection: str, title: str) -> Sentence:
    match collection:
        case "classes":
            made = say("The class {title}", title=title)
        case "lessons":
            made = say("The lesson {title}", title=title)
        case "assessments":
            made = say("The assessment {title}", title=title)
        case "badges":
            made = say("The badge {title}", title=title)
        case "announcements":
            made = say("The announcement {title}", title=title)
        case _:
            made = say(f"{_plain(collection).capitalize()} {{title}}", title=title)
    return made if title else made.as_text(made.strip())


def _inside(thing: Sentence) -> Sentence:
    """`thing` where it stands inside another sentence."""
    return thing.as_text(thing[0].lower() + thing[1:])


class Words:
    """Looks names up as it needs them, each once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names: dict[tuple[str, str], str] = {}

    def about(self, collection: str, id: str, kind: str, patch: Mapping[str, Json]) -> str:  # noqa: A002
        """What a change is about, as a person would say it."""
        data = self._data(collection, id)
        thing = self._thing(collection, {**data, **patch}, patch)
        if kind == "delete":
            return say("The deletion of {thing}", thing=_inside(thing))
        return thing

    def field(self, collection: str, id: str, field: str) -> str:  # noqa: A002
        """What a field of a record is called, with the record."""
        thing = self._thing(collection, self._data(collection, id), {field: None})
        if field in ("", "score", "feedback"):
            return thing
        return say("{thing}: {field}", thing=thing, field=field_words(field))

    def _thing(
        self, collection: str, data: Mapping[str, Json], changed: Mapping[str, Json]
    ) -> Sentence:
        student = self.name("students", data.get("student_id"))
        match collection:
            case "students":
                return self._student(data, changed)
            case "submissions":
                return self._work(data, changed, student)
            case "xp_awards":
                xp = data.get("xp", 0)
                whose = say("{xp} XP for {student}", xp=xp, student=student)
                return whose if student else say("{xp} XP", xp=xp)
            case "badge_awards":
                badge = self.name("badges", data.get("badge_id"))
                whose = say("The badge {badge} for {student}", badge=badge, student=student)
                return whose if student else say("The badge {badge}", badge=badge)
            case "attendance":
                day = data.get("day", "")
                whose = say("Attendance of {student} on {day}", student=student, day=day)
                return whose if student else say("Attendance on {day}", day=day)
            case "messages":
                return say("A message")
        title = data.get("name") or data.get("title") or ""
        return _titled(collection, str(title))

    def _work(
        self, data: Mapping[str, Json], changed: Mapping[str, Json], student: str
    ) -> Sentence:
        quiz = self.name("assessments", data.get("assessment_id")) or say("an assessment")
        if set(changed) == {"feedback"}:
            whose = say("Feedback on {quiz} for {student}", quiz=quiz, student=student)
            return whose if student else say("Feedback on {quiz}", quiz=quiz)
        whose = say("A grade in {quiz} for {student}", quiz=quiz, student=student)
        return whose if student else say("A grade in {quiz}", quiz=quiz)

    def _student(self, data: Mapping[str, Json], changed: Mapping[str, Json]) -> Sentence:
        name = _full_name(data) or say("a student")
        if set(changed) == {"class_ids"}:
            return say("The classes of {student}", student=name)
        if "given_name" in changed:
            return say("The student {student}", student=name)
        return say("Details of {student}", student=name)

    def name(self, collection: str, id: object) -> str:  # noqa: A002
        """The name or title of a record; "" where it is not known."""
        if not isinstance(id, str) or not id:
            return ""
        key = (collection, id)
        if key not in self._names:
            data = self._data(collection, id)
            title = _full_name(data) if collection == "students" else None
            self._names[key] = str(title or data.get("name") or data.get("title") or "")
        return self._names[key]

    def _data(self, collection: str, id: str) -> dict[str, Json]:  # noqa: A002
        found = records.get(self._connection, collection, id)
        return {} if found is None else found.local


def _full_name(data: Mapping[str, Json]) -> str:
    return " ".join(filter(None, (data.get("given_name"), data.get("family_name"))))


def _plain(name: str) -> str:
    return name.replace("_", " ")
