"""Rounds between real devices and the real school process, and what goes wrong on the way."""

import asyncio
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from desktop.backend import problems
from desktop.backend.transport import Answer
from desktop.storage import conflicts, incoming, ingest, parking, rejections
from desktop.storage.transaction import Transaction
from desktop.sync import dispatch
from tests.sync.world import Device, School, devices


async def test_what_one_device_makes_another_one_sees(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = desk.create("classes", name="4A")
        report = await desk.round()
        assert (report.pushed, report.counts.waiting) == (1, 0)
        await couch.round()
        seen = couch.see("classes", made)
        assert seen is not None
        assert seen["name"] == "4A"


async def test_the_next_round_asks_only_for_what_is_new(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        desk.create("classes", name="4A")
        await desk.round()
        report = await desk.round()
        assert report.pulled == 0
        asked = desk.network.requests("/sync/changes")[-1]
        assert asked.query["cursor"] == report.cursor


async def test_edits_of_different_fields_come_together_by_themselves(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = desk.create("classes", name="4A")
        await desk.round()
        await couch.round()
        desk.edit("classes", made, room="12")
        couch.edit("classes", made, subject="Science")
        await desk.round()
        assert (await couch.round()).merged == 1
        await desk.round()
        for device in (desk, couch):
            seen = device.see("classes", made)
            assert seen is not None
            assert (seen["room"], seen["subject"]) == ("12", "Science")
            assert device.waiting() == []


async def test_edits_of_the_same_field_wait_for_a_decision_and_mine_stays_in_sight(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = desk.create("classes", name="4A")
        await desk.round()
        await couch.round()
        desk.edit("classes", made, room="12")
        couch.edit("classes", made, room="14")
        await desk.round()
        report = await couch.round()
        assert report.counts.conflicts == 1
        (conflict,) = couch.cache.read(conflicts.open_ones)
        assert (conflict.field, conflict.mine, conflict.theirs) == ("room", "14", "12")
        seen = couch.see("classes", made)
        assert seen is not None
        assert seen["room"] == "14"

        couch.cache.write(lambda tx: conflicts.resolve(tx, conflict.id, "mine")).result()
        assert (await couch.round()).counts.conflicts == 0
        await desk.round()
        assert desk.see("classes", made) == couch.see("classes", made)


async def test_a_lost_answer_makes_no_second_effect(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        room = desk.create("classes", name="4A")
        pupil = desk.create("students", given_name="Amina", class_ids=[room])
        await desk.round()
        award = desk.create(
            "xp_awards", student_id=pupil, class_id=room, xp=5, awarded_at="2026-03-02T09:00:00Z"
        )
        desk.network.lose_answer("/sync/push")
        report = await desk.engine.round()
        assert isinstance(report.problem, problems.LostAnswer)
        assert report.counts.waiting == 1
        (before,) = desk.waiting()

        report = await desk.round()
        assert report.counts.waiting == 0
        first, second = desk.network.requests("/sync/push")[-2:]
        assert first.body is not None
        assert before.op_id.encode() in first.body
        assert first.body == second.body
        await couch.round()
        with_award = couch.see("xp_awards", award)
        assert with_award is not None
        feed = [
            record.id
            async for page in couch.client.pages("")
            for record in page.records
            if record.collection == "xp_awards" and record.data.get("student_id") == pupil
        ]
        assert feed == [award]


async def test_an_edit_made_while_its_op_is_in_flight_is_sent_afterwards(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = desk.create("classes", name="4A")
        arrived, let_go = desk.network.hold("/sync/push")
        running = asyncio.create_task(desk.round())
        await arrived.wait()
        desk.edit("classes", made, name="4B")
        let_go.set()
        await running
        await desk.round()
        await couch.round()
        assert desk.waiting() == []
        seen = couch.see("classes", made)
        assert seen is not None
        assert seen["name"] == "4B"


async def test_a_child_made_offline_goes_after_its_parent_in_one_round(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        room = desk.create("classes", name="4A")
        for name in ("Amina", "Bo", "Chidi"):
            desk.create("students", given_name=name, class_ids=[room])
        report = await desk.round()
        assert (report.pushed, report.counts.waiting, report.counts.rejected) == (4, 0, 0)


async def test_a_refused_change_is_kept_with_its_reason_and_stops_nobody(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        orphan = desk.create("assessments", title="Quiz", class_id="no-such-class", lesson_id="")
        good = desk.create("classes", name="4A")
        report = await desk.round()
        assert report.counts.rejected == 1
        (refused,) = desk.cache.read(rejections.open_ones)
        assert refused.id == orphan
        assert refused.detail
        assert all(op.id != good for op in desk.waiting())


async def test_a_captive_portal_loses_nothing_and_is_called_by_its_name(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        desk.create("classes", name="4A")
        desk.network.answer(
            "/sync/push", 200, b"<html>Sign in to WiFi</html>", {"content-type": "text/html"}
        )
        report = await desk.engine.round()
        assert isinstance(report.problem, problems.CaptivePortal)
        assert report.counts.waiting == 1
        assert (await desk.round()).counts.waiting == 0


async def test_too_large_a_batch_is_halved_until_it_fits(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        for number in range(4):
            desk.create("classes", name=f"Class {number}")
        desk.network.answer("/sync/push", 413)
        desk.network.answer("/sync/push", 413)
        report = await desk.round()
        assert (report.pushed, report.counts.waiting) == (4, 0)
        sizes = [len(msgspec.json.decode(r.body)["ops"]) for r in desk.network.requests("/push")]
        assert sizes == [4, 2, 1, 1, 1, 1]


def _room(device: Device, group: str) -> object:
    return (device.see("classes", group) or {}).get("room")


@pytest.mark.parametrize("status", [413, 422])
async def test_a_change_that_arrived_and_was_then_refused_never_happens_twice(
    school: School, tmp_path: Path, status: int
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group = desk.create("classes", name="4A", room="12")
        await desk.round()
        await couch.round()
        op_id = desk.edit("classes", group, room="14")
        desk.network.lose_answer("/sync/push")
        assert (await desk.engine.round()).problem is not None
        await couch.round()
        couch.edit("classes", group, room="12")
        await couch.round()
        for tries in range(1, dispatch.DOUBTS + 1):
            desk.network.answer("/sync/push", status, b'{"code": "invalid_request"}')
            told = (await desk.engine.round()).counts
            assert told.rejected == (tries == dispatch.DOUBTS), "it may have arrived: tried again"
        assert _room(desk, group) == "14", "refused, and still in sight"

        desk.cache.write(lambda tx: rejections.retry(tx, op_id)).result()
        assert (await desk.round()).counts.not_on_the_server == 0
        await couch.round()
        assert (_room(desk, group), _room(couch, group)) == ("12", "12"), "it happened long ago"


async def test_what_somebody_took_back_while_an_answer_was_lost_stays_taken_back(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group = desk.create("classes", name="4A", room="12")
        await desk.round()
        await couch.round()
        desk.edit("classes", group, room="14")
        desk.network.lose_answer("/sync/push")
        assert (await desk.engine.round()).problem is not None
        await couch.round()
        couch.edit("classes", group, room="12")
        await couch.round()
        desk.network.answer("/sync/push", 500)
        assert isinstance((await desk.engine.round()).problem, problems.ServerFault)
        await desk.round()
        await couch.round()
        assert (_room(desk, group), _room(couch, group)) == ("12", "12")


async def test_one_change_over_which_the_server_breaks_stops_no_other(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        bad = desk.create("classes", name="bad")
        for number in range(3):
            desk.create("classes", name=f"Class {number}")
        for _ in range(3):  # 4, then 2, then the bad one alone
            desk.network.answer("/sync/push", 500)
        report = await desk.engine.round()
        assert isinstance(report.problem, problems.ServerFault)
        assert report.pushed == 3
        assert [op.id for op in desk.waiting()] == [bad]
        assert (await desk.round()).counts.waiting == 0


async def test_the_servers_wish_to_wait_reaches_the_report(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        desk.create("classes", name="4A")
        desk.network.answer("/sync/push", 429, headers={"retry-after": "17"})
        report = await desk.engine.round()
        assert isinstance(report.problem, problems.RateLimited)
        assert report.retry_after == 17
        assert report.counts.waiting == 1


async def test_an_expired_cursor_takes_a_fresh_snapshot_and_keeps_unsent_work(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        kept = desk.create("classes", name="kept")
        await desk.round()
        await couch.round()
        couch.cache.write(lambda tx: ingest.set_cursor(tx, "from another life")).result()
        # The school was restored from an older copy: one record never existed there.
        ghost = msgspec.convert(
            {"id": "ghost", "collection": "classes", "version": 1, "updated_at": "",
             "data": {"name": "ghost"}},
            ingest.ChangedRecord,
        )  # fmt: skip
        couch.cache.write(lambda tx: ingest.apply_page(tx, [ghost], None)).result()
        couch.network.lose_request("/sync/push")
        unsent = couch.create("classes", name="unsent")
        await couch.engine.round()

        report = await couch.round()
        assert couch.see("classes", "ghost") is None
        assert couch.see("classes", kept) is not None
        assert couch.see("classes", unsent) is not None
        assert report.counts.waiting == 0
        assert report.cursor != "from another life"


PAGES = 50
"""More than a snapshot has: the school is shared, and its records fill several pages."""


async def _with_an_expired_cursor(device: Device, school: str, ghost: str) -> None:
    """A device whose cursor the server no longer knows, and that shows what is gone there."""
    line = msgspec.convert(
        {"id": ghost, "collection": "classes", "version": 1, "updated_at": "",
         "data": {"name": school}},
        ingest.ChangedRecord,
    )  # fmt: skip

    def work(tx: Transaction) -> None:
        ingest.apply_page(tx, [line], None)
        ingest.set_cursor(tx, "from another life")

    await asyncio.wrap_future(device.cache.write(work))


def _in_small_pages(device: Device, lines: int) -> None:
    device.client.page = partial(device.client.page, limit=lines)  # type: ignore[method-assign]
    inner = device.client.page
    device.client.page = lambda cursor, limit=0: inner(cursor)  # type: ignore[method-assign]


async def test_a_fresh_snapshot_is_seen_whole_or_not_at_all(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = [desk.create("classes", name=f"new {number}") for number in range(8)]
        await desk.round()
        await _with_an_expired_cursor(couch, "ghost", "ghost2")
        seen = set()
        _in_small_pages(couch, 3)

        def look(*_: object) -> None:
            here = [couch.see("classes", one) is not None for one in made]
            seen.add((any(here), all(here), couch.see("classes", "ghost2") is not None))

        couch.engine.on_progress = look
        couch.cache.subscribe(look)
        await couch.round()
        look()
        assert seen == {(False, False, True), (True, True, False)}


async def test_a_snapshot_that_breaks_off_leaves_the_old_state_and_begins_again(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = [desk.create("classes", name=f"later {number}") for number in range(8)]
        await desk.round()
        await _with_an_expired_cursor(couch, "ghost", "ghost3")
        _in_small_pages(couch, 3)
        arrived = 0

        def cut(_: int) -> None:
            nonlocal arrived
            arrived += 1
            if arrived == 2:  # the app ends in the middle of the snapshot
                raise asyncio.CancelledError

        couch.engine.on_progress = cut
        with pytest.raises(asyncio.CancelledError):
            await couch.engine.round()
        assert couch.see("classes", "ghost3") is not None
        assert [couch.see("classes", one) for one in made] == [None] * 8
        assert couch.cache.read(ingest.get_cursor) == "from another life"
        assert couch.cache.read(incoming.names)

        await couch.round()
        assert couch.see("classes", "ghost3") is None
        assert None not in [couch.see("classes", one) for one in made]
        assert couch.cache.read(incoming.names) == set()


async def test_a_record_that_breaks_us_does_not_spoil_a_fresh_snapshot(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        good = desk.create("classes", name="good")
        bad = desk.create("classes", name="bad")
        await desk.round()
        await _with_an_expired_cursor(couch, "ghost", "ghost4")

        def hurt(answer: Answer) -> Answer:
            lines = [msgspec.json.decode(line) for line in answer.body.splitlines()]
            for line in lines:
                if line.get("id") == bad:
                    line["version"] = 10**30  # no number that a database could keep
            body = "\n".join(json.dumps(line) for line in lines).encode()
            return Answer(200, {"content-type": "application/x-ndjson"}, body)

        couch.network.answer("/sync/changes", 410, b'{"code": "cursor_expired"}')
        for _ in range(PAGES):
            couch.network.change_answer("/sync/changes", hurt)
        report = await couch.round()
        assert couch.see("classes", good) is not None
        assert couch.see("classes", "ghost4") is None
        assert report.counts.set_aside == 1
        assert [one.id for one in couch.cache.read(ingest.aside)] == [bad]
        assert couch.cache.read(ingest.get_cursor) == report.cursor != "from another life"


async def test_a_page_cut_off_on_its_way_changes_nothing_and_comes_again(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = desk.create("classes", name="4A")
        await desk.round()
        before = couch.cache.read(ingest.get_cursor)

        def cut(answer: Answer) -> Answer:
            return Answer(answer.status, answer.headers, answer.body[: len(answer.body) - 20])

        couch.network.change_answer("/sync/changes", cut)
        report = await couch.engine.round()
        assert isinstance(report.problem, problems.BadAnswer)
        assert couch.cache.read(ingest.get_cursor) == before
        await couch.round()
        assert couch.see("classes", made) is not None


async def test_a_record_nobody_can_store_is_set_aside_and_the_rest_goes_on(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        sick = desk.create("students", given_name="Amina")
        well = desk.create("classes", name="4A")
        await desk.round()

        def poison(answer: Answer) -> Answer:
            lines = answer.body.splitlines()
            hurt = [
                line.replace(b'"class_ids":[]', b'"class_ids":7') if sick.encode() in line else line
                for line in lines
            ]
            return Answer(answer.status, answer.headers, b"\n".join(hurt) + b"\n")

        couch.network.change_answer("/sync/changes", poison)
        report = await couch.round()
        assert report.counts.set_aside == 1
        assert [one.id for one in couch.cache.read(ingest.aside)] == [sick]
        assert couch.see("classes", well) is not None

        desk.edit("students", sick, given_name="Aminata")
        await desk.round()
        assert (await couch.round()).counts.set_aside == 0
        assert couch.see("students", sick) is not None


async def test_ops_that_were_on_their_way_when_the_app_ended_go_again_under_the_same_ids(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        desk.create("classes", name="4A")
        arrived, _ = desk.network.hold("/sync/push")
        running = asyncio.create_task(desk.engine.round())
        await arrived.wait()
        running.cancel()  # the answer never comes, and nobody tidies up
        await asyncio.gather(running, return_exceptions=True)
        (on_its_way,) = desk.waiting()
        assert on_its_way.state == "in_flight"

        report = await desk.round()
        assert (report.pushed, report.counts.waiting) == (1, 0)
        bodies = [request.body for request in desk.network.requests("/sync/push")]
        assert bodies[0] == bodies[1]


async def test_two_rounds_on_one_account_never_run_at_once(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        made = desk.create("classes", name="4A")
        arrived, let_go = desk.network.hold("/sync/push")
        first = asyncio.create_task(desk.round())
        await arrived.wait()
        other = await Device(tmp_path, school, "desk").open()
        second = asyncio.create_task(other.round())
        await asyncio.sleep(1.0)
        assert other.network.requests("/sync/push") == []
        let_go.set()
        await asyncio.gather(first, second)
        assert other.network.requests("/sync/push") == []
        assert other.see("classes", made) is not None
        await other.close()


async def test_a_signed_out_device_keeps_its_work_and_says_so(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        await desk.session.sign_out()
        desk.create("classes", name="4A")
        report = await desk.engine.round()
        assert isinstance(report.problem, problems.SignInNeeded)
        assert report.counts.waiting == 1


async def test_a_deletion_reaches_the_other_device(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        made = desk.create("classes", name="4A")
        await desk.round()
        await couch.round()
        couch.delete("classes", made)
        await couch.round()
        await desk.round()
        assert desk.see("classes", made) is None


def _unsettling(record: str) -> Callable[[Answer], Answer]:
    """An answer that no cache can take in: a version of thirty digits for one record's op."""

    def change(answer: Answer) -> Answer:
        told = msgspec.json.decode(answer.body)
        for result in told["results"]:
            if result["op_id"] == record:
                result["version"] = 10**30
        return Answer(answer.status, answer.headers, json.dumps(told).encode())

    return change


async def test_an_answer_nobody_can_read_holds_up_no_other_and_its_change_goes_again_when_it_can(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        shared = desk.create("classes", name="4A")
        await desk.round()
        await couch.round()
        desk.edit("classes", shared, room="12")
        await desk.round()
        couch.edit("classes", shared, section="b")
        good = couch.create("classes", name="4B")

        def spoiled(answer: Answer) -> Answer:
            told = json.loads(answer.body)
            for result in told["results"]:
                if result["outcome"] == "conflict":
                    result["current"]["data"] = 7
            return Answer(answer.status, answer.headers, json.dumps(told).encode())

        def without_it(answer: Answer) -> Answer:
            lines = answer.body.split(b"\n")
            kept = [line for line in lines if f'"id":"{shared}"'.encode() not in line]
            return Answer(answer.status, answer.headers, b"\n".join(kept))

        couch.network.change_answer("/sync/push", spoiled)
        couch.network.change_answer("/sync/changes", without_it)
        report = await couch.engine.round()
        assert report.problem is None
        assert (report.pushed, report.counts.waiting) == (1, 1)
        assert [op.id for op in couch.waiting()] == [shared]
        await desk.round()
        assert desk.see("classes", good) is not None
        desk.edit("classes", shared, room="13")
        await desk.round()
        await couch.round()
        assert (await couch.round()).counts.waiting == 0
        await desk.round()
        for device in (desk, couch):
            seen = device.see("classes", shared) or {}
            assert (seen["room"], seen["section"]) == ("13", "b")


@pytest.mark.logs("answers broke us")
async def test_an_answer_that_breaks_us_holds_up_nothing_and_is_set_aside_after_three_tries(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        made = [desk.create("classes", name=name) for name in ("one", "two", "three")]
        broken = next(op for op in desk.waiting() if op.id == made[1])
        for tries in (1, 2, 3):
            desk.network.change_answer("/sync/push", _unsettling(broken.op_id))
            report = await desk.round()
            op = desk.waiting()[0]
            assert (op.op_id, op.attempts) == (broken.op_id, tries)
            assert {one.id for one in desk.waiting()} == {op.id}, "the others are settled"
        assert report.counts.set_aside == 1
        assert op.state == "aside"
        assert "could not be read" in op.last_error
        sent = len(desk.network.requests("/sync/push"))
        await desk.round()
        assert len(desk.network.requests("/sync/push")) == sent, "it does not repeat for ever"

        desk.cache.write(lambda tx: parking.release(tx, op.op_id)).result()
        report = await desk.round()
        assert (report.counts.set_aside, report.counts.waiting) == (0, 0)
        assert desk.waiting() == []
