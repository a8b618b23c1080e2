"""Who may do what: role by operation, on one's own record and on somebody else's, every cell.

The operations come from the server's own document: a new one without a rule fails here.
"""

import json
import random
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from desktop.classroom.records import COLLECTIONS
from desktop.lessons.request import LessonRequest
from desktop.school import feed, figures, jobs, place_keys, privacy, push, sight
from desktop.school.routes import auth
from desktop.school.school import School
from desktop.school.tables import job, reach
from desktop.wire import API_PREFIX

ROLES = ("nobody", "student", "parent", "stranger", "admin", "owner")
"""`owner` teaches the class that the record belongs to, `stranger` teaches another class."""


@dataclass(frozen=True)
class Rule:
    """The status that each of ROLES gets, and what is asked."""

    statuses: tuple[int, int, int, int, int, int]
    body: Any = None
    query: str = ""


def anybody(status: int, body: Any = None) -> Rule:
    return Rule((status,) * 6, body)


def signed_in(status: int, body: Any = None) -> Rule:
    return Rule((401, *(status,) * 5), body)


def teachers(status: int, body: Any = None) -> Rule:
    return Rule((401, 403, 403, status, status, status), body)


def own_class(status: int, body: Any = None) -> Rule:
    """The class's teachers and administrators; for others it is not even there."""
    return Rule((401, 403, 403, 404, status, status), body)


def own(status: int, body: Any = None) -> Rule:
    """Only whoever made it, not even an administrator."""
    return Rule((401, 403, 403, 404, 404, status), body)


WISH = {"topic": "fractions on a number line", "grade_level": 4}
KIM = {"student_id": "kim"}
RULES = {
    "GET /capabilities": anybody(200),
    "GET /health/live": anybody(200),
    "GET /health/ready": anybody(200),
    "POST /auth/login": anybody(401, {"username": "ROLE", "password": "x"}),
    "POST /auth/refresh": anybody(401, {"refresh_token": "x"}),
    "POST /auth/register": anybody(
        403, {"invite_code": "x", "username": "x", "password": "ten letters"}
    ),
    "POST /auth/password-reset": anybody(202, {"username": "nobody"}),
    "POST /auth/password-reset/confirm": anybody(
        403, {"token": "x", "password": "ten letters more"}
    ),
    "GET /auth/me": signed_in(200),
    "GET /auth/sessions": signed_in(200),
    "DELETE /auth/sessions/{session_id}": Rule((401, 404, 404, 404, 404, 204)),
    "POST /auth/logout": signed_in(204),
    "GET /sync/changes": teachers(200),
    "POST /sync/push": teachers(200, {"ops": []}),
    "GET /classes/{class_id}/leaderboard": own_class(200),
    "GET /classes/{class_id}/analytics": own_class(200),
    "GET /generation/jobs": teachers(200),
    "POST /generation/jobs": teachers(202, WISH),
    "GET /generation/jobs/{job_id}": own(200),
    "GET /generation/jobs/{job_id}/events": own(200),
    "POST /generation/jobs/{job_id}/cancel": own(200),
    "POST /generation/jobs/{job_id}/revise": Rule((401, 403, 403, 404, 404, 409), {"part": "quiz"}),
    "POST /generation/jobs/{job_id}/resume": own(200),
    "POST /generation/revisions": teachers(422, {"part": "quiz", "package": {}}),
    "GET /generation/provider": teachers(200),
    "PUT /generation/provider": teachers(403, {"kind": "template"}),
    "DELETE /generation/provider": teachers(200),
    "POST /generation/provider/models": teachers(403, {"kind": "template"}),
    "POST /generation/provider/try": teachers(403, {"kind": "template"}),
    "GET /telemetry/place-keys": teachers(200),
    "POST /telemetry/place-keys": own_class(201, {"lesson_id": "forks", "class_id": "math"}),
    "DELETE /telemetry/place-keys/{key_id}": own_class(204),
    "POST /telemetry/events": anybody(
        401, {"events": [{"event_id": "e", "student": "s", "kind": "joined", "at": ""}]}
    ),
    "POST /realtime/auth": Rule(
        (401, 403, 403, 403, 403, 200),
        {"socket_id": "1.2", "channel_name": "presence-class-math"},
    ),
    "POST /privacy/export": own_class(200, KIM),
    "POST /privacy/erase": own_class(200, KIM),
    "GET /billing/subscription": teachers(200),
    "POST /billing/checkout": teachers(409, {"plan": "teacher"}),
    "POST /billing/portal": teachers(409),
    "POST /billing/webhook": anybody(404, {}),
    "GET /audit": Rule((401, 403, 403, 403, 200, 403)),
}


