"""What the server refuses before anything else, and how it says every error."""

import asyncio
import contextlib
import dataclasses
import socket
from typing import Any

import httpx
import pytest

from desktop.lessons.providers.config import ProviderConfig
from desktop.school import application, patience
from desktop.school.providers import Providers
from desktop.wire.problem import PROBLEM_JSON, Problem


def problem(answer: httpx.Response) -> Problem:
    """The problem document of an answer, checked."""
    assert answer.headers["content-type"] == PROBLEM_JSON
    told = Problem.model_validate_json(answer.content)
    assert told.status == answer.status_code
    assert told.request_id == answer.headers["x-request-id"]
    assert told.code
    assert "Traceback" not in answer.text
    return told


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/auth/login", 405, "method_not_allowed"),
        ("POST", "/capabilities", 405, "method_not_allowed"),
        ("GET", "/auth/me", 401, "not_signed_in"),
        ("GET", "/sync/changes", 401, "not_signed_in"),
        ("POST", "/sync/push", 401, "not_signed_in"),
        ("POST", "/auth/login", 422, "invalid_request"),
        ("POST", "/telemetry/events", 422, "invalid_request"),
        ("GET", "/telemetry/place-keys", 401, "not_signed_in"),
    ],
)
def test_every_error_is_a_problem_document(
    served: Any, method: str, path: str, status: int, code: str
) -> None:
    told = problem(served.client.request(method, path))
    assert (told.status, told.code) == (status, code)


@pytest.mark.logs("request.failed|status=500")
def test_a_fault_of_ours_is_noted_and_said_without_its_trace(
    served: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret inner workings")

    ada = served.person("ada")
    monkeypatch.setattr(type(served.school.tokens), "actor", broken)
    told = problem(ada.get("/auth/me"))
    assert (told.status, told.code) == (500, "server_fault")
    assert "secret" not in told.model_dump_json()
    assert told.request_id in caplog.text


def test_a_faulty_field_is_pointed_at(served: Any) -> None:
    body = {"ops": [{"op_id": "", "kind": "bend"}]}
    ada = served.person("ada")
    told = problem(ada.post("/sync/push", body))
    assert {fault.pointer for fault in told.errors} >= {"/ops/0/op_id", "/ops/0/kind"}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "", "[::2]:9"]
)
def test_a_name_that_is_not_this_machine_is_refused(served: Any, host: str) -> None:
    told = problem(served.client.get("/capabilities", headers={"Host": host}))
    assert (told.status, told.code) == (421, "wrong_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:9"])
def test_the_names_of_this_machine_are_fine(served: Any, host: str) -> None:
    assert served.client.get("/capabilities", headers={"Host": host}).status_code == 200


def test_a_page_of_another_site_is_refused_and_given_no_cors(served: Any) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("GET", "OPTIONS"):
        answer = served.client.request(method, "/capabilities", headers=headers)
        assert problem(answer).code == "foreign_origin"
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_every_answer_carries_the_security_headers(served: Any) -> None:
    for path in ("/capabilities", "/nowhere"):
        headers = served.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "server" not in headers


def test_a_body_that_is_too_large_is_refused_also_when_it_hides_its_length(served: Any) -> None:
    ada = served.person("ada")
    large = b'{"ops": "' + b"x" * 4_000_001 + b'"}'
    headers = {**ada.headers, "Content-Type": "application/json"}
    said = served.client.post("/sync/push", content=large, headers=headers)
    hidden = served.client.post(
        "/sync/push",
        content=(large[n : n + 65_536] for n in range(0, len(large), 65_536)),
        headers=headers,
    )
    for answer in (said, hidden):
        assert (answer.status_code, problem(answer).code) == (413, "body_too_large")


def test_health_is_checked_for_real(served: Any) -> None:
    assert served.client.get("/health/live").json() == {"status": "live"}
    ready = served.client.get("/health/ready").json()
    assert ready["status"] == "ready"
    assert set(ready["checks"]) == {"database", "migrations", "realtime", "generation"}
    outside = httpx.get(f"{served.url}/health/ready")
    assert outside.json() == ready


def test_the_schools_ai_provider_is_reached_or_its_address_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        config = ProviderConfig("openai", f"http://127.0.0.1:{port}/v1", "model", "a-key")
        assert Providers(config).trouble() == ""
    told = Providers(config).trouble()
    assert told == f"The AI provider at 127.0.0.1:{port} cannot be reached."
    assert Providers().trouble() == ""


