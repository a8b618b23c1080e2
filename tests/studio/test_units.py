"""The plugin's modules one by one, in the Luau machine: plan, apply, verify, the greeting."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from desktop.lessons.instances import (
    Build,
    CFrame,
    Color3,
    EnumItem,
    Instance,
    Int64,
    Placed,
    UDim2,
    Vector3,
)
from desktop.studio import codec, plugin, protocol, terrain
from desktop.studio.luau_machine import LuauMachine
from tests.studio import builds

ROOM = "ServerScriptService"

BENCH = Path(__file__).parent / "in_machine" / "bench.luau"


class Bench:
    """A place in the machine, and the plugin's modules on it."""

    def __init__(self) -> None:
        self.machine = LuauMachine()
        self.now = 0.0
        outside = self.machine.table(
            {
                "clock": self.machine.function(self._tick),
                "time": self.machine.function(lambda: 1_000),
                "random": self.machine.function(lambda: 0.5),
                "guid": self.machine.function(lambda: "0123456789abcdef-0123456789abcdef"),
                "complain": self.machine.function(lambda text: None),
            }
        )
        simulator = self.machine.package("studio_simulator")
        opened = simulator("Studio").get("open")(outside, self.machine.luau("Place"))[0]
        self.services = opened.get("services")
        self.require = self.machine.package("studio_plugin", plugin.written())
        require = self.machine.vm.create_function(
            lambda _thread, given: [self.require(bytes(given[0].as_bytes()).decode())]
        )
        self._bench = self.machine.vm.load_chunk(BENCH.read_text())(self.services, require)[0]
        self._pushes = 0

    def _tick(self) -> float:
        self.now += 0.01
        return self.now

    def call(self, name: str, *arguments: object) -> Any:
        given = (self.machine.luau(each) for each in arguments)
        return self.machine.plain(self._bench.get(name)(*given)[0])

    def plan(self, build: Build) -> dict[str, tuple[str, str]]:
        """Action and reason by the item's name."""
        entries = self.call("plan", offered(build))["entries"]
        names = [item.path[-1] for item in codec.items(build)]
        return {
            name: (entry["action"].decode(), entry.get("reason", b"").decode())
            for name, entry in zip(names, entries, strict=True)
        }

    def land(self, build: Build, decisions: dict[str, str] | None = None) -> dict[str, Any]:
        """Land a build, with decisions by the item's name."""
        self._pushes += 1
        items = list(codec.items(build))
        numbers = {item.path[-1]: item.id for item in items}
        contents = {item.sha256: item.content for item in items}
        decided = {numbers[name]: choice for name, choice in (decisions or {}).items()}
        told = self.call("land", f"push {self._pushes}", offered(build), contents, decided)
        return dict(told)

    def does(self, change: str) -> None:
        """Do something in the place: Luau with `services` and `find`."""
        chunk = self.machine.vm.load_chunk(f"return function(services, find) {change} end")
        self._bench.get("run")(chunk()[0])

    def verify(self, instance: Instance, spoil: str) -> dict[str, Any]:
        """What reading back finds after `spoil`: Luau with `instance` and `elsewhere`."""
        chunk = self.machine.vm.load_chunk(f"return function(instance, elsewhere) {spoil} end")
        told = self._bench.get("verify")(
            self.machine.luau(codec.encode(instance)),
            self.machine.luau(instance.class_name),
            self.machine.luau(instance.name),
            chunk()[0],
        )[0]
        return dict(self.machine.plain(told))  # type: ignore[arg-type]


def offered(build: Build) -> list[dict[str, object]]:
    return [
        {
            "id": item.id,
            "class": item.class_name,
            "name": item.path[-1],
            "path": list(item.path),
            "root": item.root,
            "sha256": item.sha256,
            "bytes": len(item.content),
        }
        for item in codec.items(build)
    ]


