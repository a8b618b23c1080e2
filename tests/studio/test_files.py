"""Files for Roblox, read back by Lune's real instances and by our own reader."""

import hashlib
import json
import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.lessons.instances import (
    Build,
    CFrame,
    Color3,
    EnumItem,
    Instance,
    Int64,
    Placed,
    UDim2,
    Value,
    Vector3,
)
from desktop.studio import rbxm, rbxmx, rbxmx_reader
from desktop.studio.errors import CannotRead, CannotWrite
from tests.studio import builds, lune

SLACK = 1e-4
"""Lune keeps vectors in fixed point with 16 bits behind it."""


THINGS = Instance(
    "Folder",
    "Things",
    children=(
        Instance("Sound", "Ding", {"SoundId": "rbxassetid://123", "Volume": 0.25}),
        Instance("StringValue", "Words", {"Value": "a\r\nb & <c>"}),
        Instance("NumberValue", "Half", {"Value": 0.1}),
        Instance("IntValue", "Big", {"Value": Int64(9_007_199_254_740_991)}),
        Instance("BoolValue", "Yes", {"Value": True}),
        Instance("Vector3Value", "At", {"Value": Vector3(1, 2, 3)}),
        Instance("SpawnLocation", "Start", {"Neutral": True, "Color": Color3(1, 0, 0)}),
        Instance("Part", "Ball", {"Shape": EnumItem("PartType", "Ball", 0)}),
        Instance("PointLight", "Lamp", {"Color": Color3(0.2, 0.4, 0.6), "Range": 12.5}),
        Instance("Decal", "Picture", {"Transparency": 0.5}),
    ),
)


def read_back(folder: Path, name: str, content: bytes, *instances: Instance) -> list[Any]:
    file = folder / name
    file.write_bytes(content)
    names = {key for top in instances for _, each in top.walk() for key in each.properties}
    return list(json.loads(lune.run("read_back", file, *sorted(names))))


def assert_equal(expected: Instance, found: Mapping[str, Any]) -> None:
    assert (found["class"], found["name"]) == (expected.class_name, expected.name)
    assert sorted(found["tags"]) == sorted(expected.tags)
    for name, value in expected.properties.items():
        if name == "Source":
            assert found["properties"][name] == hashlib.sha256(str(value).encode()).hexdigest()
        else:
            assert_close(value, found["properties"][name])
    assert set(found["attributes"]) == set(expected.attributes)
    for name, value in expected.attributes.items():
        assert_close(value, found["attributes"][name])
    assert len(found["children"]) == len(expected.children)
    for child, other in zip(expected.children, found["children"], strict=True):
        assert_equal(child, other)


def assert_close(expected: Value, found: Any) -> None:
    match expected:
        case Vector3():
            assert found == pytest.approx([expected.x, expected.y, expected.z], abs=SLACK)
        case Color3():
            assert found == pytest.approx([expected.r, expected.g, expected.b], abs=1 / 500)
        case UDim2():
            assert found == pytest.approx(
                [expected.x_scale, expected.x_offset, expected.y_scale, expected.y_offset]
            )
        case CFrame():
            position = expected.position
            assert found[:3] == pytest.approx([position.x, position.y, position.z], abs=SLACK)
            assert found[3:] == pytest.approx(expected.rotation)
        case EnumItem():
            assert found == [expected.name, expected.value]
        case Int64():
            assert found == expected.value
        case bool() | str():
            assert found == expected
        case _:
            assert found == pytest.approx(expected, rel=1e-6)


def test_every_kind_of_value_is_read_back_by_roblox_instances(tmp_path: Path) -> None:
    lesson = builds.lesson("print('a')\r\n-- <b> & \"c\" ]]> '\t'\n")
    tops = rbxmx.by_service(lesson.placed, as_folders=True)
    found = read_back(tmp_path, "lesson.rbxmx", rbxmx.write_build(lesson), *tops)
    assert [each["class"] for each in found] == ["Folder"] * 3
    for expected, other in zip(tops, found, strict=True):
        assert_equal(expected, other)


