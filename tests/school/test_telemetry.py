"""The game's way back: place keys, marking by the server, XP once, nothing of strangers."""

import itertools
from typing import Any

import httpx
import pytest

QUIZ = [
    {
        "id": "q1",
        "kind": "multiple_choice",
        "prompt": "Half of 8?",
        "choices": ["2", "4"],
        "answer": "4",
        "points": 2,
        "standard": "4.NF",
    },
    {"id": "q2", "kind": "short_answer", "prompt": "Capital of Peru?", "answer": ["Lima"]},
]
numbers = itertools.count()


class Place:
    """A place with its key."""

    def __init__(self, served: Any, key: dict[str, Any]) -> None:
        self.served = served
        self.key = key

    def post(self, *events: dict[str, Any]) -> httpx.Response:
        return self.served.client.post(
            "/telemetry/events",
            json={"events": list(events)},
            headers={"X-Place-Key": self.key["key"]},
        )

    def report(self, *events: dict[str, Any]) -> dict[str, int]:
        answer = self.post(*events)
        assert answer.status_code == 200, answer.text
        result: dict[str, int] = answer.json()
        return result


def event(kind: str, data: Any = None, student: str = "kimplays", **more: Any) -> dict[str, Any]:
    return {
        "event_id": f"e{next(numbers)}",
        "student": student,
        "kind": kind,
        "at": "2026-03-02T09:00:00Z",
        "data": data if data is not None else {},
        **more,
    }


def answer(question: str, given: object, **more: Any) -> dict[str, Any]:
    return event("answer", {"question_id": question, "given": given, "correct": True}, **more)


@pytest.fixture
def place(served: Any, ada: Any, op: Any) -> Place:
    lesson = {"title": "Halves", "class_ids": ["math"], "package": {"quiz": QUIZ}}
    ada.apply(op("create", "lessons", "halves", lesson))
    made = ada.post("/telemetry/place-keys", {"lesson_id": "halves", "class_id": "math"})
    assert made.status_code == 201
    ada.pull()
    return Place(served, made.json())


def records(person: Any, collection: str) -> list[dict[str, Any]]:
    person.cursor = ""
    return [record["data"] for record in person.pull() if record["collection"] == collection]


def xp(person: Any) -> list[int]:
    return [award["xp"] for award in records(person, "xp_awards")]


def test_events_become_progress_of_the_student_with_that_roblox_name(
    place: Place, ada: Any
) -> None:
    result = place.report(event("joined", []), event("checkpoint", {"id": "c1"}), event("left"))
    assert result == {"accepted": 3, "duplicate": 0, "unknown_student": 0}
    progress = records(ada, "progress_events")
    assert [told["kind"] for told in progress] == ["joined", "checkpoint", "left"]
    assert {told["student_id"] for told in progress} == {"kim"}
    assert {told["lesson_id"] for told in progress} == {"halves"}


def test_the_server_marks_answers_itself(place: Place, ada: Any) -> None:
    place.report(answer("q1", "2"), answer("q2", " lima "))
    [work] = records(ada, "submissions")
    assert work["marks"] == {"q1": 0.0, "q2": 1.0}
    assert (work["score"], work["max_score"], work["status"]) == (1.0, 3.0, "graded")
    assert [told["data"]["correct"] for told in records(ada, "progress_events")] == [False, True]
    assert records(ada, "progress_events")[0]["data"]["standard"] == "4.NF"
    [assessment] = records(ada, "assessments")
    assert assessment["max_score"] == 3
    assert assessment["lesson_id"] == "halves"
    assert xp(ada) == [10]


def test_the_same_event_again_changes_nothing(place: Place, ada: Any) -> None:
    batch = [answer("q1", "4"), event("objective", {"id": "o1"}), event("completed")]
    place.report(*batch)
    before = (records(ada, "submissions"), xp(ada), len(records(ada, "progress_events")))
    ada.pull()
    assert place.report(*batch) == {"accepted": 0, "duplicate": 3, "unknown_student": 0}
    assert ada.pull() == []
    assert (records(ada, "submissions"), xp(ada), len(records(ada, "progress_events"))) == before
    assert sorted(xp(ada)) == [15, 20, 50]


def test_an_event_twice_in_one_batch_counts_once(place: Place, ada: Any) -> None:
    one = answer("q1", "4")
    assert place.report(one, one) == {"accepted": 1, "duplicate": 1, "unknown_student": 0}
    assert xp(ada) == [20]


def test_answering_again_can_mend_the_mark_and_never_pays_twice(place: Place, ada: Any) -> None:
    for given in ("2", "4", "4", "2"):
        place.report(answer("q1", given))
    [work] = records(ada, "submissions")
    assert work["marks"]["q1"] == 2.0
    assert work["answers"]["q1"] == "2"
    assert work["status"] == "in_progress"
    assert xp(ada) == [20]


def test_a_new_key_for_the_same_lesson_does_not_pay_again(
    place: Place, ada: Any, served: Any
) -> None:
    place.report(answer("q1", "4"))
    again = ada.post("/telemetry/place-keys", {"lesson_id": "halves", "class_id": "math"}).json()
    Place(served, again).report(answer("q1", "4"), event("joined"))
    assert xp(ada) == [20]


