"""Generation jobs: asked for once, told stage by stage, resumed, cancelled, bounded."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from desktop.lessons import package, templates
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import PARTS
from desktop.school.school import School

WISH = {"topic": "fractions on a number line", "grade_level": 4}


def ask(person: Any, key: str = "k1", wish: dict[str, Any] = WISH) -> httpx.Response:
    headers = {**person.headers, "Idempotency-Key": key}
    answer: httpx.Response = person.client.post("/generation/jobs", json=wish, headers=headers)
    return answer


def job_of(person: Any, job_id: str) -> dict[str, Any]:
    found: dict[str, Any] = person.get(f"/generation/jobs/{job_id}").json()
    return found


def until(person: Any, job_id: str, *states: str) -> dict[str, Any]:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        found = job_of(person, job_id)
        if found["state"] in states:
            return found
        time.sleep(0.02)
    raise AssertionError(found)


def story(person: Any, job_id: str, after: str = "") -> list[tuple[int, str, Any]]:
    """The events of a job, read to their end."""
    headers = {**person.headers, **({"Last-Event-ID": after} if after else {})}
    told: list[tuple[int, str, Any]] = []
    with person.client.stream(
        "GET", f"/generation/jobs/{job_id}/events", headers=headers
    ) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for block in "".join(answer.iter_text()).split("\n\n"):
            if not block or block.startswith(":"):
                continue
            fields = dict(line.split(": ", 1) for line in block.splitlines())
            told.append((int(fields["id"]), fields["event"], json.loads(fields["data"])))
    return told


GENERATE = templates.generate


class Gate:
    """Lets the template generator go on one stage at a time."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.steps = threading.Semaphore(0)
        self.running = 0

    def generate(self, request: LessonRequest, *, seed: int, now: Any) -> Iterator[Any]:
        self.running += 1
        try:
            for stage in GENERATE(request, seed=seed, now=now):
                while not self.free.is_set() and not self.steps.acquire(timeout=0.02):
                    pass
                yield stage
        finally:
            self.running -= 1


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    held = Gate()
    monkeypatch.setattr(templates, "generate", held.generate)
    yield held
    held.free.set()


def test_a_job_ends_with_a_lesson_and_the_same_key_gives_the_same_job(ada: Any) -> None:
    first = ask(ada)
    assert first.status_code == 202, first.text
    done = until(ada, first.json()["id"], "done")
    assert package.load(done["package"]).topic
    assert (done["stage"], done["of"]) == (7, 7)
    assert ask(ada).json()["id"] == done["id"]
    assert ask(ada, wish={**WISH, "grade_level": 5}).status_code == 409
    assert [job["id"] for job in ada.get("/generation/jobs", state="done").json()] == [done["id"]]
    assert ada.get("/generation/jobs", state="failed").json() == []


def test_the_story_is_told_to_its_end_and_goes_on_where_it_broke_off(ada: Any) -> None:
    job_id = ask(ada).json()["id"]
    told = story(ada, job_id)
    assert [number for number, _, _ in told] == list(range(1, len(told) + 1))
    names = [name for _, name, _ in told]
    assert names == ["stage"] * 6 + ["part"] * len(PARTS) + ["stage", "usage", "done"]
    assert [data["name"] for _, name, data in told if name == "stage"] == list(templates.STAGES)
    parts = {data["name"]: data["value"] for _, name, data in told if name == "part"}
    assert parts["quiz"] == job_of(ada, job_id)["package"]["quiz"]
    assert story(ada, job_id, after="9") == told[9:]


def test_a_stream_that_is_open_hears_of_each_stage_as_it_comes(ada: Any, gate: Gate) -> None:
    job_id = ask(ada).json()["id"]
    with ada.client.stream(
        "GET", f"/generation/jobs/{job_id}/events", headers=ada.headers
    ) as answer:
        lines = answer.iter_lines()
        for number in range(1, 4):
            gate.steps.release()
            while not (line := next(lines)).startswith("id:"):
                pass
            assert line == f"id: {number}"
            assert job_of(ada, job_id)["stage"] == number
        gate.free.set()
        assert "event: done" in list(lines)


def test_two_jobs_of_a_teacher_run_at_once_and_the_third_waits(
    ada: Any, ben: Any, gate: Gate
) -> None:
    mine = [ask(ada, key=f"k{number}").json()["id"] for number in range(3)]
    theirs = ask(ben).json()["id"]
    until(ben, theirs, "running")
    assert [until(ada, job_id, "running")["state"] for job_id in mine[:2]] == ["running"] * 2
    assert job_of(ada, mine[2])["state"] == "queued"
    assert gate.running == 3
    gate.free.set()
    for job_id in mine:
        until(ada, job_id, "done")


def test_a_queued_and_a_running_job_can_be_cancelled_and_an_ended_one_stays(
    ada: Any, gate: Gate
) -> None:
    running, _, queued = (ask(ada, key=f"k{number}").json()["id"] for number in range(3))
    until(ada, running, "running")
    for job_id in (queued, running):
        assert ada.post(f"/generation/jobs/{job_id}/cancel").json()["state"] == "cancelled"
    gate.free.set()
    assert [event[1] for event in story(ada, running)][-1] == "failed"
    assert job_of(ada, running)["package"] is None
    done = until(ada, ask(ada, key="k1").json()["id"], "done")
    assert ada.post(f"/generation/jobs/{done['id']}/cancel").json()["state"] == "done"


