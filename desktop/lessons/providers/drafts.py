"""What a model is asked for at each stage: small forms without ids, and lesson parts made of them.

A model never sees the LessonPackage itself: ids, places and provenance are ours, so that a model
cannot get them wrong.
"""

import json
import re
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from desktop.classroom.questions import Difficulty, Question, QuestionKind
from desktop.lessons.package import sentences_of
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

USUAL_COLOUR = "#4f86c6"


def _colour(told: object) -> str:
    """A colour in small letters; the usual one for anything else, since nothing hangs on it."""
    written = isinstance(told, str) and re.fullmatch("#[0-9A-Fa-f]{6}", told)
    return str(told).lower() if written else USUAL_COLOUR


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


class SignForm(Form):
    """Something to read in a zone."""

    title: Heading
    text: Text


class ZoneForm(Form):
    """One place of the world with its signs, which so cannot stand in a place that is not there."""

    title: Heading
    text: Text
    signs: Annotated[list[SignForm], Field(max_length=5)] = []


class Places(Form):
    """Stage world."""

    environment: Environment
    zones: Annotated[list[ZoneForm], Field(min_length=2, max_length=12)]


class ThingForm(Form):
    """Something to look at."""

    zone: ZoneNumber
    kind: Annotated[str, Field(pattern="^(exhibit|row)$")]
    title: Heading
    text: Text = ""
    labels: Annotated[list[Word], Field(max_length=16)] = []
    shape: Annotated[str, Field(pattern="^(block|ball|cylinder)$")] = "block"
    colour: Annotated[Colour, BeforeValidator(_colour)] = USUAL_COLOUR


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


def questions(quiz: Quiz) -> list[Question]:
    """The questions with ids `q1`, `q2`, ..., of a quiz whose answers are written as they should.

    Raises:
        InvalidDraft: a question contradicts itself.
    """
    made: list[Question] = []
    faults: list[str] = []
    for number, form in enumerate(quiz.questions, 1):
        fields = form.model_dump(exclude={"zone", "points", "answer"})
        single = form.kind in ("multiple_choice", "true_false")
        answer = form.answer[0] if single else form.answer
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
