"""Building, installing, looking at and removing the plugin's file; its source is as it must be."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import desktop
from desktop import resources
from desktop.lessons import luau
from desktop.studio import pairing, plugin, rbxmx_reader, scan
from desktop.studio.errors import PluginFault
from desktop.studio.tokens import lex

MODULES = sorted(resources.path("studio_plugin").glob("*.luau"))


def test_the_installed_plugin_holds_its_modules_ports_and_secret(
    profile: Path, tmp_path: Path
) -> None:
    done = plugin.install(profile, tmp_path / "Plugins", (20_001, 20_002))
    known = pairing.load(profile)
    assert known is not None
    assert (done.installed, done.is_ours, done.is_current) == (True, True, True)
    assert done.version == desktop.__version__
    assert done.ports == known.ports == (20_001, 20_002)
    (entry,) = rbxmx_reader.read_file(done.path)
    names = {child.name for child in entry.children}
    assert names == {file.stem for file in MODULES if ".server" not in file.name} | {
        "Config",
        *plugin.written(),
    }
    config = next(child for child in entry.children if child.name == "Config")
    assert known.secret.hex() in str(config.properties["Source"])


def test_the_plugins_file_is_for_the_user_alone(profile: Path, tmp_path: Path) -> None:
    done = plugin.install(profile, tmp_path)
    assert done.path.stat().st_mode & 0o777 == 0o600
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".ToolBoxAI")]


def test_installing_again_goes_to_the_same_folder_with_a_new_secret_and_the_same_id(
    profile: Path, tmp_path: Path
) -> None:
    plugin.install(profile, tmp_path / "moved")
    before = pairing.load(profile)
    done = plugin.install(profile)
    after = pairing.load(profile)
    assert before is not None
    assert after is not None
    assert done.path.parent == tmp_path / "moved"
    assert before.secret != after.secret
    assert (before.install_id, before.ports) == (after.install_id, after.ports)


def test_status_tells_missing_foreign_and_old_apart(profile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Plugins"
    assert not plugin.status(profile, folder).installed
    done = plugin.install(profile, folder)
    text = done.path.read_text(encoding="utf-8")
    done.path.write_text(text.replace(desktop.__version__, "0.0.1"), encoding="utf-8")
    old = plugin.status(profile, folder)
    assert (old.version, old.is_ours, old.is_current) == ("0.0.1", True, False)
    known = pairing.load(profile)
    assert known is not None
    pairing.save(profile, replace(known, secret=bytes(range(32))))
    assert not plugin.status(profile, folder).is_ours
    done.path.write_bytes(b"\xff\xfe")
    assert plugin.status(profile, folder).version == ""


def test_removing_takes_the_file_away_and_makes_its_secret_worthless(
    profile: Path, tmp_path: Path
) -> None:
    done = plugin.install(profile, tmp_path)
    before = pairing.load(profile)
    assert not plugin.remove(profile, tmp_path).installed
    assert not done.path.exists()
    after = pairing.load(profile)
    assert before is not None
    assert after is not None
    assert before.secret != after.secret
    assert not plugin.remove(profile, tmp_path).installed


def test_a_folder_that_cannot_be_written_is_named(profile: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(PluginFault, match=re.escape(str(blocked))):
        plugin.install(profile, blocked / "Plugins")


def test_a_damaged_pairing_is_replaced_by_a_fresh_one(profile: Path) -> None:
    for text in ("", "{", "[]", '{"install_id":"a","secret":"zz","ports":[1],"plugin_path":""}'):
        (profile / pairing.FILE).write_text(text)
        assert pairing.load(profile) is None
    assert len(pairing.load_or_make(profile).secret) == pairing.SECRET_BYTES


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_a_module_compiles_strictly_and_calls_nothing_forbidden(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert luau.syntax_fault(source) is None
    assert source.startswith("--!strict\n")
    words = {token.text for token in lex(source) if token.kind in {"name", "string"}}
    forbidden = {"loadstring", "getfenv", "setfenv", "GetObjects", "HttpEnabled", "SetSetting"}
    assert not words & forbidden
    if not file.name.startswith("init.") and file.stem != "Poll":  # which speaks to us alone
        assert not words & {"GetAsync", "PostAsync", "RequestAsync"}
        assert "plugin" not in {finding.rule for finding in scan.scan_source(source)}
