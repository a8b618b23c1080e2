"""Generation jobs: what a server tells of a lesson in the making.

What is asked for is a `LessonRequest` (desktop.lessons.request); the `Idempotency-Key` header
makes sending it twice harmless.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
EventName = Literal["stage", "delta", "part", "usage", "done", "failed"]
Part = Literal["title", "summary", "objectives", "activities", "vocabulary", "quiz", "world"]

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
    code: str = ""
    detail: str = ""
    package: dict[str, Any] | None = None


class ReviseRequest(BaseModel):
    """What should be another way. A template follows no words: it makes a part anew."""

    part: Part
    instruction: Annotated[str, Field(max_length=2_000)] = ""
