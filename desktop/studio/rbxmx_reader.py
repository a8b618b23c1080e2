"""Reads Roblox's XML model files: ours whole, and of others what the safety scan looks at."""

import base64
import binascii
import struct
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from desktop.lessons.instances import (
    AttributeValue,
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
from desktop.studio.errors import CannotRead

MAX_BYTES = 64 * 1024 * 1024
_MAX_DEPTH = 200
_NAMES = {"Color3uint8": "Color", "size": "Size", "shape": "Shape"}
_SERVICES = frozenset(
    {
        "Workspace",
        "ServerScriptService",
        "ServerStorage",
        "ReplicatedStorage",
        "ReplicatedFirst",
        "StarterGui",
        "StarterPack",
        "StarterPlayer",
        "Lighting",
        "SoundService",
    }
)
_HOMES = {
    "Script": "ServerScriptService",
    "LocalScript": "StarterPlayer/StarterPlayerScripts",
    "ModuleScript": "ReplicatedStorage",
    "ScreenGui": "StarterGui",
    "Sound": "SoundService",
}


def read_file(file: Path) -> list[Instance]:
    """The instances at the top of a file.

    Raises:
        CannotRead: there is no such file, or it is no Roblox XML file.
    """
    return read(read_bytes(file))


def read_bytes(file: Path) -> bytes:
    """A file's content, unless it is too large to be looked at.

    Raises:
        CannotRead: there is no such file, or it is larger than 64 MB.
    """
    try:
        if file.stat().st_size > MAX_BYTES:
            raise CannotRead(
                say("{name} is larger than 64 MB, so it was not read.", name=file.name)
            )
        return file.read_bytes()
    except OSError as error:
        raise CannotRead(
            say("{file} could not be read: {why}.", file=file, why=error.strerror)
        ) from error


def read(content: bytes) -> list[Instance]:
    """The instances at the top of a file's content.

    Raises:
        CannotRead: it is no Roblox XML file.
    """
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise CannotRead(say("This is no Roblox XML file: {why}", why=error)) from error
    if root.tag != "roblox":
        raise CannotRead(say("This is no Roblox XML file."))
    return [_instance(item, 1) for item in root.findall("Item")]


def build_of(title: str, instances: list[Instance], sha256: str) -> Build:
    """A Build of a file's instances: folders that are called like a service become it."""
    placed: list[Placed] = []
    for instance in instances:
        if instance.name in _SERVICES and instance.class_name in {"Folder", instance.name}:
            placed += [Placed(instance.name, child) for child in instance.children]
        else:
            home = _HOMES.get(instance.class_name, "Workspace")
            placed.append(Placed(home, instance))
    settled = tuple(each for one in placed for each in _into_starter_player(one))
    return Build(title=title, lesson_id="", package_sha256=sha256, placed=settled)


def _into_starter_player(placed: Placed) -> list[Placed]:
    name = placed.instance.name
    if placed.service == "StarterPlayer" and name.startswith("Starter"):
        return [Placed(f"StarterPlayer/{name}", child) for child in placed.instance.children]
    return [placed]


def _instance(item: Element, depth: int) -> Instance:
    if depth > _MAX_DEPTH:
        raise CannotRead(say("This file is nested too deeply to be a lesson."))
    class_name = item.get("class", "")
    name, attributes, tags = class_name, dict[str, AttributeValue](), tuple[str, ...]()
    properties: dict[str, Value] = {}
    found = item.find("Properties")
    for each in found if found is not None else ():
        label = each.get("name", "")
        if label == "Name":
            name = each.text or ""
        elif label == "AttributesSerialize":
            attributes = _attributes(_bytes(each))
        elif label == "Tags":
            tags = tuple(tag for tag in _bytes(each).decode(errors="replace").split("\0") if tag)
        else:
            value = _value(each)
            if value is not None:
                properties[_NAMES.get(label, label)] = value
    children = tuple(_instance(child, depth + 1) for child in item.findall("Item"))
    return Instance(class_name, name, properties, attributes, tags, children)


def _value(element: Element) -> Value | None:
    """A property's value; None for a type that no lesson of ours has."""
    text = element.text or ""
    try:
        match element.tag:
            case "string" | "ProtectedString":
                return text
            case "Content" | "ContentId":
                return element.findtext("url") or element.findtext("uri") or text.strip()
            case "BinaryString":
                return _bytes(element).decode(errors="replace")
            case "bool":
                return text == "true"
            case "int":
                return int(text)
            case "float" | "double":
                return float(text)
            case "int64":
                return Int64(int(text))
            case "token":
                return EnumItem("", text, int(text))
            case "Color3uint8":
                return _packed(int(text))
            case _:
                return _of_fields(element)
    except (ValueError, TypeError):
        return None


def _of_fields(element: Element) -> Value | None:
    numbers = {child.tag: float(child.text or 0) for child in element if not len(child)}
    try:
        match element.tag:
            case "Vector3":
                return Vector3(numbers["X"], numbers["Y"], numbers["Z"])
            case "Color3":
                return Color3(numbers["R"], numbers["G"], numbers["B"])
            case "UDim2":
                offsets = int(numbers["XO"]), int(numbers["YO"])
                return UDim2(numbers["XS"], offsets[0], numbers["YS"], offsets[1])
            case "CoordinateFrame":
                r = [numbers[f"R{row}{column}"] for row in range(3) for column in range(3)]
                position = Vector3(numbers["X"], numbers["Y"], numbers["Z"])
                return CFrame(position, (r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]))
    except KeyError:
        return None
    return None


def _packed(number: int) -> Color3:
    return Color3((number >> 16 & 255) / 255, (number >> 8 & 255) / 255, (number & 255) / 255)


def _bytes(element: Element) -> bytes:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _attributes(raw: bytes) -> dict[str, AttributeValue]:
    """Attributes of the types that lessons have; reading stops at the first other one."""
    found: dict[str, AttributeValue] = {}
    try:
        (count,) = struct.unpack_from("<I", raw, 0)
        at = 4
        for _ in range(count):
            name, at = _string(raw, at)
            kind, at = raw[at], at + 1
            value, at = _attribute(kind, raw, at)
            if value is None:
                break
            found[name] = value
    except (struct.error, IndexError):
        pass  # cut short: what was read so far is still looked at
    return found


def _attribute(kind: int, raw: bytes, at: int) -> tuple[AttributeValue | None, int]:
    match kind:
        case 0x02:
            return _string(raw, at)
        case 0x03:
            return raw[at] == 1, at + 1
        case 0x05:
            return struct.unpack_from("<f", raw, at)[0], at + 4
        case 0x06:
            return struct.unpack_from("<d", raw, at)[0], at + 8
        case 0x0F:
            return Color3(*struct.unpack_from("<3f", raw, at)), at + 12
        case 0x11:
            return Vector3(*struct.unpack_from("<3f", raw, at)), at + 12
    return None, at


def _string(raw: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", raw, at)
    return raw[at + 4 : at + 4 + length].decode(errors="replace"), at + 4 + length
