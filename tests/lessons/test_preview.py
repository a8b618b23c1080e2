"""The drawing of a world: it shows what is built, the near before the far, and knows its zones."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.lessons import builder, preview
from desktop.lessons.instances import Vector3
from desktop.lessons.preview import Camera, Scene
from desktop.lessons.request import from_sentence
from desktop.lessons.schema import ENVIRONMENTS
from tests.lessons.made import generated

ABOVE = Camera()
ANY_SIDE = st.builds(Camera, turn_deg=st.floats(0, 360), tilt_deg=st.floats(12, 88))


def scene_of(environment: str = "outdoor") -> Scene:
    wish = from_sentence("fractions on a number line, grade 4")
    package = generated(wish.model_copy(update={"environment": environment}))
    build = builder.build(package, lesson_id="l", telemetry=None)
    return preview.scene(package, build)


OUTDOOR = scene_of()


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_zone_has_a_floor_that_is_found_where_it_is_drawn(environment: str) -> None:
    scene = scene_of(environment)
    faces = preview.drawn(scene, ABOVE)
    assert [area.number for area in scene.areas] == list(range(1, len(scene.areas) + 1))
    for area in scene.areas:
        assert preview.zone_at(faces, ABOVE.see(area.middle, scene.heart)) == area.zone


def test_ground_and_ways_belong_to_no_zone() -> None:
    left, top, _, _ = preview.reach(OUTDOOR, ABOVE)
    faces = preview.drawn(OUTDOOR, ABOVE)
    assert preview.zone_at(faces, (left - 10, top - 10)) == ""
    assert preview.zone_at(faces, (1e6, 1e6)) == ""


def test_from_above_a_stud_is_a_stud() -> None:
    here, there = Vector3(3.0, 0.0, 4.0), Vector3(0.0, 50.0, 0.0)
    (x, y), (u, v) = (ABOVE.see(one, Vector3(0.0, 0.0, 0.0)) for one in (here, there))
    assert (x, y) == pytest.approx((3.0, 4.0))
    assert math.hypot(u, v) < 1e-9  # what is only higher does not move


@settings(max_examples=25)
@given(ANY_SIDE)
def test_what_stands_is_drawn_after_what_lies_below_and_behind_it(camera: Camera) -> None:
    faces = preview.drawn(OUTDOOR, camera)
    solids = sorted(OUTDOOR.solids, key=lambda one: (one.layer, camera.nearness(one), one.bottom))
    trunks = {
        (one.middle.x, one.middle.z): at for at, one in enumerate(solids)
        if one.shape == "Cylinder" and one.layer == 2 and one.bottom < 1
    }  # fmt: skip
    crown, trunk = next(
        (at, trunks[one.middle.x, one.middle.z]) for at, one in enumerate(solids)
        if one.shape == "Ball" and one.bottom > 3.5 and (one.middle.x, one.middle.z) in trunks
    )  # fmt: skip
    assert trunk < crown
    assert solids[0].layer == 0
    assert len(faces) >= len(solids)


@settings(max_examples=25)
@given(ANY_SIDE)
def test_every_side_that_is_drawn_looks_at_us(camera: Camera) -> None:
    """The corners of a side that is seen run one way round; a hidden one would run the other."""
    turns = set()
    for face in preview.drawn(OUTDOOR, camera):
        if not face.radius:
            corners = (*face.points, face.points[0])
            area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(corners))
            turns.add(area > 0)
        assert all(0.0 <= part <= 1.0 for part in face.colour)
    assert len(turns) == 1


def test_reach_holds_everything_that_stands() -> None:
    camera = Camera(30.0, 40.0)
    left, top, right, bottom = preview.reach(OUTDOOR, camera)
    for solid in OUTDOOR.solids:
        if solid.layer == 2:
            x, y = camera.see(solid.middle, OUTDOOR.heart)
            assert left <= x <= right
            assert top <= y <= bottom
