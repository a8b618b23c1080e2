"""The plugin's codec, hashes and proofs are the Companion's, to the byte."""

import base64
import dataclasses
import hashlib
import hmac
import random
import struct
from collections.abc import Callable
from typing import Any

import pytest

from desktop.lessons.instances import (
    CFrame,
    Color3,
    EnumItem,
    Instance,
    Int64,
    UDim2,
    Vector3,
)
from desktop.studio import codec, plugin, protocol
from desktop.studio.luau_machine import LuauMachine

EVERYTHING = Instance(
    "Part",
    "Größe 🧱",
    {
        "S": "text \0 with\r\nall",
        "T": True,
        "F": False,
        "I": -7,
        "N": 0.1,
        "Z": -0.0,
        "L": Int64(9_007_199_254_740_993),
        "E": EnumItem("Material", "Wood", 512),
        "V": Vector3(1.5, -2.25, 1e10),
        "C": Color3(0.25, 0.5, 0.75),
        "U": UDim2(0.5, -3, 1.0, 4),
        "M": CFrame(Vector3(1, 2, 3)),
    },
    {"a": 1.5, "B": "x", "c": True},
    ("b", "a"),
)


@pytest.fixture(scope="module")
def machine() -> LuauMachine:
    return LuauMachine()


@pytest.fixture(scope="module")
def modules(machine: LuauMachine) -> Any:
    return machine.package("studio_plugin", plugin.written())


def call(machine: LuauMachine, module: Any, function: str, *arguments: object) -> Any:
    return machine.plain(module.get(function)(*(machine.luau(each) for each in arguments))[0])


def test_a_record_survives_the_way_into_the_plugin_and_back(
    machine: LuauMachine, modules: Any
) -> None:
    content = codec.encode(EVERYTHING)
    record = modules("Codec").get("decode")(machine.luau(content))[0]
    assert machine.plain(modules("Codec").get("encode")(record)[0]) == content
    plain: Any = machine.plain(record)
    assert plain["name"].decode() == EVERYTHING.name
    assert plain["properties"]["S"]["v"] == b"text \0 with\r\nall"
    assert plain["properties"]["L"]["v"] == b"9007199254740993"


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"N": 0.100000001490116, "V": Vector3(1.25, 0.0, -1e10), "Z": 1.0},
        {"C": Color3(1.0, 0.0, 0.0), "U": UDim2(0.0, 1, 0.5, 2), "T": False, "I": 8},
        {"M": CFrame(Vector3(3, 2, 1), (0, 0, 1, 0, 1, 0, -1, 0, 0))},
        {"S": "shorter"},
        {"E": EnumItem("Material", "Glass", 1568)},
        {"name": "Another"},
    ],
)
def test_what_was_read_back_is_written_over_what_was_sent_to_the_byte(
    machine: LuauMachine, modules: Any, change: dict[str, Any]
) -> None:
    name = change.pop("name", EVERYTHING.name)
    there = dataclasses.replace(
        EVERYTHING,
        name=name,
        properties={**EVERYTHING.properties, **change},
        attributes={**EVERYTHING.attributes, "a": 2.5},
    )
    decode = modules("Codec").get("decode")
    sent = decode(machine.luau(codec.encode(EVERYTHING)))[0]
    read = decode(machine.luau(codec.encode(there)))[0]
    written = modules("Codec").get("encodeLike")(sent, read)[0]
    assert machine.plain(written) == codec.encode(there)
    assert machine.plain(modules("Codec").get("encodeLike")(sent, sent)[0]) == codec.encode(
        EVERYTHING
    )


@pytest.mark.parametrize("cut", [0, 3, 10, 57, -1])
def test_a_record_that_is_cut_or_damaged_is_refused_and_never_raises(
    machine: LuauMachine, modules: Any, cut: int
) -> None:
    record, problem = modules("Codec").get("decode")(machine.luau(codec.encode(EVERYTHING)[:cut]))
    assert record is None
    assert problem is not None


def test_random_bytes_are_refused(machine: LuauMachine, modules: Any) -> None:
    chance = random.Random(5)
    for _ in range(200):
        record = modules("Codec").get("decode")(machine.luau(b"TBX1" + chance.randbytes(40)))[0]
        assert record is None


def test_whole_numbers_in_attributes_are_what_roblox_keeps() -> None:
    whole = Instance("Folder", "A", attributes={"n": 3})
    assert codec.encode(whole) == codec.encode(Instance("Folder", "A", attributes={"n": 3.0}))


@pytest.mark.parametrize("length", [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1_000, 200_001])
def test_sha256_is_sha256(machine: LuauMachine, modules: Any, length: int) -> None:
    data = random.Random(length).randbytes(length)
    found = call(machine, modules("Sha256"), "hex", data)
    assert found.decode() == hashlib.sha256(data).hexdigest()