def test_more_classes_are_read_back_by_roblox_instances(tmp_path: Path) -> None:
    found = read_back(tmp_path, "things.rbxmx", rbxmx.write([THINGS]), THINGS)
    assert_equal(THINGS, found[0])


def test_a_place_file_holds_the_lesson_under_its_services(tmp_path: Path) -> None:
    lesson = builds.lesson()
    tops = rbxmx.by_service(lesson.placed, as_folders=False)
    found = read_back(tmp_path, "lesson.rbxlx", rbxmx.write_place(lesson), *tops)
    by_class = {each["class"]: each for each in found}
    for service in tops:
        assert by_class[service.class_name]["name"] == service.name
        assert_equal(service.children[0], by_class[service.class_name]["children"][0])


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))
CLEAN = TEXTS.filter(lambda text: not any(ord(c) < 32 and c not in "\t\n\r" for c in text))
NUMBERS = st.floats(-1e4, 1e4, allow_nan=False, width=32)
WHOLE = st.integers(-10_000, 10_000)
SHARES = st.floats(0, 1, width=32)
NAMES = st.text(string.ascii_letters + string.digits + "_", min_size=1, max_size=20)
ATTRIBUTES = st.dictionaries(
    NAMES,
    st.one_of(CLEAN, st.booleans(), NUMBERS, st.builds(Vector3, NUMBERS, NUMBERS, NUMBERS)),
    max_size=3,
)


def trees(children: st.SearchStrategy[list[Instance]]) -> st.SearchStrategy[Instance]:
    scripts = st.builds(
        lambda name, source, below: Instance("Script", name, {"Source": source}, children=below),
        CLEAN,
        CLEAN,
        children.map(tuple),
    )
    parts = st.builds(
        lambda name, size, attributes, below: Instance(
            "Part", name, {"Size": size}, attributes, children=below
        ),
        CLEAN,
        st.builds(Vector3, NUMBERS, NUMBERS, NUMBERS),
        ATTRIBUTES,
        children.map(tuple),
    )
    labels = st.builds(
        lambda name, text, size, color, tags, below: Instance(
            "TextLabel",
            name,
            {"Text": text, "Size": size, "TextColor3": color, "ZIndex": 3, "Rotation": 0.5},
            tags=tuple(tags),
            children=below,
        ),
        CLEAN,
        CLEAN,
        st.builds(UDim2, NUMBERS, WHOLE, NUMBERS, WHOLE),
        st.builds(Color3, SHARES, SHARES, SHARES),
        st.lists(NAMES, max_size=2, unique=True),
        children.map(tuple),
    )
    return scripts | parts | labels


TREES = st.recursive(
    trees(st.just([])), lambda inner: trees(st.lists(inner, max_size=3)), max_leaves=8
)


@settings(max_examples=100)
@given(TREES)
def test_our_own_reader_reads_what_was_written(tree: Instance) -> None:
    assert rbxmx_reader.read(rbxmx.write([tree])) == [without_rounding(tree)]


def texts_of(tree: Instance) -> list[str]:
    return [
        text for _, each in tree.walk() for text in (each.name, *map(str, each.properties.values()))
    ]


def is_lost_on_lune(text: str) -> bool:
    """White space with a carriage return and nothing else: Lune's XML reader drops it."""
    return not text.strip("\t\n\r ") and "\r" in text


def without_rounding(tree: Instance) -> Instance:
    """What a file holds of a tree: numbers of attributes as doubles, vectors at 32 bits."""
    return Instance(
        tree.class_name,
        tree.name,
        dict(tree.properties),
        {
            name: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
            for name, value in tree.attributes.items()
        },
        tree.tags,
        tuple(without_rounding(child) for child in tree.children),
    )


