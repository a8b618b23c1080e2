"""Roblox's own serialisation of attributes and tags, as files keep them.

Attributes: a little-endian u32 count, then for each a string name, a type byte and the value
(https://dom.rojo.space/attributes.html). Tags: the names joined by zero bytes.
"""

import struct
from collections.abc import Mapping

from desktop.lessons.instances import AttributeValue, Color3, Vector3


def attributes_bytes(attributes: Mapping[str, AttributeValue]) -> bytes:
    """The content of the property `AttributesSerialize`; empty when there are none."""
    if not attributes:
        return b""
    parts = [struct.pack("<I", len(attributes))]
    for name in sorted(attributes):
        parts += (_text(name), _value(attributes[name]))
    return b"".join(parts)


def tags_bytes(tags: tuple[str, ...]) -> bytes:
    """The content of the property `Tags`."""
    return b"\0".join(tag.encode() for tag in tags)


def _value(value: AttributeValue) -> bytes:
    match value:
        case str():
            return b"\x02" + _text(value)
        case bool():
            return b"\x03\x01" if value else b"\x03\x00"
        case Color3():
            return b"\x0f" + struct.pack("<3f", value.r, value.g, value.b)
        case Vector3():
            return b"\x11" + struct.pack("<3f", value.x, value.y, value.z)
        case _:
            return b"\x06" + struct.pack("<d", value)


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("<I", len(raw)) + raw
