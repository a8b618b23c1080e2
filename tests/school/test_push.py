"""Pushing offline changes: every outcome, in order, at most once."""

import json
from typing import Any

import pytest

from desktop.school import upkeep


def outcome(result: dict[str, Any]) -> tuple[str, str]:
    return result["outcome"], result["code"]


def test_a_new_record_is_applied_and_arrives_in_the_feed(ada: Any, op: Any) -> None:
    ada.pull()
    [version] = ada.apply(op("create", "classes", "bio", {"name": "Biology"}))
    [record] = ada.pull()
    assert record["version"] == version
    assert record["data"] == {"name": "Biology", "teacher_ids": [ada.id]}
    assert (record["updated_by"], record["deleted"]) == ("ada", False)


def test_the_same_op_again_is_a_duplicate_with_the_same_version(ada: Any, op: Any) -> None:
    create = op("create", "classes", "bio", {"name": "Biology"})
    [version] = ada.apply(create)
    ada.apply(op("update", "classes", "bio", {"room": "4"}, version))
    for _ in range(2):
        [again] = ada.push(create)
        assert (again["outcome"], again["version"]) == ("duplicate", version)


def test_an_op_twice_in_one_push_takes_effect_once(ada: Any, op: Any) -> None:
    append = op("append", "xp_awards", "x1", award("kim"))
    results = ada.push(append, append)
    assert [result["outcome"] for result in results] == ["applied", "duplicate"]
    assert results[0]["version"] == results[1]["version"]


def test_an_op_id_cannot_be_used_for_another_record(ada: Any, op: Any) -> None:
    first = op("create", "classes", "bio", {"name": "Biology"})
    ada.apply(first)
    [result] = ada.push({**first, "id": "chem"})
    assert outcome(result) == ("rejected", "op_id_reused")


def test_a_change_on_an_old_version_is_a_conflict_that_shows_the_current_record(
    ada: Any, op: Any
) -> None:
    [old] = ada.apply(op("create", "classes", "bio", {"name": "Biology"}))
    [new] = ada.apply(op("update", "classes", "bio", {"room": "4"}, old))
    [result] = ada.push(op("update", "classes", "bio", {"room": "5"}, old))
    assert result["outcome"] == "conflict"
    assert result["current"]["version"] == new
    assert result["current"]["data"]["room"] == "4"
    assert result["current"]["updated_by"] == "ada"
    ada.apply(op("update", "classes", "bio", {"room": "5"}, new))


def test_a_patch_changes_its_fields_and_leaves_the_others_also_unknown_ones(
    ada: Any, op: Any
) -> None:
    [version] = ada.apply(op("create", "classes", "bio", {"name": "B", "from_the_future": [1]}))
    ada.apply(op("update", "classes", "bio", {"name": "Biology"}, version))
    record = ada.pull()[-1]
    assert record["data"]["name"] == "Biology"
    assert record["data"]["from_the_future"] == [1]


def test_a_deleted_record_arrives_as_deleted_and_without_its_data(ada: Any, op: Any) -> None:
    [version] = ada.apply(op("create", "classes", "bio", {"name": "Biology"}))
    ada.pull()
    [gone] = ada.apply(op("delete", "classes", "bio", base=version))
    [record] = ada.pull()
    assert (record["deleted"], record["data"], record["version"]) == (True, {}, gone)
    [again] = ada.apply(op("delete", "classes", "bio", base=version))
    assert again == gone


def test_an_edit_of_a_deleted_record_is_a_conflict_and_can_then_bring_it_back(
    ada: Any, op: Any
) -> None:
    [version] = ada.apply(op("create", "classes", "bio", {"name": "Biology", "room": "4"}))
    [gone] = ada.apply(op("delete", "classes", "bio", base=version))
    [result] = ada.push(op("update", "classes", "bio", {"room": "5"}, version))
    assert result["outcome"] == "conflict"
    assert result["current"]["deleted"] is True
    ada.apply(op("update", "classes", "bio", {"room": "5"}, gone))
    back = ada.pull()[-1]
    assert (back["deleted"], back["data"]["name"], back["data"]["room"]) == (False, "Biology", "5")


def test_a_create_where_a_record_is_already_is_a_conflict(ada: Any, op: Any) -> None:
    [result] = ada.push(op("create", "classes", "math", {"name": "Again"}))
    assert result["outcome"] == "conflict"
    assert result["current"]["data"]["name"] == "Mathematics"


