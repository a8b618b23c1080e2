"""The nine environments: each looks like itself, nothing stands in the way, none costs too much."""

import dataclasses
import itertools

import pytest

from desktop.lessons.builder import budget, build, paths, props, scenery
from desktop.lessons.builder.environments import MATERIALS, STYLES
from desktop.lessons.instances import Instance
from desktop.lessons.package import LessonPackage
from desktop.lessons.request import LessonRequest
from desktop.lessons.schema import ENVIRONMENTS
from desktop.studio import rbxmx
from tests.lessons import made
from tests.lessons.test_builder import box, walk

USED = ("Title", "Sign", "Station", "Exhibit", "Spawn", "Checkpoint", "Barrier", "Button", "Gauge")
"""What the lesson itself puts into the world, by the first word of its name."""

BODY = 7.0
"""Below this height a student would walk into it. Studs; a character is about 5 tall."""


def lesson(environment: str, questions: int = 20, interaction: str = "create") -> LessonPackage:
    wish = {"topic": "ecosystems", "grade_level": 5, "environment": environment,
            "interaction": interaction, "quiz": {"questions": questions}}  # fmt: skip
    return made.generated(LessonRequest.model_validate(wish))


def square(part: Instance, *, upright: bool = False) -> paths.Rect:
    at, size = box(part)
    wide = size.z if upright else size.x
    return paths.Rect(at.x, at.z, wide, size.z)


def is_round(part: Instance) -> bool:
    shape = part.properties.get("Shape")
    return shape is not None and getattr(shape, "name", "") == "Cylinder"


def low(part: Instance) -> bool:
    at, size = box(part)
    tall = size.x if is_round(part) else size.y
    return at.y - tall / 2 < BODY


