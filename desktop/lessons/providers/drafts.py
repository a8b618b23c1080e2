"""What a model is asked for at each stage: small forms without ids, and the rules they must keep.

A model never sees the LessonPackage itself: ids, places and provenance are ours, so that a model
cannot get them wrong.
"""

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desktop.classroom.questions import Difficulty, Question, QuestionKind
from desktop.lessons import quiz_checks
from desktop.lessons.package import sentences_of
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import (
    Activity,
    ActivityKind,
    Bloom,
    Colour,
    Environment,
    Heading,
    Minutes,
    Objective,
    PartName,
    Prose,
    Sentence,
    Subject,
    Term,
    Word,
)

Text = Annotated[str, Field(max_length=1_000)]
ZoneNumber = Annotated[int, Field(ge=1, le=20)]
Statement = Annotated[str, Field(min_length=1, max_length=500)]


class InvalidDraft(Exception):
    """An answer that breaks the rules: told to the model, and shown to nobody as it is."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class Form(BaseModel):
    """A form that a model fills in."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Analysis(Form):
    """Stage analyse."""

    title: Heading
    topic: Heading
    subject: Subject
    summary: Annotated[Prose, Field(min_length=1, max_length=2_000)]
    standards: Annotated[list[Word], Field(max_length=10)]
    key_ideas: Annotated[list[Statement], Field(min_length=1, max_length=8)]
    misconceptions: Annotated[list[Statement], Field(max_length=6)]


class ObjectiveForm(Form):
    """One objective."""

    text: Sentence
    bloom: Bloom


class ActivityForm(Form):
    """One step in the classroom."""

    kind: ActivityKind
    title: Heading
    minutes: Minutes
    description: Prose


class TermForm(Form):
    """One word of the lesson."""

    term: Word
    definition: Sentence


class Outline(Form):
    """Stage outline."""

    objectives: Annotated[list[ObjectiveForm], Field(min_length=1, max_length=10)]
    activities: Annotated[list[ActivityForm], Field(min_length=1, max_length=12)]
    vocabulary: Annotated[list[TermForm], Field(max_length=20)]
    teacher_notes: Prose
    accommodations: Annotated[list[Sentence], Field(max_length=20)]


class ZoneForm(Form):
    """One place of the world."""

    title: Heading
    text: Text


class SignForm(Form):
    """Something to read in a zone."""

    zone: ZoneNumber
    title: Heading
    text: Text


class Places(Form):
    """Stage world."""

    environment: Environment
    zones: Annotated[list[ZoneForm], Field(min_length=2, max_length=12)]
    signs: Annotated[list[SignForm], Field(max_length=40)]


class ThingForm(Form):
    """Something to look at."""

    zone: ZoneNumber
    kind: Annotated[str, Field(pattern="^(exhibit|row)$")]
    title: Heading
    text: Text = ""
    labels: Annotated[list[Word], Field(max_length=16)] = []
    shape: Annotated[str, Field(pattern="^(block|ball|cylinder)$")] = "block"
    colour: Colour = "#4f86c6"


class Things(Form):
    """Stage interactions."""

    objects: Annotated[list[ThingForm], Field(max_length=30)]


class QuestionForm(Form):
    """One question; `answer` is always a list, whatever the kind."""

    kind: QuestionKind
    prompt: Annotated[str, Field(min_length=1, max_length=1_000)]
    choices: Annotated[list[Statement], Field(max_length=12)] = []
    answer: Annotated[list[Statement], Field(min_length=1, max_length=12)]
    explanation: Annotated[str, Field(min_length=1, max_length=2_000)]
    points: Annotated[int, Field(ge=1, le=10)] = 1
    standard: Annotated[str, Field(max_length=80)] = ""
    difficulty: Difficulty = "medium"
    zone: ZoneNumber = 1


class Quiz(Form):
    """Stage quiz."""

    questions: Annotated[list[QuestionForm], Field(max_length=100)]


class ClaimForm(Form):
    """One statement and where it comes from."""

    part: PartName
    text: Sentence
    source: Annotated[str, Field(max_length=64)] = ""
    passage: Annotated[str, Field(max_length=64)] = ""
    quote: Annotated[str, Field(max_length=1_000)] = ""


class Evidence(Form):
    """Stage validate, when there are sources."""

    claims: Annotated[list[ClaimForm], Field(max_length=60)]


class World(Form):
    """A whole world, made anew."""

    zones: Annotated[list[ZoneForm], Field(min_length=2, max_length=12)]
    signs: Annotated[list[SignForm], Field(max_length=40)]
    objects: Annotated[list[ThingForm], Field(max_length=30)]


class TextPart(Form):
    """Title, summary or notes, made anew."""

    value: Annotated[Prose, Field(min_length=1)]


class TextList(Form):
    """Standards or accommodations, made anew."""

    value: Annotated[list[Sentence], Field(max_length=40)]


class Objectives(Form):
    """The objectives, made anew."""

    value: Annotated[list[ObjectiveForm], Field(min_length=1, max_length=10)]


class Activities(Form):
    """The steps, made anew."""

    value: Annotated[list[ActivityForm], Field(min_length=1, max_length=12)]


class Vocabulary(Form):
    """The words, made anew."""

    value: Annotated[list[TermForm], Field(min_length=1, max_length=20)]