def test_random_trees_are_read_back_by_roblox_instances(tmp_path: Path) -> None:
    """All in one file, so that Lune starts once."""
    made: list[Instance] = []

    @settings(max_examples=40, database=None)
    @given(TREES.filter(lambda tree: not any(map(is_lost_on_lune, texts_of(tree)))))
    def collect(tree: Instance) -> None:
        made.append(tree)

    collect()
    found = read_back(tmp_path, "trees.rbxmx", rbxmx.write(made), *made)
    for expected, other in zip(made, found, strict=True):
        assert_equal(expected, other)


def test_random_trees_survive_a_place_file(tmp_path: Path) -> None:
    made: list[Instance] = []

    @settings(max_examples=40, database=None)
    @given(TREES.filter(lambda tree: not any(map(is_lost_on_lune, texts_of(tree)))))
    def collect(tree: Instance) -> None:
        made.append(tree)

    collect()
    build = Build("t", "", "", tuple(Placed("ReplicatedStorage", tree) for tree in made))
    found = read_back(tmp_path, "trees.rbxlx", rbxmx.write_place(build), *made)
    (storage,) = (each for each in found if each["class"] == "ReplicatedStorage")
    for expected, other in zip(made, storage["children"], strict=True):
        assert_equal(expected, other)


def test_a_text_of_white_space_alone_survives(tmp_path: Path) -> None:
    blank = builds.script(" ", "\n\t\n")
    assert_equal(blank, read_back(tmp_path, "blank.rbxmx", rbxmx.write([blank]), blank)[0])


def test_a_binary_model_holds_every_byte(tmp_path: Path) -> None:
    lesson = builds.lesson("-- \0 \x0b \ufffe\r\nprint('a')")
    tops = rbxmx.by_service(lesson.placed, as_folders=True)
    found = read_back(tmp_path, "lesson.rbxm", rbxm.write_build(lesson), *tops)
    for expected, other in zip(tops, found, strict=True):
        assert_equal(expected, other)


def test_random_trees_survive_the_binary_format(tmp_path: Path) -> None:
    made: list[Instance] = []

    @settings(max_examples=40, database=None)
    @given(TREES)
    def collect(tree: Instance) -> None:
        made.append(tree)

    collect()
    found = read_back(tmp_path, "trees.rbxm", rbxm.write(made), *made)
    for expected, other in zip(made, found, strict=True):
        assert_equal(expected, other)


def test_more_classes_survive_the_binary_format(tmp_path: Path) -> None:
    found = read_back(tmp_path, "things.rbxm", rbxm.write([THINGS]), THINGS)
    assert_equal(THINGS, found[0])


@pytest.mark.parametrize("text", ["a\0b", "a\x0bb", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(CannotWrite, match="rbxm"):
        rbxmx.write([builds.script("A", text)])


def test_a_build_survives_a_file(tmp_path: Path) -> None:
    lesson = builds.lesson()
    read = rbxmx_reader.build_of("x", rbxmx_reader.read(rbxmx.write_build(lesson)), "")
    assert [placed.service for placed in read.placed] == [each.service for each in lesson.placed]
    assert read.scripts == lesson.scripts
    inner = Build(
        "t", "", "", (Placed("StarterPlayer/StarterPlayerScripts", builds.script("A", "")),)
    )
    again = rbxmx_reader.build_of("x", rbxmx_reader.read(rbxmx.write_build(inner)), "")
    assert [placed.service for placed in again.placed] == ["StarterPlayer/StarterPlayerScripts"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no xml",
        b"<html/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><roblox>&b;</roblox>',
        b"<roblox>" + b'<Item class="A">' * 300 + b"</Item>" * 300 + b"</roblox>",
        b"<roblox!binary",
    ],
)
def test_a_file_that_is_no_roblox_xml_is_refused(content: bytes) -> None:
    with pytest.raises(CannotRead):
        rbxmx_reader.read(content)
