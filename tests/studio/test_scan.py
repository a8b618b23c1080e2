"""The safety scan: what is blocked, what is shown, and that honest lessons pass."""

import datetime as dt
import time
from dataclasses import replace

import pytest

from desktop.lessons import builder, request
from desktop.lessons.builder import TelemetryConfig
from desktop.lessons.instances import Build, Instance
from desktop.lessons.templates import generate
from desktop.studio import scan, tokens
from tests.studio import builds

BLOCKED = {
    "loadstring('print(1)')()": "run_text",
    "local f = loadstring": "run_text",
    "local f = getfenv()['load' .. 'string']": "environment",
    "setfenv(1, {})": "environment",
    "newproxy(true)": "proxy",
    "require(123456)": "require",
    "require (0x1E240)": "require",
    "require --[[ no number ]] (123456)": "require",
    "require(tonumber('123'))": "require",
    "require(id + 1)": "require",
    "local r = require r(5)": "require",
    "pcall(require, 123)": "require",
    "require'evil'": "require",
    "require(game:HttpGet('x'))": "http_request",
    "game:GetService('InsertService')": "insert",
    "game:GetObjects('rbxassetid://1')": "insert",
    "game['GetObjects'](game, 'x')": "insert",
    "game['Get\\79bjects'](game, 'x')": "insert",
    "game[`GetObjects`](game, 'x')": "insert",
    "print(`{game:GetObjects('x')}`)": "insert",
    "print(`a {`b {loadstring('x')}`}`)": "run_text",
    "s:LoadAsset(1)": "insert",
    "script.LinkedSource = 'x'": "linked_source",
    "http:PostAsync('x', 'y')": "http_request",
    "http:RequestAsync({})": "http_request",
    "game:GetService('HttpService'):GetAsync('x')": "http_request",
    "h:CreateWebStreamClient()": "http_request",
    "m:PromptPurchase(p, 1)": "purchase",
    "m:PromptProductPurchase(p, 1)": "purchase",
    "m:PromptGamePassPurchase(p, 1)": "purchase",
    "game:GetService('TeleportService')": "teleport",
    "player:Kick('bye')": "ban",
    "game.Players:BanAsync({})": "ban",
    "plugin:Activate(true)": "plugin",
    "local p = plugin": "plugin",
    "game:GetService('ScriptEditorService')": "editor",
    "print(1": "syntax",
    "--[[ hidden ]] loadstring('x')()": "run_text",
    "local a = [[x]] loadstring('x')()": "run_text",
    "return {\n\tf = loadstring,\n}": "run_text",
    "-- a comment ends here\rloadstring('x')()": "run_text",
    "local s = 'a\\z\n  b' loadstring('x')() --'": "run_text",
    "game[`Get\\u{4F}bjects`](game, 'x')": "insert",
    "local s = [==[ ]=] ]] ]==] loadstring('x')()": "run_text",
    "local s = `{ ({a = 1}).a }` loadstring('x')()": "run_text",
}

REVIEWED = {
    "_G.x = 1": "shared_state",
    "shared.x = 1": "shared_state",
    "string.char(104, 105)": "built_text",
    "string.reverse('x')": "built_text",
    "-- " + "x" * 1_001: "long_line",
    " " * 121 + "print(1)": "pushed_aside",
    "print(1)" + " " * 121 + "print(2)": "pushed_aside",
    "game:GetService('Insert' .. 'Service')": "computed_service",
    "game:GetService(name)": "computed_service",
    "print('\\104\\105\\106\\107\\108\\109\\110\\111\\112')": "escapes",
    "game:GetService('DataStoreService')": "data_store",
    "local u = 'https://example.org'": "url",
    "local s = 'rbxassetid://12'": "asset",
    "-- \u202e reversed": "bidi",
    "while true do local x = 1 end": "endless_loop",
    "while true do if a then b = 1 end end task.wait()": "endless_loop",
    "local s = '" + "aB3$xY9#kL2@mN5%pQ8&rT1!uV4*wZ7(" * 5 + "'": "entropy",
    "local s = 'loadstring(x)'": "hidden_code",
}

HONEST = [
    "print('hello')",
    "-- loadstring is forbidden, and so is require(123)",
    "--[[ game:GetObjects() ]] print(1)",
    "local Quiz = require(script.Parent.Quiz)",
    "local Quiz = require(script.Parent:WaitForChild('Quiz'))",
    "local Quiz = require(game:GetService('ReplicatedStorage').Lesson.Quiz)",
    "local Quiz = require(shared_.Content) :: any",
    "while true do task.wait(1) end",
    "while true do local x = if a then 1 else 2 task.wait() end",
    "while true do for i = 1, 3 do if i == 2 then break end end end",
    "local t = { plugin = 1 }",
    "local kicked = 'Kicked off at noon'",
    "self.plugin = 1",
    "game:GetService('HttpService'):JSONEncode({})",
    "local key = 'a' .. 'b' print(`{key}: {1 + 2}`)",
    "store:GetAsync('x')",
]


