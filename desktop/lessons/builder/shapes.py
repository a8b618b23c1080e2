"""Parts, boards, prompts and labels as instances, each with the few properties that matter."""

from collections.abc import Mapping

from desktop.lessons.builder.environments import Shape, material
from desktop.lessons.instances import (
    AttributeValue,
    CFrame,
    Color3,
    EnumItem,
    Instance,
    UDim2,
    Value,
    Vector3,
)

BACK = EnumItem("NormalId", "Back", 2)
"""The face that looks to +Z, to where students come from."""

RIGHT = EnumItem("NormalId", "Right", 0)
LEFT = EnumItem("NormalId", "Left", 3)
PIXELS_PER_STUD = EnumItem("SurfaceGuiSizingMode", "PixelsPerStud", 1)
SHAPES = {"Ball": 0, "Block": 1, "Cylinder": 2}
UPRIGHT = (0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)
"""A cylinder lies along X; this stands it up."""

DIGITS = 5
"""Digits after the point of every place and size, in studs.

What scaling and halving make of the kits' hundredths lies on this grid. Only noise in the last bits
of a number lies beyond it, which another computer's arithmetic might leave otherwise.
"""

WHOLE = UDim2(1.0, 0, 1.0, 0)
LONGEST_TEXT = 4_000


def part(
    name: str,
    size: tuple[float, float, float],
    at: tuple[float, float, float],
    colour: str,
    stuff: str = "SmoothPlastic",
    *,
    shape: Shape = "Block",
    solid: bool = True,
    see_through: float = 0.0,
    attributes: Mapping[str, AttributeValue] | None = None,
    children: tuple[Instance, ...] = (),
) -> Instance:
    """A part that stays where it is; a cylinder stands, its first size is its height."""
    place = _on_grid(at)
    turned = CFrame(place, UPRIGHT) if shape == "Cylinder" else CFrame(place)
    properties: dict[str, Value] = {
        "Anchored": True,
        "CFrame": turned,
        "CanCollide": solid,
        "Color": Color3.from_hex(colour),
        "Material": material(stuff),
        "Size": _on_grid(size),
    }
    if shape != "Block":
        properties["Shape"] = EnumItem("PartType", shape, SHAPES[shape])
    if see_through:
        properties["Transparency"] = see_through
    return Instance("Part", name, properties, attributes or {}, (), children)


def _on_grid(studs: tuple[float, float, float]) -> Vector3:
    # Zero has a sign as a float, and loses it when another zero is added.
    return Vector3(*(round(one, DIGITS) + 0.0 for one in studs))


def label(text: str, ink: str, place: UDim2 | None = None, size: UDim2 = WHOLE) -> Instance:
    """A text that grows to fill its place. It is shown as it is, never as rich text."""
    properties: dict[str, Value] = {
        "BackgroundTransparency": 1.0,
        "RichText": False,
        "Size": size,
        "Text": text[:LONGEST_TEXT],
        "TextColor3": Color3.from_hex(ink),
        "TextScaled": True,
        "TextWrapped": True,
    }
    if place is not None:
        properties["Position"] = place
    return Instance("TextLabel", "Text" if place is None else "Body", properties)


def face(texts: tuple[str, ...], ink: str, side: EnumItem = BACK) -> Instance:
    """The written side of a board: a title, and below it a text if there is one."""
    if len(texts) == 1:
        labels: tuple[Instance, ...] = (label(texts[0], ink),)
    else:
        labels = (
            label(texts[0], ink, size=UDim2(1.0, 0, 0.25, 0)),
            label(texts[1], ink, UDim2(0.05, 0, 0.3, 0), UDim2(0.9, 0, 0.65, 0)),
        )
    properties: dict[str, Value] = {
        "Face": side,
        "LightInfluence": 0.0,
        "PixelsPerStud": 40.0,
        "SizingMode": PIXELS_PER_STUD,
    }
    return Instance("SurfaceGui", "Writing", properties, children=labels)


def floating(text: str, ink: str) -> Instance:
    """A label that hangs above a thing and turns to whoever looks."""
    properties: dict[str, Value] = {
        "LightInfluence": 0.0,
        "MaxDistance": 80.0,
        "Size": UDim2(8.0, 0, 2.0, 0),
        "StudsOffset": Vector3(0.0, 4.0, 0.0),
    }
    return Instance("BillboardGui", "Label", properties, children=(label(text, ink),))


def prompt(action: str, thing: str) -> Instance:
    """Press a key, or tap, to do something with the part above."""
    return Instance(
        "ProximityPrompt",
        "Prompt",
        {
            "ActionText": action,
            "HoldDuration": 0.0,
            "MaxActivationDistance": 12.0,
            "ObjectText": thing[:100],
            "RequiresLineOfSight": False,
        },
    )


def folder(name: str, children: tuple[Instance, ...]) -> Instance:
    """A folder."""
    return Instance("Folder", name, children=children)
