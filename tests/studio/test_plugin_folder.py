"""A plugin folder that a teacher moved in Studio's settings, on Windows and on macOS."""

import html
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.cli import studio_checkups
from desktop.settings import Settings
from desktop.studio import pairing, plugin, plugin_folder

SETTINGS = """<roblox version="4">
	<Item class="Studio" referent="RBX0">
		<Properties>
			<QDir name="LocalAssetsFolder">/elsewhere</QDir>
			<QDir name="PluginsDir">{folder}</QDir>
			<string name="Theme">Dark</string>
		</Properties>
	</Item>
</roblox>
"""


@dataclass(frozen=True)
class Computer:
    """A computer of one system: where Studio keeps its settings, and where it looks by itself."""

    kept: Path
    usual: Path

    def move(self, folder: Path | str, form: int = 13) -> None:
        """Choose a plugin folder in Studio's settings."""
        self.kept.mkdir(parents=True, exist_ok=True)
        text = SETTINGS.format(folder=html.escape(str(folder), quote=False))
        (self.kept / f"GlobalSettings_{form}.xml").write_text(text, encoding="utf-8")


@pytest.fixture(params=["win32", "darwin"])
def computer(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Computer:
    home = tmp_path / "home"
    monkeypatch.setattr(plugin_folder, "SYSTEM", request.param)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "AppData" / "Local"))
    if request.param == "win32":
        roblox = home / "AppData" / "Local" / "Roblox"
        return Computer(roblox, roblox / "Plugins")
    return Computer(home / "Library" / "Roblox", home / "Documents" / "Roblox" / "Plugins")


def settings(profile: Path) -> Settings:
    return Settings(profile=profile, bridge_ports=pairing.load_or_make(profile).ports)


def detail(profile: Path) -> tuple[bool, str]:
    (finding,) = studio_checkups.studio_plugin(settings(profile))
    return finding.ok, finding.detail


def test_the_plugin_goes_where_studio_looks_by_itself_until_its_settings_say_otherwise(
    computer: Computer, profile: Path, tmp_path: Path
) -> None:
    assert plugin.install(profile).path.parent == computer.usual
    moved = tmp_path / "Größe & Co" / "Plugins"
    computer.move(moved)
    assert plugin.install(profile).path.parent == moved
    assert not (computer.usual / plugin.FILE).exists(), "its secret is worthless by now"


def test_a_folder_that_is_the_one_before_by_another_name_keeps_its_plugin(
    computer: Computer, profile: Path, tmp_path: Path
) -> None:
    plugin.install(profile)
    link = tmp_path / "Link"
    link.symlink_to(computer.usual)
    computer.move(link)
    assert plugin.install(profile).is_ours
    assert (computer.usual / plugin.FILE).exists()


def test_the_doctor_names_a_folder_that_was_moved_and_mends_it(
    computer: Computer, profile: Path, tmp_path: Path
) -> None:
    before = plugin.install(profile).path
    assert detail(profile)[0]
    moved = tmp_path / "Moved"
    computer.move(moved)
    said = f"Studio looks for plugins in {moved} now, and the plugin lies in {before.parent}."
    assert detail(profile) == (False, said)
    assert f"{moved}" in "".join(studio_checkups.mend(settings(profile)))
    assert detail(profile)[0]
    assert (moved / plugin.FILE).exists()
    assert not before.exists()


def test_removing_takes_it_out_of_the_folder_before_too(
    computer: Computer, profile: Path, tmp_path: Path
) -> None:
    before = plugin.install(profile).path
    computer.move(tmp_path / "Moved")
    assert not plugin.remove(profile).installed
    assert not before.exists()


def test_a_folder_that_our_own_settings_name_comes_before_studios(
    computer: Computer, profile: Path, tmp_path: Path
) -> None:
    computer.move(tmp_path / "Moved")
    named = tmp_path / "Named"
    assert plugin.install(profile, named).path.parent == named
    chosen = Settings(profile=profile, studio_plugins=named)
    assert studio_checkups.folder_for_plugin(chosen) == named


def test_studios_newest_settings_count(computer: Computer, tmp_path: Path) -> None:
    computer.move(tmp_path / "Old", form=9)
    computer.move(tmp_path / "New", form=13)
    assert plugin_folder.chosen() == tmp_path / "New"


@pytest.mark.parametrize("nonsense", ["", "  ", "Plugins", "../up"])
def test_a_setting_that_names_no_place_is_passed_over(
    computer: Computer, profile: Path, nonsense: str
) -> None:
    computer.move(nonsense)
    assert plugin.install(profile).path.parent == computer.usual


def test_settings_that_cannot_be_read_are_passed_over(computer: Computer) -> None:
    computer.kept.mkdir(parents=True)
    file = computer.kept / "GlobalSettings_13.xml"
    file.write_bytes(b"\xff\xfe\x00<QDir")
    assert plugin_folder.chosen() is None
    file.write_bytes(b"<" * (plugin_folder.MOST_BYTES + 1))
    assert plugin_folder.chosen() is None
    file.unlink()
    file.mkdir()
    assert plugin_folder.chosen() is None
