"""The OpenAPI document: what the routes say of themselves, with every problem and an example."""

from typing import Any

from fastapi import FastAPI

from desktop.school.examples import CONTENT, EXAMPLES, PROBLEMS
from desktop.school.problems import TITLES
from desktop.wire.problem import PROBLEM_JSON, Problem

Json = dict[str, Any]


def install(application: FastAPI) -> None:
    """Let `application` tell the whole document."""
    plain = application.openapi

    def openapi() -> Json:
        if application.openapi_schema is None:
            application.openapi_schema = _completed(plain())
        return application.openapi_schema

    application.openapi = openapi  # type: ignore[method-assign]


def _completed(document: Json) -> Json:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = {**problem, "examples": [_problem(422)]}
    for name, schema in schemas.items():
        if name in EXAMPLES:
            schema["examples"] = [EXAMPLES[name]]
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete(operation)
    return document


def _complete(operation: Json) -> None:
    """Give each answer of an operation its example, and each 429 and 503 its Retry-After."""
    for status, answer in operation["responses"].items():
        for kind, content in answer.get("content", {}).items():
            if kind == PROBLEM_JSON:
                content["example"] = _problem(int(status))
            elif kind in CONTENT:
                content["example"] = CONTENT[kind]
        if status in ("429", "503"):
            seconds = {"description": "Seconds to wait.", "schema": {"type": "string"}}
            answer["headers"] = {"Retry-After": seconds}
        if status == "401":
            scheme = {"description": "How to sign in.", "schema": {"type": "string"}}
            answer["headers"] = {"WWW-Authenticate": scheme}


def _problem(status: int) -> Json:
    code, detail = PROBLEMS[status]
    return Problem(
        title=TITLES[status],
        status=status,
        detail=detail,
        code=code,
        request_id="9f8e7d6c5b4a3928",
    ).model_dump(mode="json")
