"""`school serve` as a real process: the ready line, a clean stop, and what survives a kill."""

import asyncio
import json
import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from desktop.school.serve import listen
from tests.school.serving import COMMAND, Process

CERTIFICATE = Path(__file__).with_name("loopback.pem")
"""For localhost, signed by itself, with its key: it keeps nothing secret."""


Starting = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starting]:
    started: list[Process] = []

    def serve(*options: str, data: Path = tmp_path / "school", **more: Any) -> Process:
        started.append(Process(data, *options, **more))
        return started[-1]

    yield serve
    for process in started:
        process.client.close()
        if process.process.poll() is None:
            process.process.kill()
        process.process.communicate()


def fail(*arguments: str, profile: Path) -> tuple[int, str]:
    """Run a command that is refused; its exit code and its words."""
    command = [*COMMAND, "--profile", str(profile), "school", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_a_fresh_school_says_where_it_is_and_how_to_join(start: Starting, tmp_path: Path) -> None:
    server = start("--empty")
    ready = server.ready
    assert set(ready) == {"url", "pid", "data", "invite_codes"}
    assert (ready["pid"], ready["data"]) == (server.process.pid, str(tmp_path / "school"))
    told = server.client.get("/capabilities").json()
    assert told["api"] == "companion/1"
    assert f"http://{told['realtime']['host']}:{told['realtime']['port']}" == ready["url"]
    joining = {
        "invite_code": ready["invite_codes"]["teacher"],
        "username": "ada",
        "password": "ten letters and more",
    }
    joined = server.client.post("/auth/register", json=joining).json()
    token = {"Authorization": f"Bearer {joined['access_token']}"}
    feed = server.client.get("/sync/changes", headers=token).text.splitlines()
    assert len(feed) == 1


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(start: Starting, tmp_path: Path, asked: int) -> None:
    server = start("--empty")
    server.process.send_signal(asked)
    assert server.end() == (0, b"")
    assert not list((tmp_path / "school").glob("*-wal"))


def test_it_ends_when_whoever_started_it_is_gone(start: Starting) -> None:
    server = start("--empty", "--until-stdin-closes", stdin=subprocess.PIPE)
    assert server.client.get("/capabilities").status_code == 200
    assert server.process.stdin is not None
    server.process.stdin.close()
    server.process.stdin = None
    assert server.end() == (0, b"")


def test_it_stops_although_a_client_is_connected(start: Starting) -> None:
    server = start("--empty")
    told = server.client.get("/capabilities").json()["realtime"]
    with socket.create_connection((told["host"], told["port"])) as idle:
        idle.sendall(b"GET /api/v1/capabilities HTTP/1.1\r\n")
        server.process.terminate()
        assert server.end()[0] == 0


def test_an_acknowledged_push_survives_a_kill(start: Starting) -> None:
    server = start("--empty", "--owner")
    owner = server.ready["owner"]
    token = server.sign_in(owner)
    acknowledged = []
    for n in range(12):
        op = {
            "op_id": f"op{n}",
            "collection": "classes",
            "id": f"class{n}",
            "kind": "create",
            "patch": {"name": f"Class {n}"},
            "at": "2026-03-02T09:00:00Z",
        }
        [result] = server.client.post("/sync/push", json={"ops": [op]}, headers=token).json()[
            "results"
        ]
        acknowledged.append((op, result["version"]))
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    again = start("--owner")
    token = again.sign_in(again.ready["owner"])
    ops = [op for op, _ in acknowledged]
    answer = again.client.post("/sync/push", json={"ops": ops}, headers=token).json()
    assert [(r["outcome"], r["version"]) for r in answer["results"]] == [
        ("duplicate", version) for _, version in acknowledged
    ]
    feed = again.client.get("/sync/changes", headers=token).text.splitlines()
    assert len(feed) == 13


def test_the_owners_password_is_fresh_for_each_start(start: Starting) -> None:
    first = start("--empty", "--owner")
    user = first.client.post("/auth/login", json=first.ready["owner"]).json()["user"]
    first.process.terminate()
    first.end()
    second = start("--owner")
    assert second.ready["owner"]["username"] == first.ready["owner"]["username"]
    assert second.client.post("/auth/login", json=first.ready["owner"]).status_code == 401
    again = second.client.post("/auth/login", json=second.ready["owner"]).json()["user"]
    assert (again["id"], again["role"]) == (user["id"], "teacher")


def test_the_sample_teacher_and_the_owner_see_the_same_five_classes(start: Starting) -> None:
    server = start("--sample", "--owner")
    seen = []
    for who in (server.ready["sample_teacher"], server.ready["owner"]):
        query = {"collections": "classes"}
        token = server.sign_in(who)
        feed = server.client.get("/sync/changes", headers=token, params=query).text.splitlines()
        seen.append({json.loads(line)["id"] for line in feed[:-1]})
    assert len(seen[0]) == 5
    assert seen[0] == seen[1]


def test_starting_again_keeps_what_is_there(start: Starting) -> None:
    first = start("--empty", "--owner")
    first.process.terminate()
    first.end()
    again = start("--sample", "--owner")
    assert "sample_teacher" not in again.ready
    again.process.terminate()
    _, words = again.process.communicate(timeout=30)
    assert b"school.kept" in words


def test_a_second_server_on_the_same_folder_is_refused_with_a_sentence(
    start: Starting, tmp_path: Path
) -> None:
    start("--empty")
    code, words = fail("serve", "--data", str(tmp_path / "school"), profile=tmp_path)
    assert code == 1
    assert "already running" in words
    assert "Traceback" not in words


def test_a_busy_port_is_said(start: Starting, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code, words = fail("serve", "--port", port, profile=tmp_path)
    assert code == 1
    assert f"port {port}" in words
    assert "Traceback" not in words


def test_a_damaged_database_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    data = tmp_path / "school"
    data.mkdir()
    damaged = b"this was a school once" * 1_000
    (data / "school.sqlite").write_bytes(damaged)
    code, words = fail("serve", "--data", str(data), profile=tmp_path)
    assert code == 1
    assert "school restore" in words
    assert "Traceback" not in words
    assert (data / "school.sqlite").read_bytes() == damaged


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--host", "0.0.0.0"], "--allow-network"),
        (["--host", "0.0.0.0"], "--certificate"),
        (["--certificate", str(CERTIFICATE)], "--key"),
        (["--certificate", __file__, "--key", __file__], "cannot be used"),
        (["--certificate", str(CERTIFICATE), "--key", "/nowhere/key.pem"], "cannot be used"),
        (["--sample", "--empty"], "either"),
        (["--database-url", "mysql://u:secret@h/d"], "mysql"),
        (["--database-url", "postgresql://u:secret@h"], "names no database"),
        (["--database-url", "nonsense"], "sqlite:///"),
        (["--database-url", "sqlite://"], "database file"),
        (["--port", "70000"], "65535"),
        (["--public-url", "http://school.example"], "without encryption"),
        (["--public-url", "https://school.example/companion"], "to itself"),
        (["--public-url", "school.example"], "to itself"),
        (["--public-url", "https://school.example:port"], "to itself"),
    ],
)
def test_wrong_use_is_explained(tmp_path: Path, options: list[str], said: str) -> None:
    code, words = fail("serve", *options, profile=tmp_path)
    assert code == 2
    assert said in words
    assert "secret" not in words


