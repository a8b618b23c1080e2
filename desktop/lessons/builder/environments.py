"""The nine environments: colours, materials, light, the shape of the path, and the borders."""

from dataclasses import dataclass
from typing import Literal

from desktop.lessons.builder.paths import Path
from desktop.lessons.instances import EnumItem

Shape = Literal["Block", "Ball", "Cylinder"]

MATERIALS = {
    "SmoothPlastic": 272, "Neon": 288, "Wood": 512, "WoodPlanks": 528, "Marble": 784,
    "Slate": 800, "Concrete": 816, "Limestone": 820, "Brick": 848, "Pebble": 864,
    "Cobblestone": 880, "DiamondPlate": 1056, "Metal": 1088, "Grass": 1280, "LeafyGrass": 1284,
    "Sand": 1296, "Fabric": 1312, "Glass": 1568,
}  # fmt: skip
"""Numbers of Enum.Material (https://create.roblox.com/docs/reference/engine/enums/Material)."""


def material(name: str) -> EnumItem:
    """An item of Enum.Material."""
    return EnumItem("Material", name, MATERIALS[name])


Look = tuple[str, str]
"""A colour and a material."""


@dataclass(frozen=True)
class Panel:
    """What runs between two posts of a border: a wall, a rail, a pane, a beam. Studs."""

    bottom: float
    height: float
    thick: float
    look: Look
    see_through: float = 0.0


@dataclass(frozen=True)
class Border:
    """What stands around a zone: posts every `step` studs, `heights` in turn, and panels."""

    step: float
    wide: float
    heights: tuple[float, ...]
    post: Look
    panels: tuple[Panel, ...] = ()
    round: bool = False
    cap: tuple[float, Look] | None = None
    """A ball of this diameter on top of each post."""


@dataclass(frozen=True)
class Light:
    """The sky over a lesson. `clock` is the hour of the day, `haze` 0 to 10 as in Roblox."""

    clock: float
    brightness: float
    ambient: str
    air: str
    density: float
    haze: float


@dataclass(frozen=True)
class Style:
    """How an environment looks."""

    path: Path
    ground: Look
    apron: Look
    floor: Look
    way: Look
    board: str
    ink: str
    lamp: str
    light: Light
    border: Border


