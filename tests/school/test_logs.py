"""What the log of a real server tells: every request by its id, and nobody by name."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.school.conftest import PASSWORD, make_op

NAMES = (
    "Quetzalcoatl",
    "Ximenez",
    "quetzal@pupils.example",
    "PlaysWithFire",
    "tlaloc@staff.example",
)
TEACHER = "tlaloc-the-teacher"


class Journey:
    """Everything a school goes through, with names in every place where one can be put."""

    def __init__(self, client: httpx.Client, ready: dict[str, Any]) -> None:
        self.client = client
        self.ready = ready
        self.tokens: list[str] = []

    def run(self) -> None:
        client = self.client
        teacher = self._signed_in()
        client.headers["Authorization"] = f"Bearer {teacher['access_token']}"
        pupil = {
            "given_name": NAMES[0],
            "family_name": NAMES[1],
            "email": NAMES[2],
            "roblox_username": NAMES[3],
            "class_ids": ["math"],
        }
        self.push("create", "classes", "math", {"name": NAMES[1]})
        self.push("create", "students", "kim", pupil)
        self.push("create", "students", "bad", {"given_name": [NAMES[0]]})
        self.push("update", "students", "kim", {"note": NAMES[0]}, base=0)
        self.push("create", "lessons", "l", {"title": NAMES[0], "class_ids": ["math"]})
        for path in (
            "/sync/changes",
            "/classes/math/analytics",
            f"/classes/{NAMES[0]}/leaderboard",
            f"/students/{NAMES[2]}",
            f"/sync/changes?cursor={NAMES[2]}",
        ):
            client.get(path)
        client.post("/auth/password-reset", json={"email": NAMES[2]})
        client.post("/generation/jobs", json={"topic": NAMES[0]}, headers={"Idempotency-Key": "k"})
        key = client.post("/telemetry/place-keys", json={"lesson_id": "l", "class_id": "math"})
        self.tokens.append(key.json()["key"])
        event = {"event_id": "e", "student": NAMES[3], "kind": "joined", "at": ""}
        headers = {"X-Place-Key": key.json()["key"]}
        client.post("/telemetry/events", json={"events": [event]}, headers=headers)
        client.post("/privacy/export", json={"student_id": "kim"})
        client.post("/privacy/erase", json={"student_id": "kim"})
        client.post("/auth/refresh", json={"refresh_token": teacher["refresh_token"]})
        client.post("/auth/logout")

    def _signed_in(self) -> dict[str, Any]:
        joining = {
            "invite_code": self.ready["invite_codes"]["teacher"],
            "username": TEACHER,
            "password": PASSWORD,
            "email": NAMES[4],
            "device_name": NAMES[1],
        }
        assert self.client.post("/auth/register", json=joining).status_code == 201
        for password in ("not the password", PASSWORD):
            body = {"username": TEACHER, "password": password}
            answer = self.client.post("/auth/login", json=body)
        told: dict[str, Any] = answer.json()
        self.tokens += [told["access_token"], told["refresh_token"]]
        return told

    def push(self, *op: Any, base: int = 0) -> None:
        self.client.post("/sync/push", json={"ops": [make_op(*op, base=base)]})


def test_a_whole_journey_is_logged_and_names_nobody(tmp_path: Path) -> None:
    log = tmp_path / "log"
    data = str(tmp_path / "school")
    command = [sys.executable, "-m", "desktop", "-v", "school", "serve", "--empty", "--data", data]
    with log.open("wb") as stream:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stream)
        try:
            assert server.stdout is not None
            ready = json.loads(server.stdout.readline())
            with httpx.Client(base_url=f"{ready['url']}/api/v1", timeout=60) as client:
                journey = Journey(client, ready)
                journey.run()
        finally:
            server.terminate()
            server.communicate(timeout=60)
    text = log.read_text()
    events = [json.loads(line) for line in text.splitlines()]
    requests = [event for event in events if event["event"] == "request"]
    assert len(requests) > 20
    assert all(event["request_id"] and event["route"] for event in requests)
    assert {200, 401, 404} <= {event["status"] for event in requests}
    secrets = json.loads((tmp_path / "school" / "secrets.json").read_text())
    hidden = [
        *NAMES,
        TEACHER,
        PASSWORD,
        *journey.tokens,
        *ready["invite_codes"].values(),
        secrets["refresh"],
        secrets["signing"][0]["secret"],
        secrets["realtime"]["secret"],
    ]
    assert [name for name in hidden if name.lower() in text.lower()] == []


def test_an_error_is_logged_by_its_place_and_not_by_its_words() -> None:
    code = f"""
import logging
from desktop.school import logs
logs.configure(verbose=False)
import structlog
def fails():
    raise ValueError("{NAMES[0]}")
try:
    try:
        fails()
    except ValueError as error:
        raise KeyError("{NAMES[1]}") from error
except KeyError:
    structlog.get_logger("x").exception("request.failed", request_id="7")
    logging.getLogger("some.library").exception("{NAMES[2]} %s", "{NAMES[3]}")
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, second = map(json.loads, told.stderr.splitlines())
    assert [one["kind"] for one in first["error"]] == ["KeyError", "ValueError"]
    assert any(line.endswith(" fails") for line in first["error"][1]["lines"])
    assert (first["request_id"], second["name"]) == ("7", "some.library")
    assert [name for name in NAMES if name in told.stderr] == []
