"""A teacher's sight: only their own classes, and what enters or leaves it arrives so."""

from typing import Any

import pytest

RECORDS = {
    "classes": {"name": "X"},
    "students": {"given_name": "X", "class_ids": ["art"]},
    "lessons": {"title": "X", "class_ids": ["art"]},
    "assessments": {"title": "X", "class_id": "art"},
    "attendance": {"student_id": "sam", "class_id": "art", "day": "2026-03-02"},
    "announcements": {"title": "X", "class_ids": ["art"]},
    "badges": {"name": "X", "class_id": "art"},
    "messages": {"body": "X"},
}
AWARD = {
    "student_id": "sam",
    "class_id": "art",
    "xp": 5,
    "awarded_at": "2026-03-02T09:00:00.000Z",
}


@pytest.fixture
def owned(ben: Any, op: Any) -> dict[str, int]:
    """A record of every collection in Ben's class, and its version."""
    versions = {}
    for collection, data in RECORDS.items():
        patch = data if collection != "classes" else {"name": "Art 2"}
        [versions[collection]] = ben.apply(op("create", collection, f"b-{collection}", patch))
    ben.apply(op("append", "xp_awards", "b-xp_awards", AWARD))
    work = {"assessment_id": "b-assessments", "student_id": "sam", "class_id": "art"}
    [versions["submissions"]] = ben.apply(op("create", "submissions", "b-submissions", work))
    return versions


def test_each_teacher_sees_their_own_classes_only(ada: Any, ben: Any, owned: Any) -> None:
    assert {record["id"] for record in ada.pull()} == {"math", "kim", "lee"}
    seen = {record["id"] for record in ben.pull()}
    assert {f"b-{collection}" for collection in owned} < seen
    assert not {"math", "kim", "lee"} & seen


def test_nothing_of_another_teacher_can_be_changed(ada: Any, op: Any, owned: Any) -> None:
    before = ada.pull()
    for collection, version in owned.items():
        record_id = f"b-{collection}"
        results = [
            ada.push(op("update", collection, record_id, {"name": "mine"}, version))[0],
            ada.push(op("delete", collection, record_id, base=version))[0],
            ada.push(op("create", collection, record_id, RECORDS.get(collection, {})))[0],
            ada.push(op("create", collection, record_id, {}, version))[0],
        ]
        assert {result["outcome"] for result in results} == {"forbidden"}, collection
        assert all("current" not in result for result in results)
    assert before
    assert ada.pull() == []


@pytest.mark.parametrize(
    ("collection", "patch"),
    [
        ("students", {"given_name": "X", "class_ids": ["art"]}),
        ("students", {"given_name": "X", "class_ids": ["math", "art"]}),
        ("lessons", {"title": "X", "class_ids": ["art"]}),
        ("assessments", {"title": "X", "class_id": "art"}),
        ("assessments", {"title": "X", "class_id": "math", "lesson_id": "b-lessons"}),
        (
            "submissions",
            {"assessment_id": "b-assessments", "student_id": "kim", "class_id": "math"},
        ),
        ("xp_awards", AWARD),
        ("xp_awards", {**AWARD, "class_id": "math"}),
        ("attendance", {"student_id": "sam", "class_id": "math", "day": "2026-03-02"}),
        ("announcements", {"title": "X", "class_ids": ["art"]}),
        ("badges", {"name": "X", "class_id": "art"}),
        ("badge_awards", {**AWARD, "badge_id": "b-badges", "class_id": "math"}),
        ("messages", {"body": "X", "class_id": "art"}),
    ],
)
def test_a_forged_link_into_anothers_class_is_forbidden(
    ada: Any, op: Any, owned: Any, collection: str, patch: dict[str, Any]
) -> None:
    kind = "append" if collection in ("xp_awards", "badge_awards") else "create"
    [result] = ada.push(op(kind, collection, "forged", patch))
    assert result["outcome"] == "forbidden"


def test_own_records_cannot_be_moved_into_anothers_class(ada: Any, ben: Any, op: Any) -> None:
    base = {record["id"]: record["version"] for record in ada.pull()}
    [result] = ada.push(op("update", "students", "kim", {"class_ids": ["art"]}, base["kim"]))
    assert result["outcome"] == "forbidden"
    assert "kim" not in {record["id"] for record in ben.pull()}


def test_a_teacher_cannot_enter_anothers_class_by_naming_themselves(
    ada: Any, ben: Any, op: Any
) -> None:
    version = next(r["version"] for r in ben.pull() if r["id"] == "art")
    for patch in ({"teacher_ids": [ada.id]}, {"teacher_ids": [ada.id, ben.id]}):
        [result] = ada.push(op("update", "classes", "art", patch, version))
        assert result["outcome"] == "forbidden"
        ada.push(op("create", "classes", "art", {"name": "Art", **patch}))
    ada.pull()
    assert "art" not in {record["id"] for record in ada.pull()}


def test_a_class_that_is_gained_brings_its_old_records(ada: Any, ben: Any, op: Any) -> None:
    ada.apply(op("append", "xp_awards", "x1", {**AWARD, "student_id": "kim", "class_id": "math"}))
    ben.pull()
    version = next(r["version"] for r in ada.pull() if r["id"] == "math")
    ada.apply(op("update", "classes", "math", {"teacher_ids": [ada.id, ben.id]}, version))
    gained = ben.pull()
    assert {record["id"] for record in gained} == {"math", "kim", "lee", "x1"}
    assert [record["collection"] for record in gained][:2] == ["classes", "students"]
    assert all(not record["deleted"] for record in gained)


