"""Reading a LessonPackage that anybody may have written: bounded, migrated, told in sentences."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from desktop.errors import Refused
from desktop.lessons import claims, standards
from desktop.lessons.schema import MAX_BYTES, SCHEMA_VERSION, LessonPackage
from desktop.sentences import say

__all__ = [
    "InvalidPackage",
    "LessonPackage",
    "dump",
    "faults",
    "json_schema",
    "load",
    "marked",
    "migrated",
]

Migration = Callable[[dict[str, Any]], dict[str, Any]]


def _sources_and_revisions(old: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knows sources, claims and revisions; a lesson of before has none of them."""
    return {**old, "sources": [], "claims": []}


MIGRATIONS: dict[int, Migration] = {1: _sources_and_revisions}
"""From version n to n + 1."""

MAX_DEPTH = 20
MAX_SENTENCES = 10
MAX_FAULTS = 200


class InvalidPackage(Refused):
    """Not a lesson that the Companion can use; `sentences` name each fault and its place."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def load(data: Mapping[str, Any] | bytes | str) -> LessonPackage:
    """Read a package from JSON text or from plain data, migrating an older version.

    Raises:
        InvalidPackage: it is too large, no JSON, of a newer version, or breaks the schema.
    """
    fields = _parsed(data) if isinstance(data, (bytes, str)) else data
    if not isinstance(fields, Mapping):
        raise InvalidPackage(["This file holds something other than a lesson."])
    _refuse_depth(fields)
    current = migrated(dict(fields), MIGRATIONS, SCHEMA_VERSION)
    try:
        return marked(LessonPackage.model_validate(current))
    except ValidationError as error:
        raise InvalidPackage(sentences_of(error)) from None


def marked(package: LessonPackage) -> LessonPackage:
    """The same lesson with what it says about itself looked up anew.

    Whether a standard is in a published list, and whether a quote stands in its source, is never
    taken from a file's or a model's word.
    """
    return package.model_copy(
        update={
            "standards": [standards.mark(standard) for standard in package.standards],
            "claims": claims.checked(package.claims, package.sources),
        }
    )


def migrated(
    fields: dict[str, Any], migrations: Mapping[int, Migration], newest: int
) -> dict[str, Any]:
    """Lift `fields` from the version they say to `newest`, one step at a time.

    Raises:
        InvalidPackage: the version is missing, no number, newer than `newest`, or lost.
    """
    version = fields.get("schema_version")
    if type(version) is not int or version < 1:
        raise InvalidPackage(["This file does not say which version of a lesson it is."])
    if version > newest:
        raise InvalidPackage(
            [
                f"This lesson was made by a newer Companion (lesson format {version}).",
                f"This Companion reads up to format {newest}: update it to open the lesson.",
            ]
        )
    for step in range(version, newest):
        if step not in migrations:
            raise InvalidPackage([f"Lessons of format {version} can no longer be read."])
        fields = {**migrations[step](fields), "schema_version": step + 1}
    return fields


def dump(package: LessonPackage) -> str:
    """Write a package as JSON, the same text for the same package on every machine."""
    return json.dumps(package.model_dump(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def json_schema() -> str:
    """The JSON Schema of a package, for other programs (kept in docs/lesson-package.json)."""
    return json.dumps(LessonPackage.model_json_schema(), indent=2, sort_keys=True) + "\n"


def _parsed(data: bytes | str) -> object:
    if len(data) > MAX_BYTES:
        raise InvalidPackage(["This lesson is larger than 2 MB, which is more than can be read."])
    try:
        return json.loads(data, parse_constant=_refuse_constant)
    except RecursionError:
        raise InvalidPackage(["This lesson is nested too deeply to be one."]) from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        where = f" (line {line})" if line else ""
        raise InvalidPackage(
            [f"This file is no lesson: it is not readable as JSON{where}."]
        ) from None


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _refuse_depth(fields: object) -> None:
    layer = [fields]
    for _ in range(MAX_DEPTH):
        layer = [below for one in layer for below in _below(one)]
        if not layer:
            return
    raise InvalidPackage(["This lesson is nested too deeply to be one."])


def _below(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, (list, tuple)):
        yield from value


_ONE_OF = {
    "objectives": "objective",
    "standards": "standard",
    "activities": "activity",
    "vocabulary": "word",
    "quiz": "question",
    "accommodations": "accommodation",
    "zones": "zone",
    "objects": "object",
    "checkpoints": "checkpoint",
    "signs": "sign",
    "choices": "choice",
    "labels": "label",
    "sources": "source",
    "passages": "passage",
    "claims": "claim",
    "revisions": "revision",
    "question_ids": "question id",
}


def faults(fields: Mapping[str, Any]) -> list[tuple[tuple[int | str, ...], str]]:
    """Each fault of a package of today's version: its place, and what is wrong there."""
    try:
        LessonPackage.model_validate(fields)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        told: dict[tuple[int | str, ...], str] = {}
        for one in found[:MAX_FAULTS]:
            told.setdefault(_without_kinds(one["loc"]), _complaint(one))
        # Where a text or a list would do, both complain; what is wrong further in says it best.
        return [
            (path, text)
            for path, text in told.items()
            if not any(len(other) > len(path) and other[: len(path)] == path for other in told)
        ]
    return []


