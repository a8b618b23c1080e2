"""Everything a lesson may bring, end to end: from a build into real Roblox instances and back."""

from pathlib import Path
from typing import Any

import pytest

from desktop.lessons.instances import Build, Color3, EnumItem, Instance, Placed, Vector3
from desktop.studio import rbxmx, terrain
from desktop.studio.errors import ReviewNeeded
from desktop.studio.service import StudioService
from tests.studio import builds, lune
from tests.studio.lune import LuneStudio

LAND_S = 20.0


def lesson(*placed: Placed) -> Build:
    return Build("All", "all", "ab" * 32, placed)


async def entry(studio: LuneStudio, path: str) -> dict[str, Any]:
    return next(dict(each) for each in await studio.whole() if each["path"] == path)


@pytest.mark.parametrize(
    ("service_name", "instance", "property_name", "shows"),
    [
        ("Workspace", Instance("SpawnLocation", "Start", {"Neutral": True, "Anchored": True}),
         "Neutral", "true"),
        ("Lighting", Instance("Atmosphere", "Haze", {"Density": 0.25, "Color": Color3(1, 0, 0)}),
         "Density", "0.25"),
        ("Lighting", Instance("BloomEffect", "Glow", {"Intensity": 0.5, "Enabled": True}),
         "Intensity", "0.5"),
        ("Lighting", Instance("ColorCorrectionEffect", "Tint", {"Saturation": -1.0}),
         "Saturation", "-1"),
        ("Lighting", Instance("SunRaysEffect", "Rays", {"Spread": 0.5}), "Spread", "0.5"),
        ("Lighting", Instance("DepthOfFieldEffect", "Far", {"FocusDistance": 20.0}),
         "FocusDistance", "20"),
        ("Lighting", Instance("Sky", "Night", {"StarCount": 5000}), "StarCount", "5000"),
        ("Workspace", Instance("Fire", "Flame", {"Heat": 9.0}), "Heat", "9"),
        ("StarterGui", Instance("ScreenGui", "Board", {"DisplayOrder": 3}), "DisplayOrder", "3"),
        ("ReplicatedStorage", Instance("RemoteEvent", "Ask"), "Archivable", "true"),
    ],
    ids=lambda value: value.class_name if isinstance(value, Instance) else "",
)  # fmt: skip
async def test_it_lands_and_one_undo_takes_it_out(
    service: StudioService, studio: LuneStudio, service_name: str, instance: Instance,
    property_name: str, shows: str,
) -> None:  # fmt: skip
    before = await studio.whole()
    push_id = await service.queue(lesson(Placed(service_name, instance)))
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("landed", "")
    landed = await entry(studio, f"{service_name}/{instance.name}")
    assert landed["properties"][property_name] == shows
    await studio.ask("undo")
    assert await studio.whole() == before


ASSETS = lesson(
    Placed("Workspace", Instance("Sound", "Bell", {"SoundId": "rbxassetid://12", "Volume": 0.5})),
    Placed("StarterGui", Instance("ScreenGui", "Board", children=(
        Instance("ImageLabel", "Map", {"Image": "rbxassetid://34"}),
    ))),
    Placed("Workspace", Instance("Part", "Wall", children=(
        Instance("Decal", "Photo", {"Texture": "rbxassetid://56"}),
    ))),
)  # fmt: skip


async def test_sounds_and_images_land_once_somebody_has_looked_at_them(
    service: StudioService, studio: LuneStudio
) -> None:
    with pytest.raises(ReviewNeeded, match="asset"):
        await service.queue(ASSETS)
    push_id = await service.queue(ASSETS, reviewed=True)
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    for path, name, shows in (
        ("Workspace/Bell", "SoundId", "rbxassetid://12"),
        ("StarterGui/Board/Map", "Image", "rbxassetid://34"),
        ("Workspace/Wall/Photo", "Texture", "rbxassetid://56"),
    ):
        assert shows in (await entry(studio, path))["properties"][name]


HILLS = lesson(
    Placed("Workspace", builds.folder(
        "Ground",
        terrain.fill("Plain", "Block", "Grass", Vector3(0, -4, 0), Vector3(64, 8, 64)),
        terrain.fill("Hill", "Ball", "Rock", Vector3(16, 8, 16), Vector3(24, 24, 24)),
        terrain.fill("Tower", "Cylinder", "Basalt", Vector3(-24, 16, 0), Vector3(16, 32, 16)),
        terrain.fill("Ramp", "Wedge", "Sand", Vector3(0, 4, -24), Vector3(16, 8, 8), turn=90),
        terrain.fill("Pond", "Ball", "Air", Vector3(-16, 0, 16), Vector3(12, 12, 12)),
    )),
)  # fmt: skip