STYLES: dict[str, Style] = {
    "classroom": Style(
        "straight", ("#7d9b6a", "Grass"), ("#d9cbb0", "Concrete"), ("#c9a66b", "WoodPlanks"),
        ("#a9553f", "Brick"), "#1f3d2e", "#f5f5f0", "#ffe9b0",
        Light(12.0, 2.2, "#8c8c8c", "#cfe0f0", 0.25, 1.0),
        Border(16.5, 1.6, (4.2,), ("#a9553f", "Brick"),
               (Panel(0, 2.4, 1.0, ("#efe3c8", "Concrete")),
                Panel(2.4, 0.5, 1.4, ("#8a5a3c", "Wood"))), cap=(1.4, ("#efe3c8", "Concrete"))),
    ),
    "laboratory": Style(
        "snake", ("#8795a8", "Concrete"), ("#c7d0da", "Concrete"), ("#eef3f6", "SmoothPlastic"),
        ("#98c1d9", "Metal"), "#123047", "#f4faff", "#d8f4ff",
        Light(12.0, 2.6, "#a0a8b0", "#dbe9f2", 0.2, 0.5),
        Border(13.2, 0.8, (7.0,), ("#5c7080", "Metal"),
               (Panel(0, 1.2, 0.8, ("#7d8ea0", "Metal")),
                Panel(1.2, 5.0, 0.3, ("#a9dcec", "Glass"), 0.6),
                Panel(6.2, 0.4, 0.8, ("#5c7080", "Metal")))),
    ),
    "outdoor": Style(
        "meander", ("#6b9f55", "Grass"), ("#7fb069", "LeafyGrass"), ("#a8c686", "Grass"),
        ("#d3b98a", "Pebble"), "#4a3426", "#fff8e7", "#fff0c2",
        Light(14.0, 2.6, "#8f9a8f", "#cfe6f5", 0.28, 1.2),
        Border(9.43, 0.9, (3.6,), ("#7a5636", "Wood"),
               (Panel(1.0, 0.5, 0.4, ("#966a44", "Wood")),
                Panel(2.4, 0.5, 0.4, ("#966a44", "Wood")))),
    ),
    "historical": Style(
        "straight", ("#c9ab78", "Sand"), ("#a9ae74", "Grass"), ("#d8b384", "Cobblestone"),
        ("#b0744c", "Brick"), "#3d2b1f", "#fdf3dc", "#ffc36b",
        Light(16.5, 2.2, "#9a8b70", "#f2ddb6", 0.32, 1.8),
        Border(11.0, 2.2, (11.0,), ("#f3ead6", "Marble"),
               (Panel(0, 0.9, 2.8, ("#d8c8a4", "Limestone")),
                Panel(11.0, 1.4, 2.4, ("#e9dcc0", "Marble"))), round=True),
    ),
    "futuristic": Style(
        "stairs", ("#1b2436", "Metal"), ("#27344d", "Metal"), ("#4b5f7e", "DiamondPlate"),
        ("#33769c", "SmoothPlastic"), "#155079", "#e6f7ff", "#7fe3ff",
        Light(19.2, 2.0, "#78849c", "#4a5f8a", 0.3, 1.5),
        Border(16.5, 1.2, (5.4,), ("#56688a", "Metal"),
               (Panel(1.2, 0.35, 0.35, ("#57d3ff", "Neon")),
                Panel(3.6, 0.35, 0.35, ("#b388ff", "Neon"))), cap=(1.3, ("#7fe3ff", "Neon"))),
    ),
    "underwater": Style(
        "meander", ("#3f8f9e", "Sand"), ("#c9bd8c", "Sand"), ("#e0d4a8", "Sand"),
        ("#7fb7be", "Slate"), "#0d3b4f", "#e8fbff", "#9ff5ff",
        Light(13.0, 1.6, "#4f8fa3", "#3d93a8", 0.42, 2.6),
        Border(5.5, 0.9, (9.0, 6.0, 11.0, 4.5, 8.0, 5.5), ("#43b083", "Fabric"),
               (Panel(0, 0.8, 1.6, ("#8a7f6a", "Slate")),), round=True),
    ),
    "space_station": Style(
        "snake", ("#141923", "Metal"), ("#4a5261", "DiamondPlate"), ("#b4bdca", "Metal"),
        ("#6d7a8c", "DiamondPlate"), "#22406b", "#eef4ff", "#fff1c9",
        Light(0.0, 1.8, "#8a8fa8", "#1c2233", 0.15, 0.0),
        Border(16.5, 2.6, (7.0,), ("#8d97a8", "Metal"),
               (Panel(0, 2.6, 1.8, ("#c3cad4", "Metal")),
                Panel(2.6, 0.6, 2.0, ("#e0a030", "SmoothPlastic")),
                Panel(3.2, 2.4, 0.5, ("#8fc7ff", "Glass"), 0.6),
                Panel(5.6, 0.8, 1.8, ("#c3cad4", "Metal")))),
    ),
    "fantasy": Style(
        "stairs", ("#5f9a72", "Grass"), ("#86b97f", "LeafyGrass"), ("#b9a5d8", "Cobblestone"),
        ("#ecd3f5", "Marble"), "#2d1e4f", "#fff3ff", "#ffd3f4",
        Light(17.4, 2.2, "#9a8fb5", "#e7c8ee", 0.3, 1.6),
        Border(8.25, 1.1, (2.6, 1.8, 3.2, 2.2), ("#f6ecd9", "SmoothPlastic"),
               (Panel(0, 1.5, 1.6, ("#4f8f58", "LeafyGrass")),), round=True,
               cap=(3.0, ("#d65a6f", "SmoothPlastic"))),
    ),
    "custom": Style(
        "snake", ("#9aa58f", "Grass"), ("#c9ced6", "Concrete"), ("#e4e7ec", "Concrete"),
        ("#a9bcd0", "Brick"), "#22303c", "#ffffff", "#fff4d6",
        Light(13.0, 2.2, "#909090", "#d8e2ec", 0.25, 1.0),
        Border(16.5, 2.0, (3.2,), ("#8d99a8", "Concrete"),
               (Panel(0, 1.0, 2.0, ("#b8c0ca", "Concrete")),
                Panel(1.0, 1.8, 1.6, ("#5f9c63", "LeafyGrass")))),
    ),
}  # fmt: skip
