"""What a pushed place reports of the play in it, and how it gets its key."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, field_validator

PLACE_KEY_HEADER = "X-Place-Key"
MAX_EVENTS = 200

EventKind = Literal["joined", "objective", "answer", "checkpoint", "completed", "left"]


def _no_list(value: object) -> object:
    """Roblox writes an empty table as `[]`, also where an object is meant."""
    return {} if value == [] else value


class PlaceKeyRequest(BaseModel):
    """Ask for a key that lets one lesson's place report for one class."""

    lesson_id: Annotated[str, Field(min_length=1, max_length=64)]
    class_id: Annotated[str, Field(min_length=1, max_length=64)]


class PlaceKeyState(BaseModel):
    """A place key as it is listed: without the key itself. `revoked_at` is empty while it works."""

    id: str
    lesson_id: str
    class_id: str
    join_code: str
    created_at: str
    revoked_at: str


class PlaceKey(BaseModel):
    """A place key. `key` is shown once; `join_code` lets a student without a Roblox name join."""

    id: str
    key: str
    lesson_id: str
    class_id: str
    telemetry_path: str = "/api/v1/telemetry/events"
    join_code: str = ""


class TelemetryEvent(BaseModel):
    """One thing a student did. `event_id` makes it count once.

    `student` is the Roblox user name on the roster, or a join code with a nickname.
    `data` by kind: answer has `question_id`, `given`, and the place's own opinion `correct`
    (the server marks by itself); objective and checkpoint have `id`; completed has `score`.
    """

    event_id: Annotated[str, Field(min_length=1, max_length=64)]
    student: Annotated[str, Field(min_length=1, max_length=100)]
    kind: EventKind
    at: Annotated[str, Field(max_length=40)]
    data: Annotated[dict[str, Any], BeforeValidator(_no_list)] = {}

    @field_validator("data", mode="before")
    @classmethod
    def _empty_table(cls, value: object) -> object:
        # Roblox's JSONEncode writes an empty table as [], whatever it was meant to be.
        return {} if value == [] else value


class TelemetryBatch(BaseModel):
    """What a place posts, at most 200 events at a time."""

    events: Annotated[list[TelemetryEvent], Field(min_length=1, max_length=MAX_EVENTS)]


class TelemetryResult(BaseModel):
    """How many events were new, known before, or named nobody on the roster."""

    accepted: int
    duplicate: int
    unknown_student: int
