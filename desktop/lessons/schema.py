"""LessonPackage: everything a lesson is, as one versioned document that can be trusted."""

import re
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from desktop.classroom.questions import Question

SCHEMA_VERSION = 2
MAX_BYTES = 2_000_000
"""A package larger than this is refused before it is read."""

Subject = Literal["mathematics", "science", "history", "language", "computing"]
Environment = Literal[
    "classroom",
    "laboratory",
    "outdoor",
    "historical",
    "futuristic",
    "underwater",
    "space_station",
    "fantasy",
    "custom",
]
Interaction = Literal["explore", "solve", "collaborate", "simulate", "create"]
Bloom = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
ActivityKind = Literal["warm_up", "teach", "explore", "practise", "discuss", "quiz", "wrap_up"]

SourceKind = Literal["pdf", "docx", "text", "paste"]
PartName = Literal[
    "title",
    "summary",
    "objectives",
    "standards",
    "teacher_notes",
    "activities",
    "vocabulary",
    "quiz",
    "world",
    "accommodations",
]
"""The parts of a lesson that can be told, shown and made anew one by one."""

PARTS: tuple[PartName, ...] = get_args(PartName)
ENVIRONMENTS: tuple[str, ...] = get_args(Environment)
INTERACTIONS: tuple[str, ...] = get_args(Interaction)


_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no board can show and no XML file can hold."""


def _printable(text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ValueError("there are control characters in it")
    return text


_Printable = AfterValidator(_printable)
Identifier = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
Heading = Annotated[str, Field(min_length=1, max_length=200), _Printable]
Sentence = Annotated[str, Field(min_length=1, max_length=1_000), _Printable]
Prose = Annotated[str, Field(max_length=10_000), _Printable]
Word = Annotated[str, Field(min_length=1, max_length=80), _Printable]
Minutes = Annotated[int, Field(ge=1, le=480)]
Studs = Annotated[float, Field(ge=0.5, le=60)]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Part(BaseModel):
    """A part of a package: nothing unknown is taken, nothing is converted, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Objective(Part):
    """What a student can do afterwards, and how deep it goes (Bloom's revised taxonomy)."""

    id: Identifier
    text: Sentence
    bloom: Bloom


class Standard(Part):
    """A curriculum standard. `verified` says that the code was found in a published list."""

    code: Word
    description: Annotated[str, Field(max_length=1_000), _Printable] = ""
    verified: bool = False


class Timing(Part):
    """How long the lesson takes, in minutes."""

    minutes: Minutes


class Activity(Part):
    """One step of the lesson in the classroom."""

    id: Identifier
    kind: ActivityKind
    title: Heading
    minutes: Minutes
    description: Prose = ""


class Term(Part):
    """A word of the lesson and what it means."""

    term: Word
    definition: Sentence


class Zone(Part):
    """A place in the world, reached in order; its questions are asked at stations inside it."""

    id: Identifier
    title: Heading
    text: Annotated[str, Field(max_length=1_000), _Printable] = ""
    """What is read on arrival."""
    question_ids: Annotated[list[Identifier], Field(max_length=40)] = []


class WorldObject(Part):
    """A thing to look at: an `exhibit` with a text of its own, or a labelled `row` of posts.

    A row shows what lies in order: marks of a number line, dates, links of a food chain.
    """

    id: Identifier
    zone: Identifier
    kind: Literal["exhibit", "row"]
    title: Heading
    text: Annotated[str, Field(max_length=1_000), _Printable] = ""
    labels: Annotated[list[Word], Field(max_length=16)] = []
    shape: Literal["block", "ball", "cylinder"] = "block"
    size: Studs = 4.0
    """Height in studs."""
    colour: Colour = "#4f86c6"


class Checkpoint(Part):
    """A mark that a student passes; they come back here after a fall."""

    id: Identifier
    zone: Identifier
    title: Heading


class Sign(Part):
    """A board with something to read."""

    id: Identifier
    zone: Identifier
    title: Heading
    text: Annotated[str, Field(max_length=1_000), _Printable] = ""


class World(Part):
    """The place that the lesson becomes."""

    environment: Environment
    interaction: Interaction
    zones: Annotated[list[Zone], Field(min_length=1, max_length=20)]
    objects: Annotated[list[WorldObject], Field(max_length=100)] = []
    checkpoints: Annotated[list[Checkpoint], Field(max_length=20)] = []
    signs: Annotated[list[Sign], Field(max_length=60)] = []


class Passage(Part):
    """A piece of a source, as it stands there. `page` is None where there are no pages."""

    id: Identifier
    text: Annotated[str, Field(min_length=1, max_length=2_000), _Printable]
    page: Annotated[int, Field(ge=1, le=100_000)] | None = None


