"""Requests generated from the server's own OpenAPI document, and what every answer must keep to.

    python -m tests.contract.generated --cases 100      so many for each operation, both ways

Each operation is asked with requests that fit the document and with ones that break it. No
answer may be a 5xx, have a status or a kind of content that the document does not name for it,
or a body that breaks its schema.
"""

import argparse
import collections
import json
import subprocess
import sys
import tempfile
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
LEFT_OUT = {"/api/v1/auth/logout"}
"""Would sign out who asks; it takes no input at all."""


def run(url: str, token: str, *, cases: int, chance: int = 0) -> collections.Counter[str]:
    """Ask every operation `cases` times each way and return how often each status came.

    Raises:
        AssertionError: an answer breaks the document; the message has the request as curl.
    """
    document = httpx.get(f"{url}/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=url)
    seen: collections.Counter[str] = collections.Counter()
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path in LEFT_OUT:
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.NEGATIVE and not _has_input(operation):
                continue
            _ask(operation, mode, token, cases, chance, seen)
    return seen


def _has_input(operation: Any) -> bool:
    raw = operation.definition.raw
    return bool(raw.get("parameters") or raw.get("requestBody"))


def _ask(
    operation: Any, mode: GenerationMode, token: str, cases: int, chance: int, seen: Any
) -> None:
    @seed(chance)
    @settings(
        max_examples=cases,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}"}, timeout=60)
        seen[f"{answer.status_code}"] += 1
        case.validate_response(answer, checks=CHECKS)

    ask()


def main() -> int:
    """Start a school of its own, and ask."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "school", "serve", "--sample", "--data", folder],
            stdout=subprocess.PIPE,
        )
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            who = ready["sample_teacher"]
            tokens = httpx.post(f"{ready['url']}/api/v1/auth/login", json=who, timeout=60).json()
            seen = run(ready["url"], tokens["access_token"], cases=wanted.cases, chance=wanted.seed)
        finally:
            process.terminate()
            process.communicate(timeout=30)
    print(f"{seen.total()} requests: {dict(sorted(seen.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
