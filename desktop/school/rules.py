"""What a change must fit before it is stored: fields, questions, parents, and ownership."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import pydantic

from desktop.classroom import records
from desktop.classroom.questions import Question
from desktop.wire.problem import FieldError

MAX_RECORD_BYTES = 1_000_000
MAX_DEPTH = 40
AUTHORS = {
    "lessons": "owner_id",
    "announcements": "author_id",
    "messages": "author_id",
    "xp_awards": "awarded_by",
}
"""The field of a collection that says who made the record."""


@dataclass(frozen=True)
class Rejection:
    """Why a change can never be applied."""

    code: str
    detail: str
    errors: tuple[FieldError, ...] = ()


def faults_of_patch(patch: Mapping[str, Any]) -> Rejection | None:
    """What is wrong with a patch as such, whatever it changes."""
    if _deeper_than(patch, MAX_DEPTH):
        return Rejection("invalid_data", "The data is nested too deeply.")
    try:
        size = len(msgspec.json.encode(patch))
    except (UnicodeEncodeError, OverflowError, ValueError, RecursionError):
        return Rejection("invalid_data", "The data holds something that JSON cannot carry.")
    if size > MAX_RECORD_BYTES:
        return Rejection("record_too_large", "The record is larger than a million bytes.")
    return None


def faults_of_data(
    collection: str, data: dict[str, Any], patch: Mapping[str, Any]
) -> Rejection | None:
    """What is wrong with a record as it would be stored; `patch` is what changed in it."""
    try:
        records.check(collection, data)
    except msgspec.ValidationError as error:
        return Rejection("invalid_data", "A field does not fit.", (_field_error(str(error)),))
    if collection == "assessments" and "questions" in patch:
        return _faults_of_questions(data["questions"])
    return None


def parents_of(collection: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The records that this one names: (field, collection, id)."""
    for field, parent in records.PARENTS.get(collection, {}).items():
        value = data.get(field)
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name:
                yield field, parent, name


def _faults_of_questions(questions: list[dict[str, Any]]) -> Rejection | None:
    errors: list[FieldError] = []
    seen: set[str] = set()
    for place, question in enumerate(questions):
        try:
            name = Question.model_validate(question).id
        except pydantic.ValidationError as error:
            for part in error.errors(include_url=False, include_context=False)[:5]:
                path = "".join(f"/{step}" for step in part["loc"])
                errors.append(_at(f"/questions/{place}{path}", str(part["msg"])))
            continue
        if name in seen:
            errors.append(_at(f"/questions/{place}/id", "Two questions have this id."))
        seen.add(name)
    if not errors:
        return None
    return Rejection("invalid_data", "A question has a fault.", tuple(errors[:20]))


def _at(pointer: str, message: str) -> FieldError:
    return FieldError(pointer=pointer, message=message[:300])


def _field_error(message: str) -> FieldError:
    """Read msgspec's "Expected `str`, got `int` - at `$.name`" as a pointer and a message."""
    text, _, path = message.partition(" - at `$")
    pointer = re.sub(r"\.|\[(\d+)\]", lambda found: f"/{found[1] or ''}", path.rstrip("`"))
    missing = re.fullmatch(r"Object missing required field `(\w+)`", text)
    if missing:
        return _at(f"{pointer}/{missing[1]}", "This field is needed.")
    return _at(pointer, text)


def _deeper_than(value: object, depth: int) -> bool:
    """Whether `value` is nested deeper than `depth`, without recursion."""
    level: list[object] = [value]
    for _ in range(depth):
        inner: list[object] = []
        for part in level:
            if isinstance(part, Mapping):
                inner += [item for item in part.values() if isinstance(item, dict | list)]
            elif isinstance(part, list):
                inner += [item for item in part if isinstance(item, dict | list)]
        if not inner:
            return False
        level = inner
    return True
