"""Ids of records that are what they name: two devices that make the same one make one record.

A student has one attendance mark for a class and a day, and one submission of an assessment. Their
ids are UUIDs of version 5 (RFC 9562, section 5.5) over what they name, so that marks made apart
meet as two changes of one record, and merge or ask, instead of standing there twice. Records that
have another id, from before or from elsewhere, keep it.
"""

import uuid
from collections.abc import Mapping

NAMESPACE = uuid.UUID("6f0f0c1c-6a5e-5d63-9d5b-6a4d1f2a7c11")
"""Ours for ever: another would give every record a second id."""

NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "submissions": ("assessment_id", "student_id"),
    "attendance": ("student_id", "class_id", "day"),
}
"""The fields that name a record of a collection; none of them ever changes."""


def natural_key(collection: str, data: Mapping[str, object]) -> dict[str, str] | None:
    """The fields that name the record; None where its collection or its data has no such key."""
    fields = NATURAL_KEYS.get(collection, ())
    key = {field: data.get(field) for field in fields}
    named = {field: value for field, value in key.items() if isinstance(value, str) and value}
    return named if fields and len(named) == len(fields) else None


def natural_id(collection: str, data: Mapping[str, object]) -> str | None:
    """The id that the record has on every device; None where it has no natural key."""
    key = natural_key(collection, data)
    return None if key is None else str(uuid.uuid5(NAMESPACE, "/".join(key.values())))