@pytest.mark.logs("status=503")
def test_a_database_whose_tables_are_not_ours_is_not_ready(served: Any) -> None:
    with served.school.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    told = problem(served.client.get("/health/ready"))
    assert (told.status, told.code) == (503, "migrations_not_ready")


def test_the_openapi_document_describes_every_address_and_error(served: Any) -> None:
    document = served.client.get("/openapi.json").json()
    assert "Problem" in document["components"]["schemas"]
    assert "PushResponse" in document["components"]["schemas"]
    for path, methods in document["paths"].items():
        assert path.startswith("/api/v1/")
        for described in methods.values():
            for status in ("422", "429", "500"):
                content = described["responses"][status]["content"]
                assert list(content) == [PROBLEM_JSON], path


@pytest.mark.parametrize("begun", [b"", b"GET /api/v1/health/live HTTP/1.1\r\nHost: local"])
def test_whoever_does_not_finish_their_headers_is_hung_up_on(
    served: Any, monkeypatch: pytest.MonkeyPatch, begun: bytes
) -> None:
    monkeypatch.setattr(patience, "HEAD_S", 0.2)
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as wire:
        wire.sendall(begun)
        assert wire.recv(100) == b""


def test_a_second_request_that_never_ends_is_hung_up_on_too(
    served: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEAD_S", 0.2)
    whole = b"GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as wire:
        wire.sendall(whole)
        answer = b""
        while b"live" not in answer:
            answer += wire.recv(4_096)
        wire.sendall(whole[:-2])
        assert wire.recv(100) == b""


NO_HTTP = pytest.mark.logs("Invalid HTTP request")


@pytest.mark.parametrize(
    "request_text",
    [
        pytest.param("\0\1\2\r\n\r\n", marks=NO_HTTP, id="noise"),
        pytest.param("GET / HTTP/1.1\r\n\r\n", marks=NO_HTTP, id="no host"),
        pytest.param(
            "GET / HTTP/1.1\r\nHost: localhost\r\nHost: x.example\r\n\r\n",
            marks=NO_HTTP,
            id="two hosts",
        ),
        pytest.param(
            f"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: {'x' * 60_000}\r\n\r\n",
            id="headers without end",
        ),
        pytest.param(
            "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
            "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n",
            id="two lengths",
        ),
    ],
)
def test_what_is_no_request_is_a_problem_and_ends_the_connection(
    served: Any, request_text: str
) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as wire:
        wire.sendall(request_text.encode())
        answer = b"".join(iter(lambda: wire.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert Problem.model_validate_json(body).code == "bad_request"


def test_a_body_that_is_no_json_is_said(served: Any) -> None:
    answer = served.client.post(
        "/auth/refresh", content="{", headers={"Content-Type": "application/json"}
    )
    assert answer.json()["errors"] == [{"pointer": "", "message": "This is not JSON."}]


@pytest.mark.parametrize("path", ["/auth/login", "/sync/push"])
@pytest.mark.parametrize("limit", ["BODY_PAUSE_S", "BODY_S"])
def test_a_body_that_does_not_come_is_not_waited_for(
    served: Any, monkeypatch: pytest.MonkeyPatch, limit: str, path: str
) -> None:
    monkeypatch.setattr(patience, limit, 0.2)
    head = (
        f"POST /api/v1{path} HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as wire:
        wire.sendall(head.encode())
        answer = b""
        while part := wire.recv(4_096):  # to the end: the connection is closed
            answer += part
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"code":"too_slow"' in answer


@pytest.mark.parametrize(("name", "status"), [("127.0.0.1", b"200"), ("evil.example", b"421")])
def test_a_request_may_name_the_whole_address(served: Any, name: str, status: bytes) -> None:
    port = served.client.base_url.port
    target = f"http://{name}:{port}/api/v1/capabilities"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(
            f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()
        )
        assert wire.recv(100).startswith(b"HTTP/1.1 " + status)


@pytest.mark.logs("event='request' method='GET' route='/health/live' status=200")
def test_a_slow_answer_is_noted(open_school: Any) -> None:
    with contextlib.closing(open_school()) as school:
        watchful = application.build(dataclasses.replace(school, slow_s=0))

        async def ask() -> int:
            transport = httpx.ASGITransport(watchful)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as to:
                return (await to.get("/api/v1/health/live")).status_code

        assert asyncio.run(ask()) == 200