def test_an_unknown_record_or_collection_is_rejected(ada: Any, op: Any) -> None:
    results = ada.push(
        op("update", "classes", "nowhere", {"name": "x"}, 1),
        op("create", "wishes", "w", {}),
        op("delete", "classes", "nowhere", base=1),
    )
    assert [outcome(result)[1] for result in results] == [
        "not_found",
        "unknown_collection",
        # the second op on the same record waits for the first
        "",
    ]
    assert results[2]["outcome"] == "held"


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": 4}, "/name"),
        ({"room": "4"}, "/name"),
        ({"name": "x", "grade_level": 99}, "/grade_level"),
        ({"name": "x", "teacher_ids": [1]}, "/teacher_ids/0"),
        ({"name": "x", "archived": "yes"}, "/archived"),
    ],
)
def test_a_field_that_does_not_fit_is_named(
    ada: Any, op: Any, patch: dict[str, Any], pointer: str
) -> None:
    [result] = ada.push(op("create", "classes", "bad", patch))
    assert outcome(result) == ("rejected", "invalid_data")
    assert result["errors"][0]["pointer"] == pointer


def test_an_assessment_is_refused_for_a_question_with_a_fault(ada: Any, op: Any) -> None:
    fine = {"id": "q1", "kind": "true_false", "prompt": "Is it?", "answer": "true"}
    patch = {"title": "Quiz", "class_id": "math", "questions": [fine, {**fine, "answer": "maybe"}]}
    [result] = ada.push(op("create", "assessments", "quiz", patch))
    assert outcome(result) == ("rejected", "invalid_data")
    assert result["errors"][0]["pointer"].startswith("/questions/1")
    [result] = ada.push(op("create", "assessments", "quiz", {**patch, "questions": [fine, fine]}))
    assert result["errors"][0]["pointer"] == "/questions/1/id"
    ada.apply(op("create", "assessments", "quiz", {**patch, "questions": [fine]}))


def test_one_bad_op_does_not_block_the_others(ada: Any, op: Any) -> None:
    results = ada.push(
        op("create", "classes", "a", {"name": "A"}),
        op("create", "classes", "b", {"name": 5}),
        op("create", "classes", "c", {"name": "C"}),
    )
    assert [result["outcome"] for result in results] == ["applied", "rejected", "applied"]


def test_what_needs_an_op_that_did_not_apply_is_held_and_not_rejected(ada: Any, op: Any) -> None:
    results = ada.push(
        op("create", "classes", "b", {"name": 5}),
        op("update", "classes", "b", {"room": "1"}, 0),
        op("create", "students", "s", {"given_name": "S", "class_ids": ["b"]}),
    )
    assert [result["outcome"] for result in results] == ["rejected", "held", "held"]


def test_a_missing_and_a_deleted_parent_are_told_apart(ada: Any, op: Any) -> None:
    [version] = ada.apply(op("create", "classes", "bio", {"name": "Biology"}))
    ada.apply(op("delete", "classes", "bio", base=version))
    results = ada.push(
        op("create", "students", "s1", {"given_name": "S", "class_ids": ["bio"]}),
        op("create", "students", "s2", {"given_name": "S", "class_ids": ["nowhere"]}),
        op("create", "assessments", "s3", {"title": "S", "class_id": "math", "lesson_id": "no"}),
    )
    assert [result["code"] for result in results] == [
        "parent_deleted",
        "parent_missing",
        "parent_missing",
    ]


def award(student: str, **more: Any) -> dict[str, Any]:
    return {
        "student_id": student,
        "class_id": "math",
        "xp": 5,
        "awarded_at": "2026-03-02T09:00:00.000Z",
        **more,
    }


def test_awards_are_added_and_never_changed(ada: Any, op: Any) -> None:
    [version] = ada.apply(op("append", "xp_awards", "x1", award("kim")))
    results = ada.push(
        op("update", "xp_awards", "x1", {"xp": 500}, version),
        op("append", "classes", "c1", {"name": "C"}),
    )
    assert [result["code"] for result in results] == ["append_only", "wrong_kind"]
    [again] = ada.push(op("append", "xp_awards", "x1", award("kim", xp=500)))
    assert again["outcome"] == "conflict"
    assert ada.pull()[-1]["data"]["awarded_by"] == ada.id


def test_only_the_server_writes_progress(ada: Any, op: Any) -> None:
    event = {
        "student_id": "kim",
        "class_id": "math",
        "kind": "joined",
        "at": award("k")["awarded_at"],
    }
    [result] = ada.push(op("create", "progress_events", "p", event))
    assert outcome(result) == ("rejected", "server_only")


def test_a_class_keeps_a_teacher_and_names_only_teachers(ada: Any, ben: Any, op: Any) -> None:
    record = next(r for r in ada.pull() if r["id"] == "math")
    base = record["version"]
    [empty] = ada.push(op("update", "classes", "math", {"teacher_ids": []}, base))
    [unknown] = ada.push(op("update", "classes", "math", {"teacher_ids": [ada.id, "x"]}, base))
    assert (empty["code"], unknown["code"]) == ("class_without_teacher", "unknown_teacher")
    ada.apply(op("update", "classes", "math", {"teacher_ids": [ada.id, ben.id]}, base))