def room(*children: Instance, service: str = ROOM) -> Build:
    return Build("Lesson", "l", "ab" * 32, (Placed(service, builds.folder("Lesson", *children)),))


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_plan_tells_new_unchanged_updated_changed_and_foreign_apart(bench: Bench) -> None:
    first = room(*(builds.script(name, "print(1)") for name in ("Same", "Newer", "Mine")))
    assert {action for action, _ in bench.plan(first).values()} == {"create"}
    assert bench.land(first)["ok"]
    bench.does("find('ServerScriptService/Lesson/Mine').Source = 'print(2)'")
    bench.does(
        "local made = services.types.Instance.new('Script') made.Name = 'Foreign' "
        "made.Parent = find('ServerScriptService/Lesson')"
    )
    plan = bench.plan(
        room(
            builds.script("Same", "print(1)"),
            builds.script("Newer", "print(3)"),
            builds.script("Mine", "print(3)"),
            builds.script("Foreign", "print(3)"),
            builds.script("Fresh", ""),
        )
    )
    assert plan == {
        "Lesson": ("unchanged", ""),
        "Same": ("unchanged", ""),
        "Newer": ("update", ""),
        "Mine": ("conflict", "Mine was changed in Studio since it landed."),
        "Foreign": (
            "conflict",
            "Something called Foreign is there already, and it is not from ToolBoxAI.",
        ),
        "Fresh": ("create", ""),
    }


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (room(Instance("Plugin", "A")), "A lesson may not make a Plugin."),
        (room(service="TestService"), "A lesson may not put anything into TestService."),
        (room(service="StarterPlayer"), "A lesson may not put anything into StarterPlayer."),
        (
            room(service="StarterPlayer/Elsewhere"),
            "A lesson may not put anything into StarterPlayer/Elsewhere.",
        ),
    ],
)
def test_a_plan_keeps_out_what_no_lesson_may_make(bench: Bench, build: Build, reason: str) -> None:
    assert ("blocked", reason) in bench.plan(build).values()


@pytest.mark.parametrize(
    ("instance", "says"),
    [
        (Instance("Plugin", "A"), b"a lesson may not make a Plugin"),
        (Instance("Part", "A", {"Archivable": True}), b"a lesson may not set Part.Archivable"),
        (
            Instance("Part", "A", attributes={"TBX_Sent": "x"}),
            b"a lesson may not set the attribute TBX_Sent",
        ),
    ],
)
def test_whatever_a_plan_says_nothing_is_made_or_set_that_no_lesson_may(
    bench: Bench, instance: Instance, says: bytes
) -> None:
    before = bench.call("names")
    told = bench.land(room(instance))
    assert told["code"] == b"error"
    assert says in told["faults"][0]["error"]
    assert bench.call("names") == before


def test_a_lesson_lands_in_the_folders_that_studio_keeps_for_players(bench: Bench) -> None:
    assert bench.land(room(service="StarterPlayer/StarterPlayerScripts"))["ok"]
    assert bench.call("attributes", "StarterPlayer/StarterPlayerScripts/Lesson")


def test_an_update_takes_back_what_the_version_before_had_set(bench: Bench) -> None:
    old = Instance("Part", "P", {"Transparency": 0.5, "Size": Vector3(1, 2, 3)},
                   {"gone": 1.0, "kept": 2.0}, ("Gone", "Kept"))  # fmt: skip
    bench.land(room(old))
    new = Instance("Part", "P", {"Size": Vector3(4, 5, 6)}, {"kept": 3.0}, ("Kept",))
    assert bench.land(room(new))["ok"]
    attributes = bench.call("attributes", f"{ROOM}/Lesson/P")
    assert {name for name in attributes if not name.startswith("TBX_")} == {"kept"}
    assert bench.call("tags", f"{ROOM}/Lesson/P") == [b"Kept"]
    assert bench.call("property", f"{ROOM}/Lesson/P", "Transparency") is None


def test_a_class_that_changed_is_swapped_and_the_old_one_is_only_taken_out(bench: Bench) -> None:
    bench.land(room(builds.script("A", "return 1", "ModuleScript")))
    told = bench.land(room(builds.script("A", "print(1)")), {"A": "replace"})
    assert told["ok"]
    assert bench.call("property", f"{ROOM}/Lesson/A", "ClassName") == b"Script"
    assert (
        bench.call("property", "ServerStorage/ToolBoxAI Backups/A (now)", "Source") == b"return 1"
    )


def test_a_copy_gets_a_name_that_is_free(bench: Bench) -> None:
    bench.land(room(builds.script("A", "print(1)")))
    for number in (2, 3):
        bench.does(f"find('ServerScriptService/Lesson/A').Source = 'mine {number}'")
        assert bench.land(room(builds.script("A", "print(2)")), {"A": "copy"})["ok"]
    for name in ("A (ToolBoxAI 2)", "A (ToolBoxAI 3)"):
        assert bench.call("property", f"{ROOM}/Lesson/{name}", "Source") == b"print(2)"
    assert bench.call("property", f"{ROOM}/Lesson/A", "Source") == b"mine 3"


def test_what_is_kept_is_left_alone(bench: Bench) -> None:
    bench.land(room(builds.script("A", "print(1)")))
    bench.does("find('ServerScriptService/Lesson/A').Source = 'mine'")
    assert bench.land(room(builds.script("A", "print(2)")), {"A": "keep"})["ok"]
    assert bench.call("property", f"{ROOM}/Lesson/A", "Source") == b"mine"


