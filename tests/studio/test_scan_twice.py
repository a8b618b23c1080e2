"""The scan in the app and the scan in the plugin find the same, sentence by sentence."""

import random
import string
from collections.abc import Callable
from typing import Any

import pytest

from desktop.lessons import luau
from desktop.lessons.instances import Build, Instance
from desktop.studio import codec, plugin, scan, scan_rules, scan_table
from desktop.studio.luau_machine import LuauMachine
from tests.studio import builds
from tests.studio.test_scan import BLOCKED, HONEST, REVIEWED, SCHOOL, TELLING, made, telling

Found = set[tuple[str, int, str, bool]]


@pytest.fixture(scope="module")
def machine() -> LuauMachine:
    return LuauMachine()


@pytest.fixture(scope="module")
def modules(machine: LuauMachine) -> Callable[[str], Any]:
    return machine.package("studio_plugin", plugin.written())


def found_by_plugin(machine: LuauMachine, modules: Callable[[str], Any], source: str) -> Found:
    nothing = machine.function(lambda: None)
    hits: Any = machine.plain(
        modules("Scan").get("source")(machine.luau(source.encode()), nothing)[0]
    )
    return {
        (hit["rule"].decode(), int(hit["line"]), hit["text"].decode(), hit["blocks"])
        for hit in hits
    }


def found_by_app(source: str) -> Found:
    return {(hit.rule, hit.line, hit.text, hit.blocks) for hit in scan_rules.hits(source)}


@pytest.mark.parametrize("source", [*BLOCKED, *REVIEWED, *HONEST])
def test_both_find_the_same_in_a_source(
    machine: LuauMachine, modules: Callable[[str], Any], source: str
) -> None:
    assert found_by_plugin(machine, modules, source) == found_by_app(source)


PIECES = (
    *BLOCKED, *REVIEWED, *HONEST, "\n", "\r\n", " ", ";", "`a {b} \\u{41}`", "--[==[ x ]] ]==]",
    "[[ a ]]", "'\\z \n x'", "0x1E+1 .5e-3 1..2", "if x then y() end",
    "local x = if a then 1 else 2",
    "while true do", "end", "repeat", "until x", "function f()", "{", "}", "(", ")", "\u202e", "é",
    "\\", "'", '"', "`", "[=[", "]=]", "--", "require", "string.char", "GetService(", "\ufeff",
)  # fmt: skip


def test_both_read_thousands_of_random_sources_in_the_same_way(
    machine: LuauMachine, modules: Callable[[str], Any]
) -> None:
    """Also what is no Luau, which only the app can tell: they end alike wherever it ends."""
    chance = random.Random(7)
    compared = 0
    for _ in range(3_000):
        glue = chance.choice(("", " ", "\n"))
        source = glue.join(chance.choices(PIECES, k=chance.randrange(1, 6)))
        if luau.syntax_fault(source) is None:
            compared += 1
            assert found_by_plugin(machine, modules, source) == found_by_app(source), source
    assert compared > 300


NAMED = (
    *sorted(scan_rules._NAMES), scan_table.WEB_SERVICE, "PerformPurchase", "PromptPurchase",
    *sorted(scan_table.ADDRESSES), *sorted(scan_table.ASSETS), *sorted(scan_table.HIDDEN_NAMES),
)  # fmt: skip
UNREADABLE = "".join(random.Random(3).choices(string.ascii_letters + string.digits, k=130))


@pytest.mark.parametrize(
    "source",
    [*(f'return {{ a = "{name}" }}' for name in NAMED), f'return "{UNREADABLE}"',
     "return '\\x41'", "return 'é'", "return '\x01'"],
)  # fmt: skip
def test_the_quick_look_passes_nothing_over_that_a_rule_names(source: str) -> None:
    assert not scan_rules.is_dull(source)


def test_the_quick_look_saves_reading_what_is_data() -> None:
    assert scan_rules.is_dull('return {\n\t{ name = "Anna Lee", points = 12 },\n}\n' * 100)


def inspected(
    machine: LuauMachine, modules: Callable[[str], Any], build: Build, school: str = ""
) -> Found:
    nothing = machine.function(lambda: None)
    inspect, decode = modules("Inspection").get("item"), modules("Codec").get("decode")
    found: Found = set()
    for item in codec.items(build):
        record = decode(machine.luau(item.content))[0]
        about = machine.table(
            {"id": item.id, "name": item.path[-1], "path": list(item.path), "root": item.root}
        )
        told: Any = machine.plain(inspect(about, record, machine.luau(school), nothing)[0])
        found |= {
            (one["rule"].decode(), int(one["line"]), one["text"].decode(), one["blocks"])
            for one in told
        }
    return found


