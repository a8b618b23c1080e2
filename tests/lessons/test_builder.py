"""A package becomes a place: complete, within its budget, and with nothing foreign in its code."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.lessons import luau, package
from desktop.lessons.builder import TelemetryConfig, build, names
from desktop.lessons.instances import CFrame, Instance, UDim2, Vector3
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import ENVIRONMENTS
from desktop.studio import rbxmx, scan
from tests.lessons import machine, made

ALLOWED = {
    "Folder", "Part", "SpawnLocation", "Script", "LocalScript", "ModuleScript", "SurfaceGui",
    "TextLabel", "BillboardGui", "ScreenGui", "ProximityPrompt", "RemoteEvent", "RemoteFunction",
    "PointLight",
}  # fmt: skip
KEY = TelemetryConfig(url="http://127.0.0.1:1/x", place_key="k3y", class_id="c1", join_code="J")
HOSTILE = '</string>"]] = nil } game:Destroy() --[[ <b>\u202e{os.exit()}`\\'


def walk(lesson: LessonPackage) -> list[tuple[tuple[str, ...], Instance]]:
    place = build(lesson, lesson_id="l1", telemetry=None)
    return [
        ((placed.service, *path), instance)
        for placed in place.placed
        for path, instance in placed.instance.walk()
    ]


def hostile() -> LessonPackage:
    """Every text of the lesson is an attack."""

    def spoil(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: spoil(one, key) for key, one in value.items()}
        if isinstance(value, list) and name not in ("choices", "answer", "labels", "question_ids"):
            return [spoil(one) for one in value]
        told = {"title", "text", "definition", "term", "prompt", "explanation", "summary", "topic",
                "teacher_notes", "description", "subject"}  # fmt: skip
        return f"{HOSTILE} {value}"[:80] if name in told else value

    return package.load(spoil(made.fields()))


def test_the_build_names_its_lesson_and_its_package() -> None:
    place = build(made.fractions(), lesson_id="l1", telemetry=None)
    assert (place.title, place.lesson_id) == (made.fractions().title, "l1")
    assert re.fullmatch("[0-9a-f]{64}", place.package_sha256)


def test_the_same_package_builds_the_same_place() -> None:
    first, second = (build(made.fractions(), lesson_id="l", telemetry=KEY) for _ in range(2))
    assert first == second
    again = package.load(package.dump(made.fractions()))
    assert rbxmx.write_build(build(again, lesson_id="l", telemetry=KEY)) == rbxmx.write_build(first)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_environment_builds_compiles_and_passes_the_scan(environment: str) -> None:
    request = LessonRequest.model_validate(
        {"topic": "cells", "grade_level": 7, "environment": environment}
    )
    place = build(made.generated(request), lesson_id="l1", telemetry=KEY)
    assert [luau.syntax_fault(source) for source in place.scripts.values()] == [None] * 13
    assert scan.scan_build(place).verdict == "ok"
    assert {
        instance.class_name for p in place.placed for _, instance in p.instance.walk()
    } == ALLOWED


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_things_to_use_stand_on_their_floor_and_do_not_touch(environment: str) -> None:
    request = LessonRequest.model_validate(
        {
            "topic": "ecosystems",
            "grade_level": 5,
            "environment": environment,
            "quiz": {"questions": 20},
        }
    )
    boxes = []
    for path, one in walk(made.generated(request)):
        if one.name.split(".")[0] in ("Title", "Sign", "Station", "Exhibit"):
            boxes.append((path, *box(one)))
    assert len(boxes) > 30
    for number, (_, here, size) in enumerate(boxes):
        for _, there, other in boxes[number + 1 :]:
            apart = abs(here.x - there.x), abs(here.z - there.z)
            assert apart[0] >= (size.x + other.x) / 2 or apart[1] >= (size.z + other.z) / 2


def box(part: Instance) -> tuple[Vector3, Vector3]:
    frame, size = part.properties["CFrame"], part.properties["Size"]
    assert isinstance(frame, CFrame)
    assert isinstance(size, Vector3)
    return frame.position, size


def test_every_way_joins_two_floors() -> None:
    for environment in ("classroom", "historical", "outdoor"):
        request = LessonRequest.model_validate(
            {"topic": "cells", "grade_level": 7, "environment": environment}
        )
        parts = [one for path, one in walk(made.generated(request)) if one.class_name == "Part"]
        floors = [box(one) for one in parts if one.name == "Floor"]
        ways = [box(one) for one in parts if one.name.startswith("Way.")]
        assert len(ways) == len(floors) - 1
        for place, size in ways:
            touching = [
                1
                for there, floor in floors
                if abs(place.x - there.x) <= (size.x + floor.x) / 2
                and abs(place.z - there.z) <= (size.z + floor.z) / 2
            ]
            assert len(touching) == 2


def test_siblings_have_names_of_their_own() -> None:
    paths = [path for path, _ in walk(made.fractions(20))]
    assert len(paths) == len(set(paths))


def test_each_question_has_a_station_and_each_checkpoint_a_mat() -> None:
    lesson = made.fractions(20)
    marks = [dict(one.attributes) for _, one in walk(lesson) if one.attributes]
    assert [mark["QuestionId"] for mark in marks if "QuestionId" in mark] == [
        question.id for question in lesson.quiz
    ]
    assert [mark["CheckpointId"] for mark in marks if "CheckpointId" in mark] == [
        checkpoint.id for checkpoint in lesson.world.checkpoints
    ]


def test_no_answer_leaves_the_server() -> None:
    place = build(made.fractions(), lesson_id="l1", telemetry=KEY)
    for path, source in place.scripts.items():
        if not path.startswith("ServerScriptService/"):
            assert not [one.id for one in made.fractions().quiz if one.explanation[:60] in source]
            assert KEY.place_key not in source
    content = machine.plain(machine.built(place, "Content"))
    assert set(content["questions"]["q1"]) == {"id", "kind", "prompt", "choices"}


def test_partners_of_a_matching_question_do_not_stand_in_their_order() -> None:
    request = LessonRequest.model_validate(
        {"topic": "cells", "grade_level": 7, "quiz": {"questions": 1, "kinds": ["matching"]}}
    )
    told = []
    for seed in range(10):
        lesson = made.generated(request, seed)
        content = machine.plain(
            machine.built(build(lesson, lesson_id="l", telemetry=None), "Content")
        )
        partners = content["questions"]["q1"]["partners"]
        assert sorted(partners) == sorted(lesson.quiz[0].answer)
        told.append(partners == lesson.quiz[0].answer)
    assert sum(told) < 5


def test_the_key_is_in_the_place_and_is_empty_without_one() -> None:
    given = machine.plain(
        machine.built(build(made.fractions(), lesson_id="l", telemetry=KEY), "PlaceConfig")
    )
    assert given == {"url": KEY.url, "placeKey": "k3y", "classId": "c1", "joinCode": "J"}
    none = machine.plain(
        machine.built(build(made.fractions(), lesson_id="l", telemetry=None), "PlaceConfig")
    )
    assert (none["url"], none["placeKey"]) == ("", "")


def test_hostile_texts_change_no_code_and_no_name() -> None:
    lesson, tame = hostile(), made.fractions()
    assert lesson.title.startswith(HOSTILE[:40])
    place = build(lesson, lesson_id="l1", telemetry=KEY)
    mild = build(tame, lesson_id="l1", telemetry=KEY)
    # The folders' own names are made of the topic; all below them has names of ours.
    assert [path[2:] for path, _ in walk(lesson)] == [path[2:] for path, _ in walk(tame)]
    for path, source in place.scripts.items():
        assert luau.syntax_fault(source) is None
        same = path.replace(names.folder(lesson.topic, "l1"), names.folder(tame.topic, "l1"))
        if not path.endswith(("/Content", "/Answers")):
            assert source == mild.scripts[same]
    content = machine.plain(machine.built(place, "Content"))
    assert content["title"] == lesson.title
    assert content["exhibits"]["word-0"]["text"] == lesson.world.objects[1].text


def test_texts_on_boards_are_never_rich_text() -> None:
    labels = [one for _, one in walk(hostile()) if one.class_name == "TextLabel"]
    assert len(labels) > 20
    assert all(one.properties["RichText"] is False for one in labels)
    assert all(isinstance(one.properties["Size"], UDim2) for one in labels)


def test_a_zone_with_too_many_things_grows() -> None:
    fields = made.fields()
    fields["world"]["signs"] = [
        {"id": f"s{n}", "zone": "ideas", "title": f"Sign {n}", "text": ""} for n in range(60)
    ]
    floors = [box(one)[1].z for _, one in walk(package.load(fields)) if one.name == "Floor"]
    assert floors[1] > 5 * floors[0]


@settings(max_examples=20)
@given(text=st.text(min_size=1, max_size=200))
def test_any_title_that_a_package_may_have_can_be_built_and_written(text: str) -> None:
    try:
        lesson = package.load({**made.fields(), "title": text})
    except package.InvalidPackage:
        return
    place = build(lesson, lesson_id="l1", telemetry=None)
    assert machine.plain(machine.built(place, "Content"))["title"] == text
    assert rbxmx.write_build(place)


def test_every_folder_of_a_lesson_has_the_name_of_its_topic_and_its_key() -> None:
    place = build(made.fractions(), lesson_id="l1", telemetry=None)
    (name,) = {placed.instance.name for placed in place.placed}
    assert re.fullmatch("Fractions on a number line [0-9a-f]{6}", name)


def test_a_new_version_keeps_the_name_and_another_lesson_has_another() -> None:
    lesson = made.fractions()
    polished = lesson.model_copy(update={"title": "Fractions, better than before"})
    here = [build(one, lesson_id="l1", telemetry=None) for one in (lesson, polished)]
    other = build(lesson, lesson_id="l2", telemetry=None)
    paths = [set(place.scripts) for place in (*here, other)]
    assert paths[0] == paths[1]
    assert not paths[0] & paths[2]


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("Cells", "Cells"),
        (
            "The causes and the course of the Industrial Revolution",
            "The causes and the course of the",
        ),
        ("x" * 50, "x" * 32),
        ("Ein/Weg.aus: dem \u202e<b>Ordner</b>", "Ein Weg aus dem b Ordner b"),
        ("जल चक्र", "जल चक्र"),
        ("!?", "Lesson"),
    ],
)
def test_a_folder_is_called_by_plain_letters_of_the_topic(topic: str, name: str) -> None:
    assert names.folder(topic, "l1") == f"{name} {names.key('l1')}"


def test_a_world_says_how_far_it_reaches() -> None:
    for environment in ("classroom", "historical", "outdoor"):
        request = LessonRequest.model_validate(
            {"topic": "cells", "grade_level": 7, "environment": environment}
        )
        world = walk(made.generated(request))
        marks = world[0][1].attributes
        for part in (one for _, one in world if "CFrame" in one.properties):
            at, size = box(part)
            assert at.x - size.x / 2 >= float(str(marks["Left"]))
            assert at.x + size.x / 2 <= float(str(marks["Right"]))
