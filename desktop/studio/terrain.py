"""Terrain that a lesson fills: a note with a tag, which the plugin carries out where it lands."""

from typing import Literal

from desktop.lessons.instances import Instance, Vector3

TAG = "ToolBoxAI Terrain"
VOXEL_STUDS = 4
MOST_VOXELS = 262_144
"""In one fill, so that Studio can draw meanwhile; Studio itself refuses 16 times as many."""

Shape = Literal["Block", "Ball", "Cylinder", "Wedge"]


def fill(
    name: str, shape: Shape, material: str, at: Vector3, size: Vector3, *, turn: float = 0.0
) -> Instance:
    """The instance that fills terrain, to be placed under Workspace.

    `material` is an item of Roblox's `Enum.Material` (`Air` carves out); `at` the middle and
    `size` in studs (of a ball and a cylinder x is the diameter); `turn` degrees around the
    vertical. Taken out again, it leaves what was there before.

    Raises:
        ValueError: it is empty, or too large for one fill.
    """
    voxels = 1
    for studs in (size.x, size.y, size.z):
        if studs <= 0:
            raise ValueError(f"The terrain {name} has no size.")
        voxels *= -int(-studs // VOXEL_STUDS)
    if voxels > MOST_VOXELS:
        raise ValueError(f"The terrain {name} is too large for one fill. Make it of several.")
    return Instance(
        "Configuration",
        name,
        attributes={"Shape": shape, "Material": material, "At": at, "Size": size, "Turn": turn},
        tags=(TAG,),
    )
