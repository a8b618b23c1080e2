"""A request becomes a LessonPackage, stage by stage, from the template of its topic."""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.classroom import instants
from desktop.classroom.questions import Question
from desktop.errors import CompanionError
from desktop.lessons import builder, quiz_checks, standards
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import Objective, Provenance, Term, Timing, World
from desktop.lessons.templates import catalogue, plan, quiz, worlds
from desktop.lessons.templates.topic import Topic
from desktop.sentences import say

STAGES = ("analyse", "outline", "world", "interactions", "quiz", "script", "validate")
VERSION = "templates/1"
PROVIDER = "template"


class TemplateFault(CompanionError):
    """A template made something that does not pass our own checks: a defect of ours."""


@dataclass(frozen=True)
class Stage:
    """One step of a generation, counted from 1. The last one carries the package."""

    name: str
    index: int
    of: int
    words: str
    package: LessonPackage | None = None


def generate(request: LessonRequest, *, seed: int, now: dt.datetime) -> Iterator[Stage]:
    """Make a lesson from a template; the same request and seed give the same lesson.

    Raises:
        UnknownTopic: no template teaches this at this grade.
        TooFewQuestions: the topic has fewer questions of the wanted kinds.
        TemplateFault: the result fails our checks.
    """
    topic = catalogue.find(request)
    chance = random.Random(_seed(request, seed))  # noqa: S311  (repeatable on purpose)
    yield _stage("analyse", f"Found the template '{topic.title}'. {_language_notice(request)}")
    objectives = _objectives(topic, request)
    activities = plan.activities(topic, request)
    yield _stage("outline", f"{len(objectives)} objectives, {len(activities)} activities.")
    questions = quiz.make(topic, request, chance)
    world = worlds.make(topic, request, questions)
    yield _stage("world", f"{len(world.zones)} zones in the style '{world.environment}'.")
    yield _stage("interactions", f"{len(world.objects)} things to look at: {world.interaction}.")
    yield _stage("quiz", f"{len(questions)} questions.")
    package = _package(topic, request, seed, now, objectives, questions, world)
    build = builder.build(package, lesson_id="draft", telemetry=None)
    yield _stage("script", f"{len(build.scripts)} scripts, {build.instance_count} instances.")
    _refuse_faults(package)
    yield _stage("validate", "The quiz passes its checks.", package)


def _stage(name: str, words: str, package: LessonPackage | None = None) -> Stage:
    return Stage(name, STAGES.index(name) + 1, len(STAGES), words.strip(), package)


def _seed(request: LessonRequest, seed: int) -> int:
    """One number for a request and a seed, the same in every process."""
    # Templates read no sources, and a seed gives the same lesson with and without that field.
    text = f"{seed}\n{request.model_dump_json(exclude={'sources'})}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _language_notice(request: LessonRequest) -> str:
    if request.language.split("-")[0] == "en":
        return ""
    return "The templates are written in English so far, so this lesson is in English."


def _objectives(topic: Topic, request: LessonRequest) -> list[Objective]:
    wishes = [
        Objective(id=f"o{number}", text=text, bloom="apply")
        for number, text in enumerate(request.objectives, len(topic.objectives) + 1)
    ]
    return [
        *(
            Objective(id=f"o{number}", text=text, bloom=bloom)
            for number, (bloom, text) in enumerate(topic.objectives, 1)
        ),
        *wishes,
    ]


def _package(
    topic: Topic,
    request: LessonRequest,
    seed: int,
    now: dt.datetime,
    objectives: list[Objective],
    questions: list[Question],
    world: World,
) -> LessonPackage:
    return LessonPackage(
        title=f"{topic.title}: {catalogue.grade_name(request.grade_level)}",
        summary=topic.summary,
        subject=topic.subject,
        grade_level=request.grade_level,
        topic=topic.title,
        objectives=objectives,
        standards=standards.from_codes(request.standards),
        teacher_notes=plan.teacher_notes(topic, request, _language_notice(request)),
        timing=Timing(minutes=request.duration_minutes),
        activities=plan.activities(topic, request),
        vocabulary=[Term(term=term, definition=meaning) for term, meaning in topic.terms],
        quiz=questions,
        world=world,
        accommodations=plan.accommodations(request),
        provenance=Provenance(
            provider=PROVIDER,
            prompt_version=VERSION,
            time=instants.to_text(now),
            template=topic.id,
            seed=seed,
        ),
    )


def _refuse_faults(package: LessonPackage) -> None:
    faults = [finding for finding in quiz_checks.check(package.quiz) if finding.severe]
    if faults:
        raise TemplateFault(
            say(
                "The template '{topic}' made a quiz that fails our checks: {text}",
                topic=package.topic,
                text=faults[0].text,
            ),
            mend=say("Try another seed, and please report this."),
        )