def operations() -> list[str]:
    """Every operation of the document, without starting a server."""
    from desktop.school import application
    from desktop.school.folder import Secrets
    from desktop.school.metrics import Metrics
    from desktop.school.realtime.hub import Hub

    class Unopened:
        hub = Hub("", "")
        secrets = Secrets((), "", "", "")
        names = None
        slow_s = 1.0
        metrics = Metrics()

    paths = application.build(Unopened()).openapi()["paths"]  # type: ignore[arg-type]
    return [
        f"{method.upper()} {path.removeprefix(API_PREFIX)}"
        for path, methods in paths.items()
        for method in methods
    ]


def test_every_operation_has_a_rule() -> None:
    assert sorted(operations()) == sorted(RULES)


@pytest.fixture
def people(served: Any, ada: Any, ben: Any, op: Any) -> dict[str, Any]:
    """One person of each role; the owner has a lesson, too."""
    ada.apply(op("create", "lessons", "forks", {"title": "Forks", "class_ids": ["math"]}))
    return {
        "student": served.person("pupil", "student"),
        "parent": served.person("parent", "parent"),
        "stranger": ben,
        "admin": served.person("root", "admin"),
        "owner": ada,
    }


def records_of(served: Any, ada: Any) -> dict[str, str]:
    """What the owner has that a path can name; the job was cancelled, so that it stands still."""
    key = ada.post("/telemetry/place-keys", {"lesson_id": "forks", "class_id": "math"}).json()
    headers = {**ada.headers, "Idempotency-Key": "mine"}
    job = ada.client.post("/generation/jobs", json=WISH, headers=headers).json()
    ada.post(f"/generation/jobs/{job['id']}/cancel")
    other = served.sign_in("ada")
    devices = other.get("/auth/sessions").json()
    return {
        "class_id": "math",
        "session_id": next(device["id"] for device in devices if device["current"]),
        "job_id": job["id"],
        "key_id": key["id"],
    }


LAST = ("POST /privacy/erase", "POST /auth/logout")
"""What takes away what the other cells look at."""


def test_each_role_gets_what_the_rule_says_and_the_document_names_it(
    served: Any, people: dict[str, Any]
) -> None:
    owner = people["owner"]
    owned = records_of(served, owner)
    paths = served.client.get("/openapi.json").json()["paths"]
    surprises = []
    for operation in sorted(RULES, key=lambda name: LAST.index(name) + 1 if name in LAST else 0):
        method, _, path = operation.partition(" ")
        documented = paths[f"{API_PREFIX}{path}"][method.lower()]["responses"]
        rule = RULES[operation]
        for role, wanted in zip(ROLES, rule.statuses, strict=True):
            headers = people[role].headers if role in people else {}
            if role == "stranger":
                owner.pull()
            body = json.loads(json.dumps(rule.body).replace("ROLE", role))
            answer = served.client.request(
                method,
                path.format_map(owned),
                json=body,
                headers={**headers, "Idempotency-Key": role},
            )
            kinds = documented.get(str(answer.status_code), {}).get("content", {})
            told = answer.headers.get("content-type", "").partition(";")[0]
            if answer.status_code != wanted or (told not in kinds and (kinds or answer.content)):
                surprises.append((operation, role, answer.status_code, wanted, told))
            if role == "stranger" and operation not in LAST and owner.pull():
                surprises.append((operation, role, "changed what is not theirs", 0, ""))
    assert surprises == []


SECRET = "Quetzalcoatlus"


