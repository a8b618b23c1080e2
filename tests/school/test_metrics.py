"""Figures for Prometheus: told on this machine only, and naming nobody."""

import re
from typing import Any

import pytest

from desktop.school.metrics import Metrics, is_of_this_machine


def figures(served: Any, **headers: str) -> Any:
    return served.client.get(f"{served.url}/metrics", headers=headers)


def test_requests_are_counted_by_the_pattern_of_their_address(served: Any, ada: Any) -> None:
    for _ in range(3):
        ada.get("/classes/math/analytics")
    ada.get("/classes/nowhere/analytics")
    answer = figures(served)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    counted = re.findall(r'route="[^"]*/analytics",status="(\d+)"} (\d+)', answer.text)
    assert sorted(counted) == [("200", "3"), ("404", "1")]
    assert "math" not in answer.text
    assert ada.id not in answer.text
    version = re.search(r"^school_records_version (\d+)$", answer.text, re.MULTILINE)
    assert version is not None
    assert int(version[1]) == 3


def test_a_push_is_counted_by_its_address_whether_it_is_in_order_or_not(
    served: Any, ada: Any, op: Any
) -> None:
    ada.apply(op("create", "classes", "bio", {"name": "Biology"}))
    ada.post("/sync/push", {"ops": 1})
    counted = re.findall(
        r'method="POST",route="/sync/push",status="(\d+)"} (\d+)', figures(served).text
    )
    assert dict(counted)["422"] == "1"
    assert int(dict(counted)["200"]) >= 1


def test_every_line_has_the_form_that_prometheus_reads(served: Any, ada: Any) -> None:
    for line in figures(served).text.splitlines():
        assert re.fullmatch(
            r'# TYPE [a-z_]+ (counter|histogram|gauge)|[a-z_]+({([a-z]+="[^"]*",?)+})? [\d.e+-]+',
            line,
        ), line


def test_the_histogram_adds_up() -> None:
    told = Metrics()
    for seconds in (0.001, 0.03, 0.03, 99.0):
        told.note("GET", "/x", 200, seconds, slow=seconds > 2)
    lines = dict(line.rsplit(" ", 1) for line in told.text({}).splitlines() if line[0] != "#")
    assert lines['school_request_seconds_bucket{le="0.005"}'] == "1"
    assert lines['school_request_seconds_bucket{le="0.05"}'] == "3"
    assert lines['school_request_seconds_bucket{le="10"}'] == "3"
    assert lines['school_request_seconds_bucket{le="+Inf"}'] == "4"
    assert lines["school_request_seconds_count"] == "4"
    assert lines["school_slow_requests_total"] == "1"


def test_whoever_comes_through_a_proxy_is_told_nothing(served: Any) -> None:
    assert figures(served, **{"X-Forwarded-For": "203.0.113.9"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "told"), [("127.0.0.1", True), ("::1", True), ("192.0.2.7", False), ("", False)]
)
def test_only_this_machine_is_told(address: str, told: bool) -> None:
    assert is_of_this_machine(address, []) is told
