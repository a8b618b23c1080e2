"""What two devices make apart is one record: attendance of a day, a student's work on a quiz."""

import datetime as dt
import random
from pathlib import Path

import pytest

from desktop.actions import attendance, classes, grades, roster
from desktop.classroom import identity
from desktop.storage import conflicts, records, rejections
from tests.sync.world import Device, School, devices

DAY = dt.date(2026, 11, 23)
STATES: tuple[attendance.State, ...] = ("present", "absent", "late", "excused")


def _furnish(device: Device) -> tuple[str, str, str]:
    """A class, a student and a quiz, made on one device."""
    group = device.cache.write(lambda tx: classes.create_class(tx, "5B")).result()
    pupil = device.cache.write(lambda tx: roster.enrol(tx, group, given_name="Ana")).result()
    quiz = device.create("assessments", title="Fractions", class_id=group, max_score=10.0)
    return group, pupil, quiz


def _live(device: Device, collection: str, pupil: str) -> list[records.StoredRecord]:
    return device.cache.read(
        lambda connection: records.find(connection, collection, {"student_id": pupil})
    )


async def _both(school: School, desk: Device, couch: Device) -> tuple[str, str, str]:
    made = _furnish(desk)
    await desk.round()
    await couch.round()
    return made


async def test_the_same_mark_made_on_two_devices_is_one_record_without_a_question(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group, pupil, _ = await _both(school, desk, couch)
        for device in (desk, couch):
            device.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "late")).result()
        for device in (desk, couch, desk):
            await device.round()
        for device in (desk, couch):
            (mark,) = _live(device, "attendance", pupil)
            assert mark.local["state"] == "late"
            assert device.waiting() == []
            assert device.cache.read(rejections.open_ones) == []


async def test_equal_scores_made_apart_ask_nothing_and_different_ones_ask_once(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group, pupil, quiz = await _both(school, desk, couch)
        other = desk.cache.write(lambda tx: roster.enrol(tx, group, given_name="Ben")).result()
        await desk.round()
        await couch.round()
        for device, score in ((desk, 7.0), (couch, 8.0)):
            device.cache.write(lambda tx: grades.record_score(tx, quiz, pupil, 9.0)).result()
            device.cache.write(
                lambda tx, score=score: grades.record_score(tx, quiz, other, score)
            ).result()
        await desk.round()
        await couch.round()
        (asked,) = couch.cache.read(conflicts.open_ones)
        assert (asked.field, asked.mine, asked.theirs) == ("score", 8.0, 7.0)
        couch.cache.write(lambda tx: conflicts.resolve(tx, asked.id, "theirs")).result()
        for device in (couch, desk):
            await device.round()
            assert [one.local["score"] for one in _live(device, "submissions", pupil)] == [9.0]
            assert [one.local["score"] for one in _live(device, "submissions", other)] == [7.0]


async def test_a_mark_whose_answer_was_lost_is_not_taken_for_the_others(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group, pupil, _ = await _both(school, desk, couch)
        couch.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "absent")).result()
        couch.network.lose_request("/sync/push")
        assert (await couch.engine.round()).problem is not None
        desk.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "present")).result()
        await desk.round()
        await couch.round()
        (asked,) = couch.cache.read(conflicts.open_ones)
        assert (asked.field, asked.mine, asked.theirs) == ("state", "absent", "present")


@pytest.mark.parametrize("how", ["create", "update"])
async def test_a_change_that_arrived_unheard_and_was_changed_by_another_is_no_question(
    school: School, tmp_path: Path, how: str
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group, pupil, _ = await _both(school, desk, couch)

        def mark(device: Device, state: attendance.State) -> None:
            device.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, state)).result()

        if how == "update":
            mark(couch, "present")
            await couch.round()
        mark(couch, "absent")
        couch.network.lose_answer("/sync/push")
        assert (await couch.engine.round()).problem is not None
        await desk.round()
        mark(desk, "late")
        await desk.round()
        elsewhere = desk.create("classes", name="6A")
        await desk.round()
        couch.network.answer("/sync/push", 500)
        report = await couch.engine.round()
        assert report.problem is not None
        assert couch.cache.read(conflicts.open_ones) == []
        assert couch.see("classes", elsewhere) is not None  # everything else came in
        await couch.round()
        assert couch.cache.read(conflicts.open_ones) == []
        for device in (desk, couch):
            (one,) = _live(device, "attendance", pupil)
            assert (one.local["state"], one.dirty) == ("late", False)