def _without_kinds(path: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """A path as it runs through the data, without pydantic's names for the kinds of a union."""
    return tuple(step for step in path if isinstance(step, int) or step.isidentifier())


def sentences_of(error: ValidationError) -> list[str]:
    """Say each fault of a package with its place, in words a teacher understands."""
    faults = error.errors(include_url=False, include_input=False)
    sentences = list(dict.fromkeys(_sentence(fault) for fault in faults))
    more = len(sentences) - MAX_SENTENCES
    return [*sentences[:MAX_SENTENCES], *([f"And {more} more."] if more > 0 else [])]


def _sentence(fault: ErrorDetails) -> str:
    place = place_of(fault["loc"])
    return f"{place}: {_complaint(fault)}." if place else f"The lesson: {_complaint(fault)}."


def place_of(path: tuple[int | str, ...]) -> str:
    """Write a path into a package as a person says it: `World, zone 2, title`."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int):
            last = words.pop() if words else "part"
            words.append(f"{_ONE_OF.get(last, last)} {step + 1}")
        elif step.isidentifier() and len(step) <= 40:
            words.append(step)
    text = ", ".join(word.replace("_", " ") for word in words)
    return text[:1].upper() + text[1:]


def _complaint(fault: ErrorDetails) -> str:
    """What is wrong, from pydantic's stable error types.

    https://docs.pydantic.dev/latest/errors/validation_errors/
    """
    limits = fault.get("ctx", {})
    kind = fault["type"]
    match kind:
        case "string_too_long":
            return say("this is longer than {most} characters", most=limits["max_length"])
        case "too_long":
            return say("there are more than {most} of these", most=limits["max_length"])
        case "literal_error":
            return say("this should be one of {expected}", expected=limits["expected"])
        case "value_error":
            return str(limits["error"])
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return say("this number should be {bound}",
                       bound=fault["msg"].removeprefix("Input should be "))  # fmt: skip
    return _COMPLAINTS.get(kind, say("this does not fit"))


_COMPLAINTS = {
    "missing": say("this is missing"),
    "extra_forbidden": say("lessons have no such field"),
    "string_too_short": say("this is empty"),
    "too_short": say("there are too few of these"),
    "string_type": say("this should be text"),
    "string_unicode": say("this text holds broken characters"),
    "int_type": say("this should be a whole number"),
    "int_from_float": say("this should be a whole number"),
    "float_type": say("this should be a number"),
    "float_parsing": say("this should be a number"),
    "finite_number": say("this should be a number"),
    "bool_type": say("this should be true or false"),
    "list_type": say("this should be a list"),
    "model_type": say("this should hold fields of its own"),
    "string_pattern_mismatch": say("this is not written as it should be"),
}
