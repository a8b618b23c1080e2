"""One instance as bytes, the same here and in the plugin (resources/studio_plugin/Codec.luau).

Strings are a big-endian u32 length and the bytes in UTF-8; lists a u32 count. A record is "TBX1",
class, name, properties and attributes (key and value, sorted by key) and sorted tags. A value is
one letter and its content. Numbers are 64-bit floats; those of vectors, colours, UDim2s and CFrames
are rounded to the 32 bits that Roblox keeps of them, so that they read back as they were sent.
"""

import functools
import hashlib
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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
_SINGLES = {count: struct.Struct(f"<{count}f") for count in (2, 3, 12)}
_DOUBLES = {count: struct.Struct(f">{count}d") for count in (1, 3, 4, 12)}


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
    for key, written in _in_order(tuple(values)):
        parts += (written, value_bytes(values[key]))
    return b"".join(parts)


@functools.lru_cache(maxsize=1024)
def _in_order(keys: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """The keys in the order of their bytes, and how each is written; instances share them."""
    return tuple((key, _text(key)) for key in sorted(keys, key=str.encode))


def value_bytes(value: Value) -> bytes:
    """One value: its letter and its content."""
    return _WRITERS[type(value)](value)


def _bool(value: bool) -> bytes:
    return b"b\1" if value else b"b\0"


@functools.lru_cache(maxsize=1024)
def _enum(value: EnumItem) -> bytes:
    return b"e" + _text(value.enum) + _text(value.name)


def _udim2(value: UDim2) -> bytes:
    x, y = _as_singles(value.x_scale, value.y_scale)
    return b"u" + _doubles(x, value.x_offset, y, value.y_offset)


def _cframe(value: CFrame) -> bytes:
    at = value.position
    return b"f" + _singles(at.x, at.y, at.z, *value.rotation)


_WRITERS: dict[type, Callable[[Any], bytes]] = {
    str: lambda value: b"s" + _text(value),
    bool: _bool,
    int: lambda value: b"i" + _doubles(value),
    float: lambda value: b"n" + _doubles(value),
    Int64: lambda value: b"l" + _text(str(value.value)),
    EnumItem: _enum,
    Vector3: lambda value: b"v" + _singles(value.x, value.y, value.z),
    Color3: lambda value: b"c" + _singles(value.r, value.g, value.b),
    UDim2: _udim2,
    CFrame: _cframe,
}
"""How a value of each type is written."""


def _singles(*numbers: float) -> bytes:
    return _doubles(*_as_singles(*numbers))


def _as_singles(*numbers: float) -> tuple[float, ...]:
    """The numbers as 32 bits hold them."""
    singles = _SINGLES[len(numbers)]
    try:
        return singles.unpack(singles.pack(*numbers))
    except OverflowError:  # it will not read back as sent, and verifying says so by its name
        return numbers


def _doubles(*numbers: float) -> bytes:
    # Adding 0.0 turns -0.0 into 0.0: they are one number to everybody but the bits.
    return _DOUBLES[len(numbers)].pack(*[number + 0.0 for number in numbers])