def test_a_score_that_a_teacher_typed_stays(place: Place, ada: Any, op: Any) -> None:
    place.report(answer("q1", "2"), answer("q2", "Lima"))
    ada.cursor = ""
    work = next(record for record in ada.pull() if record["collection"] == "submissions")
    ada.apply(op("update", "submissions", work["id"], {"score": 2.5}, work["version"]))
    place.report(answer("q1", "4"))
    [after] = records(ada, "submissions")
    assert after["score"] == 2.5
    assert after["marks"] == {"q1": 2.0, "q2": 1.0}


def test_a_stranger_is_counted_and_stored_nowhere(place: Place, ada: Any, served: Any) -> None:
    result = place.report(event("joined", student="StrangeVisitor77"), event("joined"))
    assert result == {"accepted": 1, "duplicate": 0, "unknown_student": 1}
    files = served.school.folder.path.glob("school.sqlite*")
    assert b"StrangeVisitor77" not in b"".join(file.read_bytes() for file in files)


def test_a_pupil_of_another_class_is_a_stranger(place: Place, ben: Any) -> None:
    assert place.report(event("joined", student="Sam"))["unknown_student"] == 1


def test_a_join_code_with_a_name_lets_a_pupil_without_roblox_in(place: Place, ada: Any) -> None:
    code = place.key["join_code"]
    assert place.report(event("joined", student=f"{code.lower()} Lee"))["accepted"] == 1
    assert place.report(event("joined", student="WRONGX Lee"))["unknown_student"] == 1
    assert place.report(event("joined", student=code))["unknown_student"] == 1
    assert {told["student_id"] for told in records(ada, "progress_events")} == {"lee"}


def test_a_name_that_two_pupils_share_belongs_to_neither(place: Place, ada: Any, op: Any) -> None:
    twin = {"given_name": "Lee", "class_ids": ["math"], "roblox_username": "KIMPLAYS"}
    ada.apply(op("create", "students", "twin", twin))
    code = place.key["join_code"]
    result = place.report(event("joined", student=f"{code} Lee"), event("joined"))
    assert result["unknown_student"] == 2


def test_a_place_cannot_make_endless_xp_from_made_up_goals(place: Place, ada: Any) -> None:
    goals = [event("objective", {"id": f"o{n}"}) for n in range(100)]
    place.report(*goals)
    assert sum(xp(ada)) == 20 * 15


def test_an_unknown_question_and_a_lesson_without_a_package_give_no_marks(
    served: Any, ada: Any, op: Any
) -> None:
    ada.apply(op("create", "lessons", "bare", {"title": "Bare", "class_ids": ["math"]}))
    key = ada.post("/telemetry/place-keys", {"lesson_id": "bare", "class_id": "math"}).json()
    Place(served, key).report(answer("q9", "x"), event("completed", {"score": 99}))
    assert records(ada, "submissions") == []
    assert xp(ada) == [50]
    told = records(ada, "progress_events")[0]["data"]
    assert "correct" not in told


@pytest.mark.parametrize("at", ["yesterday", "2030-01-01T00:00:00Z", "2001-01-01T00:00:00Z", ""])
def test_a_wrong_clock_in_the_place_does_not_move_history(place: Place, ada: Any, at: str) -> None:
    place.report(event("joined", at=at))
    assert records(ada, "progress_events")[0]["at"] == "2026-03-02T09:00:00.000Z"


def test_keys_are_made_for_own_classes_and_lessons_only(
    place: Place, ada: Any, ben: Any, op: Any
) -> None:
    for lesson, group in (("halves", "art"), ("halves", "math"), ("nowhere", "art")):
        body = {"lesson_id": lesson, "class_id": group}
        assert ben.post("/telemetry/place-keys", body).status_code == 404
    assert ben.get("/telemetry/place-keys").json() == []
    assert ben.delete(f"/telemetry/place-keys/{place.key['id']}").status_code == 404
    assert place.report(event("joined"))["accepted"] == 1


def test_a_revoked_key_reports_nothing_more(place: Place, ada: Any) -> None:
    [listed] = ada.get("/telemetry/place-keys").json()
    assert (listed["id"], listed["revoked_at"]) == (place.key["id"], "")
    assert "key" not in listed
    assert ada.delete(f"/telemetry/place-keys/{place.key['id']}").status_code == 204
    refused = place.post(event("joined"))
    assert (refused.status_code, refused.json()["code"]) == (401, "place_key_invalid")
    assert ada.get("/telemetry/place-keys").json()[0]["revoked_at"]


def test_a_place_that_reports_without_end_is_slowed(place: Place, served: Any) -> None:
    batch = [event("joined", student="nobody") for _ in range(200)]
    statuses = [place.post(*batch).status_code for _ in range(16)]
    assert statuses == [200] * 15 + [429]
    served.clock.forward(61)
    assert place.post(*batch).status_code == 200


@pytest.mark.parametrize("count", [0, 201])
def test_a_batch_has_one_to_two_hundred_events(place: Place, count: int) -> None:
    assert place.post(*(event("joined") for _ in range(count))).status_code == 422


def test_a_batch_that_is_too_large_is_refused(place: Place) -> None:
    assert place.post(event("joined", {"x": "y" * 400_000})).status_code == 413
