"""The Companion API as its page fixes it, asked over HTTP and read with the shared models."""

import gzip
import itertools
import json
import uuid
from typing import Any

import httpx
import msgspec
import pytest

from desktop.classroom import instants
from desktop.classroom.records import APPEND_ONLY, COLLECTIONS, SERVER_ONLY, check
from desktop.wire.auth import Tokens, User
from desktop.wire.capabilities import Capabilities
from desktop.wire.feed import ChangedRecord, EndOfPage
from desktop.wire.problem import PROBLEM_JSON, Problem
from desktop.wire.push import Op, PushResponse
from desktop.wire.realtime import AuthResponse, user_channel
from desktop.wire.telemetry import PlaceKey, TelemetryResult

NOW = "2026-03-02T09:00:00.000Z"


def page(client: httpx.Client, **query: Any) -> tuple[list[ChangedRecord], EndOfPage]:
    answer = client.get("/sync/changes", params=query)
    assert answer.status_code == 200, answer.text
    *lines, end = answer.content.splitlines()
    records = [msgspec.json.decode(line, type=ChangedRecord) for line in lines]
    return records, msgspec.json.decode(end, type=EndOfPage)


def pages(client: httpx.Client, cursor: str = "", **query: Any) -> list[ChangedRecord]:
    found: list[ChangedRecord] = []
    while True:
        records, end = page(client, cursor=cursor, **query)
        found += records
        cursor = end.cursor
        if not end.has_more:
            return found


def latest(client: httpx.Client) -> str:
    """A cursor behind everything there is."""
    cursor = ""
    while True:
        _, end = page(client, cursor=cursor)
        cursor = end.cursor
        if not end.has_more:
            return cursor


