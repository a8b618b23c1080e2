"""A student's whole record: handed out, erased everywhere, kept no longer than it may be."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from desktop.school import privacy, upkeep
from desktop.school.school import School

WHEN = "2026-03-01T08:00:00.000Z"


def give_kim_a_past(ada: Any, op: Any) -> None:
    who = {"student_id": "kim", "class_id": "math"}
    ada.apply(
        op("create", "assessments", "quiz", {"title": "Quiz", "class_id": "math"}),
        op("create", "submissions", "work", {**who, "assessment_id": "quiz", "feedback": "Zebra"}),
        op("append", "xp_awards", "xp", {**who, "xp": 5, "awarded_at": WHEN, "reason": "Zebra"}),
        op("create", "attendance", "day", {**who, "day": "2026-03-01", "note": "Zebra"}),
        op("create", "attendance", "lees", {**who, "student_id": "lee", "day": "2026-03-01"}),
    )


def unpack(answer: Any) -> dict[str, Any]:
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {
            name.removesuffix(".json"): json.loads(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".json")
        }


def test_a_students_record_is_handed_out_whole_and_nobody_elses(ada: Any, op: Any) -> None:
    give_kim_a_past(ada, op)
    told = unpack(ada.post("/privacy/export", {"student_id": "kim"}))
    assert {name: [row["id"] for row in rows] for name, rows in told.items()} == {
        "students": ["kim"],
        "submissions": ["work"],
        "xp_awards": ["xp"],
        "attendance": ["day"],
    }
    assert told["students"][0]["data"]["roblox_username"] == "KimPlays"


def test_a_class_is_handed_out_with_everybody_in_it(ada: Any, ben: Any, op: Any) -> None:
    give_kim_a_past(ada, op)
    told = unpack(ada.post("/privacy/export", {"class_id": "math"}))
    assert {row["id"] for row in told["students"]} == {"kim", "lee"}
    assert len(told["attendance"]) == 2


def test_erasing_a_student_empties_their_records_and_every_app_hears(
    served: Any, ada: Any, op: Any
) -> None:
    give_kim_a_past(ada, op)
    ada.pull()
    answer = ada.post("/privacy/erase", {"student_id": "kim"})
    assert answer.json() == {"records": 4}
    heard = ada.pull()
    assert {record["id"] for record in heard} == {"kim", "work", "xp", "day"}
    assert all(record["deleted"] and record["data"] == {} for record in heard)
    assert ada.post("/privacy/erase", {"student_id": "kim"}).json() == {"records": 0}
    folder = served.school.folder.path
    for file in folder.glob("school.sqlite*"):
        for trace in (b"KimPlays", b"Zebra"):
            assert trace not in file.read_bytes(), file


def test_what_was_deleted_before_is_erased_too(served: Any, ada: Any, op: Any) -> None:
    give_kim_a_past(ada, op)
    version = next(record["version"] for record in ada.pull() if record["id"] == "work")
    ada.apply(op("delete", "submissions", "work", base=version))
    assert ada.post("/privacy/erase", {"student_id": "kim"}).json() == {"records": 4}
    for file in served.school.folder.path.glob("school.sqlite*"):
        assert b"Zebra" not in file.read_bytes()


def test_erasing_a_class_keeps_a_student_of_another_class_and_the_lessons(
    ada: Any, op: Any
) -> None:
    give_kim_a_past(ada, op)
    ada.apply(
        op("create", "classes", "chess", {"name": "Chess"}),
        op("create", "students", "max", {"given_name": "Max", "class_ids": ["math", "chess"]}),
        op("create", "lessons", "forks", {"title": "Forks", "class_ids": ["math"]}),
    )
    ada.pull()
    assert ada.post("/privacy/erase", {"class_id": "math"}).status_code == 200
    heard = {record["id"]: record for record in ada.pull()}
    gone = {name for name, record in heard.items() if record["deleted"]}
    assert gone == {"math", "kim", "lee", "quiz", "work", "xp", "day", "lees"}
    assert heard["max"]["data"]["class_ids"] == ["chess"]
    assert heard["forks"]["data"]["class_ids"] == []


def test_a_student_of_two_teachers_is_erased_by_an_administrator_only(
    served: Any, ada: Any, ben: Any, op: Any
) -> None:
    admin = served.person("root", "admin")
    version = next(record["version"] for record in admin.pull() if record["id"] == "kim")
    admin.apply(op("update", "students", "kim", {"class_ids": ["math", "art"]}, base=version))
    assert ada.post("/privacy/erase", {"student_id": "kim"}).status_code == 403
    assert ada.post("/privacy/export", {"student_id": "kim"}).status_code == 200
    assert admin.post("/privacy/erase", {"student_id": "kim"}).status_code == 200
    assert [record["deleted"] for record in ben.pull() if record["id"] == "kim"] == [True]
    told = [entry["action"] for entry in admin.get("/audit").json()["entries"]]
    assert told[-2:] == ["privacy.exported.student", "privacy.erased.student"]


@pytest.mark.parametrize("what", ["export", "erase"])
def test_a_foreign_student_is_not_there(ada: Any, ben: Any, what: str) -> None:
    for whose in ({"student_id": "kim"}, {"class_id": "math"}, {"student_id": "nobody"}):
        assert ben.post(f"/privacy/{what}", whose).status_code == 404
    both = {"student_id": "sam", "class_id": "art"}
    assert ben.post(f"/privacy/{what}", both).status_code == 422
    assert not any(record["deleted"] for record in ada.pull())


def test_what_has_been_kept_for_its_time_is_emptied_and_that_is_noted(
    served: Any, ada: Any, op: Any
) -> None:
    give_kim_a_past(ada, op)
    (served.school.folder.path / privacy.RETENTION).write_text("attendance = 30\n")
    kept = privacy.retention(served.school.folder.path)
    object.__setattr__(served.school, "kept_days", kept)
    upkeep.tidy(served.school)
    ada.pull()
    assert ada.pull() == []
    served.clock.forward(31 * 86_400)
    upkeep.tidy(served.school)
    ada = served.sign_in("ada")
    gone = {record["id"] for record in ada.pull() if record["deleted"]}
    assert gone == {"day", "lees"}
    entries = served.person("root", "admin").get("/audit").json()["entries"]
    assert ("retention", "attendance: 2") in [(e["action"], e["subject"]) for e in entries]


@pytest.mark.parametrize("content", ["wishes = 3", "attendance = 0", "attendance = 'x'", "= ["])
def test_a_retention_period_that_does_not_fit_stops_the_start(
    open_school: Callable[[], School], content: str
) -> None:
    school = open_school()
    (school.folder.path / privacy.RETENTION).write_text(content)
    school.close()
    with pytest.raises(privacy.RetentionUnreadable):
        open_school()
