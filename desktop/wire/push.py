"""Offline changes on their way to the server, and what became of each."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desktop.wire.problem import FieldError

MAX_OPS = 500

OpKind = Literal["create", "update", "delete", "append"]
OpId = Annotated[str, Field(min_length=1, max_length=64)]


class Op(BaseModel):
    """One change of one record. The server applies an `op_id` at most once, however often it comes.

    `patch` holds whole fields (all of them for create and append, none for delete);
    `base_version` is the version the change was made on, 0 for a new record.
    """

    op_id: OpId
    collection: str
    id: OpId
    kind: OpKind
    base_version: Annotated[int, Field(ge=0)] = 0
    patch: dict[str, Any] = {}
    at: str
    """When the person made the change, by their device's clock: shown, never used for order."""


class PushRequest(BaseModel):
    """At most 500 ops, applied in order, each in a transaction of its own."""

    ops: Annotated[list[Op], Field(max_length=MAX_OPS)]


class CurrentRecord(BaseModel):
    """The server's state of a record that a push did not fit."""

    id: str
    collection: str
    version: int
    updated_at: str
    deleted: bool
    data: dict[str, Any]
    updated_by: str = ""


class OpResult(BaseModel):
    """What became of one op.

    * applied: `version` is the record's new version.
    * duplicate: this op_id was applied before; `version` as it was answered then.
    * conflict: the record moved on since `base_version`; `current` is what it is now.
    * rejected: the op can never apply; `code`, `detail` and `errors` say why.
    * forbidden: the record is outside what this person may change.
    * held: an earlier op on the same record in this push did not apply, so this one waits.
    """

    op_id: str
    outcome: Literal["applied", "duplicate", "conflict", "rejected", "forbidden", "held"]
    version: int | None = None
    current: CurrentRecord | None = None
    code: str = ""
    detail: str = ""
    errors: list[FieldError] = []


class PushResponse(BaseModel):
    """One result for each op, in the same order."""

    results: list[OpResult]
