"""The change feed: pages, cursors, filters, gzip."""

import json
from typing import Any

import pytest


def test_the_feed_is_in_version_order_and_ends_with_its_cursor(ada: Any) -> None:
    answer = ada.get("/sync/changes")
    assert answer.headers["content-type"] == "application/x-ndjson"
    *records, end = [json.loads(line) for line in answer.text.splitlines()]
    assert [record["id"] for record in records] == ["math", "kim", "lee"]
    versions = [record["version"] for record in records]
    assert versions == sorted(set(versions))
    assert end["has_more"] is False


def test_pages_together_are_the_whole(ada: Any, op: Any) -> None:
    ada.apply(*(op("create", "classes", f"c{n}", {"name": "C"}) for n in range(23)))
    whole = [record["id"] for record in ada.pull()]
    ada.cursor, pages = "", []
    while True:
        answer = ada.get("/sync/changes", cursor=ada.cursor, limit=5)
        *page, end = [json.loads(line) for line in answer.text.splitlines()]
        pages.append([record["id"] for record in page])
        ada.cursor = end["cursor"]
        if not end["has_more"]:
            break
    assert [record for page in pages for record in page] == whole
    assert {len(page) for page in pages[:-1]} == {5}


def test_an_unchanged_school_gives_an_empty_page_and_the_same_cursor(ada: Any) -> None:
    ada.pull()
    before = ada.cursor
    assert ada.pull() == []
    assert ada.cursor == before


def test_a_record_changed_twice_arrives_once_as_it_is_now(ada: Any, op: Any) -> None:
    ada.pull()
    [version] = ada.apply(op("create", "classes", "bio", {"name": "B"}))
    ada.apply(op("update", "classes", "bio", {"name": "Biology"}, version))
    assert [record["data"]["name"] for record in ada.pull()] == ["Biology"]


def test_collections_can_be_chosen(ada: Any) -> None:
    records = ada.pull(collections="students,lessons")
    assert {record["collection"] for record in records} == {"students"}
    answer = ada.get("/sync/changes", collections="students,wishes")
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_collection")


def test_a_large_page_is_compressed_when_the_client_takes_it(ada: Any, op: Any) -> None:
    ada.apply(*(op("create", "classes", f"c{n}", {"name": "C"}) for n in range(50)))
    zipped = ada.get("/sync/changes")
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < len(zipped.content) / 3
    plain = ada.client.get(
        "/sync/changes", headers={**ada.headers, "Accept-Encoding": "gzip;q=0, identity"}
    )
    assert "content-encoding" not in plain.headers
    assert plain.content == zipped.content


def test_a_page_of_large_lessons_ends_early(ada: Any, op: Any) -> None:
    package = {"story": "x" * 900_000}
    for n in range(6):
        ada.apply(op("create", "lessons", f"l{n}", {"title": "L", "package": package}))
    *page, end = ada.get("/sync/changes").text.splitlines()
    assert json.loads(end)["has_more"] is True
    assert len(page) < 9
    assert len(ada.pull()) == 9


@pytest.mark.parametrize("cursor", ["0", "nonsense", "deadbeef.00000000.1", "a" * 150])
def test_a_cursor_of_another_life_is_expired(ada: Any, cursor: str) -> None:
    answer = ada.get("/sync/changes", cursor=cursor)
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")


def test_a_cursor_of_another_person_or_of_the_future_is_expired(ada: Any, ben: Any) -> None:
    ada.pull()
    assert ben.get("/sync/changes", cursor=ada.cursor).status_code == 410
    head, _, version = ada.cursor.rpartition(".")
    assert ada.get("/sync/changes", cursor=f"{head}.{int(version) + 9}").status_code == 410


@pytest.mark.parametrize("limit", [0, 501, "x"])
def test_a_limit_outside_its_bounds_is_refused(ada: Any, limit: object) -> None:
    assert ada.get("/sync/changes", limit=limit).status_code == 422