def test_nobody_writes_in_anothers_name(ada: Any, ben: Any, op: Any) -> None:
    results = ada.push(
        op("create", "lessons", "l", {"title": "L", "owner_id": ben.id}),
        op("append", "xp_awards", "x", award("kim", awarded_by=ben.id)),
        op("create", "messages", "m", {"body": "Hi", "author_id": ben.id}),
    )
    assert {result["outcome"] for result in results} == {"forbidden"}


def test_a_push_has_at_most_five_hundred_ops(ada: Any, op: Any) -> None:
    ops = [op("create", "classes", f"c{n}", {"name": "C"}) for n in range(501)]
    answer = ada.post("/sync/push", {"ops": ops})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert ada.apply(*ops[:500])[-1] > 0


@pytest.mark.parametrize(
    "body",
    [
        b'{"ops": [NaN]}',
        b'{"ops": "\\ud800"}',
        b"[" * 3_000 + b"]" * 3_000,
        b"",
        b'{"ops": 1}',
        b"\xff\xfe",
    ],
)
def test_a_body_that_is_no_json_is_refused_politely(served: Any, ada: Any, body: bytes) -> None:
    headers = {**ada.headers, "Content-Type": "application/json"}
    answer = served.client.post("/sync/push", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8"])
def test_a_push_is_read_however_its_json_is_announced(
    served: Any, ada: Any, op: Any, kind: str
) -> None:
    body = json.dumps({"ops": [op("create", "classes", "bio", {"name": "Biology"})]})
    headers = {**ada.headers, "Content-Type": kind}
    answer = served.client.post("/sync/push", content=body, headers=headers)
    assert [result["outcome"] for result in answer.json()["results"]] == ["applied"]


def test_a_fault_in_an_op_is_pointed_at(ada: Any, op: Any) -> None:
    ada.pull()
    answer = ada.post("/sync/push", {"ops": [op("create", "classes", "bio"), {"op_id": "x"}]})
    assert answer.status_code == 422
    pointers = [fault["pointer"] for fault in answer.json()["errors"]]
    assert pointers == ["/ops/1/collection", "/ops/1/id", "/ops/1/kind", "/ops/1/at"]
    assert ada.pull() == []


def test_a_push_of_nobody_or_of_a_student_changes_nothing(served: Any, ada: Any, op: Any) -> None:
    ada.pull()
    body = {"ops": [op("create", "classes", "bio", {"name": "Biology"})]}
    answer = served.client.post("/sync/push", json=body)
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    answer = served.person("noor", "student").post("/sync/push", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert answer.headers["x-request-id"] == answer.json()["request_id"]
    assert ada.pull() == []


def test_hostile_data_is_rejected_and_nothing_breaks(ada: Any, op: Any) -> None:
    deep: dict[str, Any] = {}
    for _ in range(60):
        deep = {"x": deep}
    results = ada.push(
        op("create", "classes", "deep", {"name": "D", "extra": deep}),
        op("create", "classes", "big", {"name": "B", "extra": "x" * 1_000_001}),
        op("create", "classes", "nul", {"name": "a\u0000b"}),
        op("create", "classes", "'; DROP TABLE record; --", {"name": "Bobby"}),
        op("create", "classes", "huge", {"name": "H", "extra": 10**30}),
        op("create", "classes", "nul\u0000", {"name": "N"}),
    )
    assert [result["code"] for result in results[:2]] == ["invalid_data", "record_too_large"]
    assert [result["outcome"] for result in results[2:4]] == ["applied", "applied"]
    assert results[5]["code"] == "invalid_id"
    assert json.dumps(ada.pull())


def test_many_awards_of_one_push_are_applied_in_order(ada: Any, op: Any) -> None:
    ops = [op("append", "xp_awards", f"x{n}", award("kim", xp=n)) for n in range(250)]
    versions = ada.apply(*ops)
    assert versions == sorted(versions)
    pulled = [r["data"]["xp"] for r in ada.pull() if r["collection"] == "xp_awards"]
    assert pulled == list(range(250))


def test_an_op_is_known_for_ninety_days(served: Any, ada: Any, op: Any) -> None:
    create = op("create", "classes", "bio", {"name": "Biology"})
    ada.apply(create)
    for days, expected in ((89, "duplicate"), (2, "conflict")):
        served.clock.forward(days * 86_400)
        upkeep.tidy(served.school)
        again = served.sign_in("ada")
        assert again.push(create)[0]["outcome"] == expected