def scanned(build: Build, school: str = "") -> Found:
    return {
        (one.rule, one.line, one.text, one.blocks)
        for one in scan.scan_build(build, school=school).findings
    }


@pytest.mark.parametrize(
    "instance",
    [
        Instance("StringValue", "A", {"Value": "loadstring(x)()"}),
        Instance("StringValue", "A", {"Value": "a requires 3, and require ( 3)"}),
        Instance("StringValue", "A", {"Value": "xloadstring getfenv_ SETFENV"}),
        Instance("Folder", "require(123)"),
        Instance("Folder", "A", attributes={"x": "getfenv()", "y": 3.0}),
        Instance("Folder", "A", tags=("loadstring", "Plain")),
        Instance("Folder", "A", attributes={"x": "HTTPS://example.org"}),
        Instance("Sound", "A", {"SoundId": "rbxassetid://12"}),
        Instance("Folder", "a\u202eb"),
        Instance("Script", "A", {"LinkedSource": "x", "Source": "print(1)\nloadstring('x')()"}),
        Instance("StringValue", "A", {"Value": "ü" * 10_001}),
        Instance("StringValue", "A", {"Value": "ü" * 10_000}),
    ],
)
def test_both_find_the_same_outside_sources(
    machine: LuauMachine, modules: Callable[[str], Any], instance: Instance
) -> None:
    top = builds.folder("Top", instance)
    build = Build("t", "", "", (builds.placed(top),))
    assert inspected(machine, modules, build) == scanned(build)


def test_the_plugin_looks_at_the_name_that_a_thing_gets_and_not_at_the_one_it_came_with(
    machine: LuauMachine, modules: Callable[[str], Any]
) -> None:
    record = modules("Codec").get("decode")(machine.luau(codec.encode(Instance("Folder", "A"))))[0]
    about = machine.table({"id": "1", "name": "loadstring", "path": ["Workspace", "loadstring"]})
    nothing = machine.function(lambda: None)
    inspect = modules("Inspection").get("item")
    told: Any = machine.plain(inspect(about, record, machine.luau(""), nothing)[0])
    assert [(one["rule"], one["blocks"]) for one in told] == [(b"hidden_code", True)]


def test_both_let_our_own_lessons_pass(machine: LuauMachine, modules: Callable[[str], Any]) -> None:
    lesson = made("fractions on a number line, grade 4")
    assert inspected(machine, modules, lesson) == scanned(lesson) == set()


@pytest.mark.parametrize(
    ("url", "rules"),
    [
        (f"{SCHOOL}{TELLING}", set()),
        (f"{SCHOOL}:443{TELLING}", set()),
        (f"{SCHOOL}/{'long/' * 40}", set()),
        (f"http://127.0.0.1:8000{TELLING}", set()),
        (f"http://[::1]:8000{TELLING}", set()),
        (f"http://localhost:8000{TELLING}", set()),
        (f"http://school.example.org{TELLING}", {"url"}),
        (f"{SCHOOL}.evil.org{TELLING}", {"url"}),
        (f"https://school.example.org@evil.org{TELLING}", {"url"}),
        (f"https://127.0.0.1@evil.org{TELLING}", {"url"}),
        (f"https://127.0.0.1.evil.org{TELLING}", {"url"}),
        (f"https://evil.org/{SCHOOL}", {"url"}),
        ("https://[broken", {"url"}),
        ("wss://school.example.org/", {"url"}),
        ("discord.gg/abc", {"url"}),
    ],
)
def test_both_know_the_schools_address(
    machine: LuauMachine, modules: Callable[[str], Any], url: str, rules: set[str]
) -> None:
    build = telling(url)
    assert {one[0] for one in inspected(machine, modules, build, SCHOOL)} == rules
    assert {one[0] for one in scanned(build, SCHOOL)} == rules


def test_the_plugins_scan_draws_breath_while_it_reads_a_long_source(
    machine: LuauMachine, modules: Callable[[str], Any]
) -> None:
    breaths = []
    breathe = machine.function(lambda: breaths.append(1))
    source = "local x = 1 -- a line as any other\n" * 5_000
    modules("Scan").get("source")(machine.luau(source), breathe)
    assert len(breaths) >= 10


def test_every_address_has_a_colon_or_a_dot_by_which_the_plugin_looks_first() -> None:
    assert all(":" in each or "." in each for each in (*scan_table.ADDRESSES, *scan_table.ASSETS))


def test_a_word_of_the_table_is_plain_enough_for_both_lexers() -> None:
    """A name is looked up by its first byte and length: both take letters of ASCII alone."""
    letters = set(string.ascii_letters + string.digits + "_")
    assert all(set(name) <= letters and len(name) < 64 for name in scan_rules._NAMES)
