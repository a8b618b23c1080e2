"""The nine environments: colours, materials, light, the shape of the path, and the scenery."""

from dataclasses import dataclass
from typing import Literal

from desktop.lessons.instances import EnumItem

Path = Literal["straight", "stairs", "meander"]
Shape = Literal["Block", "Ball", "Cylinder"]

MATERIALS = {
    "SmoothPlastic": 272, "Neon": 288, "Wood": 512, "WoodPlanks": 528, "Marble": 784,
    "Slate": 800, "Concrete": 816, "Cobblestone": 880, "DiamondPlate": 1056, "Metal": 1088,
    "Grass": 1280, "Sand": 1296, "Fabric": 1312, "Glass": 1568,
}  # fmt: skip
"""Numbers of Enum.Material (https://create.roblox.com/docs/reference/engine/enums/Material)."""


def material(name: str) -> EnumItem:
    """An item of Enum.Material."""
    return EnumItem("Material", name, MATERIALS[name])


@dataclass(frozen=True)
class Piece:
    """A part of the scenery, placed beside the path of each zone; sizes and places in studs."""

    shape: Shape
    size: tuple[float, float, float]
    above: float
    colour: str
    material: str


@dataclass(frozen=True)
class Style:
    """How an environment looks. `clock` is the hour of the day."""

    path: Path
    ground: tuple[str, str]
    floor: tuple[str, str]
    way: tuple[str, str]
    board: str
    ink: str
    clock: float
    brightness: float
    ambient: str
    scenery: tuple[Piece, ...]


STYLES: dict[str, Style] = {
    "classroom": Style(
        "straight", ("#6b705c", "Concrete"), ("#c9a66b", "WoodPlanks"), ("#8d99ae", "Fabric"),
        "#1f3d2e", "#f5f5f0", 12.0, 2.0, "#8c8c8c",
        (Piece("Block", (6, 1, 4), 3.0, "#a47148", "Wood"),
         Piece("Block", (1, 3, 1), 1.5, "#6b4a2b", "Wood")),
    ),
    "laboratory": Style(
        "straight", ("#5c677d", "Concrete"), ("#e8eef2", "SmoothPlastic"), ("#98c1d9", "Metal"),
        "#123047", "#f4faff", 12.0, 2.5, "#a0a8b0",
        (Piece("Block", (7, 3, 3), 1.5, "#dfe7ec", "SmoothPlastic"),
         Piece("Ball", (2, 2, 2), 4.0, "#4fb3bf", "Glass")),
    ),
    "outdoor": Style(
        "meander", ("#5a8f4a", "Grass"), ("#7fb069", "Grass"), ("#c2a878", "Sand"),
        "#4a3426", "#fff8e7", 14.0, 2.5, "#8f9a8f",
        (Piece("Cylinder", (8, 2, 2), 4.0, "#6b4a2b", "Wood"),
         Piece("Ball", (8, 8, 8), 11.0, "#3f7d3a", "Grass")),
    ),
    "historical": Style(
        "stairs", ("#b08968", "Sand"), ("#d9c7a3", "Cobblestone"), ("#a98467", "Slate"),
        "#3d2b1f", "#fdf3dc", 16.0, 2.0, "#8f8678",
        (Piece("Cylinder", (14, 3, 3), 7.0, "#efe6d2", "Marble"),
         Piece("Block", (5, 1, 5), 14.5, "#e3d6b8", "Marble")),
    ),
    "futuristic": Style(
        "stairs", ("#1b263b", "Metal"), ("#3a4a63", "DiamondPlate"), ("#5bc0eb", "SmoothPlastic"),
        "#0b1626", "#d7f3ff", 19.0, 2.0, "#707c94",
        (Piece("Block", (2, 12, 2), 6.0, "#2b3a55", "Metal"),
         Piece("Block", (1, 8, 2.4), 6.0, "#7fd1ff", "Neon")),
    ),
    "underwater": Style(
        "meander", ("#c8b98a", "Sand"), ("#d8c99b", "Sand"), ("#7fb7be", "Slate"),
        "#0d3b4f", "#e8fbff", 13.0, 1.5, "#4f8fa3",
        (Piece("Cylinder", (10, 1, 1), 5.0, "#3c8d63", "Fabric"),
         Piece("Ball", (4, 4, 4), 2.0, "#e07a5f", "Slate")),
    ),
    "space_station": Style(
        "stairs", ("#0d1117", "Metal"), ("#aab4c2", "Metal"), ("#6d7a8c", "DiamondPlate"),
        "#10182b", "#eaf1ff", 0.0, 1.5, "#8a8fa8",
        (Piece("Block", (3, 14, 3), 7.0, "#8793a6", "Metal"),
         Piece("Ball", (3, 3, 3), 15.5, "#f2e9a0", "Neon")),
    ),
    "fantasy": Style(
        "meander", ("#5b4b8a", "Grass"), ("#8f7fc0", "Grass"), ("#e0c3fc", "Marble"),
        "#2d1e4f", "#fff3ff", 18.0, 2.0, "#9a8fb5",
        (Piece("Cylinder", (6, 2, 2), 3.0, "#f3e6d0", "SmoothPlastic"),
         Piece("Ball", (7, 5, 7), 7.0, "#c8553d", "SmoothPlastic")),
    ),
    "custom": Style(
        "straight", ("#7d8597", "Concrete"), ("#d8dbe2", "SmoothPlastic"), ("#a9bcd0", "Concrete"),
        "#22303c", "#ffffff", 13.0, 2.0, "#909090",
        (Piece("Block", (3, 3, 3), 1.5, "#58a4b0", "SmoothPlastic"),
         Piece("Ball", (3, 3, 3), 4.5, "#daa03d", "SmoothPlastic")),
    ),
}  # fmt: skip