async def test_a_change_that_never_arrived_is_asked_about_once_that_is_known(
    school: School, tmp_path: Path
) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group, pupil, _ = await _both(school, desk, couch)
        couch.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "absent")).result()
        couch.network.lose_request("/sync/push")
        assert (await couch.engine.round()).problem is not None
        desk.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "late")).result()
        await desk.round()
        couch.network.answer("/sync/push", 500)
        await couch.engine.round()
        assert couch.cache.read(conflicts.open_ones) == []
        await couch.round()
        (asked,) = couch.cache.read(conflicts.open_ones)
        assert (asked.mine, asked.theirs) == ("absent", "late")


async def test_a_mark_that_was_taken_back_can_be_made_again(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk") as (desk,):
        group, pupil, _ = _furnish(desk)
        desk.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "late")).result()
        await desk.round()
        (mark,) = _live(desk, "attendance", pupil)
        desk.delete("attendance", mark.id)
        await desk.round()
        desk.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "absent")).result()
        await desk.round()
        (again,) = _live(desk, "attendance", pupil)
        assert (again.id, again.local["state"], again.dirty) == (mark.id, "absent", False)


async def test_a_mark_with_an_id_of_its_own_keeps_it(school: School, tmp_path: Path) -> None:
    async with devices(tmp_path, school, "desk", "couch") as (desk, couch):
        group, pupil, _ = await _both(school, desk, couch)
        old = desk.create("attendance", student_id=pupil, class_id=group, day=DAY.isoformat())
        await desk.round()
        await couch.round()
        couch.cache.write(lambda tx: attendance.mark(tx, group, [pupil], DAY, "late")).result()
        await couch.round()
        (mark,) = _live(couch, "attendance", pupil)
        assert (mark.id, mark.local["state"]) == (old, "late")


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_is_marked_apart_comes_together_and_no_value_is_lost(
    school: School, tmp_path: Path, seed: int
) -> None:
    """Marks, scores, deletions and rounds in any order; then everything is decided and pulled."""
    chance = random.Random(seed)
    async with devices(tmp_path, school, "desk", "couch") as pair:
        group, pupil, quiz = await _both(school, *pair)
        days = [DAY + dt.timedelta(days=more) for more in range(2)]
        for _ in range(24):
            device = chance.choice(pair)
            match chance.choice(("mark", "mark", "score", "delete", "round", "lost")):
                case "mark":
                    day, state = chance.choice(days), chance.choice(STATES)
                    device.cache.write(
                        lambda tx, day=day, state=state: attendance.mark(
                            tx, group, [pupil], day, state
                        )
                    ).result()
                case "score":
                    score = float(chance.randrange(10))
                    device.cache.write(
                        lambda tx, score=score: grades.record_score(tx, quiz, pupil, score)
                    ).result()
                case "delete":
                    for mark in _live(device, "attendance", pupil)[:1]:
                        device.delete("attendance", mark.id)
                case "round":
                    await device.round()
                case "lost":
                    device.network.lose_answer("/sync/push")
                    await device.engine.round()
                    device.network.calm()
        for _ in range(4):
            for device in pair:
                await device.round()
                device.cache.write(lambda tx: conflicts.resolve_all(tx, "mine")).result()
        for collection, key in identity.NATURAL_KEYS.items():
            desk, couch = ({one.id: one.local for one in _live(device, collection, pupil)}
                           for device in pair)  # fmt: skip
            assert desk == couch
            names = [tuple(one[field] for field in key) for one in desk.values()]
            assert len(names) == len(set(names)), f"{collection} exists twice"
        for device in pair:
            assert device.waiting() == []
            assert device.cache.read(rejections.open_ones) == []


def test_an_id_is_the_same_everywhere_and_different_for_everything_else() -> None:
    mark = {"student_id": "s", "class_id": "c", "day": "2026-11-23", "state": "late"}
    named = identity.natural_id("attendance", mark)
    assert named == "2e9d8a7e-b763-59fa-b0c4-a7302865c43e"  # written down: it must never change
    assert named == identity.natural_id("attendance", {**mark, "state": "absent"})
    assert named != identity.natural_id("attendance", {**mark, "day": "2026-11-24"})
    assert identity.natural_id("attendance", {"student_id": "s"}) is None
    assert identity.natural_id("classes", {"name": "5B"}) is None