STUDIO = """
local answer = ...
local algorithm = {}
return {
    types = { Enum = { HashAlgorithm = { Sha256 = algorithm } } },
    game = {
        GetService = function(_, name)
            assert(name == "EncodingService")
            return {
                ComputeBufferHash = function(_, bytes, kind)
                    assert(kind == algorithm)
                    return buffer.fromstring(answer(buffer.tostring(bytes)))
                end,
            }
        end,
    },
}
"""


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (lambda data: hashlib.sha256(data).digest(), [b"abc", b"a message"]),
        (lambda data: hashlib.sha256(data).hexdigest().encode(), [b"abc"]),
        (lambda data: b"", [b"abc"]),
    ],
    ids=["sha256", "another form", "nothing"],
)
def test_studios_own_digest_is_used_once_it_has_proved_to_be_sha256(
    machine: LuauMachine, answer: Callable[[bytes], bytes], asked: list[bytes]
) -> None:
    heard: list[bytes] = []

    def hear(data: bytes) -> bytes:
        heard.append(data)
        return answer(data)

    sha256 = machine.package("studio_plugin", plugin.written())("Sha256")
    studio = machine.vm.load_chunk(STUDIO)(machine.function(hear))[0]
    sha256.get("useStudios")(studio)
    found = call(machine, sha256, "hex", b"a message")
    assert found.decode() == hashlib.sha256(b"a message").hexdigest()
    assert heard == asked


def test_numbers_travel_as_roblox_keeps_them_and_huge_ones_as_they_are() -> None:
    third, huge = 1 / 3, 1e300
    single = struct.unpack("f", struct.pack("f", third))[0]
    assert codec.value_bytes(Vector3(third, 0, -0.0)) == b"v" + struct.pack(">3d", single, 0, 0)
    assert codec.value_bytes(third) == b"n" + struct.pack(">d", third)
    assert codec.value_bytes(Vector3(huge, 0, 0)) == b"v" + struct.pack(">3d", huge, 0, 0)
    offsets = UDim2(0.5, 16_777_217, 0.5, 0)
    assert codec.value_bytes(offsets) == b"u" + struct.pack(">4d", 0.5, 16_777_217, 0.5, 0)


@pytest.mark.parametrize("key", [b"", b"k", b"k" * 32, b"k" * 64, b"k" * 65, b"k" * 200])
def test_hmac_is_hmac(machine: LuauMachine, modules: Any, key: bytes) -> None:
    found = call(machine, modules("Hmac"), "hex", key, b"a message")
    assert found.decode() == hmac.new(key, b"a message", "sha256").hexdigest()


def test_equal_compares_whole_texts(machine: LuauMachine, modules: Any) -> None:
    for left, right in ((b"abc", b"abc"), (b"abc", b"abd"), (b"abc", b"ab"), (b"", b"")):
        assert call(machine, modules("Hmac"), "equal", left, right) == (left == right)


@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 5, 100, 1_001])
def test_base64_is_base64(machine: LuauMachine, modules: Any, length: int) -> None:
    data = random.Random(length).randbytes(length)
    found = call(machine, modules("Base64"), "decode", base64.b64encode(data))
    assert found == data


@pytest.mark.parametrize("text", [b"a", b"ab", b"abc", b"ab*=", b"a===", b"====", b"ab=c"])
def test_what_is_no_base64_is_refused(machine: LuauMachine, modules: Any, text: bytes) -> None:
    assert call(machine, modules("Base64"), "decode", text) is None


def test_both_sides_make_the_same_proofs(machine: LuauMachine, modules: Any) -> None:
    secret = bytes(range(32))
    found = call(machine, modules("Protocol"), "pluginMac", secret.hex(), 28917, "aa", "bb", "sid")
    assert found.decode() == protocol.plugin_mac(secret, 28917, "aa", "bb", "sid")
    found = call(machine, modules("Protocol"), "appMac", secret.hex(), 28917, "aa", "bb")
    assert found.decode() == protocol.app_mac(secret, 28917, "aa", "bb")
    assert protocol.app_mac(secret, 28917, "aa", "bb") != protocol.app_mac(secret, 1, "aa", "bb")
    assert protocol.app_mac(secret, 28917, "aa", "bb") != protocol.plugin_mac(
        secret, 28917, "aa", "bb", ""
    )


def test_a_hashed_megabyte_takes_well_under_two_seconds(machine: LuauMachine, modules: Any) -> None:
    """A guard against a slow path; the benchmark has the exact figure."""
    import time

    data = bytes(1_000_000)
    began = time.process_time()
    call(machine, modules("Sha256"), "hex", data)
    assert time.process_time() - began < 2
