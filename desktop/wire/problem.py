"""Errors on the wire: RFC 9457 problem documents (https://www.rfc-editor.org/rfc/rfc9457)."""

from pydantic import BaseModel

PROBLEM_JSON = "application/problem+json"


class FieldError(BaseModel):
    """One fault of a request: where (a JSON pointer) and what."""

    pointer: str
    message: str


class Problem(BaseModel):
    """Why a request was refused, for a program (`code`) and for a person (`detail`)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str
    """A stable word: token_expired, refresh_reused, version_conflict, rate_limited, ..."""
    request_id: str = ""
    errors: list[FieldError] = []
