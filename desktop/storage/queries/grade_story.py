"""How a grade came about: every change of it in words, to read, to print, or to hand on."""

import html
from dataclasses import dataclass

from desktop.errors import WrongUse
from desktop.sentences import say
from desktop.storage import conflicts, history, records
from desktop.storage.history import SERVER, Change
from desktop.storage.queries.words import Words
from desktop.storage.records import Json
from desktop.storage.sql import Connection

TITLE = "How this grade came about"
_FIELDS = {
    "score": "The score",
    "marks": "The points of each question",
    "status": "The state",
    "feedback": "The feedback",
    "submitted_at": "The moment it was handed in",
    "graded_at": "The moment it was graded",
    "max_score": "The highest possible score",
    "answers": "The answers",
}


@dataclass(frozen=True)
class Line:
    """One thing that happened. `at` is RFC 3339."""

    at: str
    who: str
    where: str
    words: str
    change: Change
    """What `words` says."""


@dataclass(frozen=True)
class GradeStory:
    """A grade and everything that is known of how it became what it is."""

    about: str
    now: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()

    def as_text(self) -> str:
        """To read in a terminal or a message."""
        head = [TITLE, self.about, self.now, ""]
        body = [f"{one.at}  {one.who} ({one.where}): {one.words}" for one in self.lines]
        return "\n".join([*head, *body, *self.notes]) + "\n"

    def as_html(
        self, title: str = TITLE, heads: tuple[str, ...] = ("When", "Who", "Where", "What")
    ) -> str:
        """To print: one page of its own, with nothing but text in it."""
        titles = "".join(f"<th>{html.escape(head)}</th>" for head in heads)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in
                             (one.at, one.who, one.where, one.words)) + "</tr>"
            for one in self.lines
        )  # fmt: skip
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return (
            '<!DOCTYPE html><html><head><meta charset="utf-8">'
            f"<title>{html.escape(title)}</title>"
            "<style>body{font-family:sans-serif}td,th{text-align:left;padding:4px 12px 4px 0;"
            "vertical-align:top}</style></head>"
            f"<body><h1>{html.escape(title)}</h1><p>{html.escape(self.about)}</p>"
            f"<p><b>{html.escape(self.now)}</b></p><table><tr>{titles}</tr>{rows}</table>{notes}</body></html>\n"
        )


def grade_story(connection: Connection, submission_id: str) -> GradeStory:
    """The story of a grade.

    Raises:
        WrongUse: this computer has never heard of it.
    """
    record = records.get(connection, "submissions", submission_id)
    changes = history.of(connection, "submissions", submission_id)
    if record is None and not changes:
        raise WrongUse(say("There is no grade {submission_id} here.", submission_id=submission_id))
    words = Words(connection)
    data = record.local if record is not None else (changes[-1].old or {})
    notes = []
    if record is not None and record.dirty:
        notes.append(say("Something of this is not on the school's server yet."))
    if conflicts.of_record(connection, "submissions", submission_id):
        notes.append(say("Two people changed it, and a decision is still open."))
    if not changes or changes[0].field:
        notes.append(say("What happened before this computer first saw it is known to the server."))
    return GradeStory(
        about=words.about("submissions", submission_id, "update", data),
        now=_now(data, deleted=record is None or record.deleted),
        lines=tuple(line for change in changes for line in _lines(change)),
        notes=tuple(notes),
    )


def _now(data: dict[str, Json], *, deleted: bool) -> str:
    if deleted:
        return say("It is deleted.")
    if data.get("score") is None:
        return say("It has no score now.")
    score, most = value(data["score"]), value(data.get("max_score"))
    return say("The score is {score} of {most} now.", score=score, most=most)


def _lines(change: Change) -> list[Line]:
    where = "came from the server" if change.origin == SERVER else "on this computer"
    who = change.who or "Unknown"
    if change.field:
        name = _FIELDS.get(change.field, change.field.replace("_", " ").capitalize())
        said = f"{name} went from {value(change.old)} to {value(change.new)}."
    elif change.new is None:
        said = "It was deleted."
    elif change.old is None:
        said = f"It was made, with the score {value(change.new.get('score'))}."
    else:
        said = "It was decided which version holds."
    return [Line(change.at, who, where, said, change)]


def value(shown: Json) -> str:
    """A value as a person reads it."""
    if shown in (None, "", [], {}):
        return "nothing"
    if isinstance(shown, float) and shown == int(shown):
        return str(int(shown))
    if isinstance(shown, dict):
        return ", ".join(f"{name}: {value(one)}" for name, one in shown.items())
    return f"“{shown}”" if isinstance(shown, str) else str(shown)
