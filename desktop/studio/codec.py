"""One instance as bytes, the same here and in the plugin (resources/studio_plugin/Codec.luau).

Strings are a big-endian u32 length and the bytes in UTF-8; lists a u32 count. A record is "TBX1",
class, name, properties and attributes (key and value, sorted by key) and sorted tags. A value is
one letter and its content; numbers are 64-bit floats, so nothing is rounded on the way.
"""

import functools
import hashlib
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.lessons.instances import (
    SCRIPT_CLASSES,
    AttributeValue,
    Build,
    CFrame,
    Color3,
    EnumItem,
    Instance,
    Int64,
    UDim2,
    Value,
    Vector3,
)

_MAGIC = b"TBX1"


@dataclass(frozen=True)
class Item:
    """One instance of a push: where it goes, and its content under the content's hash."""

    id: str
    class_name: str
    path: tuple[str, ...]
    """From the service down to the item itself."""
    root: int
    """How many of the first names are there already."""
    content: bytes
    source_sha256: str
    """Of a script's source in UTF-8; empty for anything else."""

    @functools.cached_property
    def sha256(self) -> str:
        """The hash of the content, in hex."""
        return hashlib.sha256(self.content).hexdigest()


def items(build: Build) -> Iterator[Item]:
    """Yield every instance of `build` as an item, parents first, with ids that count from 1."""
    number = 0
    for placed in build.placed:
        container = service_path(placed.service)
        for path, instance in placed.instance.walk(container):
            number += 1
            yield Item(
                id=str(number),
                class_name=instance.class_name,
                path=path,
                root=len(container),
                content=encode(instance),
                source_sha256=source_hash(instance),
            )


def service_path(service: str) -> tuple[str, ...]:
    """`StarterPlayer/StarterPlayerScripts` (or with a dot) as its names."""
    return tuple(service.replace(".", "/").split("/"))


def source_hash(instance: Instance) -> str:
    """The hash of a script's source in UTF-8, in hex; empty for anything else."""
    if instance.class_name not in SCRIPT_CLASSES:
        return ""
    return hashlib.sha256(str(instance.properties.get("Source", "")).encode()).hexdigest()


def encode(instance: Instance) -> bytes:
    """The record of one instance, without its children."""
    tags = sorted(tag.encode() for tag in instance.tags)
    attributes: Mapping[str, Value] = {
        # Roblox keeps every number attribute as a double: there are no whole ones.
        name: _as_double(value)
        for name, value in instance.attributes.items()
    }
    return b"".join(
        (
            _MAGIC,
            _text(instance.class_name),
            _text(instance.name),
            _map(_with_source(instance)),
            _map(attributes),
            struct.pack(">I", len(tags)),
            *(struct.pack(">I", len(tag)) + tag for tag in tags),
        )
    )


def _with_source(instance: Instance) -> Mapping[str, Value]:
    """A script without a source has an empty one, so that updating to none empties it."""
    if instance.class_name in SCRIPT_CLASSES and "Source" not in instance.properties:
        return {**instance.properties, "Source": ""}
    return instance.properties


def _as_double(value: AttributeValue) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return value


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">I", len(raw)) + raw


def _map(values: Mapping[str, Value]) -> bytes:
    parts = [struct.pack(">I", len(values))]
    for key in sorted(values, key=str.encode):
        parts += (_text(key), value_bytes(values[key]))
    return b"".join(parts)


def value_bytes(value: Value) -> bytes:
    """One value: its letter and its content."""
    match value:
        case str():
            return b"s" + _text(value)
        case bool():
            return b"b\1" if value else b"b\0"
        case int():
            return b"i" + _doubles(value)
        case float():
            return b"n" + _doubles(value)
        case Int64():
            return b"l" + _text(str(value.value))
        case EnumItem():
            return b"e" + _text(value.enum) + _text(value.name)
        case Vector3():
            return b"v" + _doubles(value.x, value.y, value.z)
        case Color3():
            return b"c" + _doubles(value.r, value.g, value.b)
        case UDim2():
            return b"u" + _doubles(value.x_scale, value.x_offset, value.y_scale, value.y_offset)
        case CFrame():
            return b"f" + _doubles(*_position(value), *value.rotation)


def _position(frame: CFrame) -> tuple[float, float, float]:
    return frame.position.x, frame.position.y, frame.position.z


def _doubles(*numbers: float) -> bytes:
    # Adding 0.0 turns -0.0 into 0.0: they are one number to everybody but the bits.
    return struct.pack(f">{len(numbers)}d", *(number + 0.0 for number in numbers))
