"""What an answer has to keep beyond its form, and the form as narrow as a request makes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.classroom.questions import QuestionKind
from desktop.lessons import quiz_checks
from desktop.lessons.providers import corrections, drafts
from desktop.lessons.providers.drafts import Check, InvalidDraft, Quiz, ThingForm
from desktop.lessons.request import LessonRequest

Json = dict[str, Any]
WITHOUT_CHOICES: tuple[QuestionKind, ...] = ("true_false", "short_answer")


def check_of(stage: str, request: LessonRequest, done: Mapping[str, Json]) -> Check:
    """The rules of a stage, after what is wrong in one way only was put right."""
    match stage:
        case "outline":
            return lambda outline: minutes(outline.activities, request.duration_minutes)
        case "interactions":
            count = len(done["world"]["zones"])
            return lambda filled: things(count, corrections.things(filled).value.objects)
        case "quiz":
            return lambda filled: quiz(filled, request.quiz.questions, request.quiz.kinds)
    return lambda _: []


def schema_of(stage: str, request: LessonRequest, done: Mapping[str, Json]) -> Json:
    """The JSON Schema of a stage, with the bounds that only this request has.

    Where a provider keeps to the schema while it writes, what breaks one of them cannot be written.
    """
    schema = drafts.FORMS[stage].model_json_schema()
    match stage:
        case "outline":
            step = schema["$defs"]["ActivityForm"]["properties"]
            step["minutes"]["maximum"] = request.duration_minutes
        case "interactions":
            _within(schema["$defs"]["ThingForm"], done)
        case "quiz":
            asked = {"minItems": request.quiz.questions, "maxItems": request.quiz.questions}
            schema["properties"]["questions"].update(asked)
            form = schema["$defs"]["QuestionForm"]
            _within(form, done)
            kinds = [_of_kind(kind, form) for kind in request.quiz.kinds]
            schema["$defs"]["QuestionForm"] = {"anyOf": kinds}
    return schema


def _of_kind(kind: QuestionKind, form: Json) -> Json:
    """The form of a question as one kind fills it in."""
    properties = {**form["properties"], "kind": {"type": "string", "enum": [kind]}}
    if kind in WITHOUT_CHOICES:
        del properties["choices"]
    else:
        properties["choices"] = {**properties["choices"], "minItems": 2}
    answer = properties["answer"]
    match kind:
        case "true_false":
            truths = {"type": "string", "enum": ["true", "false"]}
            answer = {**answer, "items": truths, "maxItems": 1}
        case "multiple_choice":
            answer = {**answer, "maxItems": 1}
        case "ordering" | "matching":
            answer = {**answer, "minItems": 2}
    required = [name for name in properties if name in (*form["required"], "choices")]
    return {**form, "properties": {**properties, "answer": answer}, "required": required}


def _within(form: Json, done: Mapping[str, Json]) -> None:
    form["properties"]["zone"]["maximum"] = len(done["world"]["zones"])


def minutes(steps: Sequence[drafts.ActivityForm], whole: int) -> list[str]:
    """There is a minute for each step: then they can be made to add up."""
    if len(steps) <= whole:
        return []
    return [f"Activities: there are {len(steps)} steps for {whole} minutes; make them fewer."]


def things(zones: int, forms: Sequence[ThingForm]) -> list[str]:
    """Each thing stands in a zone that exists, and a row has something to show."""
    return [
        *(
            f"'{one.title}': there is no zone {one.zone}, only 1 to {zones}."
            for one in forms
            if one.zone > zones
        ),
        *(
            f"'{one.title}': a row needs at least two labels."
            for one in forms
            if one.kind == "row" and len(one.labels) < 2
        ),
    ]


def quiz(filled: Quiz, wanted: int, kinds: Sequence[QuestionKind]) -> list[str]:
    """As many questions as were asked for, of the right kinds, each one sound and fair."""
    faults: list[str] = []
    if len(filled.questions) != wanted:
        faults.append(
            f"Questions: there are {len(filled.questions)}, and must be exactly {wanted}."
        )
    for number, form in enumerate(filled.questions, 1):
        if form.kind not in kinds:
            faults.append(f"Question {number}: the kind {form.kind} is not wanted.")
    corrected = corrections.quiz(filled).value
    for number, form in enumerate(corrected.questions, 1):
        if form.kind in ("multiple_choice", "true_false") and len(form.answer) > 1:
            faults.append(f"Question {number}: it has {len(form.answer)} answers, and needs one.")
    try:
        made = drafts.questions(corrected)
    except InvalidDraft as invalid:
        return [*faults, *invalid.sentences]
    found = [finding.text for finding in quiz_checks.check(made) if finding.severe]
    return [*faults, *dict.fromkeys(found)]
