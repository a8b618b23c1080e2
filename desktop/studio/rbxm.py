"""Writes Roblox's binary model files (`.rbxm`), with chunks left uncompressed.

The format is described at https://dom.rojo.space/binary.html. It holds every byte, which XML does
not. A property chunk has a value for each instance of its group, so instances are grouped by their
class and the properties they set: nobody has to know Roblox's defaults.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence

from desktop.lessons.instances import (
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
from desktop.sentences import say
from desktop.studio import rbxmx
from desktop.studio.attributes import attributes_bytes, tags_bytes
from desktop.studio.errors import CannotWrite

_MAGIC = b"<roblox!\x89\xff\r\n\x1a\n"
_Entry = tuple[int, int, Instance]
"""Referent, the parent's referent (-1 at the top), and the instance."""
_IN_FILES = {"Color": "Color3uint8", "Size": "size", "Shape": "shape"}


def write(instances: Iterable[Instance]) -> bytes:
    """A model file with these instances at its top.

    Raises:
        CannotWrite: instances of one class give one property different types.
    """
    entries = list(_entries(instances))
    groups: dict[tuple[str, tuple[str, ...]], list[_Entry]] = {}
    for entry in entries:
        each = entry[2]
        groups.setdefault((each.class_name, tuple(sorted(_values(each)))), []).append(entry)
    parts = [_MAGIC, struct.pack("<Hii8x", 0, len(groups), len(entries))]
    for number, ((class_name, _), members) in enumerate(groups.items()):
        parts.append(_class_chunk(number, class_name, members))
    for number, ((class_name, names), members) in enumerate(groups.items()):
        parts += (_property_chunk(number, class_name, name, members) for name in names)
    children = _referents(referent for referent, _, _ in entries)
    parents = _referents(parent for _, parent, _ in entries)
    parts.append(_chunk(b"PRNT", struct.pack("<Bi", 0, len(entries)) + children + parents))
    parts.append(_chunk(b"END\0", b"</roblox>"))
    return b"".join(parts)


def write_build(build: Build) -> bytes:
    """A model file of a build: a folder for each service, since a model has no services."""
    return write(rbxmx.by_service(build.placed, as_folders=True))


def _entries(instances: Iterable[Instance]) -> Iterator[_Entry]:
    """All instances with their referents, parents first."""
    waiting = [(-1, instance) for instance in reversed(list(instances))]
    referent = 0
    while waiting:
        parent, instance = waiting.pop()
        yield referent, parent, instance
        waiting += [(referent, child) for child in reversed(instance.children)]
        referent += 1


def _values(instance: Instance) -> dict[str, Value | bytes]:
    """Everything the file says of an instance."""
    found: dict[str, Value | bytes] = {"Name": instance.name, **instance.properties}
    attributes, tags = attributes_bytes(instance.attributes), tags_bytes(instance.tags)
    if attributes:
        found["AttributesSerialize"] = attributes
    if tags:
        found["Tags"] = tags
    return found


def _class_chunk(number: int, class_name: str, members: Sequence[_Entry]) -> bytes:
    head = struct.pack("<i", number) + _text(class_name) + struct.pack("<Bi", 0, len(members))
    return _chunk(b"INST", head + _referents(referent for referent, _, _ in members))


def _property_chunk(number: int, class_name: str, name: str, members: Sequence[_Entry]) -> bytes:
    values = [_values(instance)[name] for _, _, instance in members]
    written, is_part = name, class_name in rbxmx.PARTS
    if is_part:
        written = _IN_FILES.get(name, name)
    try:
        kind, content = _column(values, is_value=name == "Value", is_part=is_part)
    except (AttributeError, TypeError, struct.error) as error:
        raise CannotWrite(
            say(
                "The property {class_name}.{name} has values of several types.",
                class_name=class_name,
                name=name,
            )
        ) from error
    head = struct.pack("<i", number) + _text(written) + bytes([kind])
    return _chunk(b"PROP", head + content)


def _column(values: Sequence[Value | bytes], *, is_value: bool, is_part: bool) -> tuple[int, bytes]:
    """The type's number and the values of all instances, laid out as the format wants them."""
    match values[0]:
        case str() | bytes():
            return 0x01, b"".join(_text(each) for each in values)  # type: ignore[arg-type]
        case bool():
            return 0x02, bytes(bool(each) for each in values)
        case int():
            return 0x03, _ints(values)
        case float() if is_value:
            return 0x05, struct.pack(f"<{len(values)}d", *values)
        case float():
            return 0x04, _floats(values)
        case Int64():
            folded = [_folded(each.value, 64) for each in values]  # type: ignore[union-attr]
            return 0x1B, _interleaved(struct.pack(f">{len(folded)}Q", *folded), 8)
        case EnumItem():
            numbers = [each.value for each in values]  # type: ignore[union-attr]
            return 0x12, _interleaved(struct.pack(f">{len(numbers)}I", *numbers), 4)
        case Color3() if is_part:
            packed = [rbxmx.packed_color(each) for each in values]  # type: ignore[arg-type]
            return 0x1A, bytes(each >> shift & 255 for shift in (16, 8, 0) for each in packed)
        case Color3():
            return 0x0C, _fields(values, "r", "g", "b")
        case Vector3():
            return 0x0E, _fields(values, "x", "y", "z")
        case UDim2():
            offsets = [
                _ints([getattr(each, name) for each in values]) for name in ("x_offset", "y_offset")
            ]
            return 0x07, _fields(values, "x_scale", "y_scale") + b"".join(offsets)
        case CFrame():
            rotations = [b"\0" + struct.pack("<9f", *each.rotation) for each in values]  # type: ignore[union-attr]
            positions = [each.position for each in values]  # type: ignore[union-attr]
            return 0x10, b"".join(rotations) + _fields(positions, "x", "y", "z")


def _fields(values: Sequence[object], *names: str) -> bytes:
    return b"".join(_floats([getattr(each, name) for each in values]) for name in names)


def _floats(values: Sequence[object]) -> bytes:
    """32-bit floats with the sign moved to the end, bytes interleaved."""
    raw = struct.unpack(f">{len(values)}I", struct.pack(f">{len(values)}f", *values))
    turned = [(bits << 1 & 0xFFFFFFFF) | bits >> 31 for bits in raw]
    return _interleaved(struct.pack(f">{len(turned)}I", *turned), 4)


def _ints(values: Sequence[object]) -> bytes:
    folded = [_folded(int(each), 32) for each in values]  # type: ignore[call-overload]
    return _interleaved(struct.pack(f">{len(folded)}I", *folded), 4)


def _folded(number: int, bits: int) -> int:
    """Signs folded into the lowest bit, so that small numbers have small bytes."""
    return (number << 1 ^ number >> (bits - 1)) & ((1 << bits) - 1)


def _interleaved(raw: bytes, size: int) -> bytes:
    """All first bytes, then all second bytes, and so on."""
    return b"".join(raw[start::size] for start in range(size))


def _referents(referents: Iterable[int]) -> bytes:
    """Referents as differences from the one before."""
    found, last = list[int](), 0
    for referent in referents:
        found.append(referent - last)
        last = referent
    return _ints(found)


def _text(text: str | bytes) -> bytes:
    raw = text.encode() if isinstance(text, str) else text
    return struct.pack("<I", len(raw)) + raw


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<III", 0, len(content), 0) + content
