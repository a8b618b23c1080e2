"""The plugin's own Luau: laid out as agreed, compiled, strict, and without any forbidden call."""

import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from desktop import resources
from desktop.lessons import luau
from desktop.studio.tokens import lex
from tests.tools import fetch_stylua

FOLDER = Path(sys.prefix) / "share" / "stylua"
HERE = Path(__file__).parent
PLUGIN = sorted(resources.path("studio_plugin").glob("*.luau"))
FOREVER_FORBIDDEN = {
    "loadstring", "getfenv", "setfenv", "newproxy", "GetObjects", "LoadAsset", "LoadAssetAsync",
    "LoadAssetVersion", "InsertService", "HttpEnabled", "LinkedSource", "MarketplaceService",
    "TeleportService", "Destroy", "ClearAllChildren", "ExecuteScript", "_G", "shared",
    "SetSetting", "GetSetting",
}  # fmt: skip
"""Names that may stand nowhere in it: `Destroy` breaks undo, settings fail silently."""
PLUGIN_POWERS = {
    "CreateToolbar", "CreateDockWidgetPluginGuiAsync", "CreatePluginAction", "Unloading",
}  # fmt: skip


def test_the_luau_of_plugin_place_simulator_and_tests_is_laid_out_by_stylua() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(FOLDER / "fetching.lock"):
        program = fetch_stylua.fetch(FOLDER)
    folders = [
        resources.path("studio_plugin"),
        resources.path("studio_server"),
        resources.path("studio_simulator"),
        HERE / "in_lune",
        HERE / "in_machine",
        HERE.parents[1] / "desktop" / "lessons" / "place",
    ]
    config = resources.path("stylua.toml")
    done = subprocess.run(
        [program, "--config-path", config, "--check", *folders],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", PLUGIN, ids=lambda file: file.stem)
def test_a_module_of_the_plugin_is_strict_compiles_and_says_what_it_is(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert luau.syntax_fault(source) is None
    lines = source.splitlines()
    assert lines[0] == "--!strict"
    assert next(line for line in lines if not line.startswith("--!")).startswith("-- ")


@pytest.mark.parametrize("file", PLUGIN, ids=lambda file: file.stem)
def test_a_module_of_the_plugin_makes_no_forbidden_call(file: Path) -> None:
    code = [token for token in lex(file.read_text(encoding="utf-8")) if token.kind != "comment"]
    words = {token.text for token in code if token.kind in {"name", "string"}}
    if file.stem != "ScanRules":  # which has to name what it looks for
        assert not words & FOREVER_FORBIDDEN
    else:
        assert not {token.text for token in code if token.kind == "name"} & FOREVER_FORBIDDEN


@pytest.mark.parametrize("file", PLUGIN, ids=lambda file: file.stem)
def test_only_the_entry_touches_the_plugins_powers(file: Path) -> None:
    code = [token for token in lex(file.read_text(encoding="utf-8")) if token.kind != "comment"]
    powers = {
        code[index + 2].text
        for index, token in enumerate(code[:-2])
        if token.text == "plugin" and token.kind == "name" and code[index + 1].text in {".", ":"}
    }
    assert powers <= (PLUGIN_POWERS if file.name == "init.server.luau" else set())


@pytest.mark.parametrize("file", PLUGIN, ids=lambda file: file.stem)
def test_a_module_of_the_plugin_requires_only_its_siblings(file: Path) -> None:
    code = [token for token in lex(file.read_text(encoding="utf-8")) if token.kind != "comment"]
    for index, token in enumerate(code):
        if token.text == "require" and token.kind == "name":
            argument = [each.text for each in code[index + 1 : index + 5]]
            assert argument[:3] == ["(", "script", "."]
            assert argument[3] == "Parent" or file.name == "init.server.luau"