def test_an_edit_made_before_the_class_was_shared_still_fits(ada: Any, ben: Any, op: Any) -> None:
    base = {record["id"]: record["version"] for record in ada.pull()}
    share = {"teacher_ids": [ada.id, ben.id]}
    ada.apply(op("update", "classes", "math", share, base["math"]))
    [result] = ada.push(op("update", "students", "kim", {"note": "late"}, base["kim"]))
    assert result["outcome"] == "applied"
    announced = {record["id"]: record["version"] for record in ben.pull()}
    assert announced["kim"] == result["version"]


def test_a_class_that_is_lost_arrives_as_deleted_with_everything_in_it(
    ada: Any, ben: Any, op: Any
) -> None:
    version = next(r["version"] for r in ada.pull() if r["id"] == "math")
    share = {"teacher_ids": [ada.id, ben.id]}
    [version] = ada.apply(op("update", "classes", "math", share, version))
    ben.pull()
    ada.apply(op("update", "classes", "math", {"teacher_ids": [ada.id]}, version))
    lost = ben.pull()
    assert {record["id"] for record in lost} == {"math", "kim", "lee"}
    assert all(record["deleted"] and record["data"] == {} for record in lost)
    assert lost[-1]["collection"] == "classes"
    versions = [record["version"] for record in lost]
    assert versions == sorted(set(versions))
    assert not any(record["deleted"] for record in ada.pull())


def test_a_class_that_comes_back_arrives_again(ada: Any, ben: Any, op: Any) -> None:
    version = next(r["version"] for r in ada.pull() if r["id"] == "math")
    both, alone = {"teacher_ids": [ada.id, ben.id]}, {"teacher_ids": [ada.id]}
    for patch in (both, alone, both):
        [version] = ada.apply(op("update", "classes", "math", patch, version))
    assert {r["id"] for r in ben.pull() if not r["deleted"]} >= {"math", "kim", "lee"}
    ben.cursor = ""
    assert not any(record["deleted"] for record in ben.pull())


def test_a_pupil_who_changes_class_leaves_one_sight_and_enters_the_other(
    served: Any, ada: Any, ben: Any, op: Any
) -> None:
    boss = served.person("boss", "admin")
    boss.pull()
    ada.pull()
    ben.pull()
    kim = next(r for r in boss.pull() + _all(boss) if r["id"] == "kim")
    boss.apply(op("update", "students", "kim", {"class_ids": ["art"]}, kim["version"]))
    [left] = ada.pull()
    [entered] = ben.pull()
    assert (left["id"], left["deleted"], left["data"]) == ("kim", True, {})
    assert (entered["id"], entered["deleted"]) == ("kim", False)


def _all(person: Any) -> list[dict[str, Any]]:
    person.cursor = ""
    records: list[dict[str, Any]] = person.pull()
    return records


def test_a_pupil_taken_out_of_every_class_stays_with_who_entered_them(ada: Any, op: Any) -> None:
    kim = next(r for r in ada.pull() if r["id"] == "kim")
    [version] = ada.apply(op("update", "students", "kim", {"class_ids": []}, kim["version"]))
    assert [(r["id"], r["deleted"]) for r in ada.pull()] == [("kim", False)]
    ada.apply(op("update", "students", "kim", {"class_ids": ["math"]}, version))


def test_an_administrator_sees_and_changes_everything(
    served: Any, ada: Any, ben: Any, op: Any
) -> None:
    boss = served.person("boss", "admin")
    records = {record["id"]: record["version"] for record in boss.pull()}
    assert set(records) == {"math", "kim", "lee", "art", "sam"}
    boss.apply(op("update", "classes", "math", {"room": "9"}, records["math"]))


def test_a_message_is_for_its_author_and_its_recipient(
    served: Any, ada: Any, ben: Any, op: Any
) -> None:
    eve = served.person("eve")
    ada.apply(op("create", "messages", "m1", {"body": "Hello", "recipient_id": ben.id}))
    assert "m1" in {record["id"] for record in ben.pull()}
    assert eve.pull() == []


def test_a_shared_pupil_can_be_neither_taken_from_the_other_class_nor_deleted(
    served: Any, ada: Any, ben: Any, op: Any
) -> None:
    boss = served.person("boss", "admin")
    kim = next(record for record in boss.pull() if record["id"] == "kim")
    both = {"class_ids": ["math", "art"]}
    [version] = boss.apply(op("update", "students", "kim", both, kim["version"]))
    assert "kim" in {record["id"] for record in ben.pull()}
    for attempt in (
        op("update", "students", "kim", {"class_ids": ["art"]}, version),
        op("delete", "students", "kim", base=version),
    ):
        assert ben.push(attempt)[0]["outcome"] == "forbidden"
    ben.apply(op("update", "students", "kim", {"class_ids": ["math"]}, version))
    assert [(r["id"], r["deleted"]) for r in ben.pull()] == [("kim", True)]
    assert "kim" in {record["id"] for record in ada.pull()}