FORMS: dict[str, type[Form]] = {
    "analyse": Analysis,
    "outline": Outline,
    "world": Places,
    "interactions": Things,
    "quiz": Quiz,
    "validate": Evidence,
}
REVISIONS: dict[PartName, type[Form]] = {
    "title": TextPart,
    "summary": TextPart,
    "teacher_notes": TextPart,
    "objectives": Objectives,
    "standards": TextList,
    "activities": Activities,
    "vocabulary": Vocabulary,
    "accommodations": TextList,
    "world": World,
    "quiz": Quiz,
}

Filled = TypeVar("Filled", bound=Form)
Check = Callable[[Any], list[str]]
"""Says what is wrong with a filled-in form beyond its own rules; nothing when it is good."""


def read(text: str, form: type[Filled], check: Check) -> Filled:
    """The form in a model's answer, which may stand in a code fence or in a sentence.

    Raises:
        InvalidDraft: there is no JSON object in it, or it breaks the rules.
    """
    start, end = text.find("{"), text.rfind("}")
    try:
        fields = json.loads(text[start : end + 1])
    except RecursionError:
        raise InvalidDraft(["The JSON is nested far too deeply."]) from None
    except ValueError:
        raise InvalidDraft(
            ["It is not one whole JSON object. Send only the object, without any words around it."]
        ) from None
    try:
        filled = form.model_validate(fields)
    except ValidationError as error:
        raise InvalidDraft(sentences_of(error)) from None
    faults = check(filled)
    if faults:
        raise InvalidDraft(faults)
    return filled


def check_outline(outline: Outline, minutes: int) -> list[str]:
    """The minutes of the steps add up."""
    return check_minutes(outline.activities, minutes)


def check_minutes(steps: list[ActivityForm], minutes: int) -> list[str]:
    """The minutes of the steps add up."""
    total = sum(step.minutes for step in steps)
    if total == minutes:
        return []
    return [f"Activities: they take {total} minutes together, and must take exactly {minutes}."]


def check_zones(zones: int, signs: list[SignForm], things: list[ThingForm]) -> list[str]:
    """Whatever stands somewhere stands in a zone that exists, and a row has something to show."""
    placed: list[SignForm | ThingForm] = [*signs, *things]
    lost = [one for one in placed if one.zone > zones]
    return [
        *(f"'{one.title}': there is no zone {one.zone}, only 1 to {zones}." for one in lost),
        *(
            f"'{thing.title}': a row needs at least two labels."
            for thing in things
            if thing.kind == "row" and len(thing.labels) < 2
        ),
    ]


def check_quiz(quiz: Quiz, wanted: int, kinds: list[QuestionKind]) -> list[str]:
    """As many questions as were asked for, of the right kinds, each one sound and fair."""
    faults: list[str] = []
    if len(quiz.questions) != wanted:
        faults.append(f"Questions: there are {len(quiz.questions)}, and must be exactly {wanted}.")
    for number, form in enumerate(quiz.questions, 1):
        if form.kind not in kinds:
            faults.append(f"Question {number}: the kind {form.kind} is not wanted.")
    try:
        made = questions(quiz)
    except InvalidDraft as invalid:
        return [*faults, *invalid.sentences]
    found = [finding.text for finding in quiz_checks.check(made) if finding.severe]
    return [*faults, *dict.fromkeys(found)]


def questions(quiz: Quiz) -> list[Question]:
    """The questions with ids `q1`, `q2`, ...

    Raises:
        InvalidDraft: a question contradicts itself.
    """
    made: list[Question] = []
    faults: list[str] = []
    for number, form in enumerate(quiz.questions, 1):
        fields = form.model_dump(exclude={"zone", "points", "answer"})
        single = form.kind in ("multiple_choice", "true_false")
        answer = form.answer[0] if single else form.answer
        if form.kind == "true_false":
            fields["choices"], answer = [], form.answer[0].casefold()
        if form.kind == "short_answer":
            fields["choices"] = []
        try:
            question = Question(id=f"q{number}", points=float(form.points), answer=answer, **fields)
        except ValidationError as error:
            faults += [f"Question {number}: {one}" for one in sentences_of(error)]
            continue
        made.append(question)
    if faults:
        raise InvalidDraft(faults)
    return made


def objectives(forms: list[ObjectiveForm]) -> list[Objective]:
    """The objectives with ids."""
    return [
        Objective(id=f"o{number}", text=form.text, bloom=form.bloom)
        for number, form in enumerate(forms, 1)
    ]


def activities(forms: list[ActivityForm]) -> list[Activity]:
    """The steps with ids."""
    return [Activity(id=f"a{number}", **form.model_dump()) for number, form in enumerate(forms, 1)]


def vocabulary(forms: list[TermForm]) -> list[Term]:
    """The words."""
    return [Term(**form.model_dump()) for form in forms]


def check_of(stage: str, request: LessonRequest, drafts: dict[str, Any]) -> Check:
    """The rules of a stage beyond its form."""
    match stage:
        case "outline":
            return lambda outline: check_outline(outline, request.duration_minutes)
        case "world":
            return lambda places: check_zones(len(places.zones), places.signs, [])
        case "interactions":
            zones = len(drafts["world"]["zones"])
            return lambda things: check_zones(zones, [], things.objects)
        case "quiz":
            return lambda quiz: check_quiz(quiz, request.quiz.questions, request.quiz.kinds)
    return lambda _: []
