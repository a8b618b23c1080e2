"""A lesson from what a model drafted: ids, places and provenance are put in here."""

from collections.abc import Iterator, Mapping, Sequence, Sized
from typing import Any

from desktop.lessons import claims, parts, quiz_checks, standards
from desktop.lessons import package as packages
from desktop.lessons.package import LessonPackage
from desktop.lessons.providers import PartMade, Revising, corrections, drafts, rules
from desktop.lessons.providers.corrections import Correction
from desktop.lessons.providers.drafts import InvalidDraft
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import (
    SCHEMA_VERSION,
    Claim,
    Environment,
    Interaction,
    Provenance,
    Revision,
    World,
)

Json = dict[str, Any]
LONGEST_NOTES = 10_000
"""What the notes for the teacher may have of letters."""


def parts_of(stage: str, done: Mapping[str, Json], request: LessonRequest) -> Iterator[PartMade]:
    """The parts that a stage has finished."""
    match stage:
        case "analyse":
            analysis = drafts.Analysis.model_validate(done["analyse"])
            yield PartMade("title", analysis.title)
            yield PartMade("summary", analysis.summary)
            yield PartMade("standards", _standards(analysis.standards, request))
        case "outline":
            planned = _planned(done, request)
            yield from (PartMade(name, value) for name, value in planned.items())  # type: ignore[arg-type]
        case "quiz":
            yield PartMade("quiz", _dumped(drafts.questions(_quiz(done).value)))
            yield PartMade("world", _world(done, request))
            yield PartMade("teacher_notes", _planned(done, request)["teacher_notes"])


def words(stage: str, done: Mapping[str, Json], request: LessonRequest) -> str:
    """What a stage came to, and what was put right in it, in a line."""
    return " ".join([_came_to(stage, done[stage]), *_notes(stage, done, request)])


def _came_to(stage: str, draft: Json) -> str:
    match stage:
        case "analyse":
            return f"{draft['title']}: {_count(draft['key_ideas'], 'key idea')}."
        case "outline":
            goals, steps = draft["objectives"], draft["activities"]
            return f"{_count(goals, 'objective')}, {_count(steps, 'step')} in the classroom."
        case "world":
            return f"{_count(draft['zones'], 'zone')} in the style '{draft['environment']}'."
        case "interactions":
            return f"{_count(draft['objects'], 'thing')} to look at."
    return f"{_count(draft['questions'], 'question')}."


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}" + ("" if len(things) == 1 else "s")


def package(
    done: Mapping[str, Json], request: LessonRequest, provenance: Provenance
) -> LessonPackage:
    """The lesson that the drafts make.

    Raises:
        InvalidPackage: they do not fit together, although each was checked: a defect of ours.
    """
    analysis = done["analyse"]
    return packages.load(
        {
            "schema_version": SCHEMA_VERSION,
            "title": analysis["title"],
            "summary": analysis["summary"],
            "subject": request.subject or analysis["subject"],
            "grade_level": request.grade_level,
            "topic": analysis["topic"],
            "language": request.language,
            "standards": _standards(analysis["standards"], request),
            "timing": {"minutes": request.duration_minutes},
            **_planned(done, request),
            "quiz": _dumped(drafts.questions(_quiz(done).value)),
            "world": _world(done, request),
            "provenance": provenance.model_dump(mode="json"),
        }
    )


def with_evidence(made: LessonPackage, draft: Json, request: LessonRequest) -> LessonPackage:
    """The lesson with its claims, each checked against the passages it names."""
    evidence = drafts.Evidence.model_validate(draft)
    told = [Claim(**form.model_dump()) for form in evidence.claims]
    checked = claims.checked(told, request.sources)
    return made.model_copy(
        update={"claims": checked, "sources": claims.cited(checked, request.sources)}
    )


def verdict(made: LessonPackage) -> str:
    """What the last stage says."""
    found = quiz_checks.check(made.quiz, grade_level=made.grade_level, language=made.language)
    wrong = [finding for finding in found if finding.severe]
    said = ["The quiz passes its checks."]
    if wrong:
        said = [f"The quiz does not pass its checks: {wrong[0].text}"]
    elif found:
        better = _count(found, "thing")
        said = [f"The quiz passes its checks; {better} in it could be better."]
    lost = sum(not claim.supported for claim in made.claims)
    if made.claims:
        said.append(f"{len(made.claims) - lost} of {len(made.claims)} statements rest on a source.")
    unknown = [standard.code for standard in made.standards if not standard.verified]
    if unknown:
        said.append(f"Not verified: {', '.join(unknown)}.")
    return " ".join(said)


def revised(
    wish: Revising,
    filled: Any,  # noqa: ANN401  (one of several forms)
    revision: Revision,
) -> Correction[LessonPackage]:
    """The lesson with the part that a model wrote anew.

    Raises:
        InvalidPackage: the part does not fit the lesson.
        InvalidDraft: it breaks the rules of its kind.
    """
    made = _revised_value(wish, filled)
    return Correction(parts.replaced(wish.package, wish.part, made.value, revision), made.notes)


def _revised_value(wish: Revising, filled: Any) -> Correction[object]:  # noqa: ANN401
    lesson = wish.package
    match wish.part:
        case "objectives":
            return Correction(_dumped(drafts.objectives(filled.value)))
        case "activities":
            _raise(rules.minutes(filled.value, lesson.timing.minutes))
            steps = corrections.activities(filled.value, lesson.timing.minutes)
            return Correction(_dumped(drafts.activities(steps.value)), steps.notes)
        case "vocabulary":
            return Correction(_dumped(drafts.vocabulary(filled.value)))
        case "standards":
            return Correction(_dumped(standards.from_codes(filled.value)))
        case "quiz":
            return _revised_quiz(filled, lesson)
        case "world":
            return _revised_world(filled, lesson)
    return Correction(filled.value)