class Attempts:
    """What a teacher may try on a class that is not theirs; each try is another one."""

    def __init__(self, chance: random.Random, owned: dict[str, str]) -> None:
        self._chance = chance
        self._owned = owned

    def one(self, number: int) -> tuple[str, str, Any]:
        """Method, path with query, and body."""
        kinds = (self._push, self._push, self._push, self._read, self._do)
        return self._chance.choice(kinds)(number)

    def _push(self, number: int) -> tuple[str, str, Any]:
        chance = self._chance
        # What can be written in another's name is tried more often.
        collection = chance.choice([*COLLECTIONS, *["lessons", "announcements"] * 3])
        there = [
            "kim",
            "lee",
            "forks",
            "math",
            "quiz",
            "work",
            "xp",
            "day",
            "news",
        ]
        patch = {
            "class_id": "math",
            "class_ids": chance.choice([["math"], ["art", "math"], ["art"], []]),
            "student_id": chance.choice(["kim", "sam"]),
            "assessment_id": "quiz",
            "lesson_id": "forks",
            "teacher_ids": chance.choice([["BEN"], [], ["BEN", "ADA"]]),
            "name": "Mine now",
            "given_name": "Mine now",
            "title": "Mine now",
            "xp": 1_000,
            "awarded_at": "2026-03-02T09:00:00.000Z",
            "day": "2026-03-02",
            "owner_id": chance.choice(["ADA", "BEN"]),
            "author_id": chance.choice(["ADA", "BEN"]),
        }
        whole = chance.random() < 0.6
        kept = patch if whole else chance.sample(sorted(patch), chance.randrange(len(patch) + 1))
        op = {
            "op_id": f"try-{number}",
            "collection": collection,
            "id": chance.choice([chance.choice(there), f"new-{number}"]),
            "kind": chance.choice(["create", "create", "update", "delete", "append"]),
            "base_version": chance.choice([0, 1, 5, chance.randrange(60)]),
            "patch": {name: patch[name] for name in kept},
            "at": "2026-03-02T09:00:00.000Z",
        }
        return "POST", "/sync/push", {"ops": [op]}

    def _read(self, _: int) -> tuple[str, str, Any]:
        chance, owned = self._chance, self._owned
        return "GET", chance.choice(
            [
                f"/classes/math/leaderboard?period={chance.choice(['week', 'term', 'all'])}",
                "/classes/math/analytics",
                f"/sync/changes?limit={chance.randrange(1, 500)}",
                f"/sync/changes?collections={chance.choice(list(COLLECTIONS))}",
                f"/sync/changes?cursor={owned['cursor']}",
                f"/generation/jobs/{owned['job_id']}",
                f"/generation/jobs/{owned['job_id']}/events",
                "/generation/jobs",
                "/telemetry/place-keys",
                "/audit",
            ]
        ), None  # fmt: skip

    def _do(self, _: int) -> tuple[str, str, Any]:
        chance, owned = self._chance, self._owned
        whose = chance.choice([{"student_id": "kim"}, {"student_id": "lee"}, {"class_id": "math"}])
        presence, private = "presence-class-math", f"private-user-{owned['ada']}"
        return chance.choice(
            [
                ("POST", "/privacy/export", whose),
                ("POST", "/privacy/erase", whose),
                ("POST", "/realtime/auth", {"socket_id": "1.2", "channel_name": presence}),
                ("POST", "/realtime/auth", {"socket_id": "1.2", "channel_name": private}),
                ("POST", "/telemetry/place-keys", {"lesson_id": "forks", "class_id": "math"}),
                ("DELETE", f"/telemetry/place-keys/{owned['key_id']}", None),
                ("DELETE", f"/auth/sessions/{owned['session_id']}", None),
                ("POST", "/billing/webhook", {"id": "e", "data": {"user_id": owned["ada"]}}),
                ("POST", f"/generation/jobs/{owned['job_id']}/cancel", None),
                ("POST", f"/generation/jobs/{owned['job_id']}/resume", None),
                ("POST", f"/generation/jobs/{owned['job_id']}/revise", {"part": "quiz"}),
            ]
        )


def snapshot(person: Any) -> dict[tuple[str, str], Any]:
    """Everything that a person sees, letters from others left out."""
    person.cursor = ""
    records = [record for record in person.pull() if record["collection"] != "messages"]
    return {(record["collection"], record["id"]): record for record in records}