@pytest.mark.parametrize(("source", "rule"), BLOCKED.items())
def test_it_is_blocked(source: str, rule: str) -> None:
    found = scan.scan_source(source)
    assert rule in {finding.rule for finding in found if finding.blocks}


@pytest.mark.parametrize(("source", "rule"), REVIEWED.items())
def test_it_is_shown_and_not_blocked(source: str, rule: str) -> None:
    found = scan.scan_source(source)
    assert rule in {finding.rule for finding in found}
    assert not [finding for finding in found if finding.blocks]


@pytest.mark.parametrize("source", HONEST)
def test_honest_source_passes(source: str) -> None:
    assert scan.scan_source(source) == []


def test_findings_name_the_line_and_are_sentences() -> None:
    (finding,) = scan.scan_source("print(1)\n\nloadstring('x')()")
    assert finding.line == 3
    assert finding.text == "Line 3: it runs text as code (loadstring)."


def made(sentence: str) -> Build:
    stages = generate(
        request.from_sentence(sentence), seed=1, now=dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    )
    package = next(stage.package for stage in stages if stage.package is not None)
    telemetry = TelemetryConfig(url="http://127.0.0.1:1/api", place_key="k" * 40)
    return builder.build(package, lesson_id="lesson-1", telemetry=telemetry)


@pytest.mark.parametrize(
    "sentence",
    ["fractions on a number line, grade 4", "photosynthesis, grade 6", "ancient Egypt, grade 5"],
)
def test_our_own_lessons_need_no_second_look(sentence: str) -> None:
    assert scan.scan_build(made(sentence)).verdict == "ok"


def test_the_telemetry_module_is_known_by_its_content_and_not_by_its_name() -> None:
    lesson = made("fractions on a number line, grade 4")
    source = next(text for path, text in lesson.scripts.items() if path.endswith("/Telemetry"))
    assert scan.scan_source(source) == []
    changed = scan.scan_source(source + "\n-- one more line")
    assert {finding.rule for finding in changed if finding.blocks} == {"http_request"}


SCHOOL = "https://school.example.org"
TELLING = "/api/v1/telemetry/events"


def telling(url: str) -> Build:
    """A lesson whose place reports to `url`."""
    package = builds.generated("cells, grade 7").package
    config = TelemetryConfig(url=url, place_key="k" * 40, class_id="c", join_code="J")
    return builder.build(package, lesson_id="lesson-1", telemetry=config)


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (f"{SCHOOL}{TELLING}", "ok"),
        (f"{SCHOOL}:443{TELLING}", "ok"),
        (f"{SCHOOL}/{'long/' * 40}", "ok"),
        (f"http://127.0.0.1:8000{TELLING}", "ok"),
        (f"http://[::1]:8000{TELLING}", "ok"),
        (f"http://localhost:8000{TELLING}", "ok"),
        (f"http://school.example.org{TELLING}", "review"),
        (f"{SCHOOL}.evil.org{TELLING}", "review"),
        (f"https://school.example.org@evil.org{TELLING}", "review"),
        (f"https://127.0.0.1@evil.org{TELLING}", "review"),
        (f"https://127.0.0.1.evil.org{TELLING}", "review"),
        (f"https://evil.org/{SCHOOL}", "review"),
        ("https://[broken", "review"),
        ("wss://school.example.org/", "review"),
    ],
)
def test_a_place_may_report_to_the_school_and_to_nobody_else(url: str, verdict: str) -> None:
    assert scan.scan_build(telling(url), school=SCHOOL).verdict == verdict


def test_without_a_school_only_this_machine_is_known() -> None:
    assert scan.scan_build(telling(f"http://127.0.0.1:1{TELLING}")).verdict == "ok"
    assert scan.scan_build(telling(f"{SCHOOL}{TELLING}")).verdict == "review"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return {", "return  {"),
        ('\turl = "', '\textra = "x",\n\turl = "'),
        ('classId = "c"', 'classId = "\\99"'),
        ("}\n", "} :: any\n"),
        ("-- Where", "-- There"),
        ('\turl = "', '\turl = "" .. "'),
    ],
)
def test_a_config_that_is_not_ours_to_the_byte_is_shown(old: str, new: str) -> None:
    build = telling(f"{SCHOOL}{TELLING}")
    source = next(text for path, text in build.scripts.items() if path.endswith("/PlaceConfig"))
    assert old in source
    spoiled = replace(build, placed=tuple(
        replace(placed, instance=with_source(placed.instance, "PlaceConfig",
                                             source.replace(old, new, 1)))
        for placed in build.placed
    ))  # fmt: skip
    assert {one.rule for one in scan.scan_build(spoiled, school=SCHOOL).findings} == {"url"}


