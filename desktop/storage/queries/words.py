"""Says in words what a change is about: `A grade in Fractions quiz for Ana Li`."""

from collections.abc import Mapping

from desktop.storage import records
from desktop.storage.records import Json
from desktop.storage.sql import Connection

_NOUNS = {
    "classes": "The class",
    "lessons": "The lesson",
    "assessments": "The assessment",
    "badges": "The badge",
    "announcements": "The announcement",
}


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
            return f"The deletion of {thing[0].lower()}{thing[1:]}"
        return thing

    def field(self, collection: str, id: str, field: str) -> str:  # noqa: A002
        """What a field of a record is called, with the record."""
        thing = self._thing(collection, self._data(collection, id), {field: None})
        return thing if field in ("", "score", "feedback") else f"{thing}: {_plain(field)}"

    def _thing(self, collection: str, data: Mapping[str, Json], changed: Mapping[str, Json]) -> str:
        student = self.name("students", data.get("student_id"))
        match collection:
            case "students":
                return self._student(data, changed)
            case "submissions":
                noun = "Feedback on" if set(changed) == {"feedback"} else "A grade in"
                title = self.name("assessments", data.get("assessment_id")) or "an assessment"
                return f"{noun} {title}{_for(student)}"
            case "xp_awards":
                return f"{data.get('xp', 0)} XP{_for(student)}"
            case "badge_awards":
                badge = self.name("badges", data.get("badge_id"))
                return f"The badge {badge}{_for(student)}".replace("badge  ", "badge ")
            case "attendance":
                return f"Attendance{' of ' + student if student else ''} on {data.get('day', '')}"
            case "messages":
                return "A message"
        title = data.get("name") or data.get("title") or ""
        return f"{_NOUNS.get(collection, _plain(collection).capitalize())} {title}".strip()

    def _student(self, data: Mapping[str, Json], changed: Mapping[str, Json]) -> str:
        name = _full_name(data) or "a student"
        if set(changed) == {"class_ids"}:
            return f"The classes of {name}"
        return f"The student {name}" if "given_name" in changed else f"Details of {name}"

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


def _for(student: str) -> str:
    return f" for {student}" if student else ""


def _plain(name: str) -> str:
    return name.replace("_", " ")
