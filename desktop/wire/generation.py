"""Generation jobs: what a server tells of a lesson in the making.

What is asked for is a `LessonRequest` (desktop.lessons.request); the `Idempotency-Key` header
makes sending it twice harmless.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
EventName = Literal["stage", "delta", "part", "usage", "done", "failed"]
Part = Literal[
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
ProviderKind = Literal["template", "openai", "anthropic", "platform"]

IDEMPOTENCY_KEY_HEADER = "Idempotency-Key"
LAST_EVENT_ID_HEADER = "Last-Event-ID"


class Job(BaseModel):
    """A generation job. `stage` of `of` is done; `package` is null until the job is, and in lists.

    `code` and `detail` say why a job failed.
    """

    id: str
    state: JobState
    stage: int = 0
    of: int = 0
    provider: str
    seed: int
    request: dict[str, Any]
    created_at: str
    updated_at: str
    revises: str = ""
    """The job that this one revises."""
    part: str = ""
    """The part that is made anew."""
    instruction: str = ""
    """What the teacher said about it."""
    model: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost: str | None = "0"
    """US dollars as a decimal number; null where the price is not known."""
    retryable: bool = False
    """Whether a job that failed can be resumed where it broke off."""
    code: str = ""
    detail: str = ""
    package: dict[str, Any] | None = None


class ReviseRequest(BaseModel):
    """What should be another way. A template follows no words: it makes a part anew.

    `package` is the lesson as it is now, where it was changed since the job made it.
    """

    part: Part
    instruction: Annotated[str, Field(max_length=2_000)] = ""
    package: dict[str, Any] | None = None


class RevisionRequest(BaseModel):
    """A part of any lesson to be made anew, wherever the lesson came from."""

    part: Part
    instruction: Annotated[str, Field(max_length=2_000)] = ""
    package: dict[str, Any]


class ProviderWish(BaseModel):
    """A teacher's own AI provider. Kept in memory only; `key` null keeps the one that is there."""

    kind: ProviderKind
    base_url: Annotated[str, Field(max_length=500)] = ""
    model: Annotated[str, Field(max_length=200)] = ""
    key: Annotated[str | None, Field(max_length=4_000, repr=False)] = None
    username: Annotated[str, Field(max_length=200)] = ""
    most_tokens: Annotated[int, Field(ge=1_000, le=5_000_000)] = 150_000
    most_cost: Annotated[float, Field(gt=0, le=1_000)] = 1.0
    """US dollars for one lesson, where the price is known."""


class ProviderTold(BaseModel):
    """Who makes a teacher's lessons here; never the key."""

    kind: ProviderKind
    model: str = ""
    host: str = ""
    own: bool = False
    """Whether it is the teacher's own, and not the school's."""
    own_allowed: bool = False
    """Whether this server takes a provider of the teacher's own."""


class Models(BaseModel):
    """What a provider offers."""

    names: list[str]


class Tried(BaseModel):
    """How one short question went."""

    answer: str
    seconds: float
    tokens: int
    cost: str | None