def with_source(instance: Instance, name: str, source: str) -> Instance:
    properties = {"Source": source} if instance.name == name else instance.properties
    children = tuple(with_source(child, name, source) for child in instance.children)
    return replace(instance, properties=properties, children=children)


def test_the_same_texts_in_another_module_are_shown() -> None:
    build = telling(f"{SCHOOL}{TELLING}")
    source = next(text for path, text in build.scripts.items() if path.endswith("/PlaceConfig"))
    spoiled = replace(build, placed=tuple(
        replace(placed, instance=with_source(placed.instance, "Content", source))
        for placed in build.placed
    ))  # fmt: skip
    found = scan.scan_build(spoiled, school=SCHOOL).findings
    assert [finding.where.rsplit("/", 1)[1] for finding in found] == ["Content"]


def test_a_finding_names_its_place_once() -> None:
    (finding,) = scan.scan_instance(builds.script("A", "print(1)\nloadstring('x')()"), ("S",))
    assert finding.text == "S/A, line 2: it runs text as code (loadstring)."
    assert (finding.where, finding.line) == ("S/A", 2)


def test_an_address_in_a_file_from_elsewhere_is_shown() -> None:
    foreign = replace(made("fractions on a number line, grade 4"), lesson_id="")
    assert {finding.rule for finding in scan.scan_build(foreign).findings} == {"url"}


@pytest.mark.parametrize(
    ("instance", "rule", "blocks"),
    [
        (Instance("StringValue", "A", {"Value": "loadstring(x)()"}), "hidden_code", True),
        (Instance("StringValue", "A", {"Value": "require(123)"}), "hidden_code", True),
        (Instance("Folder", "require(123)"), "hidden_code", True),
        (Instance("Folder", "A", attributes={"x": "getfenv()"}), "hidden_code", True),
        (Instance("Folder", "A", tags=("loadstring",)), "hidden_code", True),
        (Instance("Folder", "A", attributes={"x": "https://example.org"}), "url", False),
        (Instance("Folder", "a\u202eb"), "bidi", False),
        (Instance("Script", "A", {"LinkedSource": "x"}), "linked_source", True),
        (Instance("StringValue", "A", {"Value": "x" * 10_001}), "long_text", False),
    ],
)
def test_what_hides_outside_sources_is_found(instance: Instance, rule: str, blocks: bool) -> None:
    top = builds.folder("Top", instance)
    found = [finding for finding in scan.scan_instance(top) if finding.rule == rule]
    assert [finding.blocks for finding in found] == [blocks]
    assert found[0].where.startswith("Top/")


def test_a_source_that_repeats_itself_is_told_of_a_few_times_only() -> None:
    found = scan.scan_source("_G.x = 1\n" * 5_000 + "loadstring('x')()")
    assert len(found) < 100
    assert [finding.rule for finding in found if finding.blocks] == ["run_text"]


@pytest.mark.parametrize(
    "source",
    [
        "local s = 'require" + " " * 400_000 + "'",
        "local x = 1" + " \n" * 200_000,
        "--[[" + "[" * 400_000 + "]]",
        "local t = {" + "'a'," * 100_000 + "}",
        "local s = `" + "\\{" * 200_000 + "`",
        "while true do " * 150 + "x = 1 " * 60_000 + "end " * 150,
    ],
    ids=["spaces in a text", "lines", "brackets", "strings", "escapes", "loops"],
)
def test_no_source_makes_the_scan_slow(source: str) -> None:
    """It takes milliseconds; what grows with the square of a length would take hours."""
    began = time.process_time()
    scan.scan_source(source)
    assert time.process_time() - began < 10


def test_the_lexer_loses_nothing_of_what_it_reads() -> None:
    source = "a = [==[ ]] ]==] .. 'b\\'c' .. \"d\" -- e\n--[[ f\n]] `g {h} i`"
    texts = [(token.kind, token.text, token.line) for token in tokens.lex(source)]
    assert texts == [
        ("name", "a", 1),
        ("symbol", "=", 1),
        ("string", " ]] ", 1),
        ("symbol", "..", 1),
        ("string", "b'c", 1),
        ("symbol", "..", 1),
        ("string", "d", 1),
        ("name", "h", 3),
        ("string", "g  i", 3),
    ]