def test_a_job_goes_on_after_a_restart_and_tells_no_stage_twice(
    served: Any, gate: Gate, ada: Any, open_school: Callable[[], School], clock: Any
) -> None:
    job = ask(ada).json()
    for _ in range(3):
        gate.steps.release()
    while job_of(ada, job["id"])["stage"] < 3:
        time.sleep(0.02)
    stopping = threading.Thread(target=served.stop)
    stopping.start()
    # The server waits for the stage under way, and then leaves the job as it is.
    served.client.close()
    while not served.school.workshop._stopping:
        time.sleep(0.02)
    gate.steps.release()
    stopping.join()
    again = type(served)(open_school(), clock)
    again.start()
    try:
        ada = again.sign_in("ada")
        assert job_of(ada, job["id"])["stage"] == 3
        gate.free.set()
        done = until(ada, job["id"], "done")
        names = [data["name"] for _, name, data in story(ada, job["id"]) if name == "stage"]
        assert names == list(templates.STAGES)
        *_, last = GENERATE(LessonRequest(**WISH), seed=job["seed"], now=clock.moment)  # type: ignore[arg-type]
        assert done["package"] == last.package.model_dump(mode="json")
    finally:
        gate.free.set()
        again.stop()


def test_a_job_that_is_interrupted_each_time_fails_with_a_reason(
    served: Any, gate: Gate, ada: Any
) -> None:
    job_id = ask(ada).json()["id"]
    until(ada, job_id, "running")
    with served.school.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE job SET attempts = 3, worker = 'killed', leased_until = ''"
        )
    served.school.workshop.wake()
    told = until(ada, job_id, "failed")
    assert told["code"] == "interrupted"
    assert told["detail"]


def test_a_topic_that_no_template_teaches_fails_in_words(ada: Any) -> None:
    wish = {"topic": "the taxation of imaginary unicorns", "grade_level": 4}
    job_id = ask(ada, wish=wish).json()["id"]
    told = until(ada, job_id, "failed")
    assert told["code"] == "unknown_topic"
    name, data = story(ada, job_id)[-1][1:]
    assert name == "failed"
    assert data == {"code": "unknown_topic", "detail": told["detail"], "retryable": False}


def test_a_quiz_is_made_anew_and_what_a_template_cannot_do_is_refused(ada: Any) -> None:
    old = until(ada, ask(ada).json()["id"], "done")
    path = f"/generation/jobs/{old['id']}/revise"
    answer = ada.post(path, {"part": "quiz"})
    assert answer.status_code == 202, answer.text
    new = until(ada, answer.json()["id"], "done")
    assert (new["revises"], new["part"]) == (old["id"], "quiz")
    assert new["package"]["quiz"] != old["package"]["quiz"]
    assert new["package"]["objectives"] == old["package"]["objectives"]
    assert [d["name"] for _, name, d in story(ada, new["id"]) if name == "part"] == ["quiz"]
    for body, code in (
        ({"part": "quiz", "instruction": "make it funny"}, "instruction_not_followed"),
        ({"part": "summary"}, "part_is_fixed"),
    ):
        refused = ada.post(path, body)
        assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_an_unfinished_lesson_is_not_revised(ada: Any, gate: Gate) -> None:
    job_id = ask(ada).json()["id"]
    refused = ada.post(f"/generation/jobs/{job_id}/revise", {"part": "quiz"})
    assert (refused.status_code, refused.json()["code"]) == (409, "job_not_done")


def test_the_allowance_of_a_day_is_used_up_and_comes_back(served: Any, ada: Any) -> None:
    object.__setattr__(served.school, "jobs_a_day", 1)
    job_id = ask(ada, key="a").json()["id"]
    until(ada, job_id, "done")
    refused = ask(ada, key="b")
    assert (refused.status_code, refused.json()["code"]) == (429, "rate_limited")
    assert int(refused.headers["Retry-After"]) == 15 * 3_600  # it is nine in the morning
    assert ask(ada, key="a").json()["id"] == job_id
    served.clock.forward(15 * 3_600)
    ada = served.sign_in("ada")
    assert ask(ada, key="b").status_code == 202
    object.__setattr__(served.school, "jobs_a_day", 0)
    assert (ask(ada, key="c").status_code, ask(ada, key="c").json()["code"]) == (
        402,
        "not_entitled",
    )


def test_a_job_of_somebody_else_is_not_there(ada: Any, ben: Any, gate: Gate) -> None:
    job_id = ask(ada).json()["id"]
    path = f"/generation/jobs/{job_id}"
    answers = [
        ben.get(path),
        ben.get(f"{path}/events"),
        ben.post(f"{path}/cancel"),
        ben.post(f"{path}/revise", {"part": "quiz"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert ben.get("/generation/jobs").json() == []
    assert job_of(ada, job_id)["state"] != "cancelled"


def test_a_request_without_a_key_is_refused(ada: Any) -> None:
    assert ada.post("/generation/jobs", WISH).status_code == 422