def test_a_school_can_keep_its_records_elsewhere(start: Starting, tmp_path: Path) -> None:
    file = tmp_path / "elsewhere" / "records.db"
    start("--empty", "--database-url", f"sqlite:///{file}")
    assert file.exists()
    assert not (tmp_path / "school" / "school.sqlite").exists()


def test_beyond_this_machine_it_listens_only_when_told_to(start: Starting) -> None:
    server = start("--empty", "--host", "0.0.0.0", "--allow-network")
    assert server.ready["url"].startswith("http://127.0.0.1:")
    answer = server.client.get("/capabilities", headers={"Host": "school.example:8080"})
    realtime = answer.json()["realtime"]
    assert (realtime["host"], realtime["port"]) == ("school.example", 8080)


def test_behind_a_web_server_it_is_found_and_counts_for_whom_that_asks(start: Starting) -> None:
    server = start("--empty", "--public-url", "https://school.example")
    outside = {"Host": "school.example", "X-Forwarded-Proto": "https"}
    for headers in ({}, outside):
        told = server.client.get("/capabilities", headers=headers).json()["realtime"]
        assert (told["host"], told["port"], told["tls"]) == ("school.example", 443, True)

    def wrong_password(address: str) -> int:
        return server.client.post(
            "/auth/login",
            json={"username": "ada", "password": "no"},
            headers={**outside, "X-Forwarded-For": address},
        ).status_code

    assert [wrong_password("203.0.113.5") for _ in range(6)] == [401] * 5 + [429]
    assert [wrong_password(f"192.0.2.{n}, 203.0.113.5") for n in (1, 2)] == [429, 429]
    assert wrong_password("203.0.113.6") == 401
    metrics = f"{server.ready['url']}/metrics"
    assert httpx.get(metrics).status_code == 200
    assert httpx.get(metrics, headers=outside).status_code == 404
    assert httpx.get(metrics, headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 404
    assert server.client.get("/capabilities", headers={"Host": "x.example"}).status_code == 421
    page = server.client.get("/capabilities", headers={**outside, "Origin": "https://x.example"})
    assert (page.status_code, "strict-transport-security" in page.headers) == (403, True)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a certificate and its key, closed to others."""
    file = tmp_path / "certificate.pem"
    file.write_bytes(CERTIFICATE.read_bytes())
    file.chmod(0o600)
    return file


def test_with_a_certificate_it_is_reached_encrypted_and_from_anywhere(
    start: Starting, certificate: Path
) -> None:
    files = ("--certificate", str(certificate), "--key", str(certificate))
    server = start("--empty", "--host", "0.0.0.0", *files)
    assert server.ready["url"].startswith("https://127.0.0.1:")
    trusting = ssl.create_default_context(cafile=str(certificate))
    with httpx.Client(base_url=server.ready["url"], verify=trusting, timeout=30) as client:
        answer = client.get("/api/v1/capabilities")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.json()["realtime"]["tls"] is True
    with pytest.raises(httpx.ConnectError, match="certificate"):
        httpx.get(f"{server.ready['url']}/api/v1/capabilities")


def test_a_key_that_everybody_can_read_is_refused(tmp_path: Path, certificate: Path) -> None:
    certificate.chmod(0o644)
    files = ("--certificate", str(certificate), "--key", str(certificate))
    code, words = fail("serve", *files, profile=tmp_path)
    assert code == 2
    assert "chmod 600" in words


def test_the_profile_holds_the_school_by_default(tmp_path: Path) -> None:
    command = [*COMMAND, "--profile", str(tmp_path), "--json", "school", "serve", "--empty"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        assert ready["data"] == str(tmp_path / "school")
    finally:
        process.terminate()
        process.communicate()


async def test_an_answer_does_not_wait_for_the_acknowledgement_of_its_headers() -> None:
    seen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def accepted(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        seen.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    with listen("127.0.0.1", 0) as listener:
        async with await asyncio.start_server(accepted, sock=listener):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            assert await seen
            writer.close()
            await writer.wait_closed()
