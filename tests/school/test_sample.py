"""The sample school: reproducible, alive, sound, and as varied as a real one."""

import datetime as dt
import hashlib
import unicodedata
from collections import Counter
from typing import Any

import msgspec
import pytest

from desktop.classroom import instants
from desktop.classroom.questions import Question, is_right
from desktop.classroom.records import COLLECTIONS, PARENTS, check
from desktop.lessons import package
from desktop.school import bulk, figures
from desktop.school.bulk import Made
from desktop.school.sample.build import build
from desktop.school.sample.people import TEACHERS
from desktop.school.sight import Actor

NOW = dt.datetime(2026, 11, 25, 11, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def sample() -> tuple[Made, ...]:
    return build(seed=2025, now=NOW).records


def of(sample: tuple[Made, ...], collection: str) -> list[Made]:
    return [made for made in sample if made.collection == collection]


def digest(sample: tuple[Made, ...]) -> str:
    whole = [(made.collection, made.id, made.at, made.by, made.data) for made in sample]
    return hashlib.sha256(msgspec.json.encode(whole)).hexdigest()


def test_the_same_seed_and_moment_give_the_same_school(sample: tuple[Made, ...]) -> None:
    assert digest(build(seed=2025, now=NOW).records) == digest(sample)


def test_another_seed_gives_another_school(sample: tuple[Made, ...]) -> None:
    assert digest(build(seed=2026, now=NOW).records) != digest(sample)


def test_it_has_five_classes_of_the_sample_teacher_and_about_140_pupils(
    sample: tuple[Made, ...],
) -> None:
    classes = of(sample, "classes")
    assert len(classes) == 5
    assert all(TEACHERS[0].id in made.data["teacher_ids"] for made in classes)
    shared = [made for made in classes if TEACHERS[1].id in made.data["teacher_ids"]]
    assert len(shared) == 2
    assert len(of(sample, "students")) == 140
    sizes = Counter(name for made in of(sample, "students") for name in made.data["class_ids"])
    assert all(26 <= size <= 34 for size in sizes.values())


def test_every_record_is_sound_and_comes_after_its_parents(sample: tuple[Made, ...]) -> None:
    seen: set[tuple[str, str]] = set()
    for made in sample:
        check(made.collection, made.data)
        for field, parent in PARENTS.get(made.collection, {}).items():
            value = made.data.get(field)
            for name in value if isinstance(value, list) else [value]:
                assert not name or (parent, name) in seen, (made.collection, field)
        assert (made.collection, made.id) not in seen
        seen.add((made.collection, made.id))
    assert {made.collection for made in sample} >= set(COLLECTIONS) - {
        "announcements",
        "messages",
        "badge_awards",
    }


def test_nothing_happened_after_the_moment_and_today_is_alive(sample: tuple[Made, ...]) -> None:
    moments = [instants.from_text(made.at) for made in sample]
    assert max(moments) <= NOW
    assert any(moment.date() == NOW.date() for moment in moments)
    assert min(moments) < NOW - dt.timedelta(weeks=9)


@pytest.mark.parametrize("day", [0, 3, 6])
def test_it_can_begin_on_any_day_at_any_hour(day: int) -> None:
    now = dt.datetime(2027, 1, 1, 3 * day, 17, tzinfo=dt.UTC) + dt.timedelta(days=day)
    records = build(seed=1, now=now).records
    assert all(instants.from_text(made.at) <= now for made in records)


def test_names_are_as_varied_as_in_a_real_school(sample: tuple[Made, ...]) -> None:
    pupils = [made.data for made in of(sample, "students")]
    names = [f"{pupil['given_name']} {pupil['family_name']}" for pupil in pupils]
    letters = {unicodedata.name(letter, "").split()[0] for name in names for letter in name}
    assert {
        "LATIN",
        "ARABIC",
        "HEBREW",
        "CJK",
        "HANGUL",
        "HIRAGANA",
        "GREEK",
        "CYRILLIC",
    } <= letters
    assert any("-" in name for name in names)
    assert any("'" in name for name in names)
    assert sum(not pupil["family_name"] for pupil in pupils) >= 3
    handles = {pupil["roblox_username"].casefold() for pupil in pupils}
    assert len(handles) == len(pupils)
    assert all(3 <= len(handle) <= 20 for handle in handles)


def test_every_lesson_can_be_loaded_and_built(sample: tuple[Made, ...]) -> None:
    lessons = of(sample, "lessons")
    assert len(lessons) == 55
    for lesson in lessons:
        title = package.load(lesson.data["package"]).title
        assert lesson.data["title"].removesuffix(" (review)") == title
    titles = Counter((lesson.data["title"], *lesson.data["class_ids"]) for lesson in lessons)
    assert max(titles.values()) <= 2


def test_marks_follow_from_the_answers(sample: tuple[Made, ...]) -> None:
    questions = {
        made.id: {raw["id"]: Question.model_validate(raw) for raw in made.data["questions"]}
        for made in of(sample, "assessments")
    }
    statuses = Counter()
    for made in of(sample, "submissions"):
        work = made.data
        statuses[work["status"]] += 1
        for name, mark in work["marks"].items():
            question = questions[work["assessment_id"]][name]
            right = is_right(question, work["answers"][name])
            assert mark == (question.points if right else 0.0)
        if work["status"] == "graded":
            assert work["score"] == sum(work["marks"].values()) <= work["max_score"]
        else:
            assert work["score"] is None
    assert statuses["graded"] > 1_000
    assert statuses["missing"] > 30
    assert statuses["submitted"] > 5


def test_pupils_differ_and_some_need_help(sample: tuple[Made, ...]) -> None:
    shares: dict[str, list[float]] = {}
    for made in of(sample, "submissions"):
        if made.data["score"] is not None:
            share = made.data["score"] / made.data["max_score"]
            shares.setdefault(made.data["student_id"], []).append(share)
    means = sorted(sum(values) / len(values) for values in shares.values())
    assert means[5] < 0.5
    assert means[-10] > 0.75


@pytest.mark.parametrize("day", range(7))
def test_every_class_was_at_work_on_the_last_school_day(day: int) -> None:
    now = dt.datetime(2026, 11, 23, 7, 30, tzinfo=dt.UTC) + dt.timedelta(days=day)
    records = build(seed=2025, now=now).records
    last: dict[str, str] = {}
    for made in of(records, "progress_events"):
        class_id = made.data["class_id"]
        last[class_id] = max(made.data["at"], last.get(class_id, ""))
    back = {0: 3, 6: 2}.get(now.weekday(), 1)
    yesterday = (now - dt.timedelta(days=back)).date().isoformat()
    assert len(last) == 5
    assert {at[:10] for at in last.values()} == {yesterday}


def test_a_tenth_of_the_pupils_needs_somebody(served: Any, sample: tuple[Made, ...]) -> None:
    served.clock.moment = NOW
    with served.school.database.write() as connection:
        bulk.put_all(connection, sample)
        admin = Actor("root", "admin")
        told = [
            figures.class_analytics(connection, admin, made.id, NOW)
            for made in of(sample, "classes")
        ]
    pupils = sum(one.students for one in told)
    assert 0.07 * pupils <= sum(len(one.at_risk) for one in told) <= 0.15 * pupils
    assert all(one.at_risk for one in told)