def test_long_sources_are_waited_for_when_studio_takes_a_frame_for_each(bench: Bench) -> None:
    bench.does(
        "services.ScriptEditorService.UpdateSourceAsync = function(_, instance, change) "
        "services.task.wait() instance.Source = change(instance.Source) end"
    )
    long = "-- " + "x" * 200_000
    assert bench.land(room(builds.script("A", long), builds.script("B", long + "!")))["ok"]
    assert bench.call("property", f"{ROOM}/Lesson/B", "Source") == (long + "!").encode()


@pytest.mark.parametrize(
    ("trouble", "code", "says"),
    [
        ("services.ScriptEditorService.UpdateSourceAsync = function() error('no room') end",
         "error", b"no room"),
        ("services.ScriptEditorService.GetEditorSource = function() return 'else' end",
         "mismatch", b"Source reads back differently"),
        ("services.types.Instance.new = function() error('no more') end", "error", b"no more"),
    ],
)  # fmt: skip
def test_what_studio_refuses_leaves_no_trace(
    bench: Bench, trouble: str, code: str, says: bytes
) -> None:
    before = bench.call("names")
    bench.does(trouble)
    told = bench.land(room(builds.script("A", "-- " + "x" * 200_000)))
    assert (told["ok"], told["code"].decode()) == (False, code)
    assert any(says in fault["error"] for fault in told["faults"])
    assert bench.call("names") == before


def test_a_push_gives_way_to_a_recording_and_to_a_colleague(bench: Bench) -> None:
    assert not bench.call("is_recording")
    bench.does("services.ChangeHistoryService:TryBeginRecording('hers', 'hers')")
    assert bench.call("is_recording")
    assert bench.land(room())["code"] == b"busy"
    bench.does(
        "local history = services.ChangeHistoryService "
        "history:FinishRecording('hers', services.types.Enum.FinishRecordingOperation.Cancel)"
    )
    bench.does(
        "local mark = services.types.Instance.new('Configuration') "
        "mark.Name = 'ToolBoxAI is writing' "
        "mark:SetAttribute('Owner', 'her') mark:SetAttribute('Name', 'Ms. Rivera') "
        "mark:SetAttribute('Until', 1060) mark.Parent = find('ServerStorage')"
    )
    told = bench.land(room())
    assert (told["code"], told["holder"]) == (b"team", b"Ms. Rivera")


def test_terrain_is_filled_read_back_and_wrong_terrain_cancels(bench: Bench) -> None:
    bench.does(
        "local filled services.game:GetService('Workspace').Terrain = {"
        " CopyRegion = function() return {} end, PasteRegion = function() end,"
        " FillBlock = function(_, _, _, material) filled = material end,"
        " FillBall = function() filled = 'mud' end,"
        " ReadVoxels = function() return { { { filled } } } end }"
        " local function plain(...) return { ... } end"
        " for _, name in { 'Vector3int16', 'Region3', 'Region3int16' } do"
        " services.types[name] = { new = plain } end"
        " local turned = setmetatable({}, { __mul = plain })"
        " services.types.CFrame = { new = function() return turned end,"
        " Angles = plain }"
    )
    middle, size = Vector3(0, 0, 0), Vector3(8, 8, 8)
    block = terrain.fill("Plain", "Block", "Grass", middle, size)
    assert bench.land(room(block, service="Workspace"))["ok"]
    told = bench.land(room(terrain.fill("Hill", "Ball", "Rock", middle, size), service="Workspace"))
    assert told["code"] == b"mismatch"
    assert b"terrain reads back" in told["faults"][0]["error"]


THING = Instance("Part", "P", {"Size": Vector3(1, 2, 3)}, {"n": 1.0}, ("Tag",))


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("instance.Parent = elsewhere", b"not where it was put"),
        ("instance.Size = { X = 1, Y = 2, Z = 3.1 }", b"Its Size reads back"),
        ("instance.Size = nil", b"Its Size reads back"),
        ("instance:SetAttribute('n', 2)", b"Its attribute n reads back"),
        ("instance:SetAttribute('n', nil)", b"Its attribute n reads back"),
        ("instance:SetAttribute('n', 'one')", b"Its attribute n reads back"),
        ("instance:SetAttribute('more', true)", b"Its attribute more reads back"),
        ("instance:AddTag('More')", b"Its tags read back"),
        ("instance:RemoveTag('Tag')", b"Its tags read back"),
        ("instance.Name = 'Q'", b"Its name reads back"),
    ],
)
def test_reading_back_names_what_differs(bench: Bench, spoil: str, says: bytes) -> None:
    found = bench.verify(THING, spoil)
    assert says in found["fault"]