async def voxels(studio: LuneStudio) -> dict[str, str]:
    found = [each for each in await studio.whole() if "voxels" in each]
    return dict(found[0]["voxels"]) if found else {}


async def test_terrain_is_filled_verified_and_undone_exactly(
    service: StudioService, studio: LuneStudio
) -> None:
    before = await studio.whole()
    push_id = await service.queue(HILLS)
    push = await service.settled(push_id, LAND_S)
    assert (push.state, push.reason) == ("landed", "")
    found = await voxels(studio)
    assert found["4 2 4"] == "Rock"
    assert found["-6 4 0"] == "Basalt"
    assert found["0 1 -6"] == "Sand"
    assert found["7 -1 7"] == "Grass"
    assert "-4 -1 4" not in found  # the pond is carved out
    await studio.ask("undo")
    assert await studio.whole() == before


async def test_terrain_is_taken_back_after_other_work_to_what_was_there(
    service: StudioService, studio: LuneStudio
) -> None:
    first = lesson(Placed("Workspace", builds.folder("Before", terrain.fill(
        "Snow", "Block", "Snow", Vector3(0, 0, 0), Vector3(40, 16, 40)))))  # fmt: skip
    await service.settled(await service.queue(first), LAND_S)
    before = await voxels(studio)
    push_id = await service.queue(HILLS)
    assert (await service.settled(push_id, LAND_S)).state == "landed"
    assert await voxels(studio) != before
    await studio.ask("put", path="Workspace", **{"class": "Part", "name": "Mine"})
    await service.undo(push_id)
    assert await voxels(studio) == before
    assert "Workspace/Mine" in await studio.tree()


async def test_terrain_that_reads_back_otherwise_cancels_the_push(
    service: StudioService, studio: LuneStudio
) -> None:
    before = await studio.whole()
    await studio.ask("spoil", how="terrain")
    push = await service.settled(await service.queue(HILLS), LAND_S)
    assert push.state == "failed"
    assert "terrain reads back differently" in push.reason
    assert await studio.whole() == before


@pytest.mark.parametrize(
    ("size", "says"), [(Vector3(0, 4, 4), "no size"), (Vector3(2048, 64, 2048), "too large")]
)
def test_terrain_that_is_empty_or_too_large_for_a_moment_is_refused(
    size: Vector3, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        terrain.fill("A", "Block", "Grass", Vector3(0, 0, 0), size)


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ({"Shape": "Block", "Material": "Grass", "At": Vector3(0, 0, 0)}, "no Size"),
        ({"Shape": "Heart", "Material": "Grass", "At": Vector3(0, 0, 0),
          "Size": Vector3(4, 4, 4)}, "shape that nobody knows"),
        ({"Shape": "Block", "Material": "Grass", "At": Vector3(0, 0, 0),
          "Size": Vector3(4096, 4096, 4096)}, "too large"),
    ],
)  # fmt: skip
async def test_the_plugin_refuses_terrain_that_makes_no_sense_whoever_sends_it(
    service: StudioService, studio: LuneStudio, attributes: dict[str, Any], says: str
) -> None:
    before = await studio.whole()
    note = Instance("Configuration", "A", attributes=attributes, tags=(terrain.TAG,))
    push = await service.settled(await service.queue(lesson(Placed("Workspace", note))), LAND_S)
    assert push.state == "failed"
    assert says in push.reason
    assert await studio.whole() == before


def test_a_new_place_file_holds_all_of_it_for_studio_to_open(tmp_path: Path) -> None:
    file = tmp_path / "lesson.rbxlx"
    file.write_bytes(rbxmx.write_place(lesson(
        *ASSETS.placed, *HILLS.placed,
        Placed("Lighting", Instance("Atmosphere", "Haze", {"Density": 0.25})),
        Placed("Workspace", Instance("SpawnLocation", "Start", {"Neutral": True})),
        Placed("Workspace", Instance("Part", "P", {"Material": EnumItem("Material", "Wood", 512)})),
    )))  # fmt: skip
    told = lune.run(
        "read_back",
        file,
        "SoundId",
        "Image",
        "ImageContent",
        "ColorMapContent",
        "TextureContent",
        "Density",
        "Neutral",
    )
    for word in ("rbxassetid://12", "rbxassetid://34", "rbxassetid://56", "0.25", "Hill", "Start"):
        assert word in told
