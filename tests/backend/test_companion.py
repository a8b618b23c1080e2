"""The Companion API from the client's side: pages, results, and who answers at all."""

import json
from pathlib import Path

import pytest

from desktop.backend import companion, problems
from desktop.backend.companion import CompanionClient, read_page
from desktop.backend.transport import HttpTransport
from desktop.wire.push import Op
from tests.sync.world import Device, Network, School

GOOD = b'{"id":"a","collection":"classes","version":3,"updated_at":"t","data":{"name":"4A"}}'
END = b'{"cursor":"3","has_more":false}'


def test_a_page_is_its_records_and_its_end() -> None:
    page = read_page(GOOD + b"\n" + END + b"\n", "s")
    assert [record.data["name"] for record in page.records] == ["4A"]
    assert (page.cursor, page.has_more, page.unreadable) == ("3", False, ())


@pytest.mark.parametrize(
    "body", [b"", b"\n", GOOD, GOOD + b"\n", GOOD + b"\n" + END[:-5], b"\xff\xfe", b"[]\n{}\n"]
)
def test_a_page_without_its_end_counts_for_nothing(body: bytes) -> None:
    with pytest.raises(problems.BadAnswer):
        read_page(body, "s")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b'{"id":"a","collection":"classes","version":"x"}', ("classes", "a", 0)),
        (b'{"id":7,"collection":"classes","version":3}', ("classes", "7", 3)),
        (b"not json", ("", "", 0)),
        (b'{"id":"a\xff"}', ("", "", 0)),
        (b"[1]", ("", "", 0)),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_count(
    line: bytes, named: tuple[str, str, int]
) -> None:
    page = read_page(b"\n".join([GOOD, line, GOOD, END]), "s")
    assert len(page.records) == 2
    (unreadable,) = page.unreadable
    assert (unreadable.collection, unreadable.id, unreadable.version) == named


async def test_pages_come_one_after_the_other_to_the_end(school: School, tmp_path: Path) -> None:
    device = await Device(tmp_path, school, "desk").open()
    made = {device.create("classes", name=f"Class {number}") for number in range(7)}
    await device.round()
    pages = [page async for page in device.client.pages("", limit=2)]
    assert len(pages) >= 4
    assert all(len(page.records) <= 2 for page in pages)
    assert made <= {record.id for page in pages for record in page.records}
    assert [page.has_more for page in pages] == [True] * (len(pages) - 1) + [False]
    await device.close()


async def test_a_hurt_page_is_asked_for_again_before_anything_is_set_aside(
    school: School, tmp_path: Path
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    device.network.answer("/sync/changes", 200, b"hurt\n" + END + b"\n")
    pages = [page async for page in device.client.pages("")]
    assert all(not page.unreadable for page in pages)
    for _ in range(3):
        device.network.answer("/sync/changes", 200, b"hurt\n" + END + b"\n")
    (page,) = [page async for page in device.client.pages("")]
    assert len(page.unreadable) == 1
    await device.close()


async def test_pages_that_do_not_move_on_are_no_endless_road(
    school: School, tmp_path: Path
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    device.network.answer("/sync/changes", 200, b'{"cursor":"x","has_more":true}\n')
    with pytest.raises(problems.BadAnswer):
        async for _ in device.client.pages("x"):
            pass
    await device.close()


@pytest.mark.parametrize(
    "body",
    [
        b"{}", b'{"results":[]}',
        b'{"results":[{"op_id":"other","outcome":"applied","version":1}]}',
        b"null", b"", b'{"results":7}',
    ],
)  # fmt: skip
async def test_results_that_do_not_fit_the_changes_make_no_sense(
    school: School, tmp_path: Path, body: bytes
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    device.network.answer("/sync/push", 200, body)
    op = Op(op_id="op", collection="classes", id="a", kind="create", at="2026-03-02T00:00:00Z")
    with pytest.raises(problems.BadAnswer):
        await device.client.push([op])
    await device.close()


@pytest.mark.parametrize("result", ["applied", "conflict", "vanished"])
async def test_a_result_that_makes_no_sense_spoils_no_other(
    school: School, tmp_path: Path, result: str
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    body = {"results": [{"op_id": "a", "outcome": result},
                        {"op_id": "b", "outcome": "applied", "version": 1}]}  # fmt: skip
    device.network.answer("/sync/push", 200, json.dumps(body).encode())
    first, second = [
        Op(op_id=name, collection="classes", id=name, kind="create", at="2026-03-02T00:00:00Z")
        for name in ("a", "b")
    ]
    unreadable, applied = await device.client.push([first, second])
    assert unreadable is None
    assert applied is not None
    assert applied.version == 1
    await device.close()


async def test_the_school_says_what_it_can_do_before_anybody_signs_in(school: School) -> None:
    transport = HttpTransport(school.url)
    told = await companion.capabilities(transport)
    assert told.realtime is not None
    await transport.close()


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"{}"), (200, b"{}"), (200, b"[]"),
                         (200, b'{"name":"x","version":"1","api":"companion/9","features":[]}')],
)  # fmt: skip
async def test_whoever_does_not_speak_our_language_is_no_school(
    school: School, status: int, body: bytes
) -> None:
    network = Network(HttpTransport(school.url))
    network.answer("/capabilities", status, body)
    with pytest.raises(problems.NotASchool):
        await companion.capabilities(network)
    await network.close()


async def test_a_place_key_and_a_realtime_signature_are_given_to_a_teacher(
    school: School, tmp_path: Path
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    room = device.create("classes", name="4A")
    lesson = device.create("lessons", title="Fractions", class_ids=[room])
    await device.round()
    key = await device.client.place_key(lesson, room)
    assert key.key
    assert (key.lesson_id, key.class_id) == (lesson, room)
    channel = f"private-user-{device.account.user.id}"
    signed = await device.client.realtime_auth("1.1", channel)
    assert ":" in signed.auth
    assert isinstance(device.client, CompanionClient)
    await device.close()


async def test_a_free_school_tells_its_plan_and_has_no_page_to_pay_on(
    school: School, tmp_path: Path
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    told = await device.client.subscription()
    assert (told.plan, told.billed, told.entitlements[0].name) == ("free", False, "lessons_a_day")
    with pytest.raises(problems.Invalid, match="free"):
        await device.client.checkout("teacher")
    with pytest.raises(problems.Invalid, match="free"):
        await device.client.portal()
    await device.close()


@pytest.mark.parametrize(
    "url", ["http://checkout.stripe.com/", "https://evil@checkout.stripe.com/", "file:///etc", ""]
)
async def test_a_page_that_is_not_safe_to_open_is_not_opened(
    school: School, tmp_path: Path, url: str
) -> None:
    device = await Device(tmp_path, school, "desk").open()
    body = b'{"url": "%s"}' % url.encode()
    for path, ask in (
        ("checkout", device.client.checkout("x")),
        ("portal", device.client.portal()),
    ):
        device.network.answer(f"/billing/{path}", 200, body)
        with pytest.raises(problems.BadAnswer, match="not safe"):
            await ask
    await device.close()
