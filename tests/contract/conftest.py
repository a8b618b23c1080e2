"""A school server on each database as a real process for all contract tests."""

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.conftest import DATABASES
from tests.tools import postgres


@pytest.fixture(scope="session", params=DATABASES)
def ready(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """The ready line of a server with the sample school."""
    folder = tmp_path_factory.mktemp("contract")
    command = [
        sys.executable,
        "-m",
        "desktop",
        "school",
        "serve",
        "--sample",
        "--data",
        str(folder),
    ]
    if request.param == "postgresql":
        cluster: postgres.Cluster = request.getfixturevalue("cluster")
        url = cluster.url(cluster.fresh(request.getfixturevalue("migrated")))
        command += ["--database-url", url.render_as_string(hide_password=False)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def api(ready: dict[str, Any]) -> Iterator[httpx.Client]:
    """The server, asked by nobody in particular."""
    with httpx.Client(base_url=f"{ready['url']}/api/v1", timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def teacher(ready: dict[str, Any], api: httpx.Client) -> Iterator[httpx.Client]:
    """The server, asked by the sample teacher."""
    tokens = api.post("/auth/login", json=ready["sample_teacher"]).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    with httpx.Client(base_url=api.base_url, headers=headers, timeout=60) as client:
        yield client


@pytest.fixture
def newcomer(ready: dict[str, Any], api: httpx.Client) -> dict[str, Any]:
    """The tokens of somebody who just joined as a teacher."""
    body = {
        "invite_code": ready["invite_codes"]["teacher"],
        "username": f"t-{uuid.uuid4()}",
        "password": "ten letters and more",
        "device_name": "laptop",
    }
    answer = api.post("/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    tokens: dict[str, Any] = answer.json()
    return tokens