def _revised_quiz(filled: drafts.Quiz, lesson: LessonPackage) -> Correction[object]:
    kinds = list(dict.fromkeys(form.kind for form in filled.questions))
    _raise(rules.quiz(filled, len(lesson.quiz), kinds))
    corrected = corrections.quiz(filled)
    made = drafts.questions(corrected.value)
    # The world has a station for each question, known by its id.
    kept = [
        new.model_copy(update={"id": old.id}) for new, old in zip(made, lesson.quiz, strict=True)
    ]
    return Correction(_dumped(kept), corrected.notes)


def _revised_world(filled: drafts.World, lesson: LessonPackage) -> Correction[object]:
    things = corrections.things(drafts.Things(objects=filled.objects))
    _raise(rules.things(len(filled.zones), things.value.objects))
    asked = [(question.id, 0) for question in lesson.quiz]
    world = lesson.world
    laid_out = _laid_out(
        filled.zones, things.value.objects, asked,
        environment=world.environment, interaction=world.interaction,
    )  # fmt: skip
    return Correction(laid_out, things.notes)


NOTED = ("outline", "interactions", "quiz")
"""The stages in which something may be put right."""


def _notes(stage: str, done: Mapping[str, Json], request: LessonRequest) -> tuple[str, ...]:
    match stage:
        case "outline":
            return _outline(done, request).notes
        case "interactions":
            return _things(done).notes
        case "quiz":
            return _quiz(done).notes
    return ()


def _with_notes(text: str, notes: Sequence[str]) -> str:
    """The notes for the teacher, and at their end what was put right in the lesson."""
    if not notes:
        return text
    told = " ".join(["Put right by the Companion, please look at it:", *notes])[:LONGEST_NOTES]
    return f"{text[: LONGEST_NOTES - len(told) - 2].rstrip()}\n\n{told}".strip()


def _outline(done: Mapping[str, Json], request: LessonRequest) -> Correction[drafts.Outline]:
    filled = drafts.Outline.model_validate(done["outline"])
    return corrections.outline(filled, request.duration_minutes)


def _things(done: Mapping[str, Json]) -> Correction[drafts.Things]:
    return corrections.things(drafts.Things.model_validate(done["interactions"]))


def _quiz(done: Mapping[str, Json]) -> Correction[drafts.Quiz]:
    return corrections.quiz(drafts.Quiz.model_validate(done["quiz"]))


def _raise(faults: list[str]) -> None:
    if faults:
        raise InvalidDraft(faults)


def _standards(codes: list[str], request: LessonRequest) -> list[Json]:
    return _dumped(standards.from_codes([*request.standards, *codes]))


def _planned(done: Mapping[str, Json], request: LessonRequest) -> Json:
    outline = _outline(done, request).value
    told = [note for stage in NOTED if stage in done for note in _notes(stage, done, request)]
    return {
        "objectives": _dumped(drafts.objectives(outline.objectives)),
        "activities": _dumped(drafts.activities(outline.activities)),
        "vocabulary": _dumped(drafts.vocabulary(outline.vocabulary)),
        "teacher_notes": _with_notes(outline.teacher_notes, told),
        "accommodations": list(outline.accommodations),
    }


def _world(done: Mapping[str, Json], request: LessonRequest) -> Json:
    places = drafts.Places.model_validate(done["world"])
    things = _things(done).value
    quiz = _quiz(done).value
    asked = [(f"q{number}", form.zone) for number, form in enumerate(quiz.questions, 1)]
    return _laid_out(
        places.zones, things.objects, asked,
        environment=request.environment or places.environment, interaction=request.interaction,
    )  # fmt: skip


def _laid_out(
    zones: list[drafts.ZoneForm],
    things: list[drafts.ThingForm],
    asked: list[tuple[str, int]],
    *,
    environment: Environment,
    interaction: Interaction,
) -> Json:
    """A world: zones with their questions, and everything that stands in them."""
    stations = _stations(asked, len(zones))
    signs = [(number, sign) for number, zone in enumerate(zones, 1) for sign in zone.signs]
    laid_out = {
        "environment": environment,
        "interaction": interaction,
        "zones": [
            {
                "id": _zone(number),
                "title": zone.title,
                "text": zone.text,
                "question_ids": [id_ for id_, at in stations if at == number],
            }
            for number, zone in enumerate(zones, 1)
        ],
        "objects": [
            {
                **thing.model_dump(exclude={"zone"}),
                "id": f"thing-{number}",
                "zone": _zone(thing.zone),
            }
            for number, thing in enumerate(things, 1)
        ],
        "checkpoints": [
            {"id": f"reach-{number}", "zone": _zone(number), "title": zone.title}
            for number, zone in enumerate(zones, 1)
            if number > 1
        ],
        "signs": [
            {"id": f"sign-{number}", "zone": _zone(at), "title": sign.title, "text": sign.text}
            for number, (at, sign) in enumerate(signs, 1)
        ],
    }  # fmt: skip
    return World.model_validate(laid_out).model_dump(mode="json")


def _stations(asked: list[tuple[str, int]], zones: int) -> list[tuple[str, int]]:
    """The zone of each question: as it was said, or spread evenly between welcome and end."""
    middle = list(range(2, zones)) or [zones]
    said = [at for _, at in asked if at in middle]
    if len(said) == len(asked):
        return asked
    share = -(-len(asked) // len(middle)) or 1
    return [(id_, middle[number // share]) for number, (id_, _) in enumerate(asked)]


def _zone(number: int) -> str:
    return f"zone-{number}"


def _dumped(models: list[Any]) -> list[Json]:
    return [model.model_dump(mode="json") for model in models]
