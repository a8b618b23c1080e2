"""The place's reports arrive once each, in spite of outages, and never hold each other up."""

import json
from typing import Any

import pytest

from desktop.wire.telemetry import TelemetryBatch
from tests.lessons import machine

CONFIG = {"url": "http://school/api/v1/telemetry/events", "placeKey": "k3y"}

WIRING = """
local Telemetry, outside, config = ...
return Telemetry.new({
    http = {
        RequestAsync = function(_, request)
            local status = outside.post(request)
            if status == 0 then error("HttpError: ConnectFail") end
            return { Success = status >= 200 and status < 300, StatusCode = status }
        end,
        JSONEncode = function(_, value) return outside.json(value) end,
        GenerateGUID = function(_, _) return outside.guid() end,
    },
    now = function() return "2026-11-23T08:00:00.000Z" end,
    wait = function(seconds) outside.wait(seconds) end,
    random = function() return 0.5 end,
    say = function(text) outside.say(text) end,
}, config)
"""


class School:
    """A school server that answers with the statuses it was told, then with 200; 0 is no answer."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.requests: list[dict[str, Any]] = []
        self.said: list[str] = []
        self.waited: list[float] = []
        self.refuses: set[str] = set()
        self._ids = 0

    def post(self, request: Any) -> int:
        told = machine._text(request)
        told["Body"] = json.loads(told["Body"])
        self.requests.append(told)
        if self.statuses:
            return self.statuses.pop(0)
        students = {event["student"] for event in told["Body"]["events"]}
        return 422 if students & self.refuses else 200

    def encode(self, value: Any) -> str:
        """As Roblox's JSONEncode does it: an empty table is a list."""
        return json.dumps(machine._text(value))

    def guid(self) -> str:
        self._ids += 1
        return f"event-{self._ids}"

    def telemetry(self, config: dict[str, str] | None = None) -> Any:
        vm = machine.machine()
        outside = vm.table(
            {
                "post": vm.function(self.post),
                "json": vm.function(self.encode),
                "guid": vm.function(self.guid),
                "say": vm.function(lambda text: self.said.append(text.decode())),
                "wait": vm.function(self.waited.append),
            }
        )
        settings = vm.table(CONFIG if config is None else config)
        return machine.run(WIRING, machine.module("Telemetry"), outside, settings)

    def students(self) -> list[list[str]]:
        return [[event["student"] for event in one["Body"]["events"]] for one in self.requests]


def call(telemetry: Any, method: str, *arguments: object) -> Any:
    chunk = "local telemetry, method = ... return telemetry[method](telemetry, select(3, ...))"
    results = machine.machine().vm.load_chunk(chunk)(telemetry, method, *arguments)
    return machine.plain(results[0]) if results else None


def record(telemetry: Any, student: str, kind: str = "joined", **data: object) -> None:
    call(telemetry, "record", student, kind, machine.machine().table(dict(data)))


def waiting(telemetry: Any) -> int:
    return int(machine.run("return #(...).waiting", telemetry))


def test_events_go_out_in_one_batch_with_the_key_of_the_place() -> None:
    school = School()
    telemetry = school.telemetry()
    record(telemetry, "Mia")
    record(telemetry, "Mia", "answer", question_id="q1", given="4", correct=True)
    assert call(telemetry, "flush") is True
    (request,) = school.requests
    assert (request["Url"], request["Method"]) == (CONFIG["url"], "POST")
    assert request["Headers"] == {"Content-Type": "application/json", "X-Place-Key": "k3y"}
    batch = TelemetryBatch.model_validate(request["Body"])
    assert [event.kind for event in batch.events] == ["joined", "answer"]
    assert batch.events[1].data == {"question_id": "q1", "given": "4", "correct": True}
    assert len({event.event_id for event in batch.events}) == 2
    assert waiting(telemetry) == 0


@pytest.mark.parametrize("status", [0, 500, 503, 429, 408])
def test_what_could_not_be_sent_is_sent_again_with_the_same_event_ids(status: int) -> None:
    school = School(status)
    telemetry = school.telemetry()
    record(telemetry, "Mia")
    assert call(telemetry, "flush") is False
    assert call(telemetry, "flush") is True
    assert school.requests[0]["Body"] == school.requests[1]["Body"]
    assert waiting(telemetry) == 0


def test_pauses_grow_to_thirty_seconds_and_shrink_when_it_works_again() -> None:
    school = School(*[503] * 8)
    telemetry = school.telemetry()
    record(telemetry, "Mia")
    pauses = [call(telemetry, "pause")]
    for _ in range(9):
        call(telemetry, "flush")
        pauses.append(call(telemetry, "pause"))
    assert pauses == [1, 2, 4, 8, 16, 30, 30, 30, 30, 1]


def test_one_bad_event_does_not_hold_the_others_back() -> None:
    school = School()
    school.refuses = {"Bad"}
    telemetry = school.telemetry()
    for student in ("Ana", "Bad", "Ben"):
        record(telemetry, student)
    while waiting(telemetry):
        call(telemetry, "flush")
    assert school.students() == [["Ana", "Bad", "Ben"], ["Ana"], ["Bad"], ["Ben"]]
    assert machine.run("return (...).lost", telemetry) == 1


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_revoked_key_ends_the_reports_with_one_sentence(status: int) -> None:
    school = School(status)
    telemetry = school.telemetry()
    record(telemetry, "Mia")
    call(telemetry, "flush")
    record(telemetry, "Mia")
    call(telemetry, "flush")
    assert len(school.requests) == 1
    assert school.said == ["The school server no longer takes reports from this place."]
    assert call(telemetry, "isOn") is False


@pytest.mark.parametrize("config", [{}, {"url": "", "placeKey": ""}, {"url": "x", "placeKey": ""}])
def test_without_address_or_key_nothing_is_kept_or_sent(config: dict[str, str]) -> None:
    school = School()
    telemetry = school.telemetry({"url": "", "placeKey": "", **config})
    record(telemetry, "Mia")
    assert call(telemetry, "flush") is True
    assert (school.requests, waiting(telemetry)) == ([], 0)


def test_batches_stay_within_what_the_server_takes() -> None:
    school = School()
    telemetry = school.telemetry()
    for number in range(250):
        record(telemetry, f"S{number}")
    call(telemetry, "close")
    assert [len(batch) for batch in school.students()] == [100, 100, 50]


def test_a_long_outage_keeps_the_newest_events_within_bounds() -> None:
    telemetry = School().telemetry()
    machine.run(
        "local t = ... for n = 1, 5200 do t:record('S' .. n, 'joined', {}) end return 0", telemetry
    )
    assert waiting(telemetry) == 5000
    assert machine.plain(machine.run("return (...).waiting[1].student", telemetry)) == "S201"


def test_closing_gives_up_when_the_server_is_away() -> None:
    school = School(*[0] * 50)
    telemetry = school.telemetry()
    record(telemetry, "Mia")
    call(telemetry, "close")
    assert len(school.requests) == 1


def test_the_loop_runs_until_the_place_closes() -> None:
    school = School()
    telemetry = school.telemetry()
    record(telemetry, "Mia")
    chunk = """
    local t = ...
    local wait, rounds = t.services.wait, 0
    t.services.wait = function(seconds)
        wait(seconds)
        rounds += 1
        if rounds == 3 then t.open = false end
    end
    t:run()
    return rounds
    """
    assert machine.run(chunk, telemetry) == 3
    assert (school.waited, school.students()) == ([1, 1, 1], [["Mia"]])
