"""The OpenAPI document is whole, its examples fit, and real answers keep to it."""

import json
from typing import Any

import httpx
import pydantic
import pytest

from desktop.lessons import request, schema
from desktop.school import examples, health, sessions
from desktop.wire import (
    audit,
    auth,
    billing,
    capabilities,
    figures,
    generation,
    privacy,
    problem,
    push,
    realtime,
    telemetry,
)
from desktop.wire.problem import PROBLEM_JSON
from tests.contract import generated

HOMES = (
    audit, auth, billing, capabilities, figures, generation, health, privacy, problem, push,
    realtime, request, schema, sessions, telemetry,
)  # fmt: skip
EVERYWHERE = {"400", "403", "413", "421", "422", "429", "500", "503", "507"}


@pytest.fixture(scope="module")
def document(api: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_operation_names_its_problems_with_an_example_of_each(
    document: dict[str, Any],
) -> None:
    for name, operation in operations(document):
        answers = operation["responses"]
        assert set(answers) >= EVERYWHERE, name
        assert ("401" in answers) >= bool(operation.get("security")), name
        assert operation["description"].endswith("."), name
        for status, answer in answers.items():
            if status >= "400":
                assert set(answer["content"]) == {PROBLEM_JSON}, name
                example = answer["content"][PROBLEM_JSON]["example"]
                told = problem.Problem.model_validate(example)
                assert (str(told.status), bool(told.code)) == (status, True), name


def test_everything_that_goes_over_the_wire_has_an_example_that_fits(
    document: dict[str, Any],
) -> None:
    shown = {
        name: schema["examples"]
        for name, schema in document["components"]["schemas"].items()
        if "enum" not in schema and "examples" in schema
    }
    assert set(shown) == set(document["components"]["schemas"])
    for name, [example] in shown.items():
        [model] = {getattr(home, name) for home in HOMES if hasattr(home, name)}
        read = pydantic.TypeAdapter(model).validate_json(json.dumps(example))
        assert set(example) <= set(read.model_dump()), name
    assert set(examples.EXAMPLES) <= set(shown)


def test_generated_requests_get_no_answer_outside_the_document(
    ready: dict[str, Any], api: httpx.Client
) -> None:
    tokens = api.post("/auth/login", json=ready["sample_teacher"]).json()
    seen = generated.run(ready["url"], tokens["access_token"], cases=2)
    assert seen.total() > 80
    assert {"200", "404", "422"} <= set(seen)