def harm_of_two_hundred_attempts(served: Any, people: dict[str, Any], op: Any) -> list[str]:
    """What a teacher got to read or change of a class that is not theirs; nothing, it is hoped."""
    ada, ben = people["owner"], people["stranger"]
    who = {"student_id": "kim", "class_id": "math"}
    when = "2026-03-02T09:00:00.000Z"
    ada.apply(
        op("create", "assessments", "quiz", {"title": SECRET, "class_id": "math"}),
        op("create", "submissions", "work", {**who, "assessment_id": "quiz", "feedback": SECRET}),
        op("append", "xp_awards", "xp", {**who, "xp": 5, "awarded_at": when, "reason": SECRET}),
        op("create", "attendance", "day", {**who, "day": "2026-03-01", "note": SECRET}),
        op("create", "announcements", "news", {"title": SECRET, "class_ids": ["math"]}),
        op("create", "students", "max", {"given_name": SECRET, "class_ids": ["math"]}),
    )
    owned = {**records_of(served, ada), "ada": ada.id}
    before = snapshot(ada)
    attempts = Attempts(random.Random(20), {**owned, "cursor": ada.cursor})
    outcomes: set[str] = set()
    harm: list[str] = []
    for number in range(200):
        method, path, body = attempts.one(number)
        text = json.dumps(body).replace("ADA", ada.id).replace("BEN", ben.id)
        answer = served.client.request(method, path, json=json.loads(text), headers=ben.headers)
        assert answer.status_code < 500, (number, answer.text)
        if SECRET in answer.text or "presence-class-math" in answer.text:
            harm.append(f"{method} {path} was read")
        if path == "/sync/push":
            [result] = answer.json()["results"]
            outcomes.add(result["outcome"])
            told = result.get("current") or {}
            if (told.get("collection"), told.get("id")) in before:
                harm.append(f"{method} {path} told what is there")
        elif method != "GET" and answer.status_code not in (403, 404):
            harm.append(f"{method} {path} was let through: {answer.status_code}")
        elif path.startswith(("/generation/jobs/", "/classes/")) and answer.status_code != 404:
            harm.append(f"{method} {path} was answered: {answer.status_code}")
    if snapshot(ada) != before:
        harm.append("records were changed")
    assert outcomes <= {"applied", "conflict", "rejected", "forbidden"}
    assert harm or {"forbidden", "rejected"} <= outcomes
    return harm


def test_two_hundred_attempts_of_a_teacher_on_anothers_class_read_and_change_nothing(
    served: Any, people: dict[str, Any], op: Any
) -> None:
    assert harm_of_two_hundred_attempts(served, people, op) == []


def _look_through_everything(connection: sa.Connection, _: str) -> frozenset[str]:
    return frozenset(connection.execute(sa.select(reach.c.scope)).scalars())


def _anybodys_job(connection: sa.Connection, _: object, job_id: str) -> Any:
    return connection.execute(sa.select(job).where(job.c.id == job_id)).one()


def _feed_of_an_administrator(_: bool, narrowed: bool) -> Any:
    return _questions(True, narrowed)


_questions = feed._questions

BROKEN = {
    "the scopes of a person": (sight, "scopes_of_user", _look_through_everything),
    "what a push may touch": (push._Judge, "_sees", lambda *_: True),
    "what the feed shows": (feed, "_questions", _feed_of_an_administrator),
    "whose class is figured": (figures, "_class_of", lambda *_: {"name": "Mathematics"}),
    "whose place it is": (place_keys, "_theirs", lambda *_: True),
    "whose job it is": (jobs, "_own", _anybodys_job),
    "whose device it is": (auth, "close", lambda *_: True),
    "in whose name it is written": (push._Judge, "_check_people", lambda *_: None),
    "which records are named": (push._Judge, "_check_parents", lambda *_: None),
    "whose channel it is": (School, "classes_of", lambda *_: frozenset({"math"})),
    "whose student is exported": (
        privacy, "subject_of", lambda *_, **__: privacy.Subject("student", "kim"),
    ),
}  # fmt: skip
"""Each rule that keeps teachers apart, and how it looks when it lets everybody through."""


@pytest.mark.parametrize("database_url", [None], ids=["sqlite"])
@pytest.mark.parametrize("rule", BROKEN)
def test_the_attempts_would_notice_if_a_rule_let_everybody_through(
    served: Any, people: dict[str, Any], op: Any, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    monkeypatch.setattr(*BROKEN[rule])
    assert harm_of_two_hundred_attempts(served, people, op)


def test_the_request_of_a_job_is_the_one_of_the_app() -> None:
    assert LessonRequest.model_validate(WISH).topic