def flat(part: Instance) -> bool:
    at, size = box(part)
    return at.y + (size.x if is_round(part) else size.y) / 2 < 1.0


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("interaction", ["create", "solve"])
def test_no_scenery_stands_on_what_is_used_or_in_a_way(environment: str, interaction: str) -> None:
    parts = [
        (path, one)
        for path, one in walk(lesson(environment, interaction=interaction))
        if "CFrame" in one.properties
    ]
    used = [square(one) for _, one in parts if one.name.split(".")[0] in USED]
    ways = [square(one) for _, one in parts if one.name.startswith("Way.")]
    scenery_parts = [
        one
        for path, one in parts
        if ("Scenery" in path or "Goal" in path or "Gate" in one.name or "Lamp" in one.name)
        and not flat(one)
        and low(one)
    ]
    assert len(scenery_parts) > 200
    for one in scenery_parts:
        mine = square(one, upright=is_round(one))
        assert not [other for other in (*used, *ways) if mine.meets(other)], one.name


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_zone_is_bordered_furnished_and_marked(environment: str) -> None:
    world = walk(lesson(environment, 8))
    zones = {path[3] for path, _ in world if len(path) > 3 and path[3].startswith("Zone.")}
    assert len(zones) == 5
    for zone in zones:
        names = [path[-1] for path, _ in world if zone in path]
        things = {name.rpartition(".")[0] for name in names if name.partition(" ")[2]}
        assert 10 <= len(things) <= 25
        assert sum(name.startswith("Border.") for name in names) >= 12
        assert "Medallion" in names
    gates = [one for _, one in world if one.name.endswith(".sign")]
    assert len(gates) == len(zones) - 1
    assert [one for _, one in world if one.name == "Cup"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_landmark_stands_far_behind_the_last_zone_on_the_ground_and_towers(
    environment: str,
) -> None:
    world = walk(lesson(environment))
    landmark = [box(one) for path, one in world if "Landmark" in path and one.properties]
    rest = [box(one) for path, one in world if "Zones" in path and "CFrame" in one.properties]
    (ground,) = (square(one) for _, one in world if one.name == "Ground")
    assert max(at.z for at, _ in landmark) < min(at.z for at, _ in rest)
    assert max(at.y for at, _ in landmark) > 20
    for at, _ in landmark:
        assert abs(at.x - ground.x) < ground.wide / 2
        assert abs(at.z - ground.z) < ground.deep / 2


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_world_costs_no_more_than_its_budget(environment: str) -> None:
    cost = budget.measure(build(lesson(environment), lesson_id="l", telemetry=None))
    assert cost.fits(budget.LARGEST), cost
    assert not cost.fits(dataclasses.replace(budget.LARGEST, instances=500))


def test_parts_beyond_sight_do_not_count_as_in_view() -> None:
    whole = build(lesson("classroom"), lesson_id="l", telemetry=None)
    parts = sum(
        one.class_name in budget.PARTS
        for placed in whole.placed
        for _, one in placed.instance.walk()
    )
    assert 0 < budget.measure(whole).parts_in_view < parts


def test_environments_differ_in_more_than_colour() -> None:
    outlines = {environment: STYLES[environment].border for environment in ENVIRONMENTS}
    assert len({(one.step, one.heights, len(one.panels)) for one in outlines.values()}) == 9
    assert len({props.kit(one).landmark.name for one in ENVIRONMENTS}) == 9
    assert len({STYLES[one].path for one in ENVIRONMENTS}) == 4


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_thing_fits_into_the_square_that_is_kept_for_it(environment: str) -> None:
    kit = props.kit(environment)
    for prop in (*kit.around, *kit.within):
        for piece in prop.pieces:
            assert piece.material in MATERIALS
            _, _, deep = piece.size
            wide = deep if piece.shape == "Cylinder" else piece.size[0]
            x, _, z = piece.at
            assert abs(x) + wide / 2 <= prop.radius + 0.25, prop.name
            assert abs(z) + deep / 2 <= prop.radius + 0.25, prop.name


@pytest.mark.parametrize("path", ["straight", "stairs", "meander", "snake"])
def test_zones_of_any_size_keep_apart_on_every_path(path: paths.Path) -> None:
    world = lesson("custom").world
    many = world.model_copy(
        update={
            "zones": [
                world.zones[0].model_copy(
                    update={"id": f"z{n}", "question_ids": ["q"] * (n * 7 % 30)}
                )
                for n in range(20)
            ]
        }
    )
    found = paths.plots(many, path)
    for here, there in itertools.combinations(found, 2):
        assert not here.floor.grown(paths.MARGIN).meets(there.floor.grown(paths.MARGIN))
    for way in paths.ways(found):
        others = [plot for plot in found if plot not in (way.here, way.there)]
        assert not [plot for plot in others if way.rect.meets(plot.floor.grown(paths.MARGIN))]


def test_many_zones_share_the_scenery() -> None:
    assert scenery.share(5) == scenery.MOST_AROUND
    assert scenery.share(20) * 20 <= scenery.MOST_IN_ALL + 20


def test_a_new_version_keeps_its_trees_and_another_lesson_has_others() -> None:
    def trees(package: LessonPackage) -> list[object]:
        scenery_parts = [one for path, one in walk(package) if "Scenery" in path[:-1]]
        return [box(one)[0] for one in scenery_parts if "CFrame" in one.properties]

    first = lesson("outdoor", 8)
    polished = first.model_copy(update={"title": "Better than before", "summary": "Anew."})
    assert trees(polished) == trees(first)
    wish = LessonRequest.model_validate(
        {"topic": "ecosystems", "grade_level": 5, "environment": "outdoor",
         "interaction": "create", "quiz": {"questions": 8}}
    )  # fmt: skip
    assert trees(made.generated(wish, seed=2)) != trees(first)


def test_every_place_is_written_with_few_digits() -> None:
    """A number that is rounded leaves no room for a last digit that differs by computer."""
    text = rbxmx.write_build(build(lesson("fantasy"), lesson_id="l", telemetry=None)).decode()
    for line in text.splitlines():
        if line.strip().startswith(("<X>", "<Z>")):
            number = line.strip()[3:].partition("<")[0]
            assert len(number.partition(".")[2]) <= 9