class Source(Part):
    """Something the teacher gave to make the lesson from; only cited passages stay with it."""

    id: Identifier
    title: Heading
    kind: SourceKind
    passages: Annotated[list[Passage], Field(max_length=100)] = []


class Claim(Part):
    """A statement of the lesson and the words of a source that carry it.

    `supported` says that the passage exists and `quote` really stands in it; reading a package
    works it out anew, whatever the file says.
    """

    part: PartName
    text: Sentence
    source: Annotated[str, Field(max_length=64)] = ""
    passage: Annotated[str, Field(max_length=64)] = ""
    quote: Annotated[str, Field(max_length=1_000), _Printable] = ""
    supported: bool = False


class Revision(Part):
    """A part that was made anew after the lesson was made, and by whom."""

    part: PartName
    provider: Word
    model: Annotated[str, Field(max_length=200), _Printable] = ""
    prompt_version: Annotated[str, Field(max_length=80), _Printable] = ""
    time: Moment
    instruction: Annotated[str, Field(max_length=2_000), _Printable] = ""


class Provenance(Part):
    """Who made the lesson. `template` names the template when no AI was used."""

    provider: Word
    model: Annotated[str, Field(max_length=200), _Printable] = ""
    prompt_version: Annotated[str, Field(max_length=80), _Printable] = ""
    time: Moment
    template: Annotated[str, Field(max_length=200), _Printable] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**63)] | None = None
    revisions: Annotated[list[Revision], Field(max_length=200)] = []


class LessonPackage(Part):
    """A whole lesson: plan, words, quiz and world."""

    schema_version: Literal[2] = 2
    title: Heading
    summary: Prose
    subject: Word
    grade_level: Annotated[int, Field(ge=0, le=13)]
    """0 is kindergarten."""
    topic: Heading
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")] = "en"
    objectives: Annotated[list[Objective], Field(min_length=1, max_length=20)]
    standards: Annotated[list[Standard], Field(max_length=40)] = []
    teacher_notes: Prose = ""
    timing: Timing
    activities: Annotated[list[Activity], Field(min_length=1, max_length=40)]
    vocabulary: Annotated[list[Term], Field(max_length=60)] = []
    quiz: Annotated[list[Question], Field(max_length=100)] = []
    world: World
    accommodations: Annotated[list[Sentence], Field(max_length=40)] = []
    sources: Annotated[list[Source], Field(max_length=10)] = []
    claims: Annotated[list[Claim], Field(max_length=200)] = []
    provenance: Provenance

    @model_validator(mode="after")
    def _parts_fit_together(self) -> "LessonPackage":
        fault = next(iter(_disagreements(self)), None)
        if fault:
            raise ValueError(fault)
        return self


def _disagreements(package: LessonPackage) -> list[str]:
    return [
        *_wrong_times(package),
        *_repeated_ids(package),
        *_lost_references(package),
        *_bad_rows(package),
    ]


def _wrong_times(package: LessonPackage) -> list[str]:
    total = sum(activity.minutes for activity in package.activities)
    if total == package.timing.minutes:
        return []
    return [f"the activities take {total} minutes, the lesson takes {package.timing.minutes}"]


def _repeated_ids(package: LessonPackage) -> list[str]:
    world = package.world
    kinds = {
        "objectives": [part.id for part in package.objectives],
        "activities": [part.id for part in package.activities],
        "sources": [part.id for part in package.sources],
        "questions": [part.id for part in package.quiz],
        "zones": [part.id for part in world.zones],
        "objects": [part.id for part in world.objects],
        "checkpoints": [part.id for part in world.checkpoints],
        "signs": [part.id for part in world.signs],
    }
    return [
        f"two of the {kind} have the same id '{found}'"
        for kind, ids in kinds.items()
        for found in sorted({one for one in ids if ids.count(one) > 1})
    ]


def _lost_references(package: LessonPackage) -> list[str]:
    world = package.world
    zones = {zone.id for zone in world.zones}
    questions = {question.id for question in package.quiz}
    placed = [one for zone in world.zones for one in zone.question_ids]
    things: list[WorldObject | Checkpoint | Sign] = [
        *world.objects,
        *world.checkpoints,
        *world.signs,
    ]
    return [
        *(f"'{thing.title}' stands in a zone that does not exist" for thing in things
          if thing.zone not in zones),
        *(f"the world asks question '{one}', which the quiz does not have" for one in placed
          if one not in questions),
        *(f"question '{one}' stands in the world twice" for one in sorted(set(placed))
          if placed.count(one) > 1),
    ]  # fmt: skip


def _bad_rows(package: LessonPackage) -> list[str]:
    return [
        f"the row '{part.title}' needs at least two labels"
        for part in package.world.objects
        if part.kind == "row" and len(part.labels) < 2
    ]