def op(collection: str, patch: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {
        "op_id": str(uuid.uuid4()),
        "collection": collection,
        "id": str(uuid.uuid4()),
        "kind": "append" if collection in APPEND_ONLY else "create",
        "base_version": 0,
        "patch": patch,
        "at": NOW,
        **more,
    }
    Op.model_validate(made)
    return made


def push(client: httpx.Client, *ops: dict[str, Any]) -> PushResponse:
    answer = client.post("/sync/push", json={"ops": ops})
    assert answer.status_code == 200, answer.text
    return PushResponse.model_validate_json(answer.content)


def bearer(tokens: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def test_capabilities_need_no_token_and_name_the_realtime_endpoint(
    api: httpx.Client, ready: dict[str, Any]
) -> None:
    told = Capabilities.model_validate_json(api.get("/capabilities").content)
    assert told.api == "companion/1"
    assert told.realtime is not None
    assert f"{told.realtime.host}:{told.realtime.port}" == ready["url"].removeprefix("http://")
    assert told.limits.push_ops == 500


def test_tokens_have_the_lifetimes_of_the_contract(newcomer: dict[str, Any]) -> None:
    tokens = Tokens.model_validate(newcomer)
    assert (tokens.expires_in, tokens.refresh_expires_in) == (900, 86_400)
    assert tokens.user.role == "teacher"


def test_a_refresh_rotates_and_the_answer_can_be_asked_for_again(
    api: httpx.Client, newcomer: dict[str, Any]
) -> None:
    body = {"refresh_token": newcomer["refresh_token"]}
    first, again = (api.post("/auth/refresh", json=body) for _ in range(2))
    assert first.json()["refresh_token"] == again.json()["refresh_token"]
    assert first.json()["refresh_token"] != newcomer["refresh_token"]


def test_a_token_two_generations_old_ends_the_family(
    api: httpx.Client, newcomer: dict[str, Any]
) -> None:
    old = newcomer["refresh_token"]
    tokens = newcomer
    for _ in range(2):
        body = {"refresh_token": tokens["refresh_token"]}
        tokens = api.post("/auth/refresh", json=body).json()
    reused = api.post("/auth/refresh", json={"refresh_token": old})
    assert (reused.status_code, reused.json()["code"]) == (401, "refresh_reused")
    assert api.get("/auth/me", headers=bearer(tokens)).status_code == 401


def test_logging_out_ends_the_family(api: httpx.Client, newcomer: dict[str, Any]) -> None:
    headers = bearer(newcomer)
    assert User.model_validate_json(api.get("/auth/me", headers=headers).content)
    assert len(api.get("/auth/sessions", headers=headers).json()) == 1
    assert api.post("/auth/logout", headers=headers).status_code == 204
    body = {"refresh_token": newcomer["refresh_token"]}
    assert api.post("/auth/refresh", json=body).status_code == 401


def test_errors_are_problem_documents_with_a_code_and_a_request_id(api: httpx.Client) -> None:
    for answer in (
        api.get("/nowhere"),
        api.put("/capabilities"),
        api.get("/sync/changes"),
        api.post("/auth/login", json={}),
        api.post("/auth/refresh", json={"refresh_token": "x"}),
    ):
        assert answer.headers["content-type"] == PROBLEM_JSON
        problem = Problem.model_validate_json(answer.content)
        assert problem.status == answer.status_code
        assert problem.code
        assert problem.request_id


def test_the_feed_holds_the_sample_in_version_order(teacher: httpx.Client) -> None:
    records = pages(teacher, collections="classes,students,lessons,assessments,attendance")
    versions = [record.version for record in records]
    assert versions == sorted(set(versions))
    for record in records:
        assert record.collection in COLLECTIONS
        instants.from_text(record.updated_at)
        if not record.deleted:
            check(record.collection, record.data)
    kinds = {record.collection for record in records}
    assert kinds == {"classes", "students", "lessons", "assessments", "attendance"}


def test_the_feed_is_ndjson_and_compressed(ready: dict[str, Any], teacher: httpx.Client) -> None:
    with teacher.stream("GET", "/sync/changes") as answer:
        assert answer.headers["content-type"] == "application/x-ndjson"
        assert answer.headers["content-encoding"] == "gzip"
        lines = gzip.decompress(b"".join(answer.iter_raw())).splitlines()
    assert all(json.loads(line) for line in lines)
    assert set(json.loads(lines[-1])) == {"cursor", "has_more"}


def test_every_collection_can_be_written_and_arrives(teacher: httpx.Client) -> None:
    cursor = latest(teacher)
    group = op("classes", {"name": "Contract"})
    pupil = op("students", {"given_name": "Kim", "class_ids": [group["id"]]})
    lesson = op("lessons", {"title": "L", "class_ids": [group["id"]]})
    quiz = op("assessments", {"title": "Q", "class_id": group["id"], "lesson_id": lesson["id"]})
    badge = op("badges", {"name": "B", "class_id": group["id"]})
    who = {"student_id": pupil["id"], "class_id": group["id"]}
    ops = [
        group,
        pupil,
        lesson,
        quiz,
        op("submissions", {**who, "assessment_id": quiz["id"], "score": 3}),
        op("xp_awards", {**who, "xp": 5, "awarded_at": NOW}),
        badge,
        op("badge_awards", {**who, "badge_id": badge["id"], "awarded_at": NOW}),
        op("attendance", {**who, "day": "2026-03-02"}),
        op("announcements", {"title": "A", "class_ids": [group["id"]]}),
        op("messages", {"body": "M"}),
    ]
    results = push(teacher, *ops).results
    assert [result.outcome for result in results] == ["applied"] * len(ops), results
    arrived = {record.id: record for record in pages(teacher, cursor)}
    for sent, result in zip(ops, results, strict=True):
        record = arrived[sent["id"]]
        assert record.version == result.version
        assert sent["patch"].items() <= record.data.items() or sent is group
        assert record.updated_by
    assert {sent["collection"] for sent in ops} == set(COLLECTIONS) - SERVER_ONLY


def test_ops_are_answered_one_by_one(teacher: httpx.Client) -> None:
    group = op("classes", {"name": "Outcomes"})
    [made] = push(teacher, group).results
    update = {"kind": "update", "id": group["id"]}
    stale = op("classes", {"room": "1"}, **update)
    results = push(
        teacher,
        group,
        op("classes", {"room": "2"}, **update, base_version=made.version),
        stale,
        op("classes", {"room": "3"}, **update, base_version=made.version),
        op("classes", {"name": ""}),
        op("wishes", {}),
    ).results
    assert [result.outcome for result in results] == [
        "duplicate",
        "applied",
        "conflict",
        "held",
        "rejected",
        "rejected",
    ]
    assert results[0].version == made.version
    assert results[2].current is not None
    assert results[2].current.version == results[1].version
    assert results[2].current.data["room"] == "2"
    assert results[4].errors[0].pointer == "/name"


def test_a_foreign_record_is_forbidden_and_unseen(
    api: httpx.Client, teacher: httpx.Client, newcomer: dict[str, Any]
) -> None:
    group = op("classes", {"name": "Mine"})
    [made] = push(teacher, group).results
    with httpx.Client(base_url=api.base_url, headers=bearer(newcomer)) as stranger:
        assert pages(stranger) == []
        change = op("classes", {"name": "Theirs"}, kind="update", id=group["id"],
                    base_version=made.version)  # fmt: skip
        [result] = push(stranger, change).results
        assert result.outcome == "forbidden"
        assert pages(stranger) == []


def test_an_expired_cursor_is_gone(teacher: httpx.Client) -> None:
    answer = teacher.get("/sync/changes", params={"cursor": "00000000.00000000.1"})
    assert answer.status_code == 410
    assert Problem.model_validate_json(answer.content).code == "cursor_expired"


def test_the_own_channel_is_signed_for_and_others_are_not(teacher: httpx.Client) -> None:
    me = teacher.get("/auth/me").json()["id"]
    body = {"socket_id": "12.34", "channel_name": user_channel(me)}
    signed = AuthResponse.model_validate_json(teacher.post("/realtime/auth", json=body).content)
    key, _, mac = signed.auth.partition(":")
    assert key == teacher.get("/capabilities").json()["realtime"]["key"]
    assert len(mac) == 64
    body["channel_name"] = user_channel("somebody")
    assert teacher.post("/realtime/auth", json=body).status_code == 403


def test_what_a_pupil_plays_becomes_xp_of_that_pupil(teacher: httpx.Client) -> None:
    lesson = next(r for r in pages(teacher, collections="lessons") if r.data["package"])
    class_id = lesson.data["class_ids"][0]
    pupils = pages(teacher, collections="students")
    pupil = next(r for r in pupils if class_id in r.data["class_ids"])
    body = {"lesson_id": lesson.id, "class_id": class_id}
    key = PlaceKey.model_validate_json(teacher.post("/telemetry/place-keys", json=body).content)
    cursor = latest(teacher)
    question = lesson.data["package"]["quiz"][0]
    answered = {"question_id": question["id"], "given": question["answer"], "correct": False}
    if question["kind"] == "short_answer":
        answered["given"] = question["answer"][0]
    numbers = itertools.count()
    events = [
        {
            "event_id": f"contract-{next(numbers)}",
            "student": pupil.data["roblox_username"].upper(),
            "kind": kind,
            "at": instants.to_text(instants.SystemClock().now()),
            "data": data,
        }
        for kind, data in (("joined", {}), ("answer", answered), ("completed", {"score": 1}))
    ]
    for expected in ((3, 0), (0, 3)):
        answer = httpx.post(
            str(teacher.base_url).removesuffix("/api/v1/") + key.telemetry_path,
            json={"events": events},
            headers={"X-Place-Key": key.key},
        )
        result = TelemetryResult.model_validate_json(answer.content)
        assert (result.accepted, result.duplicate) == expected
    arrived = pages(teacher, cursor)
    awards = [r.data for r in arrived if r.collection == "xp_awards"]
    assert {award["student_id"] for award in awards} == {pupil.id}
    assert sorted(award["xp"] for award in awards) == sorted([round(10 * question["points"]), 50])
    assert {r.collection for r in arrived} == {
        "assessments",
        "progress_events",
        "submissions",
        "xp_awards",
    }


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_needs_no_token(api: httpx.Client, path: str) -> None:
    assert api.get(path).status_code == 200
