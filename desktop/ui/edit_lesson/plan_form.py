"""The pages of the editor that hold the plan: what it is about, how it goes, what helps."""

from PySide6.QtWidgets import QWidget

from desktop.lessons.editing import ids_in, new_id
from desktop.lessons.schema import ActivityKind, Bloom
from desktop.ui.edit_lesson.form import Form
from desktop.ui.parts.words import grade, subject
from desktop.ui.strings import mark, plural, tr
from desktop.ui.theme import tokens
from desktop.ui.widgets.beside import Beside
from desktop.ui.widgets.boxes import Card, Part, column, holding, row
from desktop.ui.widgets.labels import label

BLOOM: dict[Bloom, str] = {
    "remember": mark("Remember"),
    "understand": mark("Understand"),
    "apply": mark("Apply"),
    "analyze": mark("Analyse"),
    "evaluate": mark("Evaluate"),
    "create": mark("Create"),
}
KINDS: dict[ActivityKind, str] = {
    "warm_up": mark("Warm-up"),
    "teach": mark("Teach"),
    "explore": mark("Explore the world"),
    "practise": mark("Practise"),
    "discuss": mark("Discuss"),
    "quiz": mark("Quiz"),
    "wrap_up": mark("Wrap-up"),
}
SUBJECTS = ("mathematics", "science", "history", "language", "computing")


def about(form: Form) -> QWidget:
    """Title, summary, subject and grade."""
    fields = form.editing.fields
    subjects = [*SUBJECTS, *([fields["subject"]] if fields["subject"] not in SUBJECTS else [])]
    grades = [(grade(level), level) for level in range(14)]
    across = Beside(
        form.choice(("subject",), tr("Subject"), [(subject(s), s) for s in subjects]),
        form.choice(("grade_level",), tr("Grade"), grades),
    )
    return _page(
        Card(
            "",
            form.line(("title",), tr("Title")),
            form.prose(("summary",), tr("Summary")),
            form.line(("topic",), tr("Topic")),
            across,
            gap=tokens.SPACE_4,
        ),
        Card(tr("Standards"), *_standards(form), gap=tokens.SPACE_3),
    )


def plan(form: Form) -> QWidget:
    """Objectives, activities and words."""
    fields = form.editing.fields
    length = label("", "soft", wrap=True)
    form.follow(lambda: length.setText(_length(form)))
    return _page(
        _title(tr("Students will be able to")),
        *_objectives(form),
        form.adder(tr("Add an &objective"), ("objectives",), lambda: {
            "id": new_id(ids_in(fields["objectives"]), "o"), "text": "", "bloom": "understand"}),
        tokens.SPACE_4,
        _title(tr("How the lesson goes")),
        length,
        *_activities(form),
        form.adder(tr("Add an &activity"), ("activities",), lambda: {
            "id": new_id(ids_in(fields["activities"]), "a"), "kind": "teach", "title": "",
            "minutes": 5, "description": ""}),
        tokens.SPACE_4,
        _title(tr("Words")),
        *_words(form),
        form.adder(tr("Add a &word"), ("vocabulary",), lambda: {"term": "", "definition": ""}),
    )  # fmt: skip


def notes(form: Form) -> QWidget:
    """What is for the teacher, and what helps those who need it."""
    helps: list[Part] = []
    count = len(form.editing.fields["accommodations"])
    for at in range(count):
        path = ("accommodations", at)
        name = tr("Help {number}", number=at + 1)
        helps.append(
            form.card(path, count, name, form.prose(path, tr("What helps"), least_lines=1))
        )
    return _page(
        Card("", form.prose(("teacher_notes",), tr("For you"))),
        tokens.SPACE_4,
        _title(tr("For students who need it another way")),
        *helps,
        form.adder(tr("Add a hel&p"), ("accommodations",), lambda: ""),
    )


def _objectives(form: Form) -> list[Part]:
    count = len(form.editing.fields["objectives"])
    made: list[Part] = []
    for at in range(count):
        path = ("objectives", at)
        level = form.choice(
            (*path, "bloom"), tr("Depth"), [(tr(words), key) for key, words in BLOOM.items()]
        )
        title = tr("Objective {number}", number=at + 1)
        text = form.prose((*path, "text"), tr("What they can do"), least_lines=1)
        made.append(form.card(path, count, title, text, row(level, None)))
    return made


def _activities(form: Form) -> list[Part]:
    count = len(form.editing.fields["activities"])
    made: list[Part] = []
    for at in range(count):
        path = ("activities", at)
        kinds = [(tr(words), key) for key, words in KINDS.items()]
        across = Beside(
            form.choice((*path, "kind"), tr("Kind"), kinds), form.minutes((*path, "minutes"))
        )
        title = tr("Activity {number}", number=at + 1)
        name = form.line((*path, "title"), tr("What it is called"))
        text = form.prose((*path, "description"), tr("What happens"))
        made.append(form.card(path, count, title, name, across, text))
    return made


def _words(form: Form) -> list[Part]:
    count = len(form.editing.fields["vocabulary"])
    made: list[Part] = []
    for at in range(count):
        path = ("vocabulary", at)
        made.append(
            form.card(
                path,
                count,
                tr("Word {number}", number=at + 1),
                form.line((*path, "term"), tr("Word")),
                form.prose((*path, "definition"), tr("What it means"), least_lines=1),
            )
        )
    return made


def _standards(form: Form) -> list[Part]:
    made: list[Part] = [
        label(
            tr("A code that is not in a published list is kept, and shown as not verified."),
            "soft",
            wrap=True,
        )
    ]
    count = len(form.editing.fields["standards"])
    for at in range(count):
        path = ("standards", at)
        made.append(
            form.card(
                path,
                count,
                tr("Standard {number}", number=at + 1),
                form.line((*path, "code"), tr("Code")),
                form.prose((*path, "description"), tr("What it asks for")),
            )
        )
    empty = {"code": "", "description": "", "verified": False}
    return [*made, form.adder(tr("Add a &standard"), ("standards",), lambda: dict(empty))]


def _length(form: Form) -> str:
    minutes = int(form.editing.fields.get("timing", {}).get("minutes", 0))
    return plural("{count} minute in all", "{count} minutes in all", minutes)


def _title(words: str) -> Part:
    return label(words, "title", wrap=True)


def _page(*parts: Part) -> QWidget:
    return holding(column(*parts, None, gap=tokens.SPACE_3, margins=(0, 0, 8, 8)))
