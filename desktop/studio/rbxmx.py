"""Writes Roblox's XML files: models (`.rbxmx`) and places (`.rbxlx`).

Some properties are called otherwise in files than in scripts, and asset ids are a type of their
own. Characters that XML cannot hold at all are refused rather than dropped: `.rbxm` holds them.
"""

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

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
from desktop.sentences import say
from desktop.studio.attributes import attributes_bytes, tags_bytes
from desktop.studio.codec import service_path
from desktop.studio.errors import CannotWrite

PARTS = frozenset(
    {"Part", "WedgePart", "CornerWedgePart", "TrussPart", "SpawnLocation", "Seat", "MeshPart"}
)
_HEAD = '<roblox version="4">\n'
_TAIL = "</roblox>\n"
_IN_FILES = {"Color": "Color3uint8", "Size": "size", "Shape": "shape"}
"""What a part's properties are called in files."""
CONTENT = frozenset({"SoundId", "Texture", "Image", "MeshId", "TextureID", "CursorIcon"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write (https://www.w3.org/TR/xml/#charsets)."""

CONTAINERS = frozenset({"StarterPlayerScripts", "StarterCharacterScripts"})


def write(instances: Iterable[Instance]) -> bytes:
    """A model file with these instances at its top.

    Raises:
        CannotWrite: a text holds a character that XML has no way to write.
    """
    return _document(instances)


def write_build(build: Build) -> bytes:
    """A model file of a build: a folder for each service, since a model has no services.

    Raises:
        CannotWrite: a text holds a character that XML has no way to write.
    """
    return _document(by_service(build.placed, as_folders=True))


def write_place(build: Build) -> bytes:
    """A place file (`.rbxlx`) with the build under its services.

    Raises:
        CannotWrite: a text holds a character that XML has no way to write.
    """
    return _document(by_service(build.placed, as_folders=False))


def by_service(placed: Sequence[Placed], *, as_folders: bool) -> list[Instance]:
    """The instances under their services, which are made here: real ones, or folders so named."""
    grouped: dict[tuple[str, ...], list[Instance]] = {}
    for each in placed:
        grouped.setdefault(service_path(each.service), []).append(each.instance)
    services: dict[str, list[Instance]] = {}
    for path, instances in grouped.items():
        inner = instances
        for name in reversed(path[1:]):
            inner = [Instance("Folder" if as_folders else name, name, children=tuple(inner))]
        services.setdefault(path[0], []).extend(inner)
    return [
        Instance("Folder" if as_folders else name, name, children=tuple(children))
        for name, children in services.items()
    ]


def _document(instances: Iterable[Instance]) -> bytes:
    parts = [_HEAD]
    for number, instance in enumerate(instances):
        parts.extend(_item(instance, f"RBX{number}", 1))
    parts.append(_TAIL)
    return "".join(parts).encode()


def _item(instance: Instance, referent: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    yield f'{indent}<Item class="{_attribute(instance.class_name)}" referent="{referent}">\n'
    yield f"{indent}  <Properties>\n"
    yield f'{indent}    <string name="Name">{_text(instance.name)}</string>\n'
    for name, value in sorted(instance.properties.items()):
        yield f"{indent}    {_property(instance, name, value)}\n"
    for name, content in (
        ("AttributesSerialize", attributes_bytes(instance.attributes)),
        ("Tags", tags_bytes(instance.tags)),
    ):
        if content:
            encoded = base64.b64encode(content).decode()
            yield f'{indent}    <BinaryString name="{name}">{encoded}</BinaryString>\n'
    yield f"{indent}  </Properties>\n"
    for number, child in enumerate(instance.children):
        yield from _item(child, f"{referent}x{number}", depth + 1)
    yield f"{indent}</Item>\n"


def _property(instance: Instance, name: str, value: Value) -> str:
    kind, content = _kind_and_content(name, value)
    written = name
    if instance.class_name in PARTS:
        written = _IN_FILES.get(name, name)
        if written == "Color3uint8" and isinstance(value, Color3):
            kind, content = "Color3uint8", str(packed_color(value))
    return f'<{kind} name="{_attribute(written)}">{content}</{kind}>'


def _kind_and_content(name: str, value: Value) -> tuple[str, str]:
    match value:
        case str() if name == "Source":
            return "ProtectedString", _text(value)
        case str() if name in CONTENT:
            return "Content", f"<url>{_text(value)}</url>" if value else "<null></null>"
        case str():
            return "string", _text(value)
        case bool():
            return "bool", "true" if value else "false"
        case int():
            return "int", str(value)
        case float():
            return "double" if name == "Value" else "float", _number(value)
        case Int64():
            return "int64", str(value.value)
        case EnumItem():
            return "token", str(value.value)
        case Vector3():
            return "Vector3", _fields(X=value.x, Y=value.y, Z=value.z)
        case Color3():
            return "Color3", _fields(R=value.r, G=value.g, B=value.b)
        case UDim2():
            return "UDim2", _fields(
                XS=value.x_scale, XO=value.x_offset, YS=value.y_scale, YO=value.y_offset
            )
        case CFrame():
            return "CoordinateFrame", _frame(value)


def packed_color(color: Color3) -> int:
    """A part's colour as files keep it: alpha, red, green and blue, 8 bits each."""
    red, green, blue = (
        round(max(0.0, min(1.0, part)) * 255) for part in (color.r, color.g, color.b)
    )
    return 0xFF000000 | red << 16 | green << 8 | blue


def _frame(frame: CFrame) -> str:
    names = [f"R{row}{column}" for row in range(3) for column in range(3)]
    position = frame.position
    return _fields(X=position.x, Y=position.y, Z=position.z) + _fields(
        **dict(zip(names, frame.rotation, strict=True))
    )


def _fields(**numbers: float) -> str:
    return "".join(f"<{name}>{_number(number)}</{name}>" for name, number in numbers.items())


def _number(number: float) -> str:
    special = {float("inf"): "INF", float("-inf"): "-INF"}
    return "NAN" if number != number else special.get(number) or repr(number)


def _text(text: str) -> str:
    found = _ILLEGAL.search(text)
    if found:
        raise CannotWrite(
            say(
                "A text of the lesson holds the character U+{found:04X}, which this kind "
                "of file cannot hold.",
                found=ord(found[0]),
            ),
            mend=say("Export the lesson as .rbxm instead."),
        )
    if text.isspace() and "\r" not in text:
        return f"<![CDATA[{text}]]>"  # some readers drop a text of nothing but white space
    # A bare carriage return would come back as a line feed.
    return escape(text, {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
