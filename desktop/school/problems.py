"""Every error of the server as an RFC 9457 problem document, and none as a stack trace."""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from desktop.errors import CompanionError
from desktop.wire.problem import PROBLEM_JSON, FieldError, Problem

log = structlog.get_logger("school")

TITLES = {
    400: "The request is not understood",
    401: "Please sign in",
    402: "Not in your plan",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    408: "Too slow",
    409: "That does not fit what is there",
    410: "Gone",
    413: "Too large",
    415: "Unknown kind of content",
    421: "Wrong address",
    422: "The request has faults",
    426: "A WebSocket is needed here",
    429: "Too many requests",
    500: "The server made a mistake",
    503: "Not ready",
    507: "The disk is full",
}

CODES = {
    400: "bad_request",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
    422: "invalid_request",
    500: "server_fault",
}


class Fault(HTTPException):
    """A request that is refused, with the status, the code and the sentence of the answer.

    An HTTPException, because the framework lets only those through while a body is read.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, dict(headers or {}))
        self.code = code
        self.errors = list(errors)


def too_many(detail: str, retry_after_s: float) -> Fault:
    """A 429 that says when to come back."""
    seconds = str(max(1, int(retry_after_s + 0.999)))
    return Fault(429, "rate_limited", detail, headers={"Retry-After": seconds})


def code_of(error: CompanionError) -> str:
    """`UnknownTopic` as `unknown_topic`."""
    name = type(error).__name__
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]


def document(fault: Fault, request_id: str) -> Response:
    """The answer for `fault`."""
    problem = Problem(
        title=TITLES.get(fault.status_code, "The request failed"),
        status=fault.status_code,
        detail=fault.detail,
        code=fault.code,
        request_id=request_id,
        errors=fault.errors,
    )
    headers = dict(fault.headers or {})
    if fault.status_code == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return Response(
        problem.model_dump_json(), fault.status_code, headers=headers, media_type=PROBLEM_JSON
    )


def answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem answers of a route, for the OpenAPI document."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": TITLES[status], "content": {PROBLEM_JSON: schema}}
        for status in sorted({*statuses, 400, 403, 408, 413, 421, 422, 429, 500, 503, 507})
    }


def install(application: FastAPI) -> None:
    """Make `application` answer every error as a problem document."""

    @application.exception_handler(Fault)
    async def refused(request: Request, error: Fault) -> Response:
        return document(error, request_id(request))

    @application.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> Response:
        code = CODES.get(error.status_code, "failed")
        fault = Fault(error.status_code, code, _sentence(error), headers=error.headers)
        return document(fault, request_id(request))

    @application.exception_handler(CompanionError)
    async def said(request: Request, error: CompanionError) -> Response:
        return document(Fault(422, code_of(error), str(error)), request_id(request))

    @application.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [
            FieldError(pointer="", message="This is not JSON.")
            if part["type"] == "json_invalid"
            else FieldError(pointer=_pointer(part["loc"]), message=str(part["msg"])[:500])
            for part in error.errors()[:50]
        ]
        fault = Fault(422, "invalid_request", "Some fields do not fit.", errors=faults)
        return document(fault, request_id(request))


def request_id(request: Request) -> str:
    """The id that the guard gave this request."""
    return str(request.scope.get("request_id", ""))


def _sentence(error: HTTPException) -> str:
    if error.status_code == 404:
        return "There is nothing at this address."
    if error.status_code == 405:
        return "This address does not answer that method."
    return str(error.detail)


def _pointer(place: Sequence[int | str]) -> str:
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in place]
    if parts and parts[0] == "body":
        parts = parts[1:]
    return "".join(f"/{part}" for part in parts)