def test_reading_back_finds_a_class_that_is_another(bench: Bench) -> None:
    told = bench._bench.get("verify")(
        bench.machine.luau(codec.encode(Instance("Folder", "P"))),
        bench.machine.luau("Model"),
        bench.machine.luau("P"),
        bench.machine.vm.load_chunk("return function() end")()[0],
    )[0]
    assert bench.machine.plain(told.get("fault")) == b"It is a Model instead of a Folder."


def test_reading_back_finds_what_is_as_it_was_sent(bench: Bench) -> None:
    assert bench.verify(THING, "")["exact"]
    nearly = bench.verify(THING, "instance:SetAttribute('n', 1 + 1e-12)")
    assert (nearly["fault"], nearly["exact"]) == (b"", False)
    source = builds.script("A", "print(1)")
    found = bench.verify(source, "instance.Source = 'print(2)'")
    assert b"Its Source reads back" in found["fault"]


def test_every_kind_of_value_is_read_back_as_close_as_roblox_keeps_it(bench: Bench) -> None:
    values = Instance(
        "Part",
        "P",
        {
            "Color": Color3(0.1, 0.2, 0.3),
            "CFrame": CFrame(Vector3(0.1, 0.2, 0.3)),
            "Material": EnumItem("Material", "Wood", 512),
            "Position": Vector3(1e6, 0.1, -0.1),
            "Anchored": True,
            "Reflectance": 0.1,
        },
    )
    assert bench.verify(values, "")["fault"] == b""
    label = Instance("TextLabel", "L", {"Size": UDim2(0.1, 3, 0.2, -4), "ZIndex": 3, "Text": "ü"})
    assert bench.verify(label, "")["fault"] == b""
    big = Instance("IntValue", "I", {"Value": Int64(9_007_199_254_740_991)})
    assert bench.verify(big, "")["fault"] == b""


class Handshake:
    """The plugin's side of a greeting, with a secret of its own."""

    SECRET, PORT, NONCE = bytes(range(32)), 28917, "a" * 64

    def __init__(self, bench: Bench) -> None:
        self._machine = bench.machine
        config = bench.machine.table(
            {"secret": self.SECRET.hex(), "version": "1", "installId": "me"}
        )
        self._module = bench.require("Greeting")
        self._greeting = self._module.get("new")(bench.services, config, self.PORT)[0]

    def hello(self, nonce: object) -> Any:
        challenge = self._machine.table({"nonceA": nonce})
        return self._machine.plain(self._module.get("hello")(self._greeting, challenge)[0])

    def welcome(self, mac: object) -> Any:
        message = self._machine.table({"mac": mac})
        return self._machine.plain(self._module.get("welcome")(self._greeting, message)[0])


def test_the_greeting_proves_both_sides_once(bench: Bench) -> None:
    shake = Handshake(bench)
    hello = shake.hello(shake.NONCE)
    nonce_b, sid = hello["nonceB"].decode(), hello["sid"].decode()
    expected = protocol.plugin_mac(shake.SECRET, shake.PORT, shake.NONCE, nonce_b, sid)
    assert hello["mac"].decode() == expected
    app = protocol.app_mac(shake.SECRET, shake.PORT, shake.NONCE, nonce_b)
    assert shake.welcome("0" * 64) is None
    key = protocol.line_key(shake.SECRET, shake.PORT, shake.NONCE, nonce_b)
    assert shake.welcome(app).decode() == key
    assert shake.welcome(app) is None  # not twice
    assert shake.hello(shake.NONCE) is None


@pytest.mark.parametrize("nonce", ["", "a" * 31, 7, None])
def test_a_challenge_that_makes_no_sense_gets_no_hello(bench: Bench, nonce: object) -> None:
    assert Handshake(bench).hello(nonce) is None


@pytest.mark.parametrize("mac", ["", "a" * 63, 7, None])
def test_a_welcome_without_a_proof_is_believed_by_nobody(bench: Bench, mac: object) -> None:
    shake = Handshake(bench)
    assert shake.welcome(mac) is None  # before anything was said
    shake.hello(shake.NONCE)
    assert shake.welcome(mac) is None


def test_pages_hold_everything_in_order_and_nothing_is_one_page(bench: Bench) -> None:
    pages = bench.require("Protocol").get("pages")
    items = [
        {"id": str(number), "error": "\1" * (number % 90), "exact": True} for number in range(3_000)
    ]
    told: Any = bench.machine.plain(pages(bench.machine.luau(items))[0])
    found = list(chain.from_iterable(told))
    assert [int(item["id"]) for item in found] == list(range(3_000))
    sizes = [len(json.dumps(page, default=bytes.decode)) for page in told]
    assert max(sizes) < protocol.FRAME_BYTES // 2
    assert min(sizes[:-1]) > protocol.FRAME_BYTES // 8
    assert bench.machine.plain(pages(bench.machine.luau([]))[0]) == [[]]
